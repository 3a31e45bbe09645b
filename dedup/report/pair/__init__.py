"""Sketches -> candidates: which texts may be copies of each other.

Candidates come from two methods. MinHash-LSH finds texts of similar length with much in common; bands are
tuned for recall, measuring restores precision. Winnowed fingerprints find a shared passage, however long the
rest of the texts is: the Jaccard of a brief inside a roundup is too low for any band.

The steps are `pair`, `ask crowds` and `candidates`; `find_candidates` drives them on one machine.

Source: Indyk and Motwani, "Approximate nearest neighbors", 1998.
"""

from dedup.report.pair.candidates import Candidates
from dedup.report.pair.sketch_store import Sketches, SketchStore

__all__ = ["Candidates", "SketchStore", "Sketches"]
