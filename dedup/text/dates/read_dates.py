"""Parse written dates, many at once.

Dates that differ only in their digits have the same form, which is parsed once.
"""

import re
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, tzinfo

import numpy as np
from numpy.typing import NDArray

from dedup.model.document_batch import StringColumn
from dedup.text.dates.date_fields import DateReadings, read_fields
from dedup.text.dates.date_form import DateForm, date_form
from dedup.text.dates.han_numbers import in_digits
from dedup.text.dates.iso_dates import NO_DATE, NO_ZONE, iso_dates
from dedup.text.dates.plain_date import plain
from dedup.text.dates.zone_names import SHARED, UNKNOWN

MOST_LETTERS = 80
"""Maximum length of a date in characters; the rest is ignored."""
FEWEST_DIGITS = 3
"""Minimum number of digits in a date: 8 Jan 24."""
_EXPONENT = re.compile(r"\d(?:\.\d{1,18})?[eE]\+?(?:0?9|1[0-8])", re.ASCII)
_ZONE = re.compile("[A-Z]{2,5}")
"""Abbreviation of a zone, such as AEST."""
_MOST_BYTES = 4 * MOST_LETTERS
CACHED_FORMS = 1 << 16
"""Number of forms that are cached."""

_DIGITS = (
    (0, 0, 0x30),
    (0, 0xD9, 0xA0),
    (0, 0xDB, 0xB0),
    (0xE0, 0xA5, 0xA6),
    (0xE0, 0xA7, 0xA6),
    (0xE0, 0xB9, 0x90),
    (0xEF, 0xBC, 0x90),
)
"""The zeros of ASCII, Arabic, Persian, Devanagari, Bengali, Thai and fullwidth digits in UTF-8: the bytes
before the last, 0 for any, and the last. Dates in other digits are read one by one."""

type Letters = NDArray[np.uint8]
"""Dates of one length, a row of bytes each."""
type _Form = tuple[DateForm, NDArray[np.int64], NDArray[np.int64]]
"""The form of a date, the positions of its digits in bytes, and the zero digit at each."""


class DateReader:
    """Parses dates, and caches their forms.

    Attributes:
        unknown_zone: Abbreviation of an unknown zone, the alphabetically first of several; empty for none.
    """

    def __init__(self, zone: tzinfo = UTC) -> None:
        """Make a reader without cached forms.

        Args:
            zone: Zone of dates that name none, and of shared abbreviations that it uses too.
        """
        key = getattr(zone, "key", "")
        self._assumed = np.array(
            [0, *(NO_ZONE if key in each.others else each.ahead for each in SHARED)], dtype=np.int64
        )
        self.unknown_zone = ""
        self._forms: dict[bytes, _Form | None] = {}

    def read(self, written: StringColumn) -> DateReadings:
        """Parse dates; common forms of ISO 8601 take a faster path."""
        times = iso_dates(written)
        nothing = np.zeros(len(written), dtype=np.int64)
        readings = DateReadings(times.seconds, times.seconds.copy(), times.offsets, nothing)
        sizes = np.minimum(written.lengths, _MOST_BYTES)
        others = np.flatnonzero((times.seconds == NO_DATE) & (sizes > 0))
        for size in np.unique(sizes[others]).tolist():
            rows = others[sizes[others] == size]
            letters = written.data[written.bounds[rows][:, None] + np.arange(size)]
            for group in _alike(masked := _masked(letters)):
                self._read_alike(letters[group], masked[group[0]].tobytes(), rows[group], into=readings)
        return readings

    def _read_alike(
        self, letters: Letters, shape: bytes, rows: NDArray[np.int64], *, into: DateReadings
    ) -> None:
        """Parse dates that differ only in their digits."""
        known = self._form(shape, letters[0].tobytes())
        if known is None:
            self._read_respelt(letters, rows, into=into)
            return
        form, places, zeros = known
        fields = read_fields(form, letters[:, places].astype(np.int64) - zeros)
        is_read = (fields.day_first != NO_DATE) | (fields.month_first != NO_DATE)
        if form.shared:
            fields.offsets[:] = self._assumed[form.shared]
            if self._assumed[form.shared] == NO_ZONE:
                fields.shared[:] = 0
        elif form.unknown and is_read.any():
            fields.shared[:] = UNKNOWN
            self.unknown_zone = min(filter(None, (self.unknown_zone, form.unknown)))
        fields.shared[~is_read] = 0
        for column, values in zip(into, fields, strict=True):
            column[rows] = values

    def _form(self, shape: bytes, example: bytes) -> _Form | None:
        """Return the form of dates of a shape; safe while other threads read dates."""
        with suppress(KeyError):
            return self._forms[shape]
        form = _form_of(example)
        if len(self._forms) >= CACHED_FORMS:
            self._forms.clear()
        self._forms[shape] = form
        return form

    def _read_respelt(self, letters: Letters, rows: NDArray[np.int64], *, into: DateReadings) -> None:
        """Parse dates in Han numerals, and Unix times with an exponent."""
        written = [row.tobytes().decode("utf-8", "replace")[:MOST_LETTERS] for row in letters]
        respelt = [without_exponent(in_digits(text)) for text in written]
        if respelt == written:
            return
        for column, values in zip(into, self.read(StringColumn.of(respelt)), strict=True):
            column[rows] = values


def in_order(readings: DateReadings, month_first: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Choose a reading of each date: the requested order if it is valid, else the other one."""
    month_first = (month_first & (readings.month_first != NO_DATE)) | (readings.day_first == NO_DATE)
    return np.where(month_first, readings.month_first, readings.day_first)


def without_exponent(written: str) -> str:
    """Return 1704700000 for 1.7047e9, as spreadsheets write it; leave other strings unchanged."""
    if not _EXPONENT.fullmatch(written.strip()):
        return written
    return str(int(float(written)))


def _form_of(written: bytes) -> _Form | None:
    """Return the form of a date, the positions of its digits in bytes, and the zero digit at each."""
    text = written.decode("utf-8", "replace")[:MOST_LETTERS]
    digits = sum(map(str.isdecimal, text))
    if digits < FEWEST_DIGITS:
        return None
    spelt = plain(text)
    if sum(map(str.isdecimal, spelt)) != digits:  # such as \u2460, which decomposes into a digit
        return None
    form = date_form(spelt)
    if form is None:
        return None
    form = replace(form, unknown=_abbreviation(form.unknown, text))
    places, zeros, place = [], [], -1
    for char in text:
        encoded = char.encode()
        place += len(encoded)
        if char.isdecimal():
            places.append(place)
            zeros.append(encoded[-1] - int(char))
    return form, np.array(places, dtype=np.int64), np.array(zeros, dtype=np.int64)


def _abbreviation(word: str, text: str) -> str:
    """Return a word as an abbreviation of a zone if the date has it in capitals; empty if not."""
    capitals = word.upper()
    is_zone = _ZONE.fullmatch(capitals) and re.search(rf"(?<![^\W\d_]){capitals}(?!\w)", text)
    return capitals if is_zone else ""


def _masked(letters: Letters) -> Letters:
    """Replace every digit by the zero of its script."""
    masked = letters.copy()
    ascii_only = not (letters & 0x80).any()
    for before, previous, zero in _DIGITS[: 1 if ascii_only else None]:
        digits = (letters >= zero) & (letters < zero + 10)
        for distance, byte in ((1, previous), (2, before)):
            if byte:
                digits[:, distance:] &= letters[:, :-distance] == byte
                digits[:, :distance] = False
        masked[digits] = zero
    return masked


def _alike(masked: Letters) -> list[NDArray[np.int64]]:
    """Group equal rows; rows of a group ascend."""
    width = -(-masked.shape[1] // 8) * 8
    words = np.zeros((masked.shape[0], width), dtype=np.uint8)
    words[:, : masked.shape[1]] = masked
    factors = np.random.default_rng(1).integers(1, 1 << 63, width // 8, dtype=np.uint64) | np.uint64(1)
    keys = words.view(np.uint64) @ factors
    order = np.argsort(keys, kind="stable")
    starts = np.flatnonzero(np.diff(keys[order], prepend=~keys[order[:1]]))
    groups = []
    for group in np.split(order, starts[1:]):
        equal = (masked[group] == masked[group[0]]).all(axis=1)
        groups += [group[equal], *(np.array([other]) for other in group[~equal])]
    return groups
