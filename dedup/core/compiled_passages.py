"""The compiled version of `numpy_passages`."""

import numpy as np
from numpy.typing import NDArray

from dedup.core.native_arrays import adopted, array, check_memory, pointer, row_numbers
from dedup.core.native_library import ffi, lib
from dedup.core.numpy_passages import PassageCrowds, PassageRule, PassagesFound
from dedup.core.text_column import ascend

__all__ = ["find_passages"]


def find_passages(
    shingles: NDArray[np.uint64], bounds: NDArray[np.int64], crowds: PassageCrowds, rule: PassageRule
) -> PassagesFound:
    """See `numpy_passages.find_passages`.

    Raises:
        ValueError: Bounds descend or exceed their array, or the columns of the crowds differ in length.
    """
    shingles, bounds = array(shingles, "shingles", np.uint64), array(bounds, "bounds", np.int64)
    members = row_numbers(crowds.texts, "texts", below=bounds.size - 1)
    member_bounds = array(crowds.bounds, "bounds", np.int64)
    places = array(crowds.places, "places", np.uint64)
    forward, longest = array(crowds.forward, "forward", np.bool_), array(crowds.longest, "longest", np.int64)
    if not (ascend(bounds, below=shingles.size) and ascend(member_bounds, below=members.size)):
        raise ValueError("expected bounds that ascend from 0 to at most the number of values")
    count = member_bounds.size - 1
    if {places.size, forward.size, longest.size} != {count} or (longest < 0).any():
        raise ValueError(f"each of {count} crowds has a place, a direction and a length of 0 or more")
    columns = (members, member_bounds, places, forward, longest)
    texts = ffi.new("PassageTexts *", [pointer(shingles), pointer(bounds), bounds.size - 1])
    asked = ffi.new("PassageCrowds *", [*(pointer(column) for column in columns), count])
    witnesses, ends = np.empty(count, np.int64), np.empty(count + 1, np.int64)
    result = ffi.new("PassagesFound *", [pointer(witnesses), pointer(ends)])
    fault = lib.find_passages(texts, asked, ffi.new("PassageRule *", list(rule)), result)
    passages = adopted(result.shingles, np.uint64)
    check_memory(fault)
    return PassagesFound(witnesses, passages, ends)
