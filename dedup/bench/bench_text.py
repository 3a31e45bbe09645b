"""What `dedup bench` found -> lines of text."""

from collections.abc import Iterator

from dedup.bench.bench_result import BenchResult
from dedup.bench.bench_tables import Table, headline, tables
from dedup.output.cells import cells, shown

_WIDEST = 60
"""Cells of a column, at most: ids may be long."""


def bench_text(result: BenchResult) -> str:
    """Write the tables for a terminal or a file, ending in a newline."""
    parts = [headline(result), *("\n".join(_lines(table)) for table in tables(result))]
    return "\n\n".join(parts) + "\n"


def _lines(table: Table) -> Iterator[str]:
    """Write a table: names to the left, figures to the right of their columns."""
    yield table.title
    yield from (f"  {note}" for note in table.notes)
    if not table.rows:
        return
    rows = [table.heads, *(tuple(shown(cell, _WIDEST) for cell in row) for row in table.rows)]
    widths = [max(map(cells, column)) for column in zip(*rows, strict=True)]
    for name, *figures in rows:
        padded = [" " * (width - cells(each)) + each for each, width in zip(figures, widths[1:], strict=True)]
        yield "  ".join([f"  {name}{' ' * (widths[0] - cells(name))}", *padded]).rstrip()
