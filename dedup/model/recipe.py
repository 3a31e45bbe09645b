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
JOINING_BOUNDS: Mapping[str, float] = MappingProxyType({"loose": 0.4, "normal": 0.6, "strict": 0.9})
"""Minimum probability of a joining pair, by setting."""

_CHOICES = {"joining": (*JOINING_BOUNDS,), "representative": REPRESENTATIVES, "date_order": DATE_ORDERS}


@dataclass(frozen=True, slots=True)
class Recipe:
    """How documents are shingled, sketched, matched and judged.

    Two runs with equal recipes over the same documents give the same report. The tuned values come from
    `benchmarks/quality.py` and `benchmarks/recall.py`.

    Attributes:
        letters: Length of a shingle in letters without spaces, 1 to 1,000; an ideograph (Chinese, Japanese)
            counts as three, a kana as two.
        min_letters: Minimum length of a comparable document in folded letters, counted likewise.
        permutations: Length of a MinHash signature, 32-bit values.
        seed: Seed of the permutations, 0 to 2**32 - 1.
        rows: Signature values per LSH band; `permutations // rows` bands are used.
        winnow: Winnowing window: one of so many consecutive shingles is a fingerprint; at least 1.
        bucket_cap: Maximum size of a bucket whose documents are all paired, at least 2. In a larger one each
            is paired with the first and with its `neighbours`. Up to half as many partners of a text are all
            compared; of more, four times `neighbours`.
        neighbours: In a family of similar texts, the number of most similar texts with which each text is
            listed (and, in large families, compared) besides its representative; 0 for all.
        boilerplate: Number of otherwise unrelated texts from which a shared passage is ignored, at least 8;
            three suffice where it opens lines or closes texts of one source; 0 to ignore none.
        joining: How certain a copy must be to join a cluster: `strict`, `normal` or `loose`; see
            `JOINING_BOUNDS`.
        threshold: Minimum Jaccard of near-duplicates, 0 to 1; a necessary condition.
        containment: Minimum containment of a text that counts as contained in another, 0 to 1.
        partial: Minimum containment of listed pairs with shared passages, 0 to 1.
        lifted: Length in words from which a shared passage is listed, however small a part of the texts it
            is; 0 for none.
        weights: Weights of the verdict; None for those that `benchmarks/fit.py` learnt.
        representative: Which document represents a cluster: the `earliest` or `latest` published, with ties
            going to the longest; or the `longest`, with ties going to the earliest.
        sources: Sources whose documents are the first choice as representatives, in this order.
        keep_changed: Whether a copy with a changed figure, a fact of its own in the lead, or a sentence of
            its own is kept.
        timezone: Time zone of dates without one: an IANA name ("Asia/Tehran") or an offset ("+03:30"); empty
            for UTC.
        date_order: Which comes first in dates such as 02/11/2024: `day`, `month`, or `archive` for the order
            that other dates of the source, or else of the archive, prove; the day if none does.
        rank: Whether TF-IDF orders the members of a cluster.
        rank_sample: Maximum number of documents from which document frequencies are taken.

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
                raise SettingError(name, getattr(self, name), f"expected one of {', '.join(choices)}")
        _check_kind("timezone", self.timezone, str, "a name")
        time_zone(self.timezone)
        if isinstance(self.sources, list):  # JSON has no tuples
            object.__setattr__(self, "sources", tuple(self.sources))
        if not isinstance(self.sources, tuple) or not all(isinstance(name, str) for name in self.sources):
            raise SettingError("sources", self.sources, "expected a tuple of names")

    def as_json(self) -> dict[str, Any]:
        """Return every setting as a JSON value."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return values | {"weights": None if self.weights is None else self.weights.as_json()}

    @classmethod
    def from_json(cls, value: object) -> "Recipe":
        """Parse the result of `as_json`; missing settings get their defaults.

        Raises:
            SettingError: It is not a mapping, or a setting is unknown or out of range.
        """
        if not isinstance(value, Mapping):
            raise SettingError("recipe", value, "expected settings by their names")
        unknown = sorted(value.keys() - {field.name for field in fields(cls)})
        if unknown:
            raise SettingError("recipe", unknown[0], "expected the name of a setting")
        weights = value.get("weights")
        return cls(**{**value, "weights": None if weights is None else VerdictWeights.from_json(weights)})


def _check_kind(name: str, value: object, kind: type, allowed: str) -> None:
    if type(value) is not kind:
        raise SettingError(name, value, f"expected {allowed}")


def _check(name: str, value: object, *, at_least: float, at_most: float | None = None) -> None:
    if not isinstance(value, int | float):
        raise SettingError(name, value, "expected a number")
    if not (at_least <= value and (at_most is None or value <= at_most)):  # also refuses NaN
        allowed = f"{at_least} or more" if at_most is None else f"{at_least} to {at_most}"
        raise SettingError(name, value, f"expected {allowed}")
