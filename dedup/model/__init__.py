"""Records passed between the stages: frozen, keyed by document id."""

from dedup.model.document import Document, FoldedText, Problem
from dedup.model.measures import (
    Alignment,
    Comparison,
    Contribution,
    Difference,
    ExchangedFact,
    Overlap,
    Passage,
    Verdict,
)
from dedup.model.reason import Reason, ReasonKind
from dedup.model.records import Cluster, Member, Pair, Series, SeriesMember, Slot
from dedup.model.report import Boilerplate, DateOrder, Report, ReportWarning

__all__ = [
    "Alignment",
    "Boilerplate",
    "Cluster",
    "Comparison",
    "Contribution",
    "DateOrder",
    "Difference",
    "Document",
    "ExchangedFact",
    "FoldedText",
    "Member",
    "Overlap",
    "Pair",
    "Passage",
    "Problem",
    "Reason",
    "ReasonKind",
    "Report",
    "ReportWarning",
    "Series",
    "SeriesMember",
    "Slot",
    "Verdict",
]
