"""Overlap inside a cluster, and the terms that tell its members apart."""

from dedup.stages.rank.ranking import Ranking, rank

__all__ = ["Ranking", "rank"]
