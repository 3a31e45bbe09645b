"""Many texts in one buffer: the form in which the kernel takes and returns texts."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

UTF16 = f"utf-16-{'le' if sys.byteorder == 'little' else 'be'}"

_FEW = 32
"""Maximum number of bounds that are checked in Python, which is faster than numpy for a few."""

type Texts = Iterable[str] | TextColumn


@dataclass(frozen=True, slots=True, eq=False)
class TextColumn(Sequence[str]):
    """Many texts in one buffer: text i is `data[bounds[i] : bounds[i + 1]]`, decoded.

    Attributes:
        data: uint8 for UTF-8, uint16 for UTF-16 in native order. Folding treats invalid UTF-8 and lone
            surrogates as separators.
        bounds: int64, shape (n + 1,), ascending.
        folded: Whether the texts are folded already, as UTF-16; they are not folded again.

    Raises:
        ValueError: `bounds` descend or exceed `data`, or a folded column is not UTF-16.
    """

    data: NDArray[np.uint8] | NDArray[np.uint16]
    bounds: NDArray[np.int64]
    folded: bool = False

    def __post_init__(self) -> None:
        bounds = self.bounds
        if not ascend(bounds, below=self.data.size):
            raise ValueError(
                "expected bounds that ascend from 0 to at most the size of data, one more than texts"
            )
        if self.data.dtype not in (np.uint8, np.uint16) or (self.folded and self.data.dtype != np.uint16):
            raise ValueError(
                f"expected data of dtype uint8 (UTF-8) or uint16 (UTF-16, folded), got {self.data.dtype}"
            )

    @classmethod
    def trusted(
        cls, data: NDArray[np.uint16], bounds: NDArray[np.int64], *, folded: bool = False
    ) -> "TextColumn":
        """Make a column from output of the kernel, without checking it."""
        column = object.__new__(cls)
        for name, value in (("data", data), ("bounds", bounds), ("folded", folded)):
            object.__setattr__(column, name, value)
        return column

    def __len__(self) -> int:
        return self.bounds.size - 1

    def __getitem__(self, row: int) -> str:  # type: ignore[override]
        units = self.data[self.bounds[row] : self.bounds[row + 1]].tobytes()
        if self.data.dtype == np.uint8:
            return units.decode("utf-8", "replace")
        return units.decode(UTF16, "surrogatepass")

    def __iter__(self) -> Iterator[str]:
        first, last = self.bounds[[0, -1]].tolist()
        units = self.data[first:last].tobytes()
        encoding, errors = ("utf-8", "replace") if self.data.dtype == np.uint8 else (UTF16, "surrogatepass")
        bounds = ((self.bounds - first) * self.data.itemsize).tolist()
        return (units[start:end].decode(encoding, errors) for start, end in pairwise(bounds))


def utf16_units(text: str) -> NDArray[np.uint16]:
    """Encode a text as UTF-16 in native order; lone surrogates stay as they are."""
    return np.frombuffer(text.encode(UTF16, "surrogatepass"), dtype=np.uint16)


def ascend(bounds: NDArray[np.int64], *, below: int) -> bool:
    """Whether bounds ascend, and none is negative or larger than `below`."""
    if not bounds.size or bounds[0] < 0 or bounds[-1] > below:
        return False
    if bounds.size <= _FEW:
        return all(one <= other for one, other in pairwise(bounds.tolist()))
    return not (bounds[1:] < bounds[:-1]).any()


def as_column(texts: Texts, *, name: str = "text") -> TextColumn:
    """Put texts into one buffer, lone surrogates as they are; a column is returned unchanged.

    Args:
        texts: The texts.
        name: What a text is called in the error message.

    Raises:
        TypeError: One of them is not a `str`; the message gives its number.
    """
    if isinstance(texts, TextColumn):
        return texts
    written = list(texts)
    if isinstance(texts, str) or not all(isinstance(text, str) for text in written):
        raise TypeError(_complaint(texts, written, name))
    units = utf16_units("".join(written))
    bounds = _bounds(map(len, written))
    if bounds[-1] != units.size:  # letters beyond the first plane take two units
        bounds = _bounds(map(_utf16_length, written))
    return TextColumn.trusted(units, bounds)


def _bounds(lengths: Iterable[int]) -> NDArray[np.int64]:
    return np.array(list(accumulate(lengths, initial=0)), dtype=np.int64)


def _utf16_length(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode(UTF16, "surrogatepass")) // 2


def _complaint(texts: object, written: Sequence[object], name: str) -> str:
    if isinstance(texts, str):
        return f"expected a list of {name}s, got one str"
    row, wrong = next((row, each) for row, each in enumerate(written) if not isinstance(each, str))
    return f"{name} {row} is {type(wrong).__name__}, expected str"
