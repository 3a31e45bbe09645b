"""`dedup index`: an index between the runs."""

import argparse
import os
import sys
import time
from functools import partial

from dedup.cli.common import DONE, FAULTS, add_limits, add_loudness, check_apart, open_input, say
from dedup.cli.printing import encoded, write
from dedup.cli.settings import add_bounds, given_bounds

TYPE_CHECKING = False  # as in typing, whose import would be half of what `dedup --help` takes
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import BinaryIO

    from dedup.cli.common import Adds
    from dedup.story_index.protocol import StoryIndex


def add_index(add: "Adds") -> None:
    """Add `dedup index` and what can be done to one."""
    parser = add(
        "index",
        help="look at, check or tidy up the index of `dedup filter`",
        description="Look at, check or tidy up the index of `dedup filter`.",
    )
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)

    def action(name: str, run: "Callable[[argparse.Namespace], int]", what: str) -> argparse.ArgumentParser:
        made = actions.add_parser(
            name,
            help=what,
            description=f"{what[0].upper()}{what[1:]}.",
            allow_abbrev=False,
            formatter_class=parser.formatter_class,
        )
        made.add_argument("index", metavar="INDEX", help="the file, or postgresql://user@host/database")
        add_loudness(
            made,
            quiet="do not say that it was done; the exit code does",
            verbose="say on standard error how long it took, and how large a file is then",
        )
        made.set_defaults(run=partial(_timed, run))
        return made

    action("info", _info, "print what an index holds, as JSON")
    action("check", _check, "look for damage in every page and every text; exit with 1 when there is any")
    prune = action("prune", _prune, "remove what is over the limits, all at once")
    add_limits(prune)
    prune.add_argument(
        "--compact", action="store_true", help="give the room back; nobody can write meanwhile"
    )
    export = action("export", _export, "write the stories as JSON lines")
    export.add_argument("output", nargs="?", default="-", metavar="FILE", help="default: standard output")
    importing = action("import", _import, "store exported stories in an index, new or not, all or nothing")
    importing.add_argument("input", nargs="?", default="-", metavar="FILE", help="default: standard input")
    rebuild = action("rebuild", _rebuild, "put the stories of an index under another recipe")
    add_bounds(rebuild)


def _timed(run: "Callable[[argparse.Namespace], int]", options: argparse.Namespace) -> int:
    began = time.monotonic()
    code = run(options)
    if options.verbose:
        # an address may hold a password, and is no file
        file = os.path.isfile(options.index)  # noqa: PTH113 - pathlib costs a third of `--help`
        size = f", {os.path.getsize(options.index):,} bytes" if file else ""  # noqa: PTH202
        say(f"{options.index if file else 'index'}: {time.monotonic() - began:.2f} s{size}")
    return code


def _tell(options: argparse.Namespace, index: "StoryIndex", what: str) -> None:
    if not options.quiet and sys.stdout is not None:
        write("-", [encoded(f"{index.place}: {what}\n")])


def _opened(
    options: argparse.Namespace,
    *,
    create: bool = False,
    window: float | None = None,
    capacity: int | None = None,
) -> "StoryIndex":
    """Open the index that an action is about; none is made by accident."""
    from dedup.story_index.open_index import open_index  # noqa: PLC0415

    milliseconds = None if window is None else int(window * 1000)
    return open_index(options.index, window=milliseconds, capacity=capacity, create=create)


def _info(options: argparse.Namespace) -> int:
    import json  # noqa: PLC0415

    from dedup.prefilter.export_import import describe  # noqa: PLC0415

    index = _opened(options)
    told = json.dumps(describe(index), ensure_ascii=False, indent=1)
    index.close()
    write("-", [encoded(f"{told}\n")])
    return DONE


def _check(options: argparse.Namespace) -> int:
    from dedup.story_index.open_index import upkeep_of  # noqa: PLC0415

    index = _opened(options)
    found = 0
    for fault in upkeep_of(index).faults():
        found += 1
        print(f"{index.place}: {fault}", file=sys.stderr)
    index.close()
    _tell(options, index, f"{found:,} faults" if found else "sound")
    return FAULTS if found else DONE


def _prune(options: argparse.Namespace) -> int:
    from dedup.story_index.maintenance import prune  # noqa: PLC0415
    from dedup.story_index.open_index import upkeep_of  # noqa: PLC0415

    index = _opened(options, window=options.window, capacity=options.capacity)
    gone = prune(index)
    if options.compact:
        upkeep_of(index).compact()
    index.close()
    _tell(options, index, f"{gone:,} stories removed")
    return DONE


def _export(options: argparse.Namespace) -> int:
    from dedup.model.errors import WritingError  # noqa: PLC0415
    from dedup.prefilter.export_import import export_lines  # noqa: PLC0415

    if "://" in options.output:  # it may hold a password
        raise WritingError("an address is no file; `dedup index import` puts stories into an index")
    check_apart([options.index, options.output])
    index = _opened(options)
    try:
        with _sink(options.output) as sink:
            for line in export_lines(index):
                sink.write(line.encode() + b"\n")
    except BrokenPipeError:
        raise
    except OSError as error:
        raise WritingError(f"{options.output}: cannot be written: {error.strerror}") from error
    finally:
        index.close()
    return DONE


def _sink(path: str) -> "BinaryIO":
    if path == "-":
        sys.stdout.flush()
        return open(os.dup(sys.stdout.fileno()), "wb")  # noqa: PTH123
    return open(path, "wb")  # noqa: PTH123


def _import(options: argparse.Namespace) -> int:
    from dedup.prefilter.export_import import import_lines  # noqa: PLC0415

    with open_input(options.input) as source:
        index = _opened(options, create=True)
        try:
            stored, left_out = import_lines(index, (line.decode("utf-8", "replace") for line in source))
        finally:
            index.close()
    _tell(options, index, f"{stored:,} stories stored, {left_out:,} left out that were there or are empty")
    return DONE


def _rebuild(options: argparse.Namespace) -> int:
    from dataclasses import replace  # noqa: PLC0415

    from dedup.prefilter.export_import import rebuild  # noqa: PLC0415

    index = _opened(options)
    stories = rebuild(index, replace(index.recipe, **given_bounds(options)))
    index.close()
    _tell(options, index, f"{stories:,} stories rebuilt")
    return DONE
