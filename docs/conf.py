"""The documentation as a site: `pip install '.[docs]'`, then `sphinx-build -W docs build/site`.

Parts of some pages are generated when the site is built: the help of the commands, the description of Python
names from their docstrings, and the documents at the top of the repository.
"""

import inspect
import os
import re
from pathlib import Path

from sphinx.application import Sphinx

import dedup
from dedup.cli.examples import every_command
from dedup.cli.main import parser

project = "dedup"
version = release = dedup.__version__
language = "en"
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx_copybutton"]
copybutton_prompt_text = r"\$ |>>> |\.\.\. "
copybutton_prompt_is_regexp = True
exclude_patterns = ["screenshots/*.jsonl"]
html_theme = "furo"
html_title = f"dedup {release}"
html_show_sphinx = html_show_copyright = False
html_copy_source = False
html_theme_options = {"navigation_with_keys": True}
html_static_path = ["static"]
html_css_files = ["tables.css"]
myst_heading_anchors = 3
default_role = "code"  # what stands in backticks in a docstring
autodoc_member_order = "bysource"
napoleon_use_ivar = True
napoleon_use_rtype = False
python_maximum_signature_line_length = 88

PAGES = {
    "Start": ["tutorial", "fa/index", "notebook", "faq"],
    "How to": [
        "how-to/archive",
        "how-to/page",
        "how-to/scraper",
        "how-to/dates",
        "how-to/excel",
        "how-to/cron",
        "how-to/tuning",
        "how-to/large-archives",
        "prefilter",
        "how-to/pipelines",
        "how-to/service",
    ],
    "Reference": [
        "reference/commands",
        "reference/inputs",
        "reference/fields",
        "reference/settings",
        "reference/python",
        "reference/dependencies",
    ],
    "Explanation": [
        "explanation/verdicts",
        "explanation/convention",
        "explanation/boilerplate",
        "explanation/clusters",
        "explanation/scale",
        "explanation/limits",
        "explanation/method",
        "explanation/quality",
        "reliability",
        "explanation/comparison",
        "architecture",
        "decisions/index",
    ],
    "Project": ["contributing", "changelog"],
}
"""The menu."""

MENUS = {
    "index": "".join(
        f"\n\n```{{toctree}}\n:hidden:\n:caption: {caption}\n\n{chr(10).join(pages)}\n```"
        for caption, pages in PAGES.items()
    ),
    "decisions/index": "\n\n```{toctree}\n:hidden:\n:glob:\n\n0*\n```",
}
"""Tables of contents by the page that they are put on, where GitHub would show them as code."""

COMMANDS = "<!-- commands -->"
FILE = re.compile("<!-- file ([A-Z]+\\.md) -->")
"""A page that is a document at the top of the repository."""
LINK = re.compile(r"\]\((?:docs/)?([\w/.-]+\.md)\)")
OBJECT = re.compile(r"^::: ([\w.]+)$", flags=re.MULTILINE)
TABLE = re.compile("^```csv", flags=re.MULTILINE)
"""No lexer knows this language."""
COLUMNS = 84
"""Width of the help in the reference."""


def setup(app: Sphinx) -> None:
    """Fill the pages that are made, and read docstrings as plain text."""
    app.connect("source-read", fill_page)
    app.connect("autodoc-process-docstring", escape_bars)


def fill_page(_app: Sphinx, page: str, source: list[str]) -> None:
    """Replace the placeholders of a page, and put the menus on those that have one."""
    text = source[0]
    if COMMANDS in text:
        text = text.replace(COMMANDS, commands())
    text = FILE.sub(lambda named: top_document(named[1]), text)
    text = OBJECT.sub(lambda named: described(named[1]), text)
    text = TABLE.sub("```text", text)
    source[0] = text + MENUS.get(page, "")


def escape_bars(
    _app: Sphinx, _what: str, _name: str, _object: object, _options: object, lines: list[str]
) -> None:
    """Keep |A| in a docstring from being read as a name to be replaced."""
    lines[:] = [line.replace("|", "\\|") for line in lines]


def top_document(name: str) -> str:
    """A document at the top of the repository, its links relative to `docs/`."""
    text = Path(__file__).parents[1].joinpath(name).read_text(encoding="utf-8")
    return LINK.sub(lambda link: f"]({link[1].lower()})", text)


def commands() -> str:
    """The help of every command, as `--help` prints it."""
    os.environ["COLUMNS"] = str(COLUMNS)
    return "\n".join(
        f"## {command}\n\n```text\n{each.format_help().rstrip()}\n```\n"
        for command, each in every_command(parser())
    )


def described(name: str) -> str:
    """Directives that describe a public name by its docstrings."""
    module, _, last = name.rpartition(".")
    thing = getattr(__import__(module, fromlist=[last]), last)
    kind = "function"
    if inspect.isclass(thing):
        kind = "exception" if issubclass(thing, Exception) else "class"
    members = "" if kind == "function" else "\n   :members:"
    return f"### {last}\n\n```{{eval-rst}}\n.. auto{kind}:: {name}{members}\n```"
