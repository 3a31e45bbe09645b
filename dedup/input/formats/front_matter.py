"""Front matter: fields above a text, as YAML between `---` or TOML between `+++`."""

import re
from collections.abc import Mapping

_BLOCK = re.compile(
    r"\ufeff?(---|\+\+\+)[ \t]*\r?\n(.{0,20000}?)\r?\n(?:\1|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL
)
_LINE = re.compile(r"([\w.-]+)[ \t]*:(?:[ \t]+(.*))?\Z")
_MORE = re.compile(r"[ \t]+\S|-[ \t]|#|\Z")
"""A line of a nested value, of a list, a comment or a blank line."""
_NAMES = {
    "id": ("id", "guid", "slug"),
    "title": ("title", "headline"),
    "published": ("published", "date", "pubdate", "datepublished", "created"),
    "source": ("source", "publisher", "site", "agency"),
    "url": ("url", "link", "canonical", "permalink"),
}


def without_front_matter(text: str) -> tuple[dict[str, str], str]:
    """Return the fields in the front matter of a text, and the text below it."""
    block = _BLOCK.match(text)
    if not block:
        return {}, text
    fields = _yaml(block[2]) if block[1] == "---" else _toml(block[2])
    if not fields:
        return {}, text
    parts = {
        part: next((fields[name] for name in names if fields.get(name)), "") for part, names in _NAMES.items()
    }
    return parts, text[block.end() :].lstrip("\r\n")


def _yaml(block: str) -> dict[str, str]:
    """Read `name: value` lines; nothing if there is another kind of line, as in text between rules."""
    fields: dict[str, str] = {}
    for line in block.splitlines():
        match = _LINE.match(line)
        if match:
            fields.setdefault(match[1].lower(), _unquoted(match[2] or ""))
        elif not _MORE.match(line):
            return {}
    return fields


def _unquoted(value: str) -> str:
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"":
        return value[1:-1].replace("''", "'") if value[0] == "'" else value[1:-1].replace('\\"', '"')
    return value.partition(" #")[0].rstrip()


def _toml(block: str) -> Mapping[str, str]:
    import tomllib  # noqa: PLC0415 - few inputs need it

    try:
        table = tomllib.loads(block)
    except (tomllib.TOMLDecodeError, RecursionError):
        return {}
    return {name.lower(): str(value) for name, value in table.items() if not isinstance(value, dict | list)}
