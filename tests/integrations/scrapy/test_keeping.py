"""When a story of a crawl counts as seen."""

import json
from pathlib import Path

import pytest

from tests.integrations.scrapy.crawl import Crawl, stored

pytest.importorskip("scrapy")


def test_what_a_killed_crawl_kept_is_in_its_feed(base: str, tmp_path: Path) -> None:
    """A local feed is flushed first; the story that was on its way counts as never offered."""
    path, feed = tmp_path / "news.dedup", tmp_path / "feed.jsonl"
    Crawl(
        base,
        path,
        "/a,/d,/c",
        pipelines=["Kill"],
        settings={"FEEDS": {str(feed): {"format": "jsonl"}}},
        code=-9,
    )
    written = [json.loads(line)["url"][len(base) :] for line in feed.read_text(encoding="utf-8").splitlines()]

    assert sorted(written) == ["/a", "/d"]
    assert stored(path, base, "/a,/c,/d") == ["/a", "/d"]


def test_a_feed_that_is_sent_at_the_end_keeps_its_stories_then(base: str, tmp_path: Path) -> None:
    """If it cannot be sent none counts as seen, and the next crawl has them all; the log says so."""
    path = tmp_path / "news.dedup"
    crawls = [
        Crawl(
            base,
            path,
            "/a,/d,/e",
            settings={
                "FEEDS": {str(tmp_path / "feed.csv"): {"format": "csv"}, uri: {"format": "jsonl"}},
                "DEDUP_MODE": "drop",
                "LOG_LEVEL": "INFO",
            },
        )
        for uri in ("bucket://down/feed", "bucket://up/feed")
    ]

    assert [len(crawl.pages) for crawl in crawls] == [2, 2]
    assert [crawl.stats.get("dedup/released") for crawl in crawls] == [2, None]
    assert [crawl.stats.get("dedup/kept") for crawl in crawls] == [None, 2]
    assert (
        "feeds that could not be stored: 1; stories of theirs that do not count as seen: 2" in crawls[0].log
    )
    assert (
        "count as seen when the crawl ends and its feeds are stored (FileFeedStorage, Bucket)"
        in crawls[1].log
    )
