"""Find the headline of a plain text among its first lines."""

import re

_LOOK_AT = 5
"""Number of non-empty lines that are examined: a letter, a date or a section name may precede the
headline."""
_LOOK_IN = 4096
"""Number of characters that are examined."""
_LONGEST = 120
"""Maximum length of a headline in characters; longer lines are paragraphs."""
_WORD = re.compile(r"[^\W\d_]{2,}")
_SENTENCE_END = (".", "\u2026", "\u061b", ";", "\u060c", ",")
_LABEL = re.compile(r"[^\W\d_]\s*:\s*\d*$")
_INVISIBLE = "\ufeff\u200b\u200c\u200d\u200e\u200f"


def headline(text: str) -> str:
    """Return the first line that looks like a headline; empty if the body begins before one.

    A headline is short, has at least two words and more words than numbers and signs, does not end like a
    sentence, is not a label or `label: number`, and is followed by text.
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
