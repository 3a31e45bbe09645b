"""Two texts, word by word: what is kept, moved, respelt, exchanged and new, and where it stands.

One pair is aligned in Python, which also says what is meant; many by the kernel, with the same results: see
`judge_pairs.align_pairs`.
"""

from dedup.core.alignment import align
from dedup.core.read_text import read_words
from dedup.core.word_sequence import WordSequence

__all__ = ["WordSequence", "align", "read_words"]
