"""Reasons of pairs and members -> JSON: each as a sentence, and as a code."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain, pairwise
from typing import NamedTuple, cast

from dedup.model import Reason, ReasonKind
from dedup.model.measures import Json
from dedup.model.reason import Value, sentence_frame
from dedup.model.reason_columns import ReasonColumn
from dedup.output.json_text import encoded, encoded_column, listed

_LANGUAGE = "en"
_MOST_WRITTEN = 1 << 15
"""Reasons that are remembered, of at most some hundred bytes each."""
_WRITTEN: dict[tuple[ReasonKind, tuple[Value, ...]], "_Written"] = {}


class _Written(NamedTuple):
    sentence: bytes
    code: bytes


def reason_code(reason: Reason) -> dict[str, Json]:
    """Return the kind and the values of a reason."""
    return {"kind": reason.kind, "values": reason.values}


def written_reasons(reasons: Sequence[Sequence[Reason]]) -> dict[str, list[bytes]]:
    """Write the sentences of each record, and the same as codes."""
    return _lists([[_written(reason) for reason in some] for some in reasons])


def written_columns(columns: Iterable[ReasonColumn], records: int) -> dict[str, list[bytes]]:
    """Do the same for reasons in columns, with less work for each.

    Args:
        columns: Every kind of reason.
        records: How many records there are.
    """
    lists: list[list[_Written]] = [[] for _ in range(records)]
    for column in columns:
        write = _words_column if column.kind is ReasonKind.ONLY_IN else _values_column
        for row, written in zip(column.rows, write(column), strict=True):
            lists[row].append(written)
    return _lists(lists)


def _lists(reasons: Sequence[Sequence[_Written]]) -> dict[str, list[bytes]]:
    return {
        "reasons": [listed([each.sentence for each in some]) for some in reasons],
        "reason_codes": [listed([each.code for each in some]) for some in reasons],
    }


def _values_column(column: ReasonColumn) -> Iterator[_Written]:
    return (
        _WRITTEN.get((column.kind, values)) or _written(Reason(column.kind, values))
        for values in column.each()
    )


def _written(reason: Reason) -> _Written:
    """Write a reason; what a large report repeats is written once."""
    known = _WRITTEN.get((reason.kind, reason.values))
    if known is None:
        known = _Written(encoded(reason.text(_LANGUAGE)), encoded(reason_code(reason)))
        if len(_WRITTEN) < _MOST_WRITTEN and not reason.names_words:
            _WRITTEN[reason.kind, reason.values] = known
    return known


def _words_column(column: ReasonColumn) -> Iterator[_Written]:
    """Write a column of a side and words of a text, which hardly ever occur twice: all words together."""
    side, lists = cast("tuple[str, Sequence[tuple[str, ...]]]", column.values)
    frame = sentence_frame(column.kind, side, _LANGUAGE)
    before, behind, separator = (encoded(each)[1:-1] for each in frame[:3])
    opening = b'{"kind":%b,"values":[%b,[' % (encoded(column.kind), encoded(side))
    words = encoded_column(list(chain.from_iterable(lists)))
    bare = [word[1:-1] for word in words]
    for start, end in pairwise(accumulate(map(len, lists), initial=0)):
        yield _Written(
            b'"%b%b%b"' % (before, separator.join(bare[start:end]), behind),
            b"%b%b]]}" % (opening, b",".join(words[start:end])),
        )
