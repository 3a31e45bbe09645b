"""The files of the page, and its Content-Security-Policy.

The font is Vazirmatn 33.003 (OFL.txt), reduced to the weights 400 to 700 and the letters of Arabic script and
western Latin: `fonttools varLib.instancer wght=400:700`, then `pyftsubset --layout-features='*'
--flavor=woff2`.
"""

import base64
import hashlib
from functools import cache
from importlib.resources import files


@cache
def template() -> str:
    """Return the page without its content, with `{{NAME}}` for each part."""
    return _read("page.html").decode("utf-8")


@cache
def script() -> str:
    """Return the script of the page, which `page/build.js` bundles."""
    return _read("page.js").decode("utf-8")


@cache
def sheet() -> str:
    """Return the style sheet with the font."""
    font = base64.b64encode(_read("vazirmatn.woff2")).decode("ascii")
    parts = (
        _read(name).decode("utf-8")
        for name in ("page.css", "views.css", "lists.css", "evidence.css", "print.css")
    )
    return "".join(parts).replace("{{FONT}}", f"data:font/woff2;base64,{font}")


@cache
def policy() -> str:
    """Return the Content-Security-Policy: only this script, style sheet and font; no requests, no markup."""
    return (
        f"default-src 'none'; script-src '{_digest(script())}'; style-src '{_digest(sheet())}'; "
        "font-src data:; base-uri 'none'; form-action 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def _read(name: str) -> bytes:
    return files("dedup.output.page").joinpath(name).read_bytes()
