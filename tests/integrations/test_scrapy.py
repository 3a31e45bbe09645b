"""Scrapy: real crawls of a server on this machine."""

import ast
import json
import os
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from dedup import PreFilter
from tests.fork_server import run_forked
from tests.made_up_news import reworded, story

pytest.importorskip("scrapy")

IMPORTED = ("scrapy.crawler", "dedup.integrations.scrapy", "dedup.prefilter")
"""Modules that every crawl needs, none of which installs a reactor."""
PAGES = {
    "/a": story(1),
    "/b": reworded(story(1), every=30),
    "/c": story(2),
    "/d": story(3),
    "/e": story(3),
}

CRAWL = """
import dataclasses, json, sys
import scrapy
from scrapy.crawler import CrawlerProcess
from scrapy.exceptions import DropItem


@dataclasses.dataclass
class Article:
    link: str
    body: str
    dedup: object = None


class Plain(scrapy.Item):
    url = scrapy.Field()
    text = scrapy.Field()


class NewscrawlerItem(scrapy.Item):
    # All fields of the items of news-please, release 1.6.16; it refuses others.
    for name in (
        "db_id local_path filename abs_local_path modified_date download_date source_domain url html_title "
        "spider_response rss_title article_title article_description article_text article_image "
        "article_author article_publish_date article_language"
    ).split():
        locals()[name] = scrapy.Field()


class Spider(scrapy.Spider):
    name = "news"
    custom_settings = {"CONCURRENT_REQUESTS": 1}

    def __init__(self, base="", pages="", kind="dict", **rest):
        super().__init__(**rest)
        self.start_urls = [base + page for page in pages.split(",")]
        self.kind = kind

    def parse(self, response):
        text = response.text
        if self.kind == "dataclass":
            yield Article(response.url, text)
        elif self.kind == "news-please":
            yield NewscrawlerItem(
                url=response.url,
                source_domain=b"news.invalid",
                article_text=text,
                article_title="A title",
                article_publish_date="2026-01-02 03:04:05",
            )
        elif self.kind == "item":
            yield Plain(url=response.url, text=text)
        elif self.kind == "odd":
            yield {"url": response.url + "#skip", "text": text, "dedup_skip": True}
            yield {"url": response.url + "#list", "text": [text], "published": None}
            yield {"url": response.url + "#nothing", "title": text}
        else:
            yield {"url": response.url, "text": text}


class Refuse:
    def process_item(self, item, spider=None):
        raise DropItem("not wanted")


class Fail:
    def process_item(self, item, spider=None):
        raise RuntimeError("the store is down")


class Replace:
    def process_item(self, item, spider=None):
        return dict(item)


options = json.loads(sys.argv[1])
found = []


class Collect:
    def process_item(self, item, spider=None):
        found.append(dataclasses.asdict(item) if dataclasses.is_dataclass(item) else dict(item))
        found[-1].pop("source_domain", None)  # bytes are no JSON
        return item


settings = {
    "LOG_LEVEL": "WARNING",
    "TELNETCONSOLE_ENABLED": False,
    "ITEM_PIPELINES": {Collect: 900, **{globals()[name]: 500 for name in options.pop("pipelines", [])}},
    **options.pop("settings"),
}
process = CrawlerProcess(settings)
crawler = process.create_crawler(Spider)
process.crawl(crawler, **options)
process.start()
stats = {k: v for k, v in crawler.stats.get_stats().items() if k.startswith("dedup/")}
print(json.dumps({"items": found, "stats": stats}))
"""


class _Pages(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = PAGES.get(self.path, "").encode()
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Stay quiet."""


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    """Serve the pages on a free port of this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Pages)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


class Crawl:
    """One crawl in a process of its own, as a reactor runs once."""

    def __init__(self, base: str, path: Path, pages: str, **options: object) -> None:
        settings = {
            "ADDONS": {"dedup.integrations.scrapy.DedupAddon": 500},
            "DEDUP_INDEX": str(path),
            **dict(options.pop("settings", {})),  # type: ignore[call-overload]
        }
        asked = {"base": base, "pages": pages, "settings": settings, **options}
        environment = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
        done = run_forked(
            [json.dumps(asked)], folder=path.parent, environment=environment, program=CRAWL, imported=IMPORTED
        )
        assert done.returncode == 0, done.stderr.decode()
        result = json.loads(done.stdout.splitlines()[-1])
        self.pages = [item.get("url", item.get("link"))[len(base) :] for item in result["items"]]
        self.items = result["items"]
        self.stats = result["stats"]
        self.log = done.stderr.decode()


def test_a_crawl_tags_its_items(base: str, tmp_path: Path) -> None:
    """All go through; the copy names the page it was seen on first; the stats count."""
    first = Crawl(base, tmp_path / "news.dedup", "/a")
    crawl = Crawl(base, tmp_path / "news.dedup", "/b,/c")

    assert first.items[0]["dedup"]["verdict"] is None
    tags = dict(zip(crawl.pages, (item["dedup"] for item in crawl.items), strict=True))
    assert (tags["/b"]["verdict"], tags["/b"]["duplicate_of"]) == ("near-duplicate", f"{base}/a")
    assert (tags["/c"]["verdict"], tags["/c"]["duplicate_of"]) == (None, None)
    assert crawl.stats == {
        "dedup/checked": 2,
        "dedup/new": 1,
        "dedup/duplicates": 1,
        "dedup/verdict/near-duplicate": 1,
        "dedup/kept": 1,
    }


def test_a_crawl_may_drop_copies_of_an_earlier_one(base: str, tmp_path: Path) -> None:
    """Items come without a tag then, and the log says why one was dropped."""
    Crawl(base, tmp_path / "news.dedup", "/a", settings={"DEDUP_MODE": "drop"})
    crawl = Crawl(base, tmp_path / "news.dedup", "/b,/c", settings={"DEDUP_MODE": "drop"})

    assert crawl.pages == ["/c"]
    assert "dedup" not in crawl.items[0]
    assert f"near-duplicate of {base}/a" in crawl.log


@pytest.mark.parametrize("pipeline", ["Refuse", "Fail"])
def test_a_story_that_was_not_accepted_was_not_seen(base: str, tmp_path: Path, pipeline: str) -> None:
    """Another pipeline drops it, or fails: in the next crawl it is new."""
    refused = Crawl(base, tmp_path / "news.dedup", "/a,/c", pipelines=[pipeline])
    accepted = Crawl(base, tmp_path / "news.dedup", "/a,/c")

    assert (refused.items, refused.stats["dedup/released"]) == ([], 2)
    assert [item["dedup"]["verdict"] for item in accepted.items] == [None, None]
    assert accepted.stats["dedup/kept"] == 2


def test_an_item_that_was_replaced_is_known_by_its_content(base: str, tmp_path: Path) -> None:
    """A later pipeline passes a copy of the object on; the story is kept all the same."""
    crawl = Crawl(base, tmp_path / "news.dedup", "/a,/c", pipelines=["Replace"])

    assert crawl.stats["dedup/kept"] == 2


def test_a_copy_of_a_kept_story_drops_nothing_with_it(base: str, tmp_path: Path) -> None:
    """The dropping of the second page leaves the story of the first stored."""
    crawl = Crawl(base, tmp_path / "news.dedup", "/d,/e", settings={"DEDUP_MODE": "drop"})
    with PreFilter.open(tmp_path / "news.dedup") as prefilter:
        assert prefilter.check(story(3)).duplicate_of == base + crawl.pages[0]

    assert len(crawl.pages) == 1


def test_dataclasses_and_other_names_are_understood(base: str, tmp_path: Path) -> None:
    """DEDUP_FIELDS says where an item has its text."""
    fields = {"text": "body", "url": "link"}
    settings = {"DEDUP_FIELDS": fields}
    crawl = Crawl(base, tmp_path / "news.dedup", "/a,/b", kind="dataclass", settings=settings)

    assert sorted(str(item["dedup"]["verdict"]) for item in crawl.items) == ["None", "near-duplicate"]


def test_the_items_of_news_please_pass_with_the_settings_of_the_page(base: str, tmp_path: Path) -> None:
    """docs/prefilter.md tells which: copies are dropped, since the items have no field for a tag."""
    page = (Path(__file__).parents[2] / "docs" / "prefilter.md").read_text(encoding="utf-8")
    block = re.search(r"```python\n(DEDUP_MODE.*?)```", page, re.DOTALL)
    assert block is not None
    assigned = [statement for statement in ast.parse(block[1]).body if isinstance(statement, ast.Assign)]
    settings = {ast.unparse(one.targets[0]): ast.literal_eval(one.value) for one in assigned}
    assert set(settings) == {"DEDUP_MODE", "DEDUP_FIELDS"}
    Crawl(base, tmp_path / "news.dedup", "/a", kind="news-please", settings=settings)
    crawl = Crawl(base, tmp_path / "news.dedup", "/b,/c", kind="news-please", settings=settings)

    assert crawl.pages == ["/c"]
    with PreFilter.open(tmp_path / "news.dedup") as prefilter, prefilter._index.reading() as view:
        stored = view.stories([1])[0]
        assert (stored.source, stored.published) == ("news.invalid", "2026-01-02 03:04:05")


def test_an_item_without_a_field_for_it_goes_untagged(base: str, tmp_path: Path) -> None:
    """And the log says so once."""
    crawl = Crawl(base, tmp_path / "news.dedup", "/a,/c", kind="item")

    assert (len(crawl.items), crawl.stats["dedup/untagged"]) == (2, 2)
    assert crawl.log.count("Plain has no field 'dedup' for the tag") == 1


def test_items_may_stay_out_have_no_text_or_have_it_in_a_list(base: str, tmp_path: Path) -> None:
    """None of that is an error, and all go through."""
    crawl = Crawl(base, tmp_path / "news.dedup", "/a", kind="odd")

    assert sorted(crawl.pages) == ["/a#list", "/a#nothing", "/a#skip"]
    assert crawl.stats == {
        "dedup/skipped": 1,
        "dedup/checked": 1,
        "dedup/new": 1,
        "dedup/kept": 1,
        "dedup/without_text": 1,
    }


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({}, "DEDUP_INDEX is not set"),
        ({"DEDUP_INDEX": "x", "DEDUP_MODE": "erase"}, "DEDUP_MODE='erase' is not one of tag, drop"),
        ({"DEDUP_INDEX": "/nowhere/news.dedup"}, "the folder '/nowhere' does not exist"),
    ],
)
def test_what_is_not_configured_is_off_and_says_why(settings: dict[str, str], said: str) -> None:
    """Scrapy then leaves the pipeline out, and the crawl goes on."""
    from scrapy.exceptions import NotConfigured
    from scrapy.utils.test import get_crawler

    from dedup.integrations.scrapy import DedupPipeline

    with pytest.raises(NotConfigured, match=said):
        DedupPipeline.from_crawler(get_crawler(settings_dict=settings))


def test_an_add_on_without_an_index_is_off() -> None:
    """And adds nothing; with one it adds the pipeline, unless the project has it already."""
    from scrapy.exceptions import NotConfigured
    from scrapy.settings import Settings

    from dedup.integrations.scrapy import DedupAddon, DedupPipeline

    with pytest.raises(NotConfigured):
        DedupAddon().update_settings(Settings())
    added = Settings({"DEDUP_INDEX": "x", "DEDUP_PRIORITY": 7})
    theirs = Settings({"DEDUP_INDEX": "x", "ITEM_PIPELINES": {DedupPipeline: 3}})
    for settings in (added, theirs):
        DedupAddon().update_settings(settings)

    assert dict(added["ITEM_PIPELINES"]) == {"dedup.integrations.scrapy.DedupPipeline": 7}
    assert list(theirs["ITEM_PIPELINES"].values()) == [3]
