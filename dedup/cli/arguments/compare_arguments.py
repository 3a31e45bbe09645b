"""Arguments of `dedup compare` and `dedup tune`."""

from dedup.cli.arguments.shared_arguments import add_bounds, add_fields

TYPE_CHECKING = False  # as in typing, whose import would be half of what `dedup --help` takes
if TYPE_CHECKING:
    from dedup.cli.arguments.shared_arguments import AddCommand


def add_compare(add: "AddCommand") -> None:
    """Add `dedup compare`."""
    compare = add(
        "compare",
        help="explain how two stories are related",
        description="Compare two stories: the verdict, the passages they share and what differs.",
    )
    compare.add_argument("left", metavar="A", help="a file with one story; with --archive, the id of a story")
    compare.add_argument("right", metavar="B", help="another; a file can be - for standard input")
    results = compare.add_argument_group("results")
    results.add_argument("--html", metavar="FILE", help="also write a page with both texts side by side")
    results.add_argument(
        "--contributions",
        action="store_true",
        help="also print what each measure adds to the scores of the verdict",
    )
    archive = compare.add_argument_group("stories of an archive")
    archive.add_argument(
        "--archive",
        action="append",
        default=[],
        metavar="INPUT",
        help="the folder or file with the stories A and B; its boilerplate is learnt as in a report; may be "
        "repeated",
    )
    add_fields(archive)
    add_bounds(compare)
    compare.set_defaults(run="dedup.cli.compare_command:run")


def add_tune(add: "AddCommand") -> None:
    """Add `dedup tune`."""
    tune = add(
        "tune",
        help="test the settings on labelled pairs",
        description="Judge labelled pairs, print precision and recall, and look for better bounds and "
        "weights.",
        epilog="Each line has a_text and b_text (or left and right) and label, one of near-duplicate, "
        "contained, partial reuse, same-template-but-different, unrelated; other_label if a second reader "
        "disagrees; and optionally a_title, a_source and a_date, and the same for b. With --archive, ids of "
        "its stories can be given instead of texts, as in the pairs of a report.",
    )
    tune.add_argument("labelled", metavar="LABELLED.jsonl", help="a file of labelled pairs, JSON lines")
    results = tune.add_argument_group("results")
    results.add_argument(
        "--write", metavar="FILE", help="write the advised settings as JSON, for other commands' --recipe"
    )
    inputs = tune.add_argument_group("archive of the pairs")
    inputs.add_argument(
        "--archive",
        action="append",
        default=[],
        metavar="INPUT",
        help="a folder or file from which the pairs come: its boilerplate is learnt as in a report, and "
        "pairs can name its stories by id; may be repeated",
    )
    add_fields(inputs)
    add_bounds(tune)
    tune.set_defaults(run="dedup.cli.tune_command:run")
