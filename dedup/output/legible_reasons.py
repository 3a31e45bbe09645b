"""Return reasons with their words as the texts spell them; in the columns of a report they are folded."""

from collections.abc import Mapping

from dedup.comparison.legible_words import spelt_reasons
from dedup.model import Comparison, Document, Member, Pair, Reason


def reasons_of_pair(pair: Pair, documents: Mapping[str, Document]) -> tuple[Reason, ...]:
    """Return the reasons of a pair.

    Args:
        pair: A pair of the report.
        documents: The documents of the report, by id.
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
        member: A member of a cluster of the report.
        representative: Id of the representative.
        documents: The documents of the report, by id.
    """
    texts = {
        "representative": lambda: documents[representative].text,
        "member": lambda: documents[member.id].text,
    }
    return spelt_reasons(member.reasons, texts)
