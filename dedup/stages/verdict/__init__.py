"""Measured overlap and what differs -> a verdict with its reasons.

Overlap alone cannot tell a copy from tomorrow's price report or from a new event over pasted
background: what differs decides. Most pairs are clear from counts; the others are aligned word by word
and judged by a small model (`model.py`). The bounds are those of `benchmarks/quality.py`.
"""

from dedup.stages.verdict.judging import Ruling, is_open, judge
from dedup.stages.verdict.reasons import IDENTICAL_REASONS, percent, reasons
from dedup.stages.verdict.rules import KEPT_WHOLE

__all__ = ["IDENTICAL_REASONS", "KEPT_WHOLE", "Ruling", "is_open", "judge", "percent", "reasons"]
