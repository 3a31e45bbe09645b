"""Fold by table, in numpy: the twin of native/fold.c."""

from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dedup.core.fold_table import DROP, LOOK_UP, PRIVATE_PLANES, TABLE, unpack
from dedup.core.mixed_words import one_script
from dedup.core.text_column import TextColumn, Texts, as_column, utf16_units

SPACE = 0x20


class _FoldTable(NamedTuple):
    units: NDArray[np.uint16]
    codes: NDArray[np.uint32]
    starts: NDArray[np.uint32]
    expansions: NDArray[np.uint16]
    cases: NDArray[np.uint8]


@cache
def loaded_table() -> _FoldTable:
    """Load the packaged table, once per process."""
    with np.load(TABLE, allow_pickle=False) as packed:
        table = unpack(packed)
    return _FoldTable(*(table[name] for name in _FoldTable._fields))


def packed_tables() -> tuple[NDArray[np.generic], ...]:
    """Return the parts of the table that folding uses: units, codes, starts, expansions."""
    table = loaded_table()
    return table.units, table.codes, table.starts, table.expansions


def single_results() -> NDArray[np.uint16]:
    """Return the folded form of each UTF-16 unit: a unit, DROP, or LOOK_UP if it takes more than one."""
    return loaded_table().units


def letter_cases() -> NDArray[np.uint8]:
    """Return the case of each UTF-16 unit: UPPER, LOWER or 0."""
    return loaded_table().cases


def fold_units(units: NDArray[np.uint16]) -> tuple[NDArray[np.uint16], NDArray[np.intp]]:
    """Fold UTF-16 units by the packaged table and collapse white space.

    Args:
        units: UTF-16 in native order; lone surrogates count as separators.

    Returns:
        The folded units, words separated by single spaces, without spaces at the ends; and the index in
        `units` that each came from.
    """
    out, origin = fold_by_table(units)
    return one_script(out), origin


def fold_by_table(units: NDArray[np.uint16]) -> tuple[NDArray[np.uint16], NDArray[np.intp]]:
    """Fold like `fold_units`, but leave words that mix scripts: they depend on the whole text."""
    table = loaded_table()
    out = table.units[units]
    if (out == LOOK_UP).any():
        out, origin = _expand(units, out, table)
    else:
        origin = np.flatnonzero(out != DROP)
        out = out[origin]
    blank = out == SPACE
    keep = ~blank
    keep[1:] |= ~blank[:-1]
    if keep.size and blank[-1]:
        last = np.flatnonzero(~blank)[-1:]
        keep[(last[0] + 1 if last.size else 0) :] = False
    if keep.all():
        return out, origin
    return out[keep], origin[keep]


def _expand(
    units: NDArray[np.uint16], out: NDArray[np.uint16], table: _FoldTable
) -> tuple[NDArray[np.uint16], NDArray[np.intp]]:
    """Insert the results that take more than one unit, and those of surrogate pairs."""
    at = np.flatnonzero(out == LOOK_UP)
    code = units[at].astype(np.uint32)
    high = (code >> 10) == 0x36  # noqa: PLR2004 - D800 to DBFF
    follower = np.append(units, np.uint16(0))[at + 1].astype(np.uint32)
    paired = high & ((follower >> 10) == 0x37)  # noqa: PLR2004 - DC00 to DFFF
    code[paired] = 0x10000 + ((code[paired] & 0x3FF) << 10 | follower[paired] & 0x3FF)
    second = np.zeros_like(paired)
    second[1:] = paired[:-1] & (at[1:] == at[:-1] + 1)

    row = np.minimum(np.searchsorted(table.codes, code), table.codes.size - 1)
    ruled = table.codes[row] == code
    kept = paired & (code < PRIVATE_PLANES)
    length = np.where(ruled, table.starts[row + 1] - table.starts[row], np.where(kept, 2, 0))
    length[second] = 0
    counts = (out != DROP).astype(np.intp)
    counts[at] = length
    origin = np.repeat(np.arange(units.size), counts)
    expanded = out[origin]

    first = (np.cumsum(counts) - counts)[at]
    which = np.repeat(np.arange(at.size), length)
    within = np.arange(which.size) - np.repeat(np.cumsum(length) - length, length)
    position = first[which] + within
    expanded[position] = np.where(
        ruled[which],
        table.expansions[np.minimum(table.starts[row[which]] + within, table.expansions.size - 1)],
        units[np.minimum(at[which] + within, units.size - 1)],
    )
    return expanded, origin


def fold_texts(texts: Texts) -> TextColumn:
    """Fold many texts; a folded column is returned unchanged.

    Raises:
        TypeError: A text is not a `str`.
    """
    column = as_column(texts)
    if column.folded:
        return column
    units = [fold_units(utf16_units(text))[0] for text in column]
    bounds = np.cumsum([0, *(each.size for each in units)], dtype=np.int64)
    return TextColumn(np.concatenate([np.empty(0, dtype=np.uint16), *units]), bounds, folded=True)


def fold_texts_placed(texts: Texts) -> tuple[TextColumn, NDArray[np.int64]]:
    """Fold many texts, and map each folded unit to its origin.

    Returns:
        The folded texts; and int64: for each of their units, its index in the UTF-16 of the original text. A
        space has the index of the letter before it.

    Raises:
        TypeError: A text is not a `str`.
    """
    folded = [fold_units(utf16_units(text)) for text in as_column(texts)]
    bounds = np.cumsum([0, *(units.size for units, _ in folded)], dtype=np.int64)
    units = np.concatenate([np.empty(0, dtype=np.uint16), *(units for units, _ in folded)])
    origins = np.concatenate([np.empty(0, dtype=np.int64), *(origins for _, origins in folded)])
    spaces = np.flatnonzero(units == SPACE)
    origins[spaces] = origins[spaces - 1]
    return TextColumn(units, bounds, folded=True), origins
