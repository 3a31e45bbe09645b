"""Read folders, archive files and standard input. What cannot be read is reported, never dropped."""

from dedup.input.byte_source import MAX_BYTES, MAX_RATIO, MAX_UNPACKED
from dedup.input.fields import Fields
from dedup.input.presets import PRESETS, preset
from dedup.input.read_progress import ReadProgress, expected
from dedup.input.reader import read

__all__ = [
    "MAX_BYTES",
    "MAX_RATIO",
    "MAX_UNPACKED",
    "PRESETS",
    "Fields",
    "ReadProgress",
    "expected",
    "preset",
    "read",
]
