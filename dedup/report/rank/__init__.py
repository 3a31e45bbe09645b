"""Overlap within a cluster, and the terms that distinguish its members."""

from dedup.report.rank.tfidf import Ranking, rank

__all__ = ["Ranking", "rank"]
