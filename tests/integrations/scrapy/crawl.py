"""Crawls of made-up pages, each in a process of its own."""

import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from dedup import PreFilter
from tests.fork_server import run_forked
from tests.made_up_news import reworded, story

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


@contextmanager
def served() -> Iterator[str]:
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
