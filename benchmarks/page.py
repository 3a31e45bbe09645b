"""How large the page of a report is, how long it takes to write, and how soon a browser shows it.

The report of 100,000 made-up stories in 20,000 clusters, and that of isna_2019 where DEDUP_DATA has it.

    python -m benchmarks.page [--check] [--chromium PROGRAM]
"""

import argparse
import json
import random
import sys
import tempfile
from itertools import accumulate
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.archives import DATA, load, present
from dedup.model import Cluster, Document, Member, Pair, Reason, ReasonKind, Report, Verdict
from dedup.model.recipe import Recipe
from dedup.output.to_html import to_html
from dedup.report.find_duplicates import find_duplicates

DOCUMENTS, CLUSTERS, MEMBERS, PAIRS = 100_000, 20_000, 3, 20_000
WORDS = 300
ARCHIVE = "isna_2019.jsonl.gz"
RUNS = 5
MARKS = {"answers_ms": "answered", "lists_ms": "listed"}
"""What is measured, by the mark that the page sets."""
ROOT = Path(__file__).parents[1]


def main() -> int:
    """Print one line per page; with `--check`, return 1 if one is above the bounds of floors.json."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--check", action="store_true", help="fail above the bounds of floors.json")
    options.add_argument("--chromium", default="/usr/bin/chromium", help="the browser (default: %(default)s)")
    given = options.parse_args()
    floors = json.loads((ROOT / "benchmarks" / "floors.json").read_text(encoding="utf-8"))["page"]
    print(
        f"{'report':<12}{'documents':>10}{'clusters':>10}{'MB':>8}{'seconds':>9}"
        f"{'answers ms':>12}{'lists ms':>10}"
    )
    faults = _measured("made up", _made_up(), chromium=given.chromium, bounds=floors["made up"])
    if present(ARCHIVE):
        isna = find_duplicates(load(ARCHIVE))
        faults += _measured("isna_2019", isna, chromium=given.chromium, bounds=floors["isna_2019"])
    else:
        print(f"no {ARCHIVE} in {DATA}; DEDUP_DATA names the folder of the archives")
    for fault in faults:
        print(f"too much: {fault}", file=sys.stderr)
    return 1 if given.check and faults else 0


def _measured(name: str, report: Report, *, chromium: str, bounds: dict[str, float]) -> list[str]:
    """Print what the page of a report costs; return the figures that are above their bounds."""
    before = perf_counter()
    page = to_html(report)
    seconds = perf_counter() - before
    found = {"megabytes": len(page) / 1e6}
    if Path(chromium).exists():
        found |= _times(page, chromium)
    print(
        f"{name:<12}{report.counts['documents']:>10,}{len(report.clusters):>10,}"
        f"{found['megabytes']:>8.1f}{seconds:>9.1f}"
        f"{found.get('answers_ms', float('nan')):>12.0f}{found.get('lists_ms', float('nan')):>10.0f}"
    )
    return [f"{name}: {value:.1f} {what}" for what, value in found.items() if value > bounds[what]]


def _times(page: bytes, chromium: str) -> dict[str, float]:
    """Median times from opening the file until the overview answers, and until the lists do, in ms."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        path = Path(folder) / "page.html"
        path.write_bytes(page)
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        times: dict[str, list[float]] = {name: [] for name in MARKS}
        for _ in range(RUNS):
            tab = browser.new_page()
            tab.goto(path.as_uri(), wait_until="commit")
            tab.wait_for_selector("html[data-ready]", state="attached")
            for name, mark in MARKS.items():
                found = tab.evaluate("name => performance.getEntriesByName(name)[0].startTime", mark)
                times[name].append(found)
            tab.close()
        browser.close()
    return {name: float(median(each)) for name, each in times.items()}


def _made_up() -> Report:
    """Clusters of a story and two light rewritings each, and pairs that share half."""
    chance = random.Random(6)
    vocabulary = [
        "".join(chance.choices("ابتجحدرزسشعفقکلمنوهی", k=chance.randint(2, 8))) for _ in range(30_000)
    ]
    weights = list(accumulate(1 / place for place in range(1, len(vocabulary) + 1)))
    by_id: dict[str, Document] = {}

    def story(name: str, words: list[str]) -> Document:
        source = f"agency {chance.randrange(12)}"
        day = f"2024-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}T08:{chance.randrange(60):02}"
        by_id[name] = Document(name, " ".join(words), " ".join(words[:9]), source, day, path="archive.jsonl")
        return by_id[name]

    def rewritten(words: list[str], share: float) -> list[str]:
        return [chance.choice(vocabulary) if chance.random() < share else word for word in words]

    def cluster(number: int) -> Cluster:
        words = chance.choices(vocabulary, cum_weights=weights, k=WORDS)
        texts = [words, *(rewritten(words, 0.04) for _ in range(MEMBERS - 1))]
        members = tuple(_member(story(f"{number}-{rank}", text), rank) for rank, text in enumerate(texts))
        return Cluster(number, members[0].id, Reason(ReasonKind.EARLIEST), 0.9, members, ("term",) * 6)

    clusters = tuple(cluster(number) for number in range(1, CLUSTERS + 1))
    pairs = tuple(
        _pair(story(f"p{n}-0", words), story(f"p{n}-1", rewritten(words, 0.5)))
        for n, words in enumerate(
            chance.choices(vocabulary, cum_weights=weights, k=WORDS) for _ in range(PAIRS)
        )
    )
    return Report(
        recipe=Recipe(),
        counts={"documents": DOCUMENTS, "clusters": CLUSTERS, "clustered": CLUSTERS * MEMBERS},
        clusters=clusters,
        pairs=pairs,
        problems=(),
        boilerplate=(),
        documents=by_id,
        encodings={"utf-8": DOCUMENTS},
        tokenisers={"hazm": DOCUMENTS},
    )


REASONS = (
    Reason(ReasonKind.CONTAINMENT, (90,)),
    Reason(ReasonKind.NEW_WORDS, ("left", 4, "right", 4)),
)


def _member(document: Document, rank: int) -> Member:
    return Member(
        document.id,
        document.path,
        document.title,
        document.source,
        document.published,
        document.url,
        verdict=Verdict.NEAR_DUPLICATE if rank else None,
        jaccard=0.9 if rank else 1.0,
        containment=0.9 if rank else 1.0,
        tfidf=0.9 if rank else 1.0,
        rank=rank,
        own_terms=("own",) * 6,
        reasons=REASONS if rank else (),
    )


def _pair(left: Document, right: Document) -> Pair:
    return Pair(left.id, right.id, Verdict.PARTIAL, 0.3, 0.5, 0.6, REASONS)


if __name__ == "__main__":
    sys.exit(main())
