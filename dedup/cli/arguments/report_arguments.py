"""Arguments of `dedup report`."""

import argparse

from dedup.cli.arguments.shared_arguments import (
    add_bounds,
    add_dates,
    add_drop_changed,
    add_fields,
    add_verbosity,
)
from dedup.cli.command_parser import LIMITS

TYPE_CHECKING = False  # as in typing, whose import would be half of what `dedup --help` takes
if TYPE_CHECKING:
    from dedup.cli.arguments.shared_arguments import AddCommand

RESULTS = {
    "html": "a page to read, with the evidence",
    "json": "everything",
    "csv": "one row per member of a cluster",
    "csv_pairs": "one row per pair with a verdict",
    "parquet": "members of clusters in typed columns",
    "markdown": "figures and the largest clusters, for an issue or a CI job",
    "keep": "the archive without its copies, as JSON lines: one story of each cluster and all stories "
    "outside clusters; input files are never changed; boilerplate is written to FILE.boilerplate",
}
"""Options that name an output file, with their help."""

PATTERNS = {
    "glob": "in folders, read only files that match, by path or name; may be repeated",
    "exclude": "in folders, skip files and folders that match; may be repeated",
}
READING_LIMITS = {
    "max_bytes": "skip documents of more than N bytes (default: 256 MiB)",
    "max_ratio": "refuse a file that unpacks to more than N times its size (default: 250)",
    "max_unpacked": "stop reading a packed file after this many unpacked bytes (default: 64 GiB)",
}


def option(name: str) -> str:
    """Return the option that names the file of a result."""
    return f"--{name.replace('_', '-')}"


def add_report(add: "AddCommand") -> None:
    """Add `dedup report`."""
    report = add(
        "report",
        help="find the copies in folders and archive files",
        description="Find the copies among the stories of folders and archive files, and print them.",
        usage="%(prog)s INPUT... [--html FILE] [--keep FILE] [options]",
        epilog="Exit code: 0 done; 1 done, but --strict found problems or --fail-above too many copies; "
        "2 wrong usage or nothing readable.",
    )
    report.add_argument(
        "input",
        nargs="+",
        metavar="INPUT",
        help="a folder (searched recursively), a file (text, HTML, JSON, CSV, Parquet, WARC), or - for stdin",
    )
    _add_results(report)
    _add_inputs(report)
    add_bounds(report, archive=True)
    add_dates(report)
    _add_representative(report)
    add_drop_changed(report)
    report.add_argument(
        "--neighbours",
        type=_neighbours,
        metavar="N",
        help="number of similar stories with which each story is compared besides the representative, or all "
        "(default: 4)",
    )
    report.add_argument("--no-rank", action="store_true", help="leave out the TF-IDF ranking")
    report.add_argument(
        "--workers",
        type=int,
        metavar="N",
        help="number of worker threads (default: one per processor)",
    )
    _add_engine(report)
    report.add_argument("--strict", action="store_true", help="exit with 1 if there were problems")
    report.add_argument(
        "--fail-above",
        type=_share,
        metavar="SHARE",
        help="exit with 1 if more than this share of the stories, such as 20%%, can be spared",
    )
    add_verbosity(
        report,
        quiet="print no progress, problems or run statistics on standard error",
        verbose="print on standard error what was read and compared, and the time of each step",
    )
    report.set_defaults(run="dedup.cli.report_command:run")


def _neighbours(given: str) -> int:
    if given != "all" and not given.isdecimal():
        raise argparse.ArgumentTypeError(f"expected a whole number or all, got {given}")
    return 0 if given == "all" else int(given)


def _share(given: str) -> float:
    try:
        share = float(given.removesuffix("%")) / (100 if given.endswith("%") else 1)
    except ValueError:
        share = -1
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError(f"expected a share such as 20% or 0.2, got {given}")
    return share


LEAST_BYTES = 1 << 20
"""Minimum size without a unit; a smaller one probably lacks its unit: 2 for 2G."""


def _bytes(given: str) -> int:
    unit = "KMGT".find(given[-1:].upper()) + 1
    number = given[:-1] if unit else given
    if not number.isdecimal() or (not unit and int(number) < LEAST_BYTES):
        raise argparse.ArgumentTypeError(f"expected a size such as 2G or 800M, got {given}")
    return int(number) << 10 * unit


def _add_inputs(report: argparse.ArgumentParser) -> None:
    inputs = report.add_argument_group("inputs")
    for name, what in PATTERNS.items():
        inputs.add_argument(f"--{name}", action="append", metavar="PATTERN", help=what)
    add_fields(inputs)
    inputs.add_argument(
        "--reference",
        action="append",
        default=[],
        metavar="INPUT",
        help="a folder or file of known stories: new stories are compared with them and with each other, but "
        "known stories are not compared with each other; may be repeated",
    )
    inputs.add_argument(
        "--cross-source",
        action="store_true",
        help="compare only stories of different sources; stories without a source count as one source",
    )
    inputs.add_argument("--follow-links", action="store_true", help="follow symbolic links inside folders")
    limits = report.add_argument_group(LIMITS)
    for name, what in READING_LIMITS.items():
        limits.add_argument(f"--{name.replace('_', '-')}", type=int, metavar="N", help=what)


def _add_results(report: argparse.ArgumentParser) -> None:
    files = report.add_argument_group("results besides the summary; - as FILE replaces it")
    for name, what in RESULTS.items():
        files.add_argument(option(name), metavar="FILE", help=what)
    files.add_argument(
        "--language",
        choices=("fa", "ar", "ur", "en"),
        help="language of the page (default: that of most stories)",
    )


def _add_engine(report: argparse.ArgumentParser) -> None:
    large = report.add_argument_group("large archives")
    large.add_argument(
        "--work-dir",
        metavar="DIR",
        help="keep intermediate results in this folder, so that an interrupted run continues when it is "
        "started again",
    )
    large.add_argument(
        "--memory",
        type=_bytes,
        metavar="SIZE",
        help="memory that the run may use, such as 2G: fewer workers run, and texts beyond a share of it go "
        "to disk; if the stories do not fit, the run stops early (default: no limit)",
    )
    large.add_argument(
        "--engine",
        choices=("local", "spark"),
        default="local",
        help="where to compute: on this machine (default) or on Spark, where every executor needs access to "
        "the work folder",
    )
    large.add_argument(
        "--master",
        metavar="URL",
        help="master of Spark, such as spark://host:7077 or yarn (default: local[*])",
    )


def _add_representative(report: argparse.ArgumentParser) -> None:
    report.add_argument(
        "--decisions",
        metavar="FILE",
        help="decisions exported from the page (JSON): stories that represent their clusters, and pairs that "
        "are not copies",
    )
    report.add_argument(
        "--representative",
        choices=("earliest", "latest", "longest"),
        help="which member represents a cluster (default: earliest)",
    )
    report.add_argument(
        "--prefer",
        action="append",
        default=[],
        metavar="SOURCE",
        help="a source whose documents are preferred as representatives; may be repeated",
    )
