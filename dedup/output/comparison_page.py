"""A comparison -> one HTML file that needs nothing else: both texts side by side, to send and to print."""

from html import escape

from dedup.model import Comparison
from dedup.output.sanitize import sanitize_line
from dedup.output.side_by_side import side_by_side

_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ max-width: 75rem; margin: 1rem auto; padding: 0 1rem; font: 1rem/1.7 system-ui, sans-serif; }}
table {{ width: 100%; table-layout: fixed; border-collapse: collapse; overflow-wrap: anywhere; }}
h1 {{ font-size: 1.2rem; }}
th, td {{ border-top: 1px solid #8888; padding: 0.5rem; }}
mark {{ background: #ffe08a; color: #1a1a1a; }}
@media (max-width: 40rem) {{
  table {{ display: flex; flex-direction: column; }}
  thead, tbody, tr {{ display: contents; }}
  th, td {{ width: auto !important; }}
  td:first-child {{ order: 1; }}
  th:last-child {{ order: 2; }}
  td:last-child {{ order: 3; }}
}}
@media print {{ mark {{ background: none; color: inherit; text-decoration: underline; }} }}
</style>
</head>
<body>
<main>
<h1 dir="auto">{heading}</h1>
{body}
</main>
</body>
</html>
"""


def comparison_page(comparison: Comparison) -> bytes:
    """Write a comparison as a page in UTF-8; see `side_by_side` for what it shows."""
    sides = (comparison.left, comparison.right)
    one, other = (escape(sanitize_line(side.title).strip() or sanitize_line(side.id)) for side in sides)
    return _PAGE.format(
        title=f"{one} \u2013 {other}",
        heading=f"{one} \u2013 <bdi>{other}</bdi>",
        body=side_by_side(comparison),
    ).encode("utf-8", "replace")
