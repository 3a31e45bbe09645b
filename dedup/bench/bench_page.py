"""What `dedup bench` found -> one HTML file that needs nothing else."""

from html import escape

from dedup.bench.bench_result import BenchResult
from dedup.bench.bench_tables import Table, headline, tables
from dedup.output.sanitize import sanitize_line
from dedup.output.small_page import small_page

_STYLE = """
body { max-width: 60rem; margin: 1rem auto; padding: 0 1rem; font: 1rem/1.6 system-ui, sans-serif; }
h1 { font-size: 1.2rem; }
h2 { font-size: 1.05rem; margin-top: 2rem; }
.table { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { border-top: 1px solid #8888; padding: 0.25rem 0.75rem; text-align: end; }
th:first-child { text-align: start; font-weight: inherit; min-width: 7em; overflow-wrap: anywhere; }
"""


def bench_page(result: BenchResult) -> bytes:
    """Write the tables as a page in UTF-8; ids of stories are sanitized and escaped."""
    heading = f"<h1>{escape(headline(result))}</h1>"
    body = "\n".join([heading, *map(_table, tables(result))])
    return small_page(title="dedup bench", style=_STYLE, body=body)


def _table(table: Table) -> str:
    notes = "".join(f"<li>{_safe(note)}</li>" for note in table.notes)
    heads = "".join(f'<th scope="col">{_safe(head)}</th>' for head in table.heads)
    rows = "".join(map(_row, table.rows))
    return (
        f"<h2>{_safe(table.title)}</h2>"
        + (f"<ul>{notes}</ul>" if notes else "")
        + (f'<div class="table"><table><tr>{heads}</tr>{rows}</table></div>' if rows else "")
    )


def _row(row: tuple[str, ...]) -> str:
    name, *figures = map(_safe, row)
    cells = "".join(f"<td>{figure}</td>" for figure in figures)
    return f'<tr><th scope="row" dir="auto">{name}</th>{cells}</tr>'


def _safe(text: str) -> str:
    return escape(sanitize_line(text))
