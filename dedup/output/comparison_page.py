"""Write a comparison as a self-contained HTML file with both texts side by side, to send and to print."""

from html import escape

from dedup.model import Comparison
from dedup.output.sanitize import sanitize_line
from dedup.output.side_by_side import side_by_side
from dedup.output.small_page import small_page

_STYLE = """
body { max-width: 75rem; margin: 1rem auto; padding: 0 1rem; font: 1rem/1.7 system-ui, sans-serif; }
table { width: 100%; table-layout: fixed; border-collapse: collapse; overflow-wrap: anywhere; }
h1 { font-size: 1.2rem; }
th, td { border-top: 1px solid #8888; padding: 0.5rem; }
mark { background: #ffe08a; color: #1a1a1a; }
@media (max-width: 40rem) {
  table { display: flex; flex-direction: column; }
  thead, tbody, tr { display: contents; }
  th, td { width: auto !important; }
  td:first-child { order: 1; }
  th:last-child { order: 2; }
  td:last-child { order: 3; }
}
@media print { mark { background: none; color: inherit; text-decoration: underline; } }
"""


def comparison_page(comparison: Comparison) -> bytes:
    """Write a comparison as a page in UTF-8; see `side_by_side` for its content."""
    sides = (comparison.left, comparison.right)
    one, other = (escape(sanitize_line(side.title).strip() or sanitize_line(side.id)) for side in sides)
    heading = f'<h1 dir="auto">{one} \u2013 <bdi>{other}</bdi></h1>'
    return small_page(
        title=f"{one} \u2013 {other}", style=_STYLE, body=f"{heading}\n{side_by_side(comparison)}"
    )
