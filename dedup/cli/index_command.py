"""`dedup index`: inspect and maintain an index."""

import argparse
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from dedup.cli.exit_codes import DONE, PROBLEMS
from dedup.cli.output_paths import check_distinct
from dedup.cli.settings import fields_of, given_bounds, recipe_of
from dedup.cli.streams import encoded, open_input, say, write
from dedup.input.boilerplate_file import read_boilerplate
from dedup.model.errors import ReadingError, WritingError, quoted
from dedup.model.known_boilerplate import SUFFIX
from dedup.model.quoting import printable
from dedup.model.recipe import Recipe
from dedup.output.phrases import counted
from dedup.prefilter import PreFilter
from dedup.prefilter.checked_export import checked_export
from dedup.prefilter.describe_index import describe
from dedup.prefilter.export_index import export_lines, lines_of_rows
from dedup.prefilter.import_stories import import_stories
from dedup.prefilter.rebuild_index import rebuild
from dedup.prefilter.story_lines import LineReader, StoryLine
from dedup.story_index.maintenance import prune
from dedup.story_index.open_index import is_address, maintenance_of, older_rows_of, open_index
from dedup.story_index.protocol import StoryIndex
from dedup.story_index.sqlite.older_file import is_index_file


def run(options: argparse.Namespace) -> int:
    """Run the chosen action; returns the exit code."""
    began = time.monotonic()
    code = _ACTIONS[options.action](options)
    if options.verbose:
        file = Path(options.index)
        is_file = file.is_file()  # an address is not printed: it may contain a password
        size = f", {file.stat().st_size:,} bytes" if is_file else ""
        say(f"{file if is_file else 'index'}: {time.monotonic() - began:.2f} s{size}")
    return code


def _info(options: argparse.Namespace) -> int:
    index = _open_to_read(options)
    facts = json.dumps(describe(index), ensure_ascii=False, indent=1)
    index.close()
    write("-", [encoded(f"{facts}\n")])
    return DONE


def _check(options: argparse.Namespace) -> int:
    index = _open_to_read(options)
    count = 0
    for fault in maintenance_of(index).faults():
        count += 1
        say(f"{index.place}: {fault}")
    index.close()
    _confirm(options, index, counted(count, "fault") if count else "no faults")
    return PROBLEMS if count else DONE


def _prune(options: argparse.Namespace) -> int:
    index = open_index(
        options.index,
        window=None if options.window is None else int(options.window * 1000),
        capacity=options.capacity,
        timeout=options.timeout,
        create=False,
        trust_clock=True,  # the user asked for it, and can check the clock
    )
    removed = prune(index)
    if options.compact:
        maintenance_of(index).compact()
    index.close()
    _confirm(options, index, f"{counted(removed, 'story')} removed")
    return DONE


def _export(options: argparse.Namespace) -> int:
    if "://" in options.output:  # not quoted: it may contain a password
        raise WritingError("expected a file, got a URL; `dedup index import` fills another index")
    check_distinct([options.index, options.output])
    index = _open_to_read(options)
    try:
        write(options.output, (f"{line}\n".encode() for line in export_lines(index)))
    finally:
        index.close()
    return DONE


def _import(options: argparse.Namespace) -> int:
    with _exported(options.input) as lines, checked_export(lines) as export:
        index = _open(options, create=True)
        try:
            stored, skipped = import_stories(index, export)
        finally:
            index.close()
    _confirm(
        options, index, f"{counted(stored, 'story')} stored, {skipped:,} skipped: already stored or empty"
    )
    return DONE


@contextmanager
def _exported(place: str) -> Iterator[Iterator[str]]:
    """Open the lines of an export, or of the export of another index, also of an older format."""
    if not is_address(place) and not is_index_file(Path(place)):
        with open_input(place) as source:
            yield (line.decode("utf-8", "replace") for line in source)
        return
    if rows := older_rows_of(place):
        yield lines_of_rows(rows, None)
        return
    index = open_index(place, create=False)
    try:
        yield export_lines(index)
    finally:
        index.close()


def _rebuild(options: argparse.Namespace) -> int:
    index = _open(options)
    stories = rebuild(index, _recipe_to_rebuild_with(index, options))
    index.close()
    _confirm(options, index, f"{counted(stories, 'story')} indexed again")
    return DONE


def _recipe_to_rebuild_with(index: StoryIndex, options: argparse.Namespace) -> Recipe:
    return replace(index.recipe, **given_bounds(options)) if options.recipe is None else recipe_of(options)


def _replace(options: argparse.Namespace) -> int:
    counts: Counter[str] = Counter()
    index = _open(options)
    reader = LineReader(fields_of(options))
    with open_input(options.input) as source, PreFilter(index) as prefilter:
        for number, line in enumerate(source, start=1):
            if line.strip():
                counts[_replaced(line, number, prefilter, reader)] += 1
    _confirm(
        options,
        index,
        f"{counted(counts['updated'], 'story')} replaced, {counts['new']:,} added, "
        f"{counts['rejected']:,} rejected",
    )
    return PROBLEMS if counts["rejected"] else DONE


def _replaced(line: bytes, number: int, prefilter: PreFilter, reader: LineReader) -> str:
    """Store the story of a line; return its relation to the stored one, or `rejected`."""
    read = reader.read(line, number)
    if not isinstance(read, StoryLine):
        if read is not None:
            say(f"line {number}: {read.reason}")
        return "rejected"
    answer = prefilter.replace(read.document)
    if not answer.stored:
        say(f"line {number}: {answer.reasons[0]}")
        return "rejected"
    return answer.relation


def _learn(options: argparse.Namespace) -> int:
    if options.boilerplate is None and not options.forget:
        raise ReadingError("expected a file of boilerplate, or --forget")
    name = options.boilerplate
    path = Path(name.removesuffix(SUFFIX) + SUFFIX) if name else None
    if path and not path.is_file():
        raise ReadingError(
            f"{printable(str(path))}: no such file; `dedup report ARCHIVE --keep KEPT` writes one"
        )
    index = _open(options)
    with PreFilter(index) as prefilter:
        passages = read_boilerplate(path, letters=prefilter.recipe.letters) if path else []
        known = prefilter.learn(passages, forget=options.forget)
    _confirm(options, index, f"{counted(known, 'passage')} of boilerplate known")
    return DONE


def _show(options: argparse.Namespace) -> int:
    with PreFilter(_open_to_read(options)) as prefilter:
        stories = prefilter.find(options.name)
    shown = [json.dumps(each.as_json(), ensure_ascii=False) + "\n" for each in stories]
    write("-", [encoded(line) for line in shown])
    if not stories:
        say(f"{prefilter.place}: no story, and no copy of a story, has the id or URL {quoted(options.name)}")
    return DONE if stories else PROBLEMS


def _delete(options: argparse.Namespace) -> int:
    index = _open(options)
    with PreFilter(index) as prefilter:
        removed = prefilter.delete(options.name)
    _confirm(options, index, f"{counted(removed, 'story')} removed")
    return DONE


_ACTIONS: Mapping[str, Callable[[argparse.Namespace], int]] = MappingProxyType(
    {
        "info": _info,
        "check": _check,
        "prune": _prune,
        "export": _export,
        "import": _import,
        "rebuild": _rebuild,
        "replace": _replace,
        "learn": _learn,
        "show": _show,
        "delete": _delete,
    }
)


def _open(options: argparse.Namespace, *, create: bool = False) -> StoryIndex:
    """Open the index of an action that writes; only an import creates one."""
    return open_index(options.index, create=create, timeout=options.timeout)


def _open_to_read(options: argparse.Namespace) -> StoryIndex:
    """Open the index of an action that only reads: its media may be read-only, its owner another user."""
    is_writable = is_address(options.index) or os.access(Path(options.index).parent, os.W_OK)
    return open_index(options.index, create=False, timeout=options.timeout, read_only=not is_writable)


def _confirm(options: argparse.Namespace, index: StoryIndex, what: str) -> None:
    if not options.quiet and sys.stdout is not None:
        write("-", [encoded(f"{printable(index.place)}: {what}\n")])
