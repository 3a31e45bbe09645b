"""A self-contained HTML page without scripts, to send and to print."""

_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; }}
{style}
</style>
</head>
<body>
<main>
{body}
</main>
</body>
</html>
"""


def small_page(*, title: str, style: str, body: str) -> bytes:
    """Make a page in UTF-8; title and body are HTML in which document text has been escaped."""
    return _PAGE.format(title=title, style=style.strip(), body=body).encode("utf-8", "replace")
