"""Pairs of a report -> JSON, many at a time: a large report has hundreds of thousands."""

from collections.abc import Iterator, Sequence

import numpy as np

from dedup.model import ExchangedFact, Pair
from dedup.model.rows import VERDICTS, PairRows
from dedup.output.json_columns import JsonColumn, joined, records, scores, strings, values
from dedup.output.json_reasons import written_columns, written_reasons
from dedup.output.json_text import encoded, encoded_column

AT_ONCE = 2048
"""Pairs that are written together: each takes some kilobytes for a moment."""
BETWEEN = b",\n  "
"""What separates records of a list."""


def pair_lines(pairs: Sequence[Pair], *, against: bool) -> Iterator[bytes]:
    """Write pairs, each on one line.

    Args:
        pairs: Of one report.
        against: Whether the report has a reference.

    Returns:
        Lines of many pairs in a row, with `BETWEEN` between any two.
    """
    for start in range(0, len(pairs), AT_ONCE):
        stop = min(start + AT_ONCE, len(pairs))
        if isinstance(pairs, PairRows):
            columns = _columns_of_rows(pairs, start, stop)
        else:
            columns = _columns_of_records(pairs[start:stop])
        if not against:
            del columns["reference"]
        lines = records(columns, stop - start)
        yield joined(lines, np.array([0, stop - start]), BETWEEN).written()


def _columns_of_rows(pairs: PairRows, start: int, stop: int) -> dict[str, JsonColumn]:
    some = slice(start, stop)
    left, right = (side[some] for side in (pairs.left, pairs.right))
    sides = np.where(left < pairs.references, 1, np.where(right < pairs.references, 2, 0))
    return {
        "left": strings([pairs.ids[row] for row in left.tolist()]),
        "right": strings([pairs.ids[row] for row in right.tolist()]),
        "verdict": JsonColumn.coded(encoded_column(VERDICTS), pairs.verdicts[some]),
        "confidence": scores(pairs.confidence[some].tolist()),
        "changed": written_changes(pairs.explanations.changes(start, stop)),
        "jaccard": scores(pairs.jaccard[some].tolist()),
        "containment": scores(pairs.containment[some].tolist()),
        "tfidf": scores([None] * left.size if pairs.tfidf is None else pairs.tfidf[some].tolist()),
        "reference": JsonColumn.coded([b"null", b'"left"', b'"right"'], sides),
        **written_columns(pairs.explanations.reasons(start, stop), stop - start),
    }


def _columns_of_records(pairs: Sequence[Pair]) -> dict[str, JsonColumn]:
    return {
        "left": strings([each.left for each in pairs]),
        "right": strings([each.right for each in pairs]),
        "verdict": values([each.verdict for each in pairs]),
        "confidence": scores([each.confidence for each in pairs]),
        "changed": written_changes([each.changed for each in pairs]),
        "jaccard": scores([each.jaccard for each in pairs]),
        "containment": scores([each.containment for each in pairs]),
        "tfidf": scores([each.tfidf for each in pairs]),
        "reference": values([each.reference or None for each in pairs]),
        **written_reasons([each.reasons for each in pairs]),
    }


def written_changes(changes: Sequence[Sequence[ExchangedFact]]) -> JsonColumn:
    """Write the changed facts of each record; most have none."""
    return JsonColumn.of(
        [encoded([each.as_json() for each in facts]) if facts else b"[]" for facts in changes]
    )
