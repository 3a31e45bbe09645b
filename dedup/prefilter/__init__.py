"""The pre-filter: check a persistent index before storing a story."""

from dedup.prefilter.answer import Answer, Relation
from dedup.prefilter.prefilter import PreFilter

__all__ = ["Answer", "PreFilter", "Relation"]
