"""A folder, an archive file or standard input to documents; what cannot be read is named, never dropped."""

from dedup.reading.fields import PRESETS, Fields, preset
from dedup.reading.intake import Intake, expected
from dedup.reading.reader import read
from dedup.reading.source import MAX_BYTES, MAX_RATIO, MAX_UNPACKED

__all__ = [
    "MAX_BYTES",
    "MAX_RATIO",
    "MAX_UNPACKED",
    "PRESETS",
    "Fields",
    "Intake",
    "expected",
    "preset",
    "read",
]
