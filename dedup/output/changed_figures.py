"""Lines of the summaries about copies in which a number, a date or a name was changed."""

from collections.abc import Iterator, Sequence
from itertools import islice

from dedup.model import Cluster, Member, Report
from dedup.model.rows import ClusterRows, without_credits
from dedup.output.phrases import changes, counted
from dedup.output.summary_lines import named, terms

SHOWN = 5
"""Maximum number of copies shown; JSON, CSV and the page have all."""

_AT_ONCE = 4096


def changed_lines(report: Report, *, room: int) -> list[str]:
    """Return lines with the number of copies that have a changed figure, and the first of these."""
    places = [*_changed(report.clusters)]
    if not places:
        return []
    lines = [f"Changed figures \u00b7 {counted(len(places), 'document')}"]
    for cluster, place in islice(places, SHOWN):
        member: Member = without_credits(report.clusters)[cluster].members[place]
        lines.append(terms("  ", changes(member.changed), room=room))
        lines.append("    " + named(member, room=room - 4))
    if len(places) > SHOWN:
        lines.append(f"  \u2026 and {len(places) - SHOWN:,} more; see --html")
    return lines


def _changed(clusters: Sequence[Cluster]) -> Iterator[tuple[int, int]]:
    """Yield the members with changed figures, as the index of the cluster and the index in it."""
    if not isinstance(clusters, ClusterRows):
        for number, cluster in enumerate(clusters):
            yield from ((number, place) for place, member in enumerate(cluster.members) if member.changed)
        return
    for start in range(0, clusters.documents.size, _AT_ONCE):  # without making records of all members
        stop = min(start + _AT_ONCE, clusters.documents.size)
        for row, facts in enumerate(clusters.explanations.changes(start, stop), start):
            if facts:
                number = int(clusters.bounds.searchsorted(row, side="right")) - 1
                yield number, row - int(clusters.bounds[number])
