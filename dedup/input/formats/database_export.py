"""Split text exports of LexisNexis, Nexis Uni, Factiva and ProQuest into stories."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

_LEXIS = re.compile(r"^[ \t]*(?:FOCUS - )?\d+ (?:of|von|de|van) \d+ DO[CK]UMENT\w*[ \t]*$", re.MULTILINE)
_NEXIS = re.compile(r"^[ \t]*End of Document[ \t]*$", re.MULTILINE)
_FACTIVA = re.compile(r"^(?:AN\s+)?Do[ck]ument[ \t]+([A-Za-z0-9]{15,40})[ \t]*$", re.MULTILINE)
_PROQUEST = re.compile(r"^_{40,}[ \t]*$", re.MULTILINE)

_PLACE = re.compile(r"Document \d+ of \d+")
"""Line that ProQuest may write above a title."""
_LENGTH = re.compile(r"^(?:LENGTH|Length):.*$", re.MULTILINE)
_AFTER = re.compile(
    r"^[ \t]*(?:(?:GRAPHIC|URL|LOAD-DATE|Load-Date|LANGUAGE|PUBLICATION-TYPE|JOURNAL-CODE|DOCUMENT-TYPE)\b.*"
    r"|Classification|Graphic|Copyright (?:\d{4}|\(c\)).*)$",
    re.MULTILINE,
)
"""First line after a story of LexisNexis."""
_LABEL = re.compile(r"^([A-Za-z-]{3,20}):[ \t]*(.*)$")
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_WORDS = re.compile(r"^[\d,.]+ (?:words|mots|palabras|parole|W\u00f6rter)\b.*$", re.MULTILINE)
_TAG = re.compile(
    r"^(HD|CR|SE|BY|WC|PD|ET|SN|SC|ED|PG|VOL|LA|CY|LP|TD|CT|CO|IN|NS|RE|IPC|IPD|PUB|ART|AN|RF)\b[ \t]*"
)
_FIELD = re.compile(
    r"^(Full text|Abstract|Subject|Location|People|Company / organization|Classification|Identifier / keyword"
    r"|Title|Author|Publication title|Publication info|Publication year|Publication date|Publisher|Section"
    r"|Place of publication|Country of publication|Publication subject|ISSN|Source type"
    r"|Language of publication|Document type|ProQuest document ID|Document URL|Copyright|Last updated"
    r"|Database|Links|Credit|Dateline)"
    r":[ \t]*",
    re.MULTILINE,
)
_OF_PROQUEST = {
    "ProQuest document ID",
    "Publication title",
    "Publication info",
    "Publication year",
    "Publication subject",
    "Document URL",
    "Identifier / keyword",
    "Company / organization",
    "Source type",
    "Database",
    "Last updated",
}
"""Fields one of which, with `Full text`, identifies an export; users choose which of them are exported."""


class Story(NamedTuple):
    """A story of an export.

    Attributes:
        line: Its first line, from 1.
        parts: `text`, and if known `id`, `title`, `source`, `published`, `url`, `byline` and `section`.
    """

    line: int
    parts: dict[str, str]


def stories(text: str) -> list[Story]:
    """Split an export into stories; empty if the text is not an export."""
    text = text.replace("\r\n", "\n")
    for cut, is_export, read in _EXPORTS:
        if not is_export(text):
            continue
        exported = []
        for start, chunk in _chunks(text, cut):
            parts = {name: part for name, part in read(chunk).items() if part}
            if parts.get("text"):
                exported.append(Story(text.count("\n", 0, start) + 1, parts))
        if exported:
            return exported
    return []


def _chunks(text: str, cut: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    """Yield the parts between separators; a separator with an id belongs to the story above it."""
    start = 0
    for match in cut.finditer(text):
        end = match.end() if match.lastindex else match.start()
        yield _begin(text, start), text[start:end]
        start = match.end()
    yield _begin(text, start), text[start:]


def _begin(text: str, start: int) -> int:
    match = re.compile(r"\S").search(text, start)
    return match.start() if match else start


def _lexis(chunk: str) -> dict[str, str]:
    length = _LENGTH.search(chunk)
    if not length:
        return {}
    body = chunk[length.end() :]
    after = _AFTER.search(body)
    blocks = [block.strip() for block in re.split(r"\n[ \t\r]*\n", chunk[: length.start()]) if block.strip()]
    labels = _labels(chunk)
    dated = next((place for place, block in enumerate(blocks) if _YEAR.search(block)), 0)
    bare = [_one_line(block) for block in blocks[dated + 1 :] if not _LABEL.match(block)]
    return {
        "text": _paragraphs(body[: after.start()] if after else body),
        "title": labels.get("headline", "") or next(iter(bare), ""),
        "source": _one_line(blocks[0]) if dated else "",
        "published": _date_in(blocks[dated]) if blocks else "",
        "url": labels.get("url", ""),
        "byline": labels.get("byline", ""),
        "section": labels.get("section", ""),
    }


def _nexis(chunk: str) -> dict[str, str]:
    lines = [line.strip() for line in chunk.splitlines() if line.strip()]
    _, marker, body = chunk.partition("\nBody")
    if not marker:
        length = _LENGTH.search(chunk)
        body = chunk[length.end() :] if length else ""
    after = _AFTER.search(body)
    labels = _labels(chunk)
    dated = next((place for place, line in enumerate(lines[1:6], 1) if _YEAR.search(line)), 0)
    return {
        "text": _paragraphs(body[: after.start()] if after else body),
        "title": lines[0] if lines else "",
        "source": lines[1] if dated > 1 else "",
        "published": lines[dated] if dated else "",
        "byline": labels.get("byline", ""),
        "section": labels.get("section", ""),
    }


def _factiva(chunk: str) -> dict[str, str]:
    named = _FACTIVA.search(chunk)
    story = chunk[: named.start()] if named else ""
    tags: dict[str, list[str]] = {}
    tag = ""
    for line in story.splitlines():
        match = _TAG.match(line)
        tag = match[1] if match else tag
        tags.setdefault(tag, []).append(line[match.end() :] if match else line)
    if "HD" not in tags:
        return {"id": named[1] if named else "", **_factiva_without_tags(story)}
    part = {name: _one_line("\n".join(lines)) for name, lines in tags.items()}
    return {
        "id": named[1] if named else "",
        "text": _paragraphs("\n".join([*tags.get("LP", []), "", *tags.get("TD", [])])),
        "title": part["HD"],
        "source": part.get("SN", ""),
        "published": " ".join(filter(None, [part.get("PD", ""), part.get("ET", "")])),
        "byline": part.get("BY", ""),
        "section": part.get("SE", ""),
    }


def _factiva_without_tags(story: str) -> dict[str, str]:
    words = _WORDS.search(story)
    if not words:
        return {}
    head = [line.strip() for line in story[: words.start()].splitlines() if line.strip()]
    about, _, body = story[words.end() :].lstrip("\r\n").partition("\n\n")
    lines = [line.strip() for line in about.splitlines()]
    return {
        "text": _paragraphs(body),
        "title": head[0] if head else "",
        "published": lines[0] if lines else "",
        "source": next((line for line in lines[1:] if not re.match(r"\d\d:\d\d", line)), ""),
        "byline": head[1] if len(head) > 1 else "",
    }


def _is_proquest(text: str) -> bool:
    if not _PROQUEST.search(text):
        return False
    labels = {label[1] for label in _FIELD.finditer(text)}
    return "Full text" in labels and not labels.isdisjoint(_OF_PROQUEST)


def _proquest(chunk: str) -> dict[str, str]:
    labels = list(_FIELD.finditer(chunk))
    if not labels:
        return {}
    ends = [each.start() for each in labels[1:]] + [len(chunk)]
    fields = {
        each[1]: chunk[each.end() : end].strip()
        for each, end in reversed(list(zip(labels, ends, strict=True)))
    }
    head = chunk[: labels[0].start()].split("\n")
    first = next((line.strip() for line in head if line.strip() and not _PLACE.fullmatch(line.strip())), "")
    return {
        "id": fields.get("ProQuest document ID", ""),
        "text": _paragraphs(fields.get("Full text", "")),
        "title": _one_line(fields.get("Title", "")) or first,
        "source": _one_line(fields.get("Publication title", "")),
        "published": _one_line(fields.get("Publication date", "")),
        "url": _one_line(fields.get("Document URL", "")),
        "byline": _one_line(fields.get("Author", "")),
        "section": _one_line(fields.get("Section", "")),
    }


def _labels(chunk: str) -> dict[str, str]:
    labels = filter(None, map(_LABEL.match, chunk.splitlines()))
    return {label[1].lower(): label[2].strip() for label in reversed(list(labels))}


def _date_in(block: str) -> str:
    return next((line.strip() for line in block.splitlines() if _YEAR.search(line)), "")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _paragraphs(text: str) -> str:
    """Join the lines of each paragraph, which exports wrap."""
    return "\n".join(_one_line(each) for each in re.split(r"\n[ \t\r]*\n", text) if each.strip())


_EXPORTS: tuple[tuple[re.Pattern[str], Callable[[str], bool], Callable[[str], dict[str, str]]], ...] = (
    (_LEXIS, lambda text: bool(_LEXIS.search(text) and _LENGTH.search(text)), _lexis),
    (_NEXIS, lambda text: bool(_NEXIS.search(text) and _LENGTH.search(text)), _nexis),
    (_FACTIVA, lambda text: bool(_FACTIVA.search(text)), _factiva),
    (_PROQUEST, _is_proquest, _proquest),
)
