"""Align two texts word by word: which words are kept, moved, respelt, exchanged or new, and where.

This is the readable version, in Python and for one pair. `judge_pairs.align_pairs` aligns many pairs with the
kernel and gives the same results.
"""

from dedup.core.alignment import align
from dedup.core.read_text import read_words
from dedup.core.word_sequence import WordSequence

__all__ = ["WordSequence", "align", "read_words"]
