"""Report columns of a frame or a Parquet file whose values cannot be part of a document, such as lists."""

from collections.abc import Mapping

from dedup.input.fields import Fields
from dedup.model import Problem


def unusable_columns(unusual: Mapping[str, str], names: Fields) -> list[Problem]:
    """Return a problem for each column whose values count as missing.

    Args:
        unusual: The type of each column without strings, numbers or dates, such as "a list", by name.
        names: Names of the columns for each part of a document. A column into which a dotted name leads is
            usable; a column of texts is left out, since each of its rows is a problem.
    """
    used = names.wanted().union(*names.by_part().values()) - set(names.texts)
    entered = {name.partition(".")[0] for part in names.by_part().values() for name in part if "." in name}
    return [
        Problem(
            "",
            None,
            f"expected strings, numbers or dates in the column `{name}`, got {kind}; "
            "its values count as missing",
        )
        for name, kind in sorted(unusual.items())
        if name in used - entered
    ]
