"""Whether real stories with a sentence of another story are kept, and plain excerpts dropped.

An excerpt of two to four sentences of a story, and the story itself, get a sentence of another story, at the
top, in the middle or at the end. Neither may be dropped for the story. What can be dropped are the excerpt
alone or with its sentences in another order, and the story with six words in a hundred exchanged.

Nor may a story be dropped that has a made-up statement in or around its first sentence; one with a credit
ahead may (`benchmarks/inserted.py`).

    python -m benchmarks.spliced [--check]
"""

import argparse
import random
import re
import sys
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from benchmarks.archives import leave_without_data, load, present
from benchmarks.floors import below_the_floors
from benchmarks.inserted import ARCHIVES as BY_LANGUAGE
from benchmarks.inserted import measure as measure_inserted
from benchmarks.labelled import RECIPE, boilerplate_of
from benchmarks.robust import reworded
from dedup import Document
from dedup.comparison.judge_pairs import JOINING
from dedup.comparison.measure_pairs import measure_pairs
from dedup.comparison.verdict_model import NONE, spares

ARCHIVES = (
    "isna_2019",
    "saudinews_2015",
    "fr_gilets_jaunes",
    "en_wsdl_2016",
    "counter_dev",
    "zh_gj_xinwenlianbo",
)
PER_ARCHIVE = 60
STORY, LONGEST = 8, 700
"""Sentences of a story, at least, and words, at most."""
EXCERPT = range(25, 111)
"""Words of an excerpt."""
NEWS = range(8, 31)
"""Words of the sentence of another story."""

_BETWEEN = re.compile(r"(?<=[.!?؟۔])\s+(?=\S)|(?<=[。！？])")
_IDEOGRAPHS = re.compile("[一-鿿]")
_ADDRESS = re.compile("http|@|#")


class Splice(NamedTuple):
    """A story, an excerpt of it and a sentence of another story."""

    story: Sequence[str]
    excerpt: Sequence[str]
    news: str


def words(text: str) -> int:
    """Count words; two Chinese letters count as one word."""
    return len(text) // 2 if _IDEOGRAPHS.search(text) else len(text.split())


def splices(archive: str) -> Iterator[Splice]:
    """Choose stories of an archive."""
    rng = random.Random(1)
    records = load(f"{archive}.jsonl.gz")
    rng.shuffle(records)
    texts = ([each.strip() for each in _BETWEEN.split(record["text"]) if each.strip()] for record in records)
    stories = [text for text in texts if len(text) >= STORY and words(" ".join(text)) <= LONGEST]
    news = [
        each for text in stories for each in text[1:] if words(each) in NEWS and not _ADDRESS.search(each)
    ]
    made = 0
    for story in stories:
        size = rng.randint(2, 4)
        start = rng.choice([0, rng.randrange(len(story) - size)])
        excerpt, other = story[start : start + size], rng.choice(news)
        if words(" ".join(excerpt)) in EXCERPT and other not in story:
            yield Splice(story, excerpt, other)
            made += 1
        if made == PER_ARCHIVE:
            return


def copies(splice: Splice, rng: random.Random) -> Iterator[tuple[str, str]]:
    """Yield the copies of the story, each with the name of its kind."""
    for name, part in (("excerpt", splice.excerpt), ("story", splice.story)):
        middle = len(part) // 2
        yield f"{name}, news at the top", " ".join([splice.news, *part])
        yield f"{name}, news in the middle", " ".join([*part[:middle], splice.news, *part[middle:]])
        yield f"{name}, news at the end", " ".join([*part, splice.news])
    yield "excerpt", " ".join(splice.excerpt)
    yield "excerpt in another order", " ".join(rng.sample(splice.excerpt, len(splice.excerpt)))
    changed = reworded(" ".join(splice.story), rng)
    if changed:
        yield "story in other words", changed[1]


def measure(archive: str) -> dict[str, list[bool]]:
    """Return, by the name of the kind, whether each copy is dropped as one of the story."""
    rng = random.Random(5)
    named = [
        (name, Document("story", " ".join(splice.story)), Document("copy", copy))
        for splice in splices(archive)
        for name, copy in copies(splice, rng)
    ]
    names, stories, offered = zip(*named, strict=True)
    pairs = measure_pairs(stories, offered, RECIPE, boilerplate=boilerplate_of(archive))
    codes = pairs.judged(RECIPE).codes
    drops = [code != NONE and bool(JOINING[code]) for code in codes.tolist()] & spares(
        pairs.alignments, pairs.contexts
    )[:, 1]
    found: dict[str, list[bool]] = {}
    for name, dropped in zip(names, drops.tolist(), strict=True):
        found.setdefault(name, []).append(dropped)
    return found


def main() -> int:
    """Print the share dropped of each kind; with `--check`, return 1 below the floors."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="fail below a floor of floors.json")
    options = parser.parse_args()
    if not present(*(f"{name}.jsonl.gz" for name in {*ARCHIVES, *chain(*BY_LANGUAGE.values())})):
        leave_without_data()
    together: dict[str, list[bool]] = {}
    for archive in ARCHIVES:
        for name, dropped in measure(archive).items():
            together.setdefault(name, []).extend(dropped)
    for name, dropped in together.items():
        print(f"{name:28} {sum(dropped):4} of {len(dropped):4} dropped")
    news = [each for name, dropped in together.items() if "news" in name for each in dropped]
    plain = [each for name, dropped in together.items() if "news" not in name for each in dropped]
    print(f"news kept: {len(news) - sum(news)} of {len(news)}; copies dropped: {sum(plain)} of {len(plain)}")
    reached = {"news_kept": 1 - sum(news) / len(news), "copies_dropped": sum(plain) / len(plain)}
    reached |= measure_inserted()
    return below_the_floors("spliced", reached) if options.check else 0


if __name__ == "__main__":
    sys.exit(main())
