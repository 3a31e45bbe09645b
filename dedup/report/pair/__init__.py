"""Sketches -> candidates: which texts may be copies of each other.

Two ways lead to a candidate. MinHash-LSH finds texts of like length with much in common; bands are cut for
recall, measuring brings precision. Winnowed fingerprints find a passage of both texts, however long the rest
is: a brief inside a roundup has a Jaccard that no band can see.

The steps are `pair`, `ask crowds` and `candidates`; `find_candidates` drives them on one machine.

Source: Indyk and Motwani, "Approximate nearest neighbors", 1998.
"""

from dedup.report.pair.candidates import Candidates
from dedup.report.pair.sketch_store import Sketches, SketchStore

__all__ = ["Candidates", "SketchStore", "Sketches"]
