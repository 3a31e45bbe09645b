"""Guess which field is the text, the title and so on, from names that tools use for the parts of a story."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

type Names = Mapping[str, Sequence[str]]
"""Names of the parts of a document in records; the first non-empty one is used."""

_SHOWN = 60
"""Maximum number of characters of a proposed name."""
_LIKELY = {
    "text": """text body content maintext fulltext articletext articlebody bodytext newstext newsbody
        contenttext rawcontent rawtext contenthtml bodyhtml articlehtml htmlcontent html
        article artikel artículo articolo story transcript message matn
        description summary abstract
        متن متنخبر نص النص المحتوى texte contenu texto contenido corpo testo inhalt metin icerik içerik
        текст 正文 内容 本文 본문""",
    "title": """title headline heading subject titr onvan عنوان تیتر titre titolo titulo título titel başlık
        заголовок 标题 標題 タイトル 제목""",
    "published": """published date datetime publishedat publishdate datepublished publicationdate pubdate
        publishtime pubtime postedat createdat created timestamp time tarikh تاریخ التاريخ تاريخ datum fecha
        data tarih дата 日期 日付 날짜""",
    "source": """source publisher agency newspaper outlet publication sourcename site sitename domain media
        medianame منبع رسانه المصدر quelle fuente fonte kaynak источник 来源 媒体 出典""",
    "url": "url link permalink href articleurl sourceurl weburl canonicalurl لینک الرابط",
    "id": "id guid uuid key docid articleid newsid storyid شناسه",
}
"""Common names of the parts of a story, lower case without punctuation, the likeliest first."""
_NAMES = {part: tuple(names.split()) for part, names in _LIKELY.items()}
_SURE_TEXT = ("text", "body", "content", "متن", "نص", "texte", "texto", "inhalt", "текст")
"""Last words of a field name that identify the text, whatever the rest of the name is."""
_DEEP = 3
"""Maximum depth of nested objects in which names are searched for."""
_TAG = re.compile(r"</(?:p|div|span|b|i|em|strong|h[1-6]|li|article|body)>|<br ?/?>", re.IGNORECASE)
_LONG = 100
"""Length in characters from which a string is probably a text, whatever its name."""


def dotted(record: Mapping[str, object], *, depth: int = _DEEP) -> Iterator[tuple[str, object]]:
    """Yield the values of a record by name; those in an object, or in the first of a list, by dotted name."""
    for field, content in record.items():
        name, value = field, content
        if isinstance(content, list) and content and isinstance(content[0], Mapping):
            name, value = f"{field}.0", content[0]
        if isinstance(value, Mapping) and depth > 1:
            yield from ((f"{name}.{inner}", each) for inner, each in dotted(value, depth=depth - 1))
        else:
            yield name, value


def likely_fields(
    columns: Sequence[str], names: Names, values: Mapping[str, object] | None = None
) -> dict[str, str]:
    """Guess which fields contain the parts of a document; empty if none looks like the text.

    Args:
        columns: Names of the fields.
        names: Names that were tried for each part.
        values: The values of one record by dotted name, if known.
    """
    return dict(_likely(columns, names, values or {}))


def likely_dates(columns: Iterable[str], names: Iterable[str]) -> tuple[str, ...]:
    """Guess which fields are dates of publication, the likeliest first; none if one of `names` is there.

    Args:
        columns: Names of the fields.
        names: Names under which a date is looked for.
    """
    there = list(columns)
    if not set(names).isdisjoint({*there, *(name.partition(".")[0] for name in there)}):
        return ()
    bare = {_bare(column): column for column in reversed(there) if _fits(column)}
    return tuple(bare[name] for name in _NAMES["published"] if name in bare)


def _likely(columns: Sequence[str], names: Names, values: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Yield the text and, if there is one, other parts whose names were not tried."""
    objects = {name.partition(".")[0] for name in values if "." in name} - values.keys()
    bare = {_bare(column): column for column in reversed(columns) if _fits(column) and column not in objects}
    text = next(
        (bare[name] for name in _NAMES["text"] if name in bare and _may_be_text(bare[name], values)), ""
    )
    longest = max(values, key=lambda name: _length(values[name]), default="")
    if not text and _length(values.get(longest)) >= _LONG and _fits(longest):
        text = longest
    text = text or _by_last_word(bare.values(), values)
    if not text:
        return
    yield "html" if _has_markup(text, values) else "text", text
    around = {name: column for name, column in bare.items() if _around(column, text)}
    bare = {**_named_objects(objects, values), **bare}
    for part in ("title", "published", "source", "url", "id"):
        if set(names[part]).isdisjoint(set(columns) - objects):
            named = around if part == "id" else bare
            yield from ((part, named[name]) for name in _first(_NAMES[part], named, without=text))


def _by_last_word(columns: Iterable[str], values: Mapping[str, object]) -> str:
    """Choose a column whose name ends with a word for the text, like `story_content`; empty if none does."""
    ends = {_bare(re.split("[_ -]", column)[-1]): column for column in columns}
    likely = (ends[name] for name in _SURE_TEXT if name in ends)
    return next((column for column in likely if _may_be_text(column, values)), "")


def _named_objects(objects: Iterable[str], values: Mapping[str, object]) -> dict[str, str]:
    """Map the bare names of objects with a `name` field, such as `source`, to the dotted name of it."""
    named = {_bare(outer): f"{outer}.name" for outer in objects}
    return {bare: column for bare, column in named.items() if isinstance(values.get(column), str)}


def _first(likely: Iterable[str], bare: Mapping[str, str], *, without: str) -> list[str]:
    return [name for name in likely if name in bare and bare[name] != without][:1]


def _around(column: str, text: str) -> bool:
    """Whether a column is in the same object as the text; an id elsewhere identifies another object."""
    holder = column.rpartition(".")[0]
    return not holder or text.startswith(f"{holder}.")


def _bare(column: str) -> str:
    last = column.rpartition(".")[2]
    return "".join(letter for letter in last.casefold() if letter.isalnum())


def _fits(column: str) -> bool:
    """Whether a name can be used in a mapping and shown in a terminal."""
    return (
        bool(column)
        and len(column) <= _SHOWN
        and not set(column) & set(",=|\"'`$\\!")
        and column.isprintable()
    )


def _has_markup(column: str, values: Mapping[str, object]) -> bool:
    value = values.get(column)
    return "html" in column.casefold() or (isinstance(value, str) and _TAG.search(value) is not None)


def _may_be_text(column: str, values: Mapping[str, object]) -> bool:
    return column not in values or isinstance(values[column], str)


def _length(value: object) -> int:
    return len(value) if isinstance(value, str) else 0
