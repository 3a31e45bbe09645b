"""Warn of user decisions that a report could not apply."""

from collections.abc import Iterator

from dedup.model import Report
from dedup.model.decisions import Decisions
from dedup.model.quoting import printable
from dedup.output.phrases import counted


def unmet_decisions(decisions: Decisions, report: Report) -> Iterator[str]:
    """Yield warnings about ids that the archive lacks, and documents to keep that are copies of others."""
    ids = {*decisions.keep, *(name for pair in decisions.not_copies for name in pair)}
    if not ids:
        return
    missing = {name for name in ids if name not in report.documents}  # documents in no cluster or pair
    if missing:
        missing -= {document.id for document in report.kept}
    if missing:
        yield (
            f"dedup: warning: {len(missing):,} of {counted(len(ids), 'id')} of the decisions are not in the "
            f"archive, such as {printable(min(missing))}"
        )
    for cluster in report.clusters:
        for member in cluster.members:
            if member.id in decisions.keep and member.dropped:
                yield (
                    f"dedup: warning: {printable(member.id)} was to be kept, but is a copy of "
                    f"{printable(cluster.representative)}, which represents the cluster"
                )
