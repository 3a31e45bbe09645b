"""Format figures and verdicts for people."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from dedup.comparison.reasons import percent
from dedup.model import ExchangedFact, Verdict

MEANING: Mapping[Verdict, str] = MappingProxyType(
    {
        Verdict.IDENTICAL: "the folded texts are equal",
        Verdict.NEAR_DUPLICATE: "same story, same text; lead, spelling, order or light wording differ",
        Verdict.CONTAINED: "one text stands almost whole inside a clearly longer one",
        Verdict.TEMPLATE: "fixed wording, different facts",
        Verdict.PARTIAL: "shared passages, each side with much of its own",
    }
)
"""The meaning of each verdict, on one line."""


def percentage(value: float | None) -> str:
    """Format a share as `35 %`, and one that was not measured as an en dash."""
    return "\u2013" if value is None else f"{percent(value)} %"


def counted(count: int, noun: str) -> str:
    """Format a count with its noun: `1 cluster`, `2 clusters`, `1,234 stories`."""
    if count == 1:
        return f"1 {noun}"
    is_regular = not noun.endswith("y") or noun[-2] in "aeiou"
    return f"{count:,} {noun}s" if is_regular else f"{count:,} {noun[:-1]}ies"


def changes(facts: Iterable[ExchangedFact]) -> Iterator[str]:
    """Format each changed fact as `40 -> 14`."""
    return map(str, facts)


def by_kind(problems: Mapping[str, int]) -> str:
    """Format problems by kind as `2 too short, 1 unreadable`."""
    return ", ".join(f"{count:,} {kind.replace('_', ' ')}" for kind, count in problems.items())
