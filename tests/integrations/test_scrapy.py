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
import asyncio, dataclasses, json, os, signal, sys
import scrapy
from scrapy.crawler import CrawlerProcess
from scrapy.exceptions import DropItem
from scrapy.extensions.feedexport import BlockingFeedStorage
from dedup.model.errors import IndexServerError
from dedup.story_index.sqlite.sqlite_index import SqliteIndex


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
        if self.kind == "news-please":
            yield NewscrawlerItem(
                url=response.url,
                source_domain=b"news.invalid",
                article_text=text,
                article_title="A title",
                article_publish_date="2026-01-02 03:04:05",
            )
        elif self.kind == "odd":
            yield {"url": response.url + "#skip", "text": text, "dedup_skip": True}
            yield {"url": response.url + "#list", "text": [text], "published": None}
            yield {"url": response.url + "#nothing", "title": text}
            yield Plain(url=response.url + "#plain", text=text[::-1])
            yield Plain(url=response.url + "#plain-too", text=text[::-1])
        else:
            yield {"url": response.url, "text": text}


class Judge:
    # Refuses one page, fails on another; each after its copies have been checked.
    async def process_item(self, item):
        if item["url"].endswith("/d"):
            await asyncio.sleep(0.3)
            raise DropItem("not wanted")
        if item["url"].endswith("/c"):
            raise RuntimeError("the store is down")
        return item


class Rewrite:
    # Another object of another kind, with another address and another text.
    def process_item(self, item):
        return Article(item["url"] + "?", item["text"][:40], item["dedup"])


class Kill:
    # Ends the process when the stories of two other items have been kept.
    @classmethod
    def from_crawler(cls, crawler):
        pipeline = cls()
        pipeline.stats = crawler.stats
        return pipeline

    async def process_item(self, item):
        while item["url"].endswith("/c"):
            await asyncio.sleep(0.01)
            if self.stats.get_value("dedup/kept") == 2:
                os.kill(os.getpid(), signal.SIGKILL)
        return item


class RemoveIndex:
    def open_spider(self):
        os.unlink("news.dedup")

    def process_item(self, item):
        return item


class Bucket(BlockingFeedStorage):
    # Sends a file when the crawl ends, like those for S3, GCS and FTP; its name says whether that works.
    def __init__(self, uri, *, feed_options=None):
        self.fails = "down" in uri

    def _store_in_thread(self, file):
        if self.fails:
            raise OSError("the network is down")


options = json.loads(sys.argv[1])
found = []
writing, away = SqliteIndex.writing, options.pop("away", 0)


def sometimes_away(index):
    global away
    away -= 1
    if away >= 0:
        raise IndexServerError("the server is away")
    return writing(index)


SqliteIndex.writing = sometimes_away


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
stats = crawler.stats.get_stats()
ours = {k: v for k, v in stats.items() if k.startswith("dedup/")}
print(json.dumps({"items": found, "stats": ours, "reason": stats.get("finish_reason")}))
sys.exit(process.bootstrap_failed)
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

    def __init__(self, base: str, path: Path, pages: str, *, code: int = 0, **options: object) -> None:
        settings = {
            "ADDONS": {"dedup.integrations.scrapy.DedupAddon": 500},
            "DEDUP_INDEX": str(path),
            "FEED_STORAGES": {"bucket": "__main__.Bucket"},
            **dict(options.pop("settings", {})),  # type: ignore[call-overload]
        }
        asked = {"base": base, "pages": pages, "settings": settings, **options}
        environment = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
        done = run_forked(
            [json.dumps(asked)], folder=path.parent, environment=environment, program=CRAWL, imported=IMPORTED
        )
        assert done.returncode == code, done.stderr.decode()
        self.log = done.stderr.decode()
        result = json.loads(done.stdout.splitlines()[-1]) if code >= 0 else {"items": [], "stats": {}}
        self.pages = [item.get("url", item.get("link"))[len(base) :] for item in result["items"]]
        self.items = result["items"]
        self.stats = result["stats"]
        self.reason = result.get("reason")


def fill(path: Path, base: str, pages: str) -> None:
    """Store pages as an earlier crawl would."""
    with PreFilter.open(path) as prefilter:
        for page in pages.split(","):
            prefilter.add({"id": base + page, "text": PAGES[page]})


def stored(path: Path, base: str, pages: str) -> list[str]:
    """Those of the pages that an index has."""
    with PreFilter.open(path) as prefilter:
        found = [prefilter.check(PAGES[page]).match for page in pages.split(",")]
    return [each[len(base) :] for each in found if each is not None]


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


def test_items_of_every_kind_with_the_same_content_are_the_same_document() -> None:
    """Mappings, `Item`, dataclasses, attrs, pydantic; the lists of item loaders too."""
    import dataclasses

    import attrs
    import pydantic
    import scrapy
    from scrapy.loader import ItemLoader

    from dedup.integrations.scrapy.item_document import as_item_document

    content = {"link": "https://news.invalid/1", "body": "A story.", "title": "A title"}
    fields = {"id": "id", "url": "link", "text": "body", "title": "title"}
    kinds = {
        "item": type("Plain", (scrapy.Item,), {name: scrapy.Field() for name in content}),
        "dataclass": dataclasses.make_dataclass("Data", [(name, str) for name in content]),
        "attrs": attrs.make_class("Attrs", list(content)),
        "pydantic": pydantic.create_model("Model", **dict.fromkeys(content, (str, ...))),  # type: ignore[call-overload]
    }
    loader = ItemLoader(item={})
    for name, value in content.items():
        loader.add_value(name, value)
    items = [content, *(kind(**content) for kind in kinds.values()), loader.load_item()]

    assert isinstance(items[-1]["body"], list)
    expected = {"id": content["link"], "url": content["link"], "text": "A story.", "title": "A title"}
    assert [as_item_document(item, fields) for item in items] == [expected] * 6


@pytest.mark.parametrize(
    ("item", "document"),
    [
        (
            {"text": ["one", b"two", None], "title": []},
            {"id": None, "url": None, "text": "one\ntwo", "title": None},
        ),
        ({"text": "a", "id": ["", 7, 8], "url": ("u",)}, {"id": 7, "url": "u", "text": "a", "title": None}),
        ({"text": ["", " "]}, None),
        ({"text": None}, None),
        ({"text": 7}, None),
        ({}, None),
        ("no item", None),
    ],
    ids=repr,
)
def test_a_document_is_made_of_what_an_item_has(item: object, document: object) -> None:
    """Of a list of texts all, of any other list the first value; without text there is nothing to check."""
    from dedup.integrations.scrapy.item_document import as_item_document

    fields = {name: name for name in ("id", "url", "text", "title")}

    assert as_item_document(item, fields) == document


def test_the_items_of_news_please_pass_with_the_settings_of_the_page(base: str, tmp_path: Path) -> None:
    """docs/prefilter.md tells which: copies are dropped, since the items have no field for a tag."""
    page = (Path(__file__).parents[2] / "docs" / "prefilter.md").read_text(encoding="utf-8")
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


@pytest.mark.parametrize(
    ("settings", "error", "message"),
    [
        ({}, "NotConfigured", "DEDUP_INDEX is not set"),
        ({"DEDUP_MODE": "split"}, "SettingError", "DEDUP_MODE='split' is not usable: expected tag or drop"),
        (
            {"DEDUP_KEEP": "never"},
            "SettingError",
            "DEDUP_KEEP='never' is not usable: expected written or scraped",
        ),
        ({"DEDUP_ON_ERROR": "x"}, "SettingError", "DEDUP_ON_ERROR='x' is not usable: expected stop or pass"),
        (
            {"DEDUP_WINDOW": "30x"},
            "SettingError",
            "DEDUP_WINDOW='30x' is not usable: expected a time such as 30d",
        ),
        (
            {"DEDUP_VERSIONS": "newest"},
            "SettingError",
            "DEDUP_VERSIONS='newest' is not usable: expected follow, longest or first",
        ),
        (
            {"DEDUP_MODES": "drop"},
            "SettingError",
            "DEDUP_MODES='drop' is not usable: no such setting; expected DEDUP_MODE",
        ),
        (
            {"DEDUP_FIELDS": {"txt": "body"}},
            "SettingError",
            "DEDUP_FIELDS['txt']='body' is not usable: no such setting; expected text",
        ),
        ({"DEDUP_INDEX": "/nowhere/news.dedup"}, "IndexFileError", "the folder '/nowhere' does not exist"),
    ],
    ids=str,
)
def test_a_wrong_setting_ends_the_crawl_before_it_starts(
    settings: dict[str, object], error: str, message: str, tmp_path: Path
) -> None:
    """Without an index the pipeline is off; whatever else is wrong is an error, not a warning."""
    from scrapy.utils.test import get_crawler

    from dedup.integrations.scrapy import DedupPipeline

    index = {"DEDUP_INDEX": str(tmp_path / "news.dedup")} if settings else {}
    with pytest.raises(Exception, match=re.escape(message)) as raised:
        DedupPipeline.from_crawler(get_crawler(settings_dict={**index, **settings}))

    assert raised.type.__name__ == error


def test_settings_choose_what_passes(tmp_path: Path) -> None:
    """Versions, sources, and how long to wait for others; lists as Scrapy spells them."""
    from scrapy.settings import BaseSettings

    from dedup.integrations.scrapy.pipeline_settings import PipelineSettings

    given = {
        "DEDUP_INDEX": str(tmp_path / "news.dedup"),
        "DEDUP_VERSIONS": "first",
        "DEDUP_CROSS_SOURCE": "True",
        "DEDUP_SOURCES": "wire,paper",
        "DEDUP_TIMEOUT": "2.5",
    }
    settings = PipelineSettings.read(BaseSettings(given))
    with settings.opened() as prefilter:
        answers = [
            prefilter.check_and_add({"id": f"{source} {number}", "text": story(1), "source": source})
            for number, source in enumerate(("blog", "blog", "paper", "wire"))
        ]

    assert settings.timeout == 2.5
    assert [answer.stored for answer in answers] == [True, True, True, True]
    assert [str(answer.relation) for answer in answers] == ["new", "new", "copy", "copy"]


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
