"""Explain a comparison of two documents on a terminal."""

from collections.abc import Iterator, Sequence
from textwrap import wrap

from dedup.model import Comparison, Contribution, Document, ExchangedFact
from dedup.output.cells import cells, isolated, shown
from dedup.output.legible_reasons import reasons_of_comparison
from dedup.output.phrases import MEANING, changes, counted, percentage
from dedup.output.sanitize import sanitize_line

WORDS = 40
"""Maximum number of words shown that are only in one text."""

PASSAGE = 2000
"""Maximum number of characters shown of a passage."""
SCORES = ("join", "partial", "template", "unrelated")
"""Scores of a verdict, as named by `Contribution`."""

_BOLD, _RESET = "\x1b[1m", "\x1b[0m"


def explain(comparison: Comparison, *, colour: bool, width: int, contributions: bool = False) -> str:
    """Format a comparison for people: the verdict and its reasons, changed facts, shared and different text.

    Args:
        comparison: Result of `compare`.
        colour: Whether headings are bold, by ANSI sequences.
        width: Width of a line in cells.
        contributions: Whether the contribution of each measure to the scores is included.

    Returns:
        Lines that end with a newline; document text is sanitized and isolated, see `to_terminal`.
    """
    lines: list[str] = []
    sections = list(_sections(comparison, width=max(width, 40)))
    if contributions and comparison.contributions:
        sections.append(("Contributions", [*_contributions(comparison.contributions)]))
    for heading, body in sections:
        lines.append(f"{_BOLD}{heading}{_RESET}" if colour else heading)
        lines += [f"  {line}" for line in body]
    return "\n".join(lines) + "\n"


def _sections(comparison: Comparison, *, width: int) -> Iterator[tuple[str, Sequence[str]]]:
    room = width - 2
    sides = (("left ", comparison.left), ("right", comparison.right))
    yield verdict_line(comparison), [_named(side, document, room) for side, document in sides]
    yield "Because", list(map(str, reasons_of_comparison(comparison)))
    if comparison.changed:
        yield "Changed", [*_changed(comparison.changed, room)]
    if comparison.passages:
        size = counted(len(comparison.passages), "passage")
        yield f"Shared: {size}", [line for text in _shared(comparison) for line in _wrapped(text, room)]
    differs = comparison.difference
    for side, words, numbers in (
        ("left", differs.left_words, differs.left_numbers),
        ("right", differs.right_words, differs.right_numbers),
    ):
        if words or numbers:
            yield f"Only {side}", [*_listed("words", words, room), *_listed("numbers", numbers, room)]


def verdict_line(comparison: Comparison) -> str:
    """Format the verdict and its measures on one line."""
    if comparison.overlap is None:
        return "not compared"
    scores = (
        f"Jaccard {percentage(comparison.overlap.jaccard)}, "
        f"containment {percentage(comparison.overlap.containment)}, "
        f"confidence {percentage(comparison.confidence)}"
    )
    if comparison.verdict is None:
        return f"not copies of each other ({scores})"
    return f"{comparison.verdict}: {MEANING[comparison.verdict]} ({scores})"


def _changed(facts: Sequence[ExchangedFact], room: int) -> Iterator[str]:
    """Format the changed facts, and where they are in the left text."""
    for fact, change in zip(facts, changes(facts), strict=True):
        yield f"{shown(change, room - len(', in the body'))}, in the {fact.where}"


def _contributions(terms: Sequence[Contribution]) -> Iterator[str]:
    """Format one line per measure: its value, and the points that it adds to each score."""
    yield f"{'measure':15}{'value':>8}" + "".join(f"{score:>11}" for score in SCORES)
    for term in terms:
        yield f"{term.measure:15}{term.value:8.2f}" + _points([getattr(term, score) for score in SCORES])
    yield f"{'sum':23}" + _points([sum(getattr(term, score) for term in terms) for score in SCORES])


def _points(points: Sequence[float]) -> str:
    return "".join(f"{each:+11.2f}" if each else " " * 11 for each in points).rstrip()


def _named(side: str, document: Document, room: int) -> str:
    name = shown(document.id, room // 2)
    if not document.title:
        return f"{side}  {name}"
    return f"{side}  {name}  {shown(document.title, room - len(side) - len(name) - 4)}"


def _shared(comparison: Comparison) -> Iterator[str]:
    for passage in comparison.passages:
        yield comparison.left.text[passage.left_start : passage.left_end]


def _wrapped(text: str, room: int) -> Iterator[str]:
    for number, line in enumerate(wrap(sanitize_line(text, limit=PASSAGE), room - 2)):
        yield ("- " if number == 0 else "  ") + isolated(line)


def _listed(what: str, words: Sequence[str], room: int) -> Iterator[str]:
    """Format words, wrapped to lines."""
    line = f"{what}:"
    margin = " " * len(line)
    for word in words[:WORDS]:
        piece = f" {shown(word, room // 2)}"
        if cells(line) + cells(piece) > room:
            yield line
            line = margin
        line += piece
    if len(words) > WORDS:
        yield line
        line = f"{margin} and {len(words) - WORDS:,} more"
    if words:
        yield line
