"""Write pairs as JSON, many at a time: a large report has hundreds of thousands."""

from collections.abc import Iterator, Sequence

import numpy as np

from dedup.model import Pair
from dedup.model.rows import VERDICTS, PairRows
from dedup.output.json_columns import Columns, Fields, changes, join_lists, records, scores, strings, values
from dedup.output.json_reasons import written_columns, written_reasons

AT_ONCE = 2048
"""Number of pairs written together; each takes some kilobytes meanwhile."""
BETWEEN = b",\n  "
"""Separator of the records of a list."""

_FIELDS: Fields = {
    "left": strings,
    "right": strings,
    "verdict": values,
    "confidence": scores,
    "changed": changes,
    "jaccard": scores,
    "containment": scores,
    "tfidf": scores,
    "reference": values,
}


def pair_lines(pairs: Sequence[Pair], *, against: bool) -> Iterator[bytes]:
    """Write pairs, each on one line.

    Args:
        pairs: Pairs of a report.
        against: Whether the report has a reference.

    Returns:
        The lines of many pairs at a time, separated by `BETWEEN`.
    """
    fields = {name: write for name, write in _FIELDS.items() if against or name != "reference"}
    for start in range(0, len(pairs), AT_ONCE):
        stop = min(start + AT_ONCE, len(pairs))
        if isinstance(pairs, PairRows):
            columns = _columns(pairs, start, stop)
            reasons = written_columns(pairs.explanations.reasons(start, stop), stop - start)
        else:
            some = pairs[start:stop]
            columns = {name: [getattr(each, name) for each in some] for name in fields}
            columns["reference"] = [each.reference or None for each in some]
            reasons = written_reasons([each.reasons for each in some])
        written = {name: write(columns[name]) for name, write in fields.items()}
        lines = records(written | reasons, stop - start)
        yield join_lists(lines, np.array([0, stop - start]), BETWEEN).written()


def _columns(pairs: PairRows, start: int, stop: int) -> Columns:
    """Return the values of the fields of rows of pairs."""
    some = slice(start, stop)
    left, right = (side[some] for side in (pairs.left, pairs.right))
    sides = np.where(left < pairs.references, "left", np.where(right < pairs.references, "right", ""))
    return {
        "left": [pairs.ids[row] for row in left.tolist()],
        "right": [pairs.ids[row] for row in right.tolist()],
        "verdict": [VERDICTS[code] for code in pairs.verdicts[some].tolist()],
        "confidence": pairs.confidence[some].tolist(),
        "changed": pairs.explanations.changes(start, stop),
        "jaccard": pairs.jaccard[some].tolist(),
        "containment": pairs.containment[some].tolist(),
        "tfidf": [None] * left.size if pairs.tfidf is None else pairs.tfidf[some].tolist(),
        "reference": [side or None for side in sides.tolist()],
    }
