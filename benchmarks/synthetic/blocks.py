"""Makes blocks of a thousand documents: which document copies which, their order, and the gold.

A block depends only on the seed and its number, so blocks are made in any order, by any number of processes,
and a longer archive begins with the shorter one. News is copied within days: a cluster stays in its block.
"""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

from benchmarks.synthetic.copies import COPYINGS, background, roundup
from benchmarks.synthetic.dice import Dice
from benchmarks.synthetic.lexicon import Lexicon, lexicon
from benchmarks.synthetic.stories import Story, write_series, write_story

BLOCK = 1000
EPOCH = datetime(2020, 1, 1, tzinfo=timezone(timedelta(hours=3, minutes=30)))
COPIED, SERIAL, PASTED, HOLDING = 13, 2, 3, 1
"""Of 100 draws: a story with copies, a series of reports, pasted background, a roundup; else one alone."""


@dataclass(slots=True)
class Draft:
    """A document before its place is drawn; it refers to others by the order in which they were written."""

    story: Story
    kind: str
    minute: int
    parent: int | None = None
    cluster: int | None = None
    holds: list[int] = field(default_factory=list)


def write_block(seed: int, number: int, *, documents: int = BLOCK) -> tuple[bytes, bytes]:
    """Write the JSON lines of block `number` and those of its gold.

    Args:
        seed: Archives with different seeds have no story in common.
        number: From 0; the ids continue from block to block.
        documents: Size of the block, 1 to 1,000; a smaller block is not the beginning of a larger one.
    """
    dice, words = Dice(seed, number + 1), lexicon(seed)
    drafts: list[Draft] = []
    while len(drafts) < documents:
        drafts += _group(dice, words, drafts)
    del drafts[documents:]
    order = list(range(documents))
    dice.shuffle(order)
    names = [""] * documents
    for place, draft in enumerate(order):
        names[draft] = f"n{number * BLOCK + place:08d}"
    lines = [_line(drafts[draft], names[draft], day=number) for draft in order]
    gold = [_gold(drafts[draft], draft, names) for draft in order]
    return "".join(lines).encode(), "".join(gold).encode()


def _group(dice: Dice, words: Lexicon, before: list[Draft]) -> list[Draft]:
    """Draw what comes next: a single story, or a group of related documents."""
    at, minute, drawn = len(before), dice.below(1440), dice.below(100)
    if drawn < SERIAL:
        reports = write_series(dice, words, dice.between(2, 4))
        return [
            Draft(story, "template", minute + 1440 * day, parent=at if day else None)
            for day, story in enumerate(reports)
        ]
    if drawn < SERIAL + HOLDING and before:
        held = sorted({dice.below(at) for _ in range(dice.between(3, 5))})
        held = [place for place in held if before[place].kind == "original"]
        if len(held) > 1:
            whole = roundup(dice, words, [before[place].story for place in held])
            return [Draft(whole, "roundup", minute + 1440, holds=held)]
    first = Draft(write_story(dice, words), "original", minute)
    if drawn >= 100 - PASTED:
        pasted = background(dice, words, first.story)
        return [first, Draft(pasted, "background", minute + dice.between(200, 2000), parent=at)]
    if drawn >= 100 - PASTED - COPIED:
        return [first, *_copies(dice, words, first, parent=at)]
    return [first]


def _copies(dice: Dice, words: Lexicon, first: Draft, *, parent: int) -> list[Draft]:
    """Copy a story once; after each copy make another with a chance of one half, up to nine."""
    copies: list[Draft] = []
    while not copies or (len(copies) < 9 and dice.chance(50)):  # noqa: PLR2004
        drawn = dice.below(100)
        for kind, (share, copying) in COPYINGS.items():
            drawn -= share
            if drawn < 0:
                story = copying(dice, words, first.story)
                minute = first.minute + dice.between(5, 600)
                copies.append(Draft(story, kind, minute, parent=parent, cluster=parent))
                break
    return copies


def _line(draft: Draft, name: str, *, day: int) -> str:
    published = EPOCH + timedelta(days=day % 3000, minutes=draft.minute)
    record = {
        "id": name,
        "title": draft.story.title,
        "text": draft.story.text,
        "published": published.isoformat(),
        "source": draft.story.source,
        "url": f"https://news.example/{published:%Y/%m/%d}/{name}",
    }
    return json.dumps(record, ensure_ascii=False) + "\n"


def _gold(draft: Draft, place: int, names: list[str]) -> str:
    record: dict[str, str | list[str] | None] = {
        "id": names[place],
        "cluster": names[place if draft.cluster is None else draft.cluster],
        "kind": draft.kind,
        "parent": None if draft.parent is None else names[draft.parent],
    }
    if draft.holds:
        record["holds"] = [names[held] for held in draft.holds]
    return json.dumps(record) + "\n"
