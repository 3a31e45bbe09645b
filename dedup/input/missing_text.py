"""What an input is told in which no field is called text: the fields it has, and which are likely meant."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from dedup.input.fields import Fields
from dedup.input.presets import PRESETS
from dedup.model.errors import QUOTED, ReadingError
from dedup.model.quoting import printable

_LISTED = 12
"""Names that a message lists."""
_SHOWN = 60
"""Characters of a name that is proposed."""
_DEEP = 3
"""Objects inside one another in which names are looked for."""

_LIKELY = {
    "text": """text body content maintext fulltext articletext articlebody bodytext newstext newsbody
        contenttext rawcontent rawtext article story transcript message matn description summary abstract
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
"""Names that parts of a story go by, without case and signs, the likeliest first."""
_NAMES = {part: tuple(names.split()) for part, names in _LIKELY.items()}
_LONG = 100
"""Characters from which a string is likely a text, whatever it is called."""


def names_in(records: Iterable[object], names: Fields) -> Fields:
    """Spell names of fields as records do.

    Args:
        records: The first of an input; what is no object is left alone.
        names: Where the parts of a document are looked for.

    Raises:
        ReadingError: There are objects, and none of them has a text.
    """
    objects = [record for record in records if isinstance(record, dict)]
    columns = list(dict.fromkeys(name for record in objects for name in record))
    spelt = names.spelt_as(columns)
    if objects and not spelt.has_text(columns):
        raise ReadingError(missing_text(columns, names, values=objects[0], thing="field"))
    return spelt


def missing_text(
    columns: Sequence[str],
    names: Fields,
    *,
    values: Mapping[str, object] | None = None,
    thing: str = "column",
) -> str:
    """Say that no field holds the text, which there are, and how to name the one that is likely meant.

    Args:
        columns: Names of the fields.
        names: Where the text was looked for.
        values: What one record holds under them, if that is known.
        thing: What the fields are called.
    """
    shown = [f"`{printable(column)[:QUOTED]}`" for column in columns[:_LISTED]]
    more = f" and {len(columns) - _LISTED} more" if len(columns) > _LISTED else ""
    wanted = " or ".join(f"`{printable(name)[:QUOTED]}`" for name in names.texts)
    return (
        f"no {thing} is called {wanted} ({', '.join(shown)}{more}); {_advice(columns, names, values or {})}"
    )


def likely_fields(
    columns: Sequence[str], names: Fields, values: Mapping[str, object] | None = None
) -> dict[str, str]:
    """Guess which columns hold the parts of a document; empty if none looks like the text.

    Args:
        columns: Their names.
        names: Where the parts were looked for.
        values: What one record holds, by name with dots, if that is known.
    """
    return dict(_likely(columns, names, values or {}))


def dotted(record: Mapping[str, object], *, depth: int = _DEEP) -> Iterator[tuple[str, object]]:
    """Name the values of a record, those of objects inside it with dots."""
    for name, value in record.items():
        if isinstance(value, Mapping) and depth > 1:
            yield from ((f"{name}.{inner}", each) for inner, each in dotted(value, depth=depth - 1))
        else:
            yield name, value


def _advice(columns: Sequence[str], names: Fields, values: Mapping[str, object]) -> str:
    inside = dict(dotted(values))
    there = list(dict.fromkeys([*columns, *inside]))
    tool = next((tool for tool, of in PRESETS.items() if _wrote(of, there)), "")
    if tool:
        return f"they are those of {tool}: try --preset {tool}"
    pairs = [f"{part}={column}" for part, column in likely_fields(there, names, inside).items()]
    if not pairs:
        return "say with --field text=NAME which holds the text"
    return f"try --field {_quoted(','.join(pairs))}"


def _wrote(preset: Fields, columns: Sequence[str]) -> bool:
    """Whether columns are named as a tool names them: the text, and two more by names that are its own."""
    common = replace(Fields(), published=("published", "date", "timestamp"))
    own = [
        [name for name in of if name not in usual]
        for of, usual in (
            (preset.id, common.id),
            (preset.source, common.source),
            (preset.published, common.published),
            (preset.url, common.url),
        )
    ]
    found = sum(not set(each).isdisjoint(columns) for each in own)
    return found > 1 and not set(preset.texts).isdisjoint(columns)


def _likely(columns: Sequence[str], names: Fields, values: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Yield the text and, if one was found, other parts that go by other names than were looked for."""
    bare = {_bare(column): column for column in reversed(columns) if _fits(column)}
    text = next(
        (bare[name] for name in _NAMES["text"] if name in bare and _may_be_text(bare[name], values)), ""
    )
    longest = max(values, key=lambda name: _length(values[name]), default="")
    if not text and _length(values.get(longest)) >= _LONG and _fits(longest):
        text = longest
    if not text:
        return
    yield "text", text
    for part in ("title", "published", "source", "url", "id"):
        if set(getattr(names, part)).isdisjoint(columns):
            yield from ((part, bare[name]) for name in _first(_NAMES[part], bare, without=text))


def _first(likely: Iterable[str], bare: Mapping[str, str], *, without: str) -> list[str]:
    return [name for name in likely if name in bare and bare[name] != without][:1]


def _bare(column: str) -> str:
    last = column.rpartition(".")[2]
    return "".join(letter for letter in last.casefold() if letter.isalnum())


def _fits(column: str) -> bool:
    """Whether a name can stand in a mapping, and in a terminal."""
    return (
        bool(column)
        and len(column) <= _SHOWN
        and not set(column) & set(",=|\"'`$\\!")
        and column.isprintable()
    )


def _may_be_text(column: str, values: Mapping[str, object]) -> bool:
    return column not in values or isinstance(values[column], str)


def _length(value: object) -> int:
    return len(value) if isinstance(value, str) else 0


def _quoted(pairs: str) -> str:
    return f"'{pairs}'" if any(letter in pairs for letter in " ()&;<>*?#~[]{}") else pairs
