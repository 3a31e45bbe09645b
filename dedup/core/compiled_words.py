"""The compiled versions of `word_column` and `term_weights`."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dedup.core.alignment import COUNTED, AlignedPairs
from dedup.core.alignment_tally import SHOWN
from dedup.core.native_arrays import (
    adopted,
    array,
    check_memory,
    native_column,
    native_fold_table,
    pointer,
    positive,
    row_numbers,
    row_pairs,
)
from dedup.core.native_library import ffi, lib
from dedup.core.numerals import DATES, NUMERALS
from dedup.core.numpy_kernel import multipliers
from dedup.core.read_text import NO_BOILERPLATE, WINDOW, in_characters
from dedup.core.term_weights import HASH_SEED, Lexicon, Terms, Weighed
from dedup.core.text_column import UTF16, TextColumn, Texts, as_column
from dedup.core.word_sequence import LONG_TEXT, MOST
from dedup.model import ExchangedFact

_NO_WORD = 2**32 - 1


class WordColumn:
    """See `word_column.WordColumn`."""

    def __init__(
        self,
        texts: Texts,
        *,
        numerals: Collection[str] = NUMERALS,
        dates: Collection[str] = DATES,
        boilerplate: NDArray[np.uint64] = NO_BOILERPLATE,
        window: int = WINDOW,
        most: int = MOST,
        long_text: int = LONG_TEXT,
    ) -> None:
        self._settings: dict[str, Any] = {
            "numerals": numerals,
            "dates": dates,
            "boilerplate": boilerplate,
            "window": window,
            "most": most,
            "long_text": long_text,
        }
        self._texts = as_column(texts)
        self._column, self._kept = native_column(self._texts)
        (named, kept), (dated, also) = (
            native_column(_word_list(words, name)) for words, name in ((numerals, "numeral"), (dates, "date"))
        )
        known = array(boilerplate, "boilerplate", np.uint64), multipliers(positive(window, "window"))
        (shingles, factors) = self._shingles = [pointer(each) for each in known]
        bounds = positive(most, "most"), positive(long_text, "long_text")
        read = [native_fold_table(), shingles, known[0].size, factors, window, *bounds, HASH_SEED]
        words = lib.words_new(ffi.new("ReadSettings *", read), named, dated, len(self._texts))
        del kept, also
        check_memory(words == ffi.NULL)
        self._words = ffi.gc(words, lib.words_free)

    def like(self, texts: Texts) -> "WordColumn":
        """See `word_column.WordColumn.like`."""
        return type(self)(texts, **self._settings)

    def align(
        self, left: NDArray[np.int64], right: NDArray[np.int64], whole: NDArray[np.bool_]
    ) -> AlignedPairs:
        """See `word_column.WordColumn.align`."""
        sides = self._read(left, right)
        alike = array(whole, "whole", np.bool_)
        if alike.size != sides[0].size:
            raise ValueError(f"left and whole differ in length: {sides[0].size} and {alike.size}")
        counts = np.empty((alike.size, COUNTED), np.int64)
        shown = np.empty((alike.size, 4 * SHOWN), np.uint32)
        places = np.empty((alike.size, 2 * SHOWN), np.uint32)
        results = pointer(counts), pointer(shown), pointer(places)
        flags = pointer(alike.view(np.uint8))
        check_memory(lib.words_align(self._words, *map(pointer, sides), flags, alike.size, *results))
        spelt = self._spelt(shown)
        facts, left_words, right_words = (
            _filled(spelt[:, start:end], shown[:, start:end])
            for start, end in pairwise((0, 2 * SHOWN, 3 * SHOWN, 4 * SHOWN))
        )
        return AlignedPairs(counts, _examples(facts, places), left_words, right_words)

    def text(self, row: int) -> str:
        """See `word_column.WordColumn.text`."""
        return self._texts[row]

    def read(self, row: int) -> tuple[tuple[str, ...], bytes]:
        """See `word_column.WordColumn.read`."""
        ((numbers, flags),) = self._word_numbers([row])
        return tuple(self._spelt(numbers).tolist()), flags.tobytes()

    def words(self, rows: Iterable[int]) -> list[tuple[str, ...]]:
        """See `word_column.WordColumn.words`."""
        numbers = [numbers for numbers, _ in self._word_numbers(rows)]
        spelt = self._spelt(np.concatenate([np.empty(0, np.uint32), *numbers])).tolist()
        bounds = accumulate((each.size for each in numbers), initial=0)
        return [tuple(spelt[start:end]) for start, end in pairwise(bounds)]

    def spans(self, row: int) -> NDArray[np.int64]:
        """See `word_column.WordColumn.spans`."""
        here = row_numbers(np.array([row]), "row", below=len(self._texts))
        check_memory(lib.words_read(self._words, self._column, pointer(here), 1))
        places = np.empty((2, lib.words_count(self._words, row)), np.uint32)
        check_memory(lib.words_places(self._words, self._column, row, *map(pointer, places)))
        return in_characters(self._texts[row], places.T)

    def _word_numbers(self, texts: Iterable[int]) -> Iterator[tuple[NDArray[np.uint32], NDArray[np.uint8]]]:
        """Read texts; yield the numbers of the words of each, and their flags."""
        here = row_numbers(np.fromiter(texts, np.int64), "row", below=len(self._texts))
        check_memory(lib.words_read(self._words, self._column, pointer(here), here.size))
        for row in here.tolist():
            count = lib.words_count(self._words, row)
            numbers, flags = np.empty(count, np.uint32), np.empty(count, np.uint8)
            lib.words_list(self._words, row, pointer(numbers), pointer(flags))
            yield numbers, flags

    def _read(
        self, left: NDArray[np.int64], right: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Read the texts of pairs, and return the rows of their sides."""
        sides = row_pairs(left, right, below=len(self._texts))
        for side in sides:
            check_memory(lib.words_read(self._words, self._column, pointer(side), side.size))
        return sides

    def _spelt(self, numbers: NDArray[np.uint32]) -> NDArray[np.object_]:
        """Return the word of each number; None for `_NO_WORD`."""
        each, places = np.unique(numbers, return_inverse=True)
        there = each[: each.size - (each.size > 0 and each[-1] == _NO_WORD)]
        bounds = np.empty(there.size + 1, np.int64)
        lib.words_spell(self._words, pointer(there), there.size, pointer(bounds), ffi.NULL)
        letters = np.empty(bounds[-1], np.uint32)
        lib.words_spell(self._words, pointer(there), there.size, pointer(bounds), pointer(letters))
        text = letters.tobytes().decode("utf-32-le" if UTF16.endswith("le") else "utf-32-be")
        words = np.full(each.size, None, dtype=np.object_)
        words[: there.size] = [text[start:end] for start, end in pairwise(bounds.tolist())]
        return words[places].reshape(numbers.shape)


def _word_list(words: Collection[str], name: str) -> TextColumn:
    return _known_list(words, name) if isinstance(words, frozenset) else as_column(words, name=name)


@lru_cache(4)
def _known_list(words: frozenset[str], name: str) -> TextColumn:
    """Cache the column of an immutable list: building it takes a tenth of the time of judging one pair."""
    return as_column(words, name=name)


def _filled(spelt: NDArray[np.object_], numbers: NDArray[np.uint32]) -> list[tuple[str, ...]]:
    """Return the words of each row, up to the first `_NO_WORD`."""
    counts = np.count_nonzero(numbers != _NO_WORD, axis=1).tolist()
    return [tuple(row[:count]) for row, count in zip(spelt.tolist(), counts, strict=True)]


def _examples(spelt: list[tuple[str, ...]], places: NDArray[np.uint32]) -> list[tuple[ExchangedFact, ...]]:
    """Return the exchanged facts of each pair."""
    examples: list[tuple[ExchangedFact, ...]] = [()] * len(spelt)
    for row in [row for row, words in enumerate(spelt) if words]:
        words, where = spelt[row], places[row].tolist()
        examples[row] = tuple(
            [
                ExchangedFact(words[at], words[at + 1], where[at], where[at + 1])
                for at in range(0, len(words), 2)
            ]
        )
    return examples


def distinct_words(texts: Texts) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """See `term_weights.distinct_words`."""
    source = as_column(texts)
    made, kept = native_column(source)
    bounds, hashes = np.empty(len(source) + 1, np.int64), ffi.new("List64 *")
    fault = lib.distinct_words(native_fold_table(), made, HASH_SEED, hashes, pointer(bounds))
    values = adopted(hashes, np.uint64)
    check_memory(fault)
    del kept
    return values, bounds


def weigh_words(
    texts: Texts,
    left: NDArray[np.int64],
    right: NDArray[np.int64],
    *,
    documents: NDArray[np.int64],
    bounds: NDArray[np.int64],
    lexicon: Lexicon,
    most: int,
) -> Weighed:
    """See `term_weights.weigh_words`."""
    source = as_column(texts)
    sides = row_pairs(left, right, below=len(source))
    documents, bounds = _clusters(documents, bounds, below=len(source))
    squares, lengths = np.empty(len(source)), np.empty((len(source), 2), np.int64)
    products, ends = np.empty(sides[0].size), np.empty(documents.size + bounds.size - 1, np.int64)
    weighed = _weighed(source, lexicon, squares, lengths)
    lib.weighed_products(weighed, *map(pointer, sides), products.size, pointer(products))
    spelling, edges = ffi.new("List16 *"), ffi.new("List64 *")
    clusters = (pointer(documents), pointer(bounds), bounds.size - 1, positive(most, "most"))
    fault = lib.weighed_terms(weighed, *clusters, pointer(ends), spelling, edges)
    units, where = adopted(spelling, np.uint16), adopted(edges, np.uint64)
    check_memory(fault)
    return products, squares, lengths, _terms(units, where, ends)


def _weighed(
    texts: TextColumn, lexicon: Lexicon, squares: NDArray[np.float64], lengths: NDArray[np.int64]
) -> Any:  # noqa: ANN401 - what cffi gives has no type
    """Weigh texts. Returns a C object that frees its memory when it is collected."""
    made, kept = native_column(texts)
    hashes, rarity = array(lexicon.hashes, "hashes", np.uint64), array(lexicon.rarity, "rarity", np.uint32)
    kinds, repeats = array(lexicon.kinds, "kinds", np.uint8), array(lexicon.repeats, "repeats", np.uint32)
    if not hashes.size == rarity.size == kinds.size or not repeats.size:
        raise ValueError("hashes, rarity and kinds differ in length, or repeats is empty")
    known = [*map(pointer, (hashes, rarity, kinds, repeats)), hashes.size, repeats.size, lexicon.unknown]
    weights = ffi.new("TermWeights *", known)
    weighed = lib.weighed_new(
        native_fold_table(), made, weights, lexicon.seed, pointer(squares), pointer(lengths)
    )
    del kept
    check_memory(weighed == ffi.NULL)
    return ffi.gc(weighed, lib.weighed_free)


def _clusters(
    documents: NDArray[np.int64], bounds: NDArray[np.int64], *, below: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    documents, bounds = row_numbers(documents, "documents", below=below), array(bounds, "bounds", np.int64)
    if not bounds.size or bounds[0] or bounds[-1] != documents.size or (np.diff(bounds) <= 0).any():
        raise ValueError("expected bounds that ascend strictly from 0 to the number of documents")
    return documents, bounds


def _terms(units: NDArray[np.uint16], edges: NDArray[np.uint64], ends: NDArray[np.int64]) -> list[Terms]:
    """Decode the terms of each kind, and the phrase in which each is shown."""
    written = units.tobytes()
    text = written.decode(UTF16, "surrogatepass")
    bounds: Sequence[int] = [0, *edges.tolist()]
    if len(text) == units.size:
        words = [text[start:end] for start, end in pairwise(bounds)]
    else:  # letters beyond the first plane take two units
        pieces = (written[2 * start : 2 * end] for start, end in pairwise(bounds))
        words = [piece.decode(UTF16, "surrogatepass") for piece in pieces]
    terms: list[Terms] = []
    for start, end in pairwise([0, *ends.tolist()]):
        terms.append((tuple(words[2 * start : 2 * end : 2]), tuple(words[2 * start + 1 : 2 * end : 2])))
    return terms
