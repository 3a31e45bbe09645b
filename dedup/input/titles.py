"""The headline of a plain text: one of its first lines, when that looks like one."""

import re

_LOOK_AT = 5
"""Filled lines the headline is sought in: a lone letter, a date or a section name may come before it."""
_LOOK_IN = 4096
"""Letters within which those lines must be."""
_LONGEST = 120
"""Letters; longer lines are paragraphs."""
_WORD = re.compile(r"[^\W\d_]{2,}")
_SENTENCE_END = (".", "\u2026", "\u061b", ";", "\u060c", ",")
_LABEL = re.compile(r"[^\W\d_]\s*:\s*\d*$")
_INVISIBLE = "\ufeff\u200b\u200c\u200d\u200e\u200f"


def headline(text: str) -> str:
    """Find the first of the first lines that looks like a headline; empty when the text begins without one.

    A headline is short, has two words or more and more words than numbers and signs, does not end like a
    sentence, is no label or `label: number`, and more text follows it.
    """
    lines = [line.strip().strip(_INVISIBLE).strip() for line in text[:_LOOK_IN].split("\n")]
    filled = [line for line in lines if line]
    for line in filled[:-1][:_LOOK_AT]:
        if len(line) > _LONGEST or line.endswith(_SENTENCE_END):
            return ""  # the body has begun
        parts = line.split()
        words = sum(bool(_WORD.search(part)) for part in parts)
        if words > 1 and 2 * words > len(parts) and not _LABEL.search(line):
            return line
    return ""
