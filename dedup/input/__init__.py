"""Folders, archive files or standard input -> documents; whatever cannot be read is named, never dropped."""

from dedup.input.byte_source import MAX_BYTES, MAX_RATIO, MAX_UNPACKED
from dedup.input.fields import Fields
from dedup.input.presets import PRESETS, preset
from dedup.input.read_progress import Intake, expected
from dedup.input.reader import read

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
