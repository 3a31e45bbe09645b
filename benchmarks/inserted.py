"""Real stories with a made-up statement of fact in or around their first sentence, and with a credit ahead.

A copy that says "The strike was called off" where the story does not may not be dropped; one that says
"(Reuters) -" may. `python -m benchmarks.spliced` runs this.
"""

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from benchmarks.archives import load
from benchmarks.labelled import RECIPE, boilerplate_of
from benchmarks.synthetic.statements import CREDITS, GERMAN, STATEMENTS
from dedup import Document
from dedup.comparison.judge_pairs import JOINING
from dedup.comparison.measure_pairs import measure_pairs
from dedup.comparison.verdict_model import NONE, spares

ARCHIVES: dict[str, tuple[str, ...]] = {
    "fa": ("isna_2019", "aut_2019", "fa_ir_news", "farex_dev", "telegram_fa_2026"),
    "ar": ("saudinews_2015",),
    "ur": ("counter_dev",),
    "en": ("en_wsdl_2016",),
    "fr": ("fr_gilets_jaunes",),
    "tr": ("tr_rss",),
    "ja": ("ja_livedoor",),
    "zh": ("zh_gj_xinwenlianbo",),
}
"""Archives by language. German has none: its stories are made up."""
PER_LANGUAGE = 80
STORY = range(25, 701)
"""Words of a story."""
FIRST = 8
"""Words of its first sentence, at least."""
PLACES = ("ahead", "line", "inside", "after", "instead")
"""Where a statement is: ahead of the text, on a line of its own there, in the middle of the first sentence,
after it, instead of it."""

_END = re.compile(r"(?<=[.!?؟۔])\s+(?=\S)|\n\s*|(?<=[。！？])(?=\S)")
_UNSPACED = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")
_PAUSE = re.compile(r"(?<=[,،，、])")


class Story(NamedTuple):
    """A story of an archive, its language, and where its first sentence ends."""

    archive: str
    language: str
    text: str
    end: int


def stories(language: str) -> Iterator[Story]:
    """Choose `PER_LANGUAGE` stories, as many of each archive."""
    archives = ARCHIVES.get(language, ())
    for archive in archives:
        rng = random.Random(11)
        texts = [record["text"].strip() for record in load(f"{archive}.jsonl.gz")]
        rng.shuffle(texts)
        ends = ((text, _first_end(text)) for text in texts if _words(text) in STORY)
        chosen = [Story(archive, language, text, end) for text, end in ends if end][
            : PER_LANGUAGE // len(archives)
        ]
        yield from chosen
    if not archives:
        rng = random.Random(11)
        for _ in range(PER_LANGUAGE):
            text = " ".join(rng.sample(GERMAN, rng.randint(5, len(GERMAN))))
            yield Story("", language, text, _first_end(text))


def _words(text: str) -> int:
    """Count words; two letters of a script without spaces count as one."""
    return len(text) // 2 if _UNSPACED.search(text) else len(text.split())


def _first_end(text: str) -> int:
    """Return where the first sentence that is one ends; 0 if it is most of the text."""
    for end in _END.finditer(text):
        if _words(text[: end.start()]) >= FIRST:
            return end.end() if _words(text[end.end() :]) >= FIRST else 0
    return 0


def inserted(story: Story, statement: str, *, place: str) -> str:
    """Insert a statement into a story."""
    stop = "。" if _UNSPACED.search(statement) else ("۔" if story.language == "ur" else ".")
    space = "" if stop == "。" else " "
    text, end = story.text, story.end
    if place == "ahead":
        return f"{statement}{stop}{space}{text}"
    if place == "line":
        return f"{statement}\n{text}"
    if place == "instead":
        return f"{statement}{stop}{space}{text[end:]}"
    if place == "after":
        return f"{text[:end]}{statement}{stop}{space}{text[end:]}"
    middle = _middle(text[:end], spaced=bool(space))
    return f"{text[:middle]}{space}— {statement} —{space}{text[middle:]}"


def _middle(sentence: str, *, spaced: bool) -> int:
    """Return the place of the pause or else of the space that is nearest to the middle of a sentence."""
    half = len(sentence) // 2
    places = [pause.end() for pause in _PAUSE.finditer(sentence) if pause.end() < len(sentence.rstrip())]
    if not places and spaced:
        places = [at for at, letter in enumerate(sentence.rstrip()) if letter.isspace()]
    return min(places or [half], key=lambda place: abs(place - half))


class Offer(NamedTuple):
    """A story and a copy of it with words of its own."""

    kind: str
    story: Story
    own: str
    copy: str


def offers(language: str) -> list[Offer]:
    """Return the copies of the stories of a language."""
    made: list[Offer] = []
    for row, story in enumerate(stories(language)):
        statement = STATEMENTS[language][row % len(STATEMENTS[language])]
        credit = CREDITS[language][row % len(CREDITS[language])]
        made += [Offer(place, story, statement, inserted(story, statement, place=place)) for place in PLACES]
        made.append(Offer("credit", story, credit, f"{credit} {story.text}"))
    return made


def dropped(made: Sequence[Offer]) -> list[bool]:
    """Return whether each copy is dropped."""
    by_archive: defaultdict[str, list[int]] = defaultdict(list)
    for row, offer in enumerate(made):
        by_archive[offer.story.archive].append(row)
    found = [False] * len(made)
    for archive, rows in by_archive.items():
        pairs = measure_pairs(
            [Document("story", made[row].story.text) for row in rows],
            [Document("copy", made[row].copy) for row in rows],
            RECIPE,
            boilerplate=boilerplate_of(archive),
        )
        joins = [code != NONE and bool(JOINING[code]) for code in pairs.judged(RECIPE).codes.tolist()]
        for row, drops in zip(
            rows, (joins & spares(pairs.alignments, pairs.contexts)[:, 1]).tolist(), strict=True
        ):
            found[row] = drops
    return found


def measure() -> dict[str, float]:
    """Print, by language, how many copies with a statement are kept, and how many with a credit dropped."""
    reached: dict[str, float] = {}
    every: defaultdict[str, list[bool]] = defaultdict(list)
    for language in STATEMENTS:
        made = offers(language)
        counts: defaultdict[str, list[bool]] = defaultdict(list)
        for offer, drops in zip(made, dropped(made), strict=True):
            counts[offer.kind].append(drops if offer.kind == "credit" else not drops)
        _print(language, counts)
        for kind, good in counts.items():
            reached[f"{kind}_{language}"] = sum(good) / len(good)
            every[kind] += good
    _print("all", every)
    return reached


def _print(name: str, counts: Mapping[str, Sequence[bool]]) -> None:
    figures = "  ".join(f"{kind} {sum(good)} of {len(good)}" for kind, good in counts.items())
    print(f"{name:3}  {figures}")
