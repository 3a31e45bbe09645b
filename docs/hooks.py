"""Pages generated when the site is built: the reference, and the documents at the top of the repository."""

import os
import re
from pathlib import Path
from typing import Any

import dedup
from dedup.cli.examples import every_command
from dedup.cli.main import parser

COMMANDS = "<!-- commands -->"
NAMES = "<!-- names -->"
FILE = re.compile("<!-- file ([A-Z]+\\.md) -->")
"""A page that is a document at the top of the repository."""
LINK = re.compile(r"\]\((?:docs/)?([\w/.-]+\.md)\)")
COLUMNS = 84
"""Width of the help in the reference."""


def on_page_markdown(markdown: str, **_: Any) -> str:  # noqa: ANN401 - mkdocs passes its own objects
    """Replace the placeholders of a page with the reference."""
    if COMMANDS in markdown:
        markdown = markdown.replace(COMMANDS, commands())
    if NAMES in markdown:
        markdown = markdown.replace(NAMES, names())
    return FILE.sub(lambda named: top_document(named[1]), markdown)


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


def names() -> str:
    """A mkdocstrings directive for each public name, at the module that defines it."""
    return "\n\n".join(f"::: {getattr(dedup, name).__module__}.{name}" for name in dedup.__all__)
