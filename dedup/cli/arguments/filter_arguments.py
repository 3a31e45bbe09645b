"""Arguments of `dedup filter`."""

from dedup.cli.arguments.shared_arguments import (
    add_bounds,
    add_drop_changed,
    add_fields,
    add_index_option,
    add_limits,
    add_policy,
    add_timeout,
    add_verbosity,
)

TYPE_CHECKING = False  # as in typing, whose import would be half of what `dedup --help` takes
if TYPE_CHECKING:
    from dedup.cli.arguments.shared_arguments import AddCommand


def add_filter(add: "AddCommand") -> None:
    """Add `dedup filter`."""
    parser = add(
        "filter",
        help="pass on new stories, and stop copies of stories in an index",
        description="Read stories as JSON lines, compare each with all stories seen before, in this run or "
        "an earlier one, and pass the lines on.",
        epilog="A story counts as seen once its line is written; after a crash, run the same input again.",
    )
    parser.add_argument("input", nargs="?", default="-", metavar="INPUT", help="JSON lines; - for stdin")
    files = parser.add_argument_group(
        "index and results; lines that a file already has are not written again"
    )
    add_index_option(files)
    files.add_argument(
        "--mode",
        choices=("tag", "drop", "split"),
        default="tag",
        help="tag: output every story with a tag; drop: output new stories unchanged, save copies to a file; "
        "split: tag both, output new stories, save copies to a file (default: tag)",
    )
    files.add_argument("--output", default="-", metavar="FILE", help="append to FILE instead of stdout")
    files.add_argument("--duplicates", metavar="FILE", help="copies (default: INDEX.duplicates.jsonl)")
    files.add_argument("--rejects", metavar="FILE", help="broken lines (default: INDEX.rejects.jsonl)")
    add_fields(parser.add_argument_group("fields of the lines"))
    add_policy(parser)
    add_timeout(parser)
    add_limits(parser)
    add_bounds(parser)
    add_drop_changed(parser)
    parser.add_argument("--unbuffered", action="store_true", help="answer each line before reading the next")
    parser.add_argument("--strict", action="store_true", help="exit with 1 if any line was rejected")
    add_verbosity(
        parser,
        quiet="print no summary and no problems on standard error",
        verbose="print on standard error where copies and broken lines were written, and the speed",
    )
    parser.set_defaults(run="dedup.cli.filter_command:run")
