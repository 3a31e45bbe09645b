"""The recipe: every setting that changes a result, in one frozen object."""

from dataclasses import dataclass

from dedup.errors import SettingError


@dataclass(frozen=True, slots=True)
class Recipe:
    """How documents are cut, sketched, matched and judged.

    Two runs with equal recipes over the same documents give the same report.

    Attributes:
        letters: Window of a shingle, letters.
        min_letters: Folded letters below which a document is too short to compare.
        permutations: Length of a MinHash signature, 32-bit values.
        seed: Seed of the permutations and of the ranking's sample.
        rows: Signature values in an LSH band; permutations // rows bands are used.
        bucket_cap: Documents of one bucket that are paired without limit; larger buckets are swept.
        threshold: Jaccard from which two texts of like length are near-duplicates, 0 to 1.
        containment: Containment from which a shorter text stands in a longer one, 0 to 1.
        partial: Containment from which shared passages are listed, 0 to 1.
        rank: Whether TF-IDF orders the members of a cluster.
        rank_sample: Documents that give the document frequencies, at most.
    """

    letters: int = 20
    min_letters: int = 40
    permutations: int = 128
    seed: int = 1
    rows: int = 4
    bucket_cap: int = 128
    threshold: float = 0.5
    containment: float = 0.7
    partial: float = 0.2
    rank: bool = True
    rank_sample: int = 2000
