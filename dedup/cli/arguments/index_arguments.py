"""Arguments of `dedup index` and its actions."""

import argparse

from dedup.cli.arguments.shared_arguments import (
    add_bounds,
    add_drop_changed,
    add_fields,
    add_limits,
    add_timeout,
    add_verbosity,
)

TYPE_CHECKING = False  # as in typing, whose import would be half of what `dedup --help` takes
if TYPE_CHECKING:
    from dedup.cli.arguments.shared_arguments import AddCommand

ACTIONS = {
    "info": "print the number of stories, their dates, the size and the recipe as JSON",
    "check": "look for damage in every page and every text; exit with 1 if there is any",
    "prune": "remove all stories that are over the limits",
    "export": "write the stories as JSON lines",
    "import": "store exported stories, or those of another index, in an existing or a new index",
    "rebuild": "index the stories again with another recipe",
    "replace": "store stories from JSON lines, replacing those with the same id or URL",
    "learn": "learn boilerplate from a file that `dedup report --keep` wrote next to an archive",
    "show": "print the stories with an id or a URL as JSON lines; exit with 1 if there are none",
    "delete": "remove the stories with an id or a URL, as if they had never been offered",
}
"""Actions on an index, with their help."""


def add_index(add: "AddCommand") -> None:
    """Add `dedup index` and its actions."""
    parser = add(
        "index",
        help="inspect and maintain the index of `dedup filter`",
        description="Inspect and maintain the index of `dedup filter`.",
    )
    subparsers = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    actions = {name: _action(subparsers, name, parser.formatter_class) for name in ACTIONS}

    add_limits(actions["prune"])
    actions["prune"].add_argument(
        "--compact", action="store_true", help="return free space to the system; others can go on writing"
    )
    actions["export"].add_argument(
        "output", nargs="?", default="-", metavar="FILE", help="default: standard output"
    )
    actions["import"].add_argument(
        "input",
        nargs="?",
        default="-",
        metavar="FILE",
        help="an export or an index, also from an older version of dedup (default: standard input)",
    )
    actions["replace"].add_argument(
        "input", nargs="?", default="-", metavar="FILE", help="default: standard input"
    )
    add_fields(actions["replace"].add_argument_group("fields of the lines"))
    actions["learn"].add_argument(
        "boilerplate", nargs="?", metavar="FILE", help="KEPT.boilerplate, or its archive KEPT"
    )
    actions["learn"].add_argument("--forget", action="store_true", help="first forget what was learnt so far")
    for name in ("show", "delete"):
        actions[name].add_argument("name", metavar="ID", help="id or URL of stories")
    add_bounds(actions["rebuild"])
    add_drop_changed(actions["rebuild"])


def _action(
    subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    formatter_class: "type[argparse.HelpFormatter] | argparse._FormatterClass",
) -> argparse.ArgumentParser:
    what = ACTIONS[name]
    action = subparsers.add_parser(
        name,
        help=what,
        description=f"{what[0].upper()}{what[1:]}.",
        allow_abbrev=False,
        formatter_class=formatter_class,
    )
    action.add_argument("index", metavar="INDEX", help="the file, or postgresql://user@host/database")
    add_verbosity(
        action,
        quiet="print no confirmation; the exit code shows the outcome",
        verbose="print on standard error how long it took and the size of the file",
    )
    add_timeout(action)
    action.set_defaults(run="dedup.cli.index_command:run", action=name)
    return action
