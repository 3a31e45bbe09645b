"""Reasons of a report with their words as the texts spell them: in columns of a report they are folded."""

from collections.abc import Mapping

from dedup.comparison.legible_words import spelt_reasons
from dedup.model import Comparison, Document, Member, Pair, Reason


def reasons_of_pair(pair: Pair, documents: Mapping[str, Document]) -> tuple[Reason, ...]:
    """Return the reasons of a pair.

    Args:
        pair: Of the report.
        documents: Its documents by id.
    """
    return spelt_reasons(
        pair.reasons, {"left": lambda: documents[pair.left].text, "right": lambda: documents[pair.right].text}
    )


def reasons_of_comparison(comparison: Comparison) -> tuple[Reason, ...]:
    """Return the reasons of a comparison."""
    texts = {"left": lambda: comparison.left.text, "right": lambda: comparison.right.text}
    return spelt_reasons(comparison.reasons, texts)


def reasons_of_member(
    member: Member, representative: str, documents: Mapping[str, Document]
) -> tuple[Reason, ...]:
    """Return the reasons of a member of a cluster.

    Args:
        member: Of the report.
        representative: Id of the document that it was compared with.
        documents: The documents of the report by id.
    """
    texts = {
        "representative": lambda: documents[representative].text,
        "member": lambda: documents[member.id].text,
    }
    return spelt_reasons(member.reasons, texts)
