"""Arguments of `dedup bench`."""

from dedup.cli.arguments.shared_arguments import add_bounds, add_dates, add_fields

TYPE_CHECKING = False  # as in typing, whose import would be half of what `dedup --help` takes
if TYPE_CHECKING:
    from dedup.cli.arguments.shared_arguments import AddCommand


def add_bench(add: "AddCommand") -> None:
    """Add `dedup bench`."""
    bench = add(
        "bench",
        help="measure the time, memory and results of a report on your archive",
        description="Measure the time, memory and results of a report on a sample of an archive, and "
        "extrapolate them to the whole.",
        usage="%(prog)s INPUT... [--html FILE] [--json FILE] [options]",
        epilog="The archive is read once and not changed. Parts of the sample are run one after another; do "
        "not use the machine for other work meanwhile.",
    )
    bench.add_argument(
        "input", nargs="+", metavar="INPUT", help="a folder, a file or - for stdin, as in dedup report"
    )
    files = bench.add_argument_group("results besides the summary; - as FILE replaces it")
    files.add_argument("--html", metavar="FILE", help="the figures as a page")
    files.add_argument("--json", metavar="FILE", help="all figures")
    bench.add_argument(
        "--sample",
        type=int,
        default=20_000,
        metavar="N",
        help="number of stories to run on, drawn at random (default: 20,000)",
    )
    bench.add_argument(
        "--stories", type=int, metavar="N", help="extrapolate to N stories (default: those of the archive)"
    )
    bench.add_argument(
        "--peers",
        action="store_true",
        help="also run other tools that are installed: Daft, datasketch, gaoya, pyspark, rensa, tors",
    )
    add_fields(bench.add_argument_group("inputs"))
    add_bounds(bench, archive=True)
    add_dates(bench)
    bench.add_argument("--no-rank", action="store_true", help="leave out the TF-IDF ranking")
    bench.add_argument("--workers", type=int, metavar="N", help="worker threads (default: one per processor)")
    bench.add_argument(
        "--engine", choices=("local", "spark"), default="local", help="spark: also run on Spark"
    )
    bench.add_argument("--master", metavar="URL", help="master of Spark (default: local[*])")
    bench.add_argument(
        "--work-dir", metavar="DIR", help="work folder on Spark, which all executors can access"
    )
    bench.add_argument(
        "--quiet", "-q", action="store_true", help="print no progress or problems on standard error"
    )
    bench.set_defaults(run="dedup.cli.bench_command:run", reference=[])
