"""What the site makes of the program itself: the reference of its commands and of its public names."""

import os
from typing import Any

COMMANDS = "<!-- commands -->"
NAMES = "<!-- names -->"
COLUMNS = 84
"""Width of the help in the reference."""


def on_page_markdown(markdown: str, **_: Any) -> str:  # noqa: ANN401 - mkdocs passes its own objects
    """Put the reference where a page asks for it."""
    if COMMANDS in markdown:
        markdown = markdown.replace(COMMANDS, commands())
    if NAMES in markdown:
        markdown = markdown.replace(NAMES, names())
    return markdown


def commands() -> str:
    """Write the help of every command, as the command prints it."""
    from dedup.cli.examples import every_command  # noqa: PLC0415
    from dedup.cli.main import parser  # noqa: PLC0415

    os.environ["COLUMNS"] = str(COLUMNS)
    return "\n".join(
        f"## {command}\n\n```text\n{each.format_help().rstrip()}\n```\n"
        for command, each in every_command(parser())
    )


def names() -> str:
    """Ask mkdocstrings for every public name, where it is written."""
    import dedup  # noqa: PLC0415

    return "\n\n".join(f"::: {getattr(dedup, name).__module__}.{name}" for name in dedup.__all__)
