"""A report as Spark's data frames."""

from typing import TYPE_CHECKING, NamedTuple

from dedup.integrations.frames import to_frame
from dedup.model import Report

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


class ReportFrames(NamedTuple):
    """The parts of a report as data frames.

    Attributes:
        clusters: Number, representative, reason, size and cohesion of each cluster.
        members: Members of clusters, with the columns of the CSV.
        pairs: Pairs that have a verdict.
        boilerplate: Recurring passages, and how many documents have each.
        problems: What could not be read, with path, line and reason.
    """

    clusters: "DataFrame"
    members: "DataFrame"
    pairs: "DataFrame"
    boilerplate: "DataFrame"
    problems: "DataFrame"


def report_frames(report: Report, spark: "SparkSession") -> ReportFrames:
    """Make data frames of a report."""
    clusters = [
        (each.id, each.representative, str(each.reason), len(each.members), float(each.cohesion))
        for each in report.clusters
    ]
    return ReportFrames(
        spark.createDataFrame(
            clusters, "cluster long, representative string, reason string, size long, cohesion double"
        ),
        spark.createDataFrame(to_frame(report, "members", backend="pyarrow")),
        spark.createDataFrame(to_frame(report, "pairs", backend="pyarrow")),
        spark.createDataFrame(
            [(each.text, each.documents) for each in report.boilerplate], "text string, documents long"
        ),
        spark.createDataFrame(
            [(each.path, each.line, each.reason, each.kind) for each in report.problems],
            "path string, line long, reason string, kind string",
        ),
    )
