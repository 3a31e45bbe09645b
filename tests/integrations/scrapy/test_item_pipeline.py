"""Real crawls of a server on this machine."""

import ast
import re
from pathlib import Path

import pytest

from dedup import PreFilter
from tests.integrations.scrapy.crawl import PAGES, Crawl, fill, stored

pytest.importorskip("scrapy")


def test_a_crawl_tags_its_items_and_keeps_them_whatever_becomes_of_them(base: str, tmp_path: Path) -> None:
    """All go through, rewritten past recognition; the next crawl knows them; the stats count."""
    first = Crawl(base, tmp_path / "news.dedup", "/a", pipelines=["Rewrite"])
    crawl = Crawl(base, tmp_path / "news.dedup", "/b,/c", pipelines=["Rewrite"])

    assert first.items[0]["dedup"]["verdict"] is None
    assert first.items[0]["link"] == f"{base}/a?"
    tags = dict(zip(crawl.pages, (item["dedup"] for item in crawl.items), strict=True))
    assert (tags["/b?"]["verdict"], tags["/b?"]["duplicate_of"]) == ("near-duplicate", f"{base}/a")
    assert (tags["/c?"]["verdict"], tags["/c?"]["duplicate_of"]) == (None, None)
    assert crawl.stats == {
        "dedup/checked": 2,
        "dedup/new": 1,
        "dedup/duplicates": 1,
        "dedup/verdict/near-duplicate": 1,
        "dedup/kept": 1,
    }


def test_of_copies_in_one_crawl_at_least_one_comes_out(base: str, tmp_path: Path) -> None:
    """Pages that another pipeline drops or fails on were not seen: a copy of theirs waits, then comes out.

    Copies of what came out are dropped, with a line in the log and without their text. A server that is away
    for a moment loses nothing.
    """
    path = tmp_path / "news.dedup"
    fill(path, base, "/a")
    settings = {"DEDUP_MODE": "drop", "LOG_LEVEL": "INFO"}
    crawl = Crawl(base, path, "/a,/b,/d,/e,/c", pipelines=["Judge"], settings=settings, away=2)

    assert crawl.pages == ["/e"]
    assert "dedup" not in crawl.items[0]
    assert f"dropped {base}/b: near-duplicate of {base}/a" in crawl.log
    assert PAGES["/b"][:40] not in crawl.log
    assert crawl.stats["dedup/released"] in {1, 2}  # one if the second copy happened to be asked about first
    assert crawl.stats["dedup/kept"] == 1
    assert stored(path, base, "/a,/c,/e") == ["/a", "/e"]


def test_a_copy_of_a_story_that_stays_on_hold_is_passed_on(base: str, tmp_path: Path) -> None:
    """Another process may yet release it: waiting is bounded."""
    path = tmp_path / "news.dedup"
    with PreFilter.open(path) as other:
        held = other.check_and_add({"id": "theirs", "text": PAGES["/a"]}, hold=True)
        crawl = Crawl(base, path, "/a", settings={"DEDUP_MODE": "drop", "DEDUP_WAIT": 0.1})
        other.release([held.ticket or ""])

    assert crawl.pages == ["/a"]
    assert crawl.stats["dedup/passed_on_hold"] == 1


def test_a_crawl_without_its_index_does_not_start(base: str, tmp_path: Path) -> None:
    """The error names the file; with DEDUP_ON_ERROR=pass the items go through unchecked."""
    (tmp_path / "news.dedup").write_text("not an index", encoding="utf-8")
    stopped = Crawl(base, tmp_path / "news.dedup", "/a", code=1)
    passed = Crawl(base, tmp_path / "news.dedup", "/a", settings={"DEDUP_ON_ERROR": "pass"})

    assert (stopped.pages, stopped.stats) == ([], {})
    assert "news.dedup: not an index but some other file" in stopped.log
    assert "DEDUP_ON_ERROR=pass would crawl without the index" in stopped.log
    assert passed.pages == ["/a"]
    assert (
        "news.dedup: not an index but some other file; give another name; items pass unchecked" in passed.log
    )


@pytest.mark.parametrize("then", ["stop", "pass"])
def test_an_index_that_fails_on_the_way_stops_the_crawl(base: str, tmp_path: Path, then: str) -> None:
    """No item comes out unchecked, unless that is asked for."""
    crawl = Crawl(
        base,
        tmp_path / "news.dedup",
        "/a,/c,/d",
        pipelines=["RemoveIndex"],
        settings={"DEDUP_ON_ERROR": then},
    )

    assert "the file was removed or replaced while it was in use" in crawl.log
    if then == "stop":
        assert (crawl.pages, crawl.reason) == ([], "dedup_failed")
        assert crawl.log.count("the crawl stops: ") == 1
    else:
        assert (sorted(crawl.pages), crawl.reason) == (["/a", "/c", "/d"], "finished")
        assert crawl.stats["dedup/unchecked"] == 3


def test_the_items_of_news_please_pass_with_the_settings_of_the_page(base: str, tmp_path: Path) -> None:
    """docs/prefilter.md tells which: copies are dropped, since the items have no field for a tag."""
    page = (Path(__file__).parents[3] / "docs" / "prefilter.md").read_text(encoding="utf-8")
    block = re.search(r"```python\n(DEDUP_MODE.*?)```", page, re.DOTALL)
    assert block is not None
    assigned = [statement for statement in ast.parse(block[1]).body if isinstance(statement, ast.Assign)]
    settings = {ast.unparse(one.targets[0]): ast.literal_eval(one.value) for one in assigned}
    assert set(settings) == {"DEDUP_MODE", "DEDUP_FIELDS"}
    fill(tmp_path / "news.dedup", base, "/a")
    crawl = Crawl(base, tmp_path / "news.dedup", "/b,/c", kind="news-please", settings=settings)

    assert crawl.pages == ["/c"]
    with PreFilter.open(tmp_path / "news.dedup") as prefilter:
        (article,) = prefilter.find(f"{base}/c")
    assert (article.source, article.published) == ("news.invalid", "2026-01-02 03:04:05")


def test_items_may_stay_out_have_no_text_or_no_field_for_the_tag(base: str, tmp_path: Path) -> None:
    """None of that is an error, and all go through; the log says once which items stay untagged."""
    crawl = Crawl(base, tmp_path / "news.dedup", "/a", kind="odd")

    assert sorted(crawl.pages) == ["/a#list", "/a#nothing", "/a#plain", "/a#plain-too", "/a#skip"]
    assert crawl.log.count("Plain has no field 'dedup' for the tag") == 1
    assert crawl.stats == {
        "dedup/skipped": 1,
        "dedup/checked": 3,
        "dedup/new": 2,
        "dedup/duplicates": 1,
        "dedup/verdict/identical": 1,
        "dedup/kept": 2,
        "dedup/without_text": 1,
        "dedup/untagged": 2,
    }


def test_a_crawl_in_which_no_item_has_a_text_says_so(base: str, tmp_path: Path) -> None:
    """Once, with the field that is likely meant; and at the end that nothing was checked."""
    crawl = Crawl(base, tmp_path / "news.dedup", "/a,/c", settings={"DEDUP_FIELDS": {"text": "story"}})

    assert crawl.stats == {"dedup/without_text": 2}
    assert crawl.log.count("an item without text in its field 'story' passes unchecked") == 1
    assert "it has the fields url, text; if it has one, try DEDUP_FIELDS = {'text': 'text'}" in crawl.log
    assert crawl.log.count("no item had a text: nothing was checked") == 1
