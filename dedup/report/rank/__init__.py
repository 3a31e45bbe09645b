"""Overlap inside a cluster, and the terms that tell its members apart."""

from dedup.report.rank.tfidf import Ranking, rank

__all__ = ["Ranking", "rank"]
