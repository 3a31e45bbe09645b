"""Write the reasons of pairs and members as JSON: as sentences and as codes."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from dedup.comparison.packed_words import PackedWords
from dedup.model import Reason, ReasonKind
from dedup.model.measures import Json
from dedup.model.reason import Value, sentence_frame
from dedup.model.reason_columns import ReasonColumn
from dedup.output.json_columns import JsonColumn, bare_strings, in_brackets, join_lists, side_by_side
from dedup.output.json_text import encoded

type Numbers = NDArray[np.int64]

_LANGUAGE = "en"
_MOST_WRITTEN = 1 << 15
"""Maximum number of cached reasons, each of some hundred bytes at most."""
_WRITTEN: dict[tuple[ReasonKind, tuple[Value, ...]], "_Written"] = {}


class _Written(NamedTuple):
    sentence: bytes
    code: bytes


class _WrittenColumn(NamedTuple):
    sentences: JsonColumn
    codes: JsonColumn


def reason_code(reason: Reason) -> dict[str, Json]:
    """Return the kind and the values of a reason."""
    return {"kind": reason.kind, "values": reason.values}


def written_reasons(reasons: Sequence[Sequence[Reason]]) -> dict[str, JsonColumn]:
    """Write the reasons of each record, as sentences and as codes."""
    written = _pieces([_written(reason.kind, reason.values) for some in reasons for reason in some])
    return _lists(written, np.cumsum([0, *map(len, reasons)], dtype=np.int64))


def written_columns(columns: Iterable[ReasonColumn], records: int) -> dict[str, JsonColumn]:
    """Write reasons given as columns, like `written_reasons` but without an object per reason.

    Args:
        columns: One column per kind of reason.
        records: Number of records.
    """
    columns = list(columns)
    rows = np.concatenate([np.empty(0, dtype=np.int64), *(column.rows for column in columns)])
    order = np.argsort(rows, kind="stable")
    written = [_write(column) for column in columns]
    some = _WrittenColumn(
        JsonColumn.concatenated([each.sentences for each in written]).take(order),
        JsonColumn.concatenated([each.codes for each in written]).take(order),
    )
    return _lists(some, np.searchsorted(rows[order], np.arange(records + 1)))


def _lists(written: _WrittenColumn, bounds: Numbers) -> dict[str, JsonColumn]:
    return {
        "reasons": in_brackets(join_lists(written.sentences, bounds, b",")),
        "reason_codes": in_brackets(join_lists(written.codes, bounds, b",")),
    }


def _write(column: ReasonColumn) -> _WrittenColumn:
    if column.kind is ReasonKind.ONLY_IN:
        side, words = cast("tuple[str, Sequence[tuple[str, ...]] | PackedWords]", column.values)
        return _words_column(side, PackedWords.of(words))
    distinct, places = _distinct(column)
    written = _pieces([_written(column.kind, each) for each in distinct.each()])
    return written if places is None else _WrittenColumn(*(each.take(places) for each in written))


def _distinct(column: ReasonColumn) -> tuple[ReasonColumn, Numbers | None]:
    """Return the distinct reasons of a column of numbers, and the index of each row's reason.

    For other columns, return all reasons and None.
    """
    varying = [each for each in column.values if not isinstance(each, str)]
    numbers = [each for each in varying if isinstance(each, np.ndarray)]
    if len(numbers) < len(varying):
        return column, None
    keys = np.zeros(column.rows.size, dtype=np.int64)
    for each in numbers:  # at most two, of 31 bits
        keys = keys * (each.max(initial=0) + 1) + each
    _, firsts, places = np.unique(keys, return_index=True, return_inverse=True)
    values = tuple(each[firsts] if isinstance(each, np.ndarray) else each for each in column.values)
    return column._replace(rows=column.rows[firsts], values=values), places


def _pieces(written: Sequence[_Written]) -> _WrittenColumn:
    return _WrittenColumn(
        JsonColumn.of([each.sentence for each in written]), JsonColumn.of([each.code for each in written])
    )


def _written(kind: ReasonKind, values: tuple[Value, ...]) -> _Written:
    """Encode a reason; cached, since a large report repeats most of them."""
    known = _WRITTEN.get((kind, values))
    if known is None:
        reason = Reason(kind, values)
        known = _Written(encoded(reason.text(_LANGUAGE)), encoded(reason_code(reason)))
        if len(_WRITTEN) < _MOST_WRITTEN and not reason.names_words:
            _WRITTEN[kind, values] = known
    return known


def _words_column(side: str, lists: PackedWords) -> _WrittenColumn:
    """Write reasons that consist of a side and words, all words at once: they hardly ever occur twice."""
    frame = sentence_frame(ReasonKind.ONLY_IN, side, _LANGUAGE)
    before, behind, separator = (encoded(each)[1:-1] for each in frame[:3])
    opening = b'{"kind":%b,"values":[%b,["' % (encoded(ReasonKind.ONLY_IN), encoded(side))
    words, rows = bare_strings(lists.words), len(lists)
    named, listed = (join_lists(words, lists.bounds, between) for between in (separator, b'","'))
    return _WrittenColumn(
        side_by_side([b'"' + before, named, behind + b'"'], rows),
        side_by_side([opening, listed, b'"]]}'], rows),
    )
