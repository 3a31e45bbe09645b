"""Two texts, word by word: what is kept, moved, respelt, exchanged and new, and where it stands.

One pair is aligned in Python, which also says what is meant; many by the kernel, with the same results: see
`pair_columns.alignments`.
"""

from dedup.core.aligned_words import MOST, Wording, is_fact, wording
from dedup.core.alignment import align

__all__ = ["MOST", "Wording", "align", "is_fact", "wording"]
