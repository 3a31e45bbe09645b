"""Arguments that several commands share."""

import argparse

TYPE_CHECKING = False  # as in typing, whose import would be half of what `dedup --help` takes
if TYPE_CHECKING:
    from collections.abc import Callable

    type AddCommand = Callable[..., argparse.ArgumentParser]
    """Adds a subparser: `add_parser` of argparse with the settings that all commands share."""

BOUNDS = {
    "joining": "how certain a copy must be to join a cluster (default: normal)",
    "threshold": "minimum Jaccard similarity of near-duplicates (default: 0)",
    "containment": "minimum containment of a text that counts as part of another (default: 0)",
    "partial": "minimum containment of listed pairs with shared passages (default: 0.15)",
    "lifted": "list pairs that share a passage of this many words, in long texts too (default: 40; 0: off)",
    "boilerplate": "ignore a passage that this many otherwise different texts share (default: 20; 0: never)",
    "min_letters": "do not compare stories with fewer letters (default: 40)",
}
"""Recipe settings that are options, with their help."""

OF_AN_ARCHIVE = frozenset({"boilerplate"})
"""Bounds that need a whole archive."""

DATES = {
    "timezone": "time zone of dates that name none: Asia/Tehran, +03:30, ... (default: UTC)",
    "date_order": "what comes first in dates such as 02/11/2024: day, month, or archive for the order that "
    "other dates of the source or the archive show (default: archive; day if none shows it)",
}
"""Recipe settings about dates, with their help."""

FIELDS = {
    "field": "field names in JSON and tables: text=body,title=headline; text=a|b takes the first non-empty",
    "preset": "field names of a tool: news-please, trafilatura, cc-news, c4, fineweb, oscar, ccnet, "
    "json-feed, feedparser, ninjs, mediacloud, gdelt, eventregistry, newscatcher, miniflux or freshrss",
}
"""Options that name the fields of a document, with their help."""

INDEX = "news.dedup"
"""Default index: a file in the working folder."""


WHOLE = frozenset({"boilerplate", "lifted", "min_letters"})
"""Bounds that are whole numbers."""

JOINING = ("strict", "normal", "loose")
"""Choices of `--joining`."""


def add_bounds(parser: argparse.ArgumentParser, *, archive: bool = False) -> None:
    """Add the bounds of the recipe; with `archive`, also those that need a whole archive."""
    bounds = parser.add_argument_group("bounds")
    bounds.add_argument(
        "--recipe", metavar="FILE", help="settings written by `dedup tune --write`; options override them"
    )
    for name, what in BOUNDS.items():
        option = f"--{name.replace('_', '-')}"
        if name == "joining":
            bounds.add_argument(option, choices=JOINING, help=what)
        elif archive or name not in OF_AN_ARCHIVE:
            bounds.add_argument(option, type=int if name in WHOLE else float, metavar="X", help=what)


def add_dates(parser: argparse.ArgumentParser) -> None:
    """Add the settings of the recipe about dates."""
    dates = parser.add_argument_group("dates")
    dates.add_argument("--timezone", metavar="ZONE", help=DATES["timezone"])
    dates.add_argument("--date-order", choices=("archive", "day", "month"), help=DATES["date_order"])


def add_drop_changed(parser: argparse.ArgumentParser) -> None:
    """Add `--drop-changed`."""
    parser.add_argument(
        "--drop-changed",
        action=argparse.BooleanOptionalAction,
        help="also drop copies with a changed figure, a fact of their own in the lead, or a sentence of "
        "their own (default: keep them)",
    )


def add_fields(parser: "argparse._ActionsContainer") -> None:
    """Add the options that name the fields of a document."""
    parser.add_argument("--field", action="append", default=[], metavar="PART=NAME", help=FIELDS["field"])
    parser.add_argument("--preset", metavar="NAME", help=FIELDS["preset"])


def add_index_option(parser: "argparse._ActionsContainer") -> None:
    """Add `--index`."""
    parser.add_argument(
        "--index",
        default=INDEX,
        metavar="INDEX",
        help=f"the index: a file, or postgresql://user@host/database for many machines (default: {INDEX})",
    )


def add_limits(parser: argparse.ArgumentParser) -> None:
    """Add the limits of an index in time and size, and the safety of its writes."""
    limits = parser.add_argument_group("limits of the index")
    limits.add_argument(
        "--window",
        type=_seconds,
        metavar="T",
        help="forget stories not offered for this long: 30d, 12h, 90m or 45s",
    )
    limits.add_argument(
        "--capacity",
        type=_stories,
        metavar="N",
        help="keep at most N stories; forget those not offered for the longest time",
    )
    limits.add_argument(
        "--synchronous",
        choices=("normal", "full"),
        default="normal",
        help="full: lose nothing even in a power cut, but write more slowly (default: normal)",
    )


def add_policy(parser: argparse.ArgumentParser) -> None:
    """Add the options that decide what passes besides new stories."""
    policy = parser.add_argument_group("what passes")
    policy.add_argument(
        "--cross-source",
        action="store_true",
        help="compare only stories of different sources; stories without a source count as one source",
    )
    policy.add_argument(
        "--prefer",
        action="append",
        default=[],
        metavar="SOURCE",
        help="a source whose copies pass unless the stored story is from a source named earlier; may be "
        "repeated",
    )
    policy.add_argument(
        "--versions",
        choices=("follow", "longest", "first"),
        default="follow",
        help="which later versions of a story pass: follow: copies that are a tenth longer, and changed "
        "texts with the same id or URL; longest: only longer copies; first: none (default: follow)",
    )


def add_timeout(parser: argparse.ArgumentParser) -> None:
    """Add `--timeout`."""
    parser.add_argument(
        "--timeout",
        type=_wait,
        default=30.0,
        metavar="S",
        help="seconds to wait for other processes that use the index (default: 30)",
    )


def add_verbosity(parser: argparse.ArgumentParser, *, quiet: str, verbose: str) -> None:
    """Add `--quiet` and `--verbose`, which affect standard error only."""
    verbosity = parser.add_mutually_exclusive_group()
    verbosity.add_argument("--quiet", "-q", action="store_true", help=quiet)
    verbosity.add_argument("--verbose", "-v", action="store_true", help=verbose)


def _seconds(value: str) -> float:
    from dedup.model.duration import seconds_of  # noqa: PLC0415 - `dedup --help` does not need it

    if value[-1:].isdecimal():
        raise argparse.ArgumentTypeError(f"{value!r} has no unit; expected 30d, 12h, 90m or 45s")
    try:
        return seconds_of(value, "--window")
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _wait(value: str) -> float:
    seconds = float(value)
    if not 0 <= seconds < float("inf"):
        raise argparse.ArgumentTypeError(f"{value!r} is out of range; expected 0 or more seconds")
    return seconds


def _stories(value: str) -> int:
    number = int(value)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{value!r} is too small; expected 1 or more")
    return number
