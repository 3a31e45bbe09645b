"""The pre-filter: an index that lasts, asked before a story is stored."""

from dedup.prefilter.answer import Answer, Relation
from dedup.prefilter.prefilter import PreFilter

__all__ = ["Answer", "PreFilter", "Relation"]
