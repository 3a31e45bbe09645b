"""The index of one run: which documents may be copies of each other.

Two roads lead to a candidate. MinHash-LSH finds texts of like length with much in common; bands are
cut for recall, the match brings precision. Winnowed fingerprints find a passage that stands in both,
however long the rest is: a brief inside a roundup has a Jaccard that no band can see.

Source: Indyk and Motwani, "Approximate nearest neighbors", 1998.
"""

from dedup.report.pair.candidates import Candidates, MemoryIndex
from dedup.report.pair.sketch_store import Sketches

__all__ = ["Candidates", "MemoryIndex", "Sketches"]
