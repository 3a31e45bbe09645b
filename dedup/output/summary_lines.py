"""Lines of a report that the plain summary and the tables share."""

from collections.abc import Iterable, Iterator, Sequence

from dedup.model import Document, Member, Pair, Series
from dedup.output.cells import cells, isolated, shorten, shown
from dedup.output.phrases import by_kind, changes, counted, percentage
from dedup.output.sanitize import sanitize_line
from dedup.output.summary import Summary

CLUSTERS = 10
"""Maximum number of clusters shown; JSON, CSV and the page have all."""

MEMBERS = 5
"""Maximum number of members shown of a cluster."""

SERIES = 3
"""Maximum number of series shown."""

SLOTS = 3
"""Maximum number of slots shown of a series."""

PAIRS = 3
"""Maximum number of pairs shown of each listed verdict."""

UNSURE = 0.7
"""Confidence below which a verdict is marked as unsure."""


def headline(summary: Summary) -> str:
    """Format the numbers of documents, clusters and copies on one line."""
    if not summary.documents:
        return "no documents: nothing to compare"
    documents = counted(summary.documents, "document")
    if not summary.clusters:
        return f"{documents} \u00b7 no copies found"
    clusters = f"{counted(summary.clusters, 'cluster')} of {counted(summary.copies, 'document')}"
    spare = f"{summary.spare:,} can be spared ({percentage(summary.spare_share)})"
    return f"{documents} \u00b7 {clusters} \u00b7 {spare}"


def tallies(summary: Summary) -> str:
    """Format the counts by verdict on one line; empty if there are none."""
    joined = [f"{count:,} {verdict}" for verdict, count in summary.joined.items()]
    listed = [f"{len(pairs):,} listed as {verdict}" for verdict, pairs in summary.listed.items()]
    return " \u00b7 ".join(joined + listed)


def reference_line(summary: Summary) -> str:
    """Format the size of the reference, and the number of documents with a copy there."""
    new = counted(summary.documents - summary.reference, "new document")
    reference = counted(summary.reference, "document")
    return f"{new} compared with a reference of {reference}: {summary.known:,} with a copy there"


def warnings(summary: Summary) -> Iterator[str]:
    """Format the warnings; names in them are not isolated yet."""
    return (f"warning: {sanitize_line(warning)}" for warning in summary.warnings)


def in_reference(pair: Pair, side: str) -> str:
    """Return the mark for a side of a pair that is in the reference, or an empty string."""
    return "  in the reference" if pair.reference == side else ""


def notes(summary: Summary, *, width: int) -> Iterator[str]:
    """Yield notes to show before the clusters: problems, omissions, guessed encodings."""
    if summary.problems:
        total = counted(sum(summary.problems.values()), "problem")
        yield f"{total}: {sanitize_line(by_kind(summary.problems))}"
    if summary.unclustered:
        alone = counted(summary.unclustered, "document")
        yield f"{alone} in no cluster: copies of a member, but not of its representative"
    if summary.unlisted_pairs:
        pairs = counted(summary.unlisted_pairs, "pair")
        yield f"{pairs} not listed: each document lists its strongest (--neighbours)"
    if summary.boilerplate:
        passages = counted(len(summary.boilerplate), "recurring passage")
        first = summary.boilerplate[0]
        yield f"{passages} left out of the comparison; the most frequent, in {first.documents:,} documents:"
        yield f"  {shown(first.text, width - 2)}"
    if summary.guessed:
        guesses = ", ".join(f"{count:,} {name}" for name, count in summary.guessed.items())
        yield f"encodings other than UTF-8: {sanitize_line(guesses)}"
    if summary.cut_buckets:
        buckets = counted(summary.cut_buckets, "crowded bucket")
        yield f"{buckets} compared only in part: up to {summary.cut_pairs:,} pairs were not compared"


def series_lines(series: Series, *, room: int) -> Iterator[str]:
    """Format a series: its size, its fixed wording, and the range of the first slots."""
    head = f"Series {series.id:,} \u00b7 {counted(len(series.members), 'document')}"
    members = series.members
    dates = [member.published for member in (members[0], members[-1]) if member.published.strip()]
    yield terms(head + " \u00b7 ", dates, room=room) if dates else head
    yield "  " + shown(series.skeleton, room - 2)
    for number, slot in enumerate(series.slots[:SLOTS], start=1):
        label = f"  [{number}] {counted(slot.distinct, 'value')}: "
        yield terms(label, filter(None, (slot.least, slot.most)), room=room)
    if len(series.slots) > SLOTS:
        yield f"  \u2026 and {counted(len(series.slots) - SLOTS, 'more slot')}"


def caveats(judged: Member | Pair) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield what to check before a copy is dropped, as labels with words: low confidence, changed facts."""
    if judged.confidence < UNSURE:
        yield "unsure: ", [f"confidence {percentage(judged.confidence)}"]
    if judged.changed:
        yield "changed: ", [*changes(judged.changed)]


def provenance(source: str, published: str, *, room: int) -> str:
    """Format source and date of a document in at most `room` cells; the source is shortened, not the date."""
    date = shown(published, room) if published.strip() else ""
    if not source.strip():
        return date
    gap = " \u00b7 " if date else ""
    left = room - cells(date) - len(gap)
    return f"{shown(source, left)}{gap}{date}" if left > 0 else date


def named(story: Document | Member, *, room: int) -> str:
    """Format the id and the title of a story, or its first words, in at most `room` cells."""
    left, right = ("\u00ab", "\u00bb") if story.title.strip() else ("", "")
    headline = sanitize_line(story.title if left else _beginning(story)).strip()
    if not headline:
        return shown(story.id, room)
    name = shown(story.id, room // 2)
    headline = shorten(headline, room - cells(name) - len(f"  {left}{right}"))
    return f"{name}  {isolated(f'{left}{headline}{right}')}"


_BEGINNING = 400
"""Number of characters from which the first words of a text are taken."""


def _beginning(story: Document | Member) -> str:
    document = story.stories.get(story.id) if isinstance(story, Member) else story
    return "" if document is None else document.text[:_BEGINNING].lstrip()


def terms(label: str, words: Iterable[str], *, room: int) -> str:
    """Format a label, and as many words after it as fit into `room` cells."""
    line = label
    for word in words:
        gap = "" if line == label else " \u00b7 "
        piece = gap + shown(word, room - len(label))
        if cells(line) + cells(piece) > room:
            break
        line += piece
    return line
