"""The settings of the pipeline, read and checked once."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Self

from scrapy.settings import BaseSettings

from dedup.model.duration import seconds_of
from dedup.model.errors import SettingError
from dedup.prefilter import PreFilter
from dedup.prefilter.policy import Versions

RETRY_S, WAIT_S, TIMEOUT_S = 60.0, 10.0, 30.0
PREFIX = "DEDUP_"
_NAMES = ("id", "text", "title", "published", "source", "url")
_SETTINGS = frozenset(
    f"{PREFIX}{name}"
    for name in (
        *("INDEX", "MODE", "FIELDS", "TAG_FIELD", "SKIP_FIELD", "KEEP", "ON_ERROR", "RETRY", "WAIT"),
        *("VERSIONS", "CROSS_SOURCE", "SOURCES", "TIMEOUT", "WINDOW", "CAPACITY", "PRIORITY"),
    )
)


@dataclass(frozen=True, slots=True)
class PipelineSettings:
    """Settings whose names begin with `DEDUP_`; `dedup.integrations.scrapy` explains them."""

    index: str
    drops: bool
    fields: dict[str, str]
    tag_field: str
    skip_field: str
    waits_for_feeds: bool
    stops: bool
    retry: float
    wait: float
    window: float | None
    capacity: int | None
    versions: str
    cross_source: bool
    sources: tuple[str, ...]
    timeout: float

    @classmethod
    def read(cls, settings: BaseSettings) -> Self:
        """Read and check the settings.

        Raises:
            SettingError: A value is not allowed, or a name is unknown: with a misspelt `DEDUP_MODE` nothing
                would be dropped.
        """
        for name in filter(lambda each: each.startswith(PREFIX), settings):
            _check_known(name, settings[name], _SETTINGS)
        given = settings.getdict("DEDUP_FIELDS")
        for name, field in given.items():
            _check_known(name, field, _NAMES, of="DEDUP_FIELDS")
        window = settings.get("DEDUP_WINDOW") or None
        return cls(
            index=settings["DEDUP_INDEX"],
            drops=_chosen(settings, "DEDUP_MODE", ("tag", "drop")) == "drop",
            fields={name: name for name in _NAMES} | given,
            tag_field=settings.get("DEDUP_TAG_FIELD", "dedup"),
            skip_field=settings.get("DEDUP_SKIP_FIELD", "dedup_skip"),
            waits_for_feeds=_chosen(settings, "DEDUP_KEEP", ("written", "scraped")) == "written",
            stops=_chosen(settings, "DEDUP_ON_ERROR", ("stop", "pass")) == "stop",
            retry=settings.getfloat("DEDUP_RETRY", RETRY_S),
            wait=settings.getfloat("DEDUP_WAIT", WAIT_S),
            window=None if window is None else seconds_of(window, "DEDUP_WINDOW"),
            capacity=settings.getint("DEDUP_CAPACITY") or None,
            versions=_chosen(settings, "DEDUP_VERSIONS", (Versions.FOLLOW, Versions.LONGEST, Versions.FIRST)),
            cross_source=settings.getbool("DEDUP_CROSS_SOURCE"),
            sources=tuple(settings.getlist("DEDUP_SOURCES")),
            timeout=settings.getfloat("DEDUP_TIMEOUT", TIMEOUT_S),
        )

    def opened(self) -> PreFilter:
        """Open the index, retrying while its server cannot be reached."""
        return PreFilter.open(
            self.index,
            window=self.window,
            capacity=self.capacity,
            retry=self.retry,
            versions=self.versions,
            cross_source=self.cross_source,
            sources=self.sources,
            timeout=self.timeout,
        )


def _chosen(settings: BaseSettings, name: str, allowed: Sequence[str]) -> str:
    """Return a setting with a few allowed values, of which the first is the default."""
    value: str = settings.get(name, allowed[0])
    if value not in allowed:
        raise SettingError(name, value, f"expected {', '.join(allowed[:-1])} or {allowed[-1]}")
    return value


def _check_known(name: str, value: object, known: Collection[str], *, of: str = "") -> None:
    """Raise SettingError for an unknown name, proposing the nearest known one."""
    if name in known:
        return
    likely = get_close_matches(name, sorted(known), 1) or sorted(known)
    shown = f"{of}[{name!r}]" if of else name
    raise SettingError(shown, value, f"no such setting; expected {', '.join(likely)}")
