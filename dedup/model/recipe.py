"""The recipe: every setting that changes a result, in one frozen object."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import Any

from dedup.model.errors import SettingError
from dedup.model.time_zone import time_zone
from dedup.model.verdict_weights import VerdictWeights

REPRESENTATIVES = ("earliest", "latest", "longest")
DATE_ORDERS = ("archive", "day", "month")
JOINING_BOUNDS: Mapping[str, float] = MappingProxyType({"loose": 0.4, "normal": 0.56, "strict": 0.9})
"""Probability from which a pair joins, by the name of the choice."""

_CHOICES = {"joining": (*JOINING_BOUNDS,), "representative": REPRESENTATIVES, "date_order": DATE_ORDERS}


@dataclass(frozen=True, slots=True)
class Recipe:
    """How documents are cut, sketched, matched and judged.

    Two runs with equal recipes over the same documents give the same report. The tuned numbers are
    those of `benchmarks/quality.py` and `benchmarks/recall.py`.

    Attributes:
        letters: Window of a shingle, in letters without spaces, 1 to 1,000; an ideograph (Chinese, Japanese)
            counts for three, a kana for two.
        min_letters: Folded letters, counted likewise, below which a document is too short to compare.
        permutations: Length of a MinHash signature, 32-bit values.
        seed: Seed of the permutations, 0 to 2**32 - 1.
        rows: Signature values in an LSH band; `permutations // rows` bands are used.
        winnow: Consecutive shingles of which one is kept as a fingerprint, 1 or more.
        bucket_cap: Documents of one bucket that are all paired, 2 or more. In a larger one
            each meets the first and its `neighbours`. Half as many partners are all compared; of more,
            four times `neighbours`.
        neighbours: Of a family of texts that are alike, how many each text is listed with, and compared with
            where there are many, besides the one that would represent it: the most similar ones; 0 for all.
        boilerplate: Texts that share a passage and little else from which it counts for nothing, 8 or
            more; three are enough where it opens lines or closes texts of one source; 0 for never.
        joining: How sure a copy must be to join a cluster: `strict`, `normal` or `loose`; see
            `JOINING_BOUNDS`.
        threshold: Jaccard below which no two texts are near-duplicates, whatever else speaks for it, 0 to 1.
        containment: Containment below which no text counts as contained in another, 0 to 1.
        partial: Containment from which shared passages are listed, 0 to 1.
        lifted: Words of a passage that is listed however little of either text it is; 0 for none.
        weights: Of the verdict; None for those that `benchmarks/fit.py` learnt.
        representative: Who represents a cluster: `earliest` or `latest` published, then the longest; or
            `longest`, then the earliest.
        sources: Sources whose documents represent before all others, in this order.
        keep_changed: Whether a copy with a changed figure, or with a fact of its own in the lead, is kept.
        timezone: Zone of dates that name none, as in the IANA database ("Asia/Tehran") or an offset
            ("+03:30"); empty for UTC.
        date_order: What comes first in dates such as 02/11/2024: `day`, `month`, or what other dates of the
            source, or else of the `archive`, prove; the day if none does.
        rank: Whether TF-IDF orders the members of a cluster.
        rank_sample: Documents that give the document frequencies, at most.

    Raises:
        SettingError: A value is out of range.
    """

    letters: int = 20
    min_letters: int = 40
    permutations: int = 128
    seed: int = 1
    rows: int = 4
    winnow: int = 8
    bucket_cap: int = 128
    neighbours: int = 4
    boilerplate: int = 20
    joining: str = "normal"
    threshold: float = 0.0
    containment: float = 0.0
    partial: float = 0.15
    lifted: int = 40
    weights: VerdictWeights | None = None
    representative: str = "earliest"
    sources: tuple[str, ...] = ()
    keep_changed: bool = True
    timezone: str = ""
    date_order: str = "archive"
    rank: bool = True
    rank_sample: int = 2000

    def __post_init__(self) -> None:
        counts = ("letters", "min_letters", "permutations", "rows", "winnow", "rank_sample")
        for name in counts:
            _check(name, getattr(self, name), at_least=1)
        _check("letters", self.letters, at_least=1, at_most=1000)
        _check("rows", self.rows, at_least=1, at_most=self.permutations)
        _check("bucket_cap", self.bucket_cap, at_least=2)
        _check("neighbours", self.neighbours, at_least=0)
        _check("lifted", self.lifted, at_least=0)
        if self.boilerplate != 0:
            _check("boilerplate", self.boilerplate, at_least=8)
        _check("seed", self.seed, at_least=0, at_most=2**32 - 1)
        for name in (*counts, "bucket_cap", "neighbours", "boilerplate", "lifted", "seed"):
            _check_kind(name, getattr(self, name), int, "a whole number")
        for name in ("threshold", "containment", "partial"):
            _check(name, getattr(self, name), at_least=0, at_most=1)
        for name in ("keep_changed", "rank"):
            _check_kind(name, getattr(self, name), bool, "true or false")
        for name, choices in _CHOICES.items():
            if getattr(self, name) not in choices:
                raise SettingError(name, getattr(self, name), f"one of {', '.join(choices)}")
        _check_kind("timezone", self.timezone, str, "a name")
        time_zone(self.timezone)
        if isinstance(self.sources, list):  # as JSON brings it back
            object.__setattr__(self, "sources", tuple(self.sources))
        if not isinstance(self.sources, tuple) or not all(isinstance(name, str) for name in self.sources):
            raise SettingError("sources", self.sources, "a tuple of names")

    def as_json(self) -> dict[str, Any]:
        """Return every setting as JSON has it."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return values | {"weights": None if self.weights is None else self.weights.as_json()}

    @classmethod
    def from_json(cls, value: object) -> "Recipe":
        """Read what `as_json` gives; what is missing has its default.

        Raises:
            SettingError: It is no mapping, or a setting is unknown or out of range.
        """
        if not isinstance(value, Mapping):
            raise SettingError("recipe", value, "settings by their names")
        unknown = sorted(value.keys() - {field.name for field in fields(cls)})
        if unknown:
            raise SettingError("recipe", unknown[0], "the name of a setting")
        weights = value.get("weights")
        return cls(**{**value, "weights": None if weights is None else VerdictWeights.from_json(weights)})


def _check_kind(name: str, value: object, kind: type, allowed: str) -> None:
    if type(value) is not kind:
        raise SettingError(name, value, allowed)


def _check(name: str, value: object, *, at_least: float, at_most: float | None = None) -> None:
    if not isinstance(value, int | float):
        raise SettingError(name, value, "a number")
    if not (at_least <= value and (at_most is None or value <= at_most)):  # also refuses NaN
        allowed = f"{at_least} or more" if at_most is None else f"{at_least} to {at_most}"
        raise SettingError(name, value, allowed)
