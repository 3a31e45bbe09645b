"""A made-up archive that is hard to process in pieces: crowds, one id twice, roundups, a reference."""

from dataclasses import replace
from datetime import timedelta

from benchmarks.synthetic.blocks import EPOCH
from benchmarks.synthetic.copies import COPYINGS, background, edited, roundup
from benchmarks.synthetic.dice import Dice
from benchmarks.synthetic.lexicon import Lexicon, lexicon
from benchmarks.synthetic.stories import Story, write_sentences, write_series, write_story
from dedup.model import Document

CROWD, SERIES, NOTICED, STORIES, KNOWN = 300, 200, 60, 100, 20
"""Copies of one story and stories of one template, both more than a bucket may have to be paired as a whole;
stories that end alike, more than the number from which that is boilerplate; stories with a copy of each kind;
and how many of these are known already."""


def hard_archive(seed: int = 1) -> tuple[list[Document], list[Document]]:
    """Return the documents, and those of the reference, both shuffled."""
    dice, words = Dice(seed, 0), lexicon(seed)
    first = [write_story(dice, words) for _ in range(STORIES)]
    stories = [
        *first,
        *(copying(dice, words, story) for story in first for _, copying in COPYINGS.values()),
        *(background(dice, words, story) for story in first[:10]),
        *(roundup(dice, words, first[start : start + 4]) for start in range(0, 40, 4)),
        *_crowd(dice, words, write_story(dice, words)),
        *write_series(dice, words, SERIES),
        *_noticed(dice, words),
    ]
    documents = [_document(dice, f"d{number}", story) for number, story in enumerate(stories)]
    documents += _named_twice(dice, words)
    known = [_document(dice, f"k{number}", edited(dice, words, first[number])) for number in range(KNOWN)]
    known.append(replace(known[0], id="d0"))  # an id of the archive
    dice.shuffle(documents)
    dice.shuffle(known)
    return documents, known


def _crowd(dice: Dice, words: Lexicon, story: Story) -> list[Story]:
    """Copy one story, word for word and edited."""
    return [edited(dice, words, story) if number % 3 else story for number in range(CROWD)]


def _noticed(dice: Dice, words: Lexicon) -> list[Story]:
    """Write stories of one agency that end alike."""
    notice, source = write_sentences(dice, words, 3), dice.pick(words.sources)
    stories = [write_story(dice, words, low=80, high=160) for _ in range(NOTICED)]
    return [Story(each.title, source, (*each.sentences, *notice)) for each in stories]


def _named_twice(dice: Dice, words: Lexicon) -> list[Document]:
    """Give one id to two stories, another to two copies, and add texts of next to nothing."""
    one, other = write_story(dice, words), write_story(dice, words)
    named = [("twice", one), ("twice", other), ("again", one), ("again", edited(dice, words, one))]
    short = [Document(f"short{number}", text) for number, text in enumerate(("", "خبر", "خبر", " . "))]
    return [*(_document(dice, name, story) for name, story in named), *short]


def _document(dice: Dice, name: str, story: Story) -> Document:
    """Make a document of a story, some without a date or with one that cannot be read."""
    minutes, written = dice.below(100_000), dice.below(10)
    day = EPOCH + timedelta(minutes=minutes)
    dates = {0: "", 1: "next week", 2: f"{day:%d/%m/%Y}"}
    return Document(
        name,
        story.text,
        title=story.title,
        source=story.source,
        published=dates.get(written, day.isoformat()),
    )
