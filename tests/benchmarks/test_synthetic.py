"""The made-up archives: the same bytes for the same seed, and a gold file that tells the truth."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from statistics import mean
from typing import Any

import pytest

from benchmarks.reference import gram_sets, similar_pairs
from benchmarks.synthetic import write_archive
from benchmarks.synthetic.blocks import BLOCK, write_block
from benchmarks.synthetic.copies import (
    COPYINGS,
    arabic_keyboard,
    background,
    cut,
    edited,
    other_lead,
    respaced,
    roundup,
)
from benchmarks.synthetic.dice import Dice
from benchmarks.synthetic.lexicon import HALF_SPACE, TABLE_BITS, lexicon
from benchmarks.synthetic.stories import SIGN_OFF, Story, write_series, write_story

STORY = Story(
    "تیتر", "خبرگزار", ("یک می\u200cرود.", "کتاب ۱۲ باز.", "سه سیب.", "چهار باغ.", "پنج کوه.", "شش.")
)

type Records = list[dict[str, Any]]


@pytest.fixture(scope="module")
def block() -> tuple[Records, Records]:
    """One block: its documents and its gold."""
    lines, gold = write_block(1, 0)
    return parsed(lines), parsed(gold)


def parsed(lines: bytes) -> Records:
    """Read JSON lines."""
    return [json.loads(line) for line in lines.splitlines()]


def test_another_process_writes_the_same_bytes(tmp_path: Path) -> None:
    """The bytes depend on the seed, not on the process, its hash seed or its workers."""
    here, there = tmp_path / "here", tmp_path / "there"
    write_archive(here, 1_200, seed=7, workers=1)

    command = [sys.executable, "-m", "benchmarks.synthetic", "1200", "--seed", "7", "--out", str(there)]
    subprocess.run(command, check=True, cwd=Path(__file__).parents[2])

    assert here.read_bytes() == there.read_bytes()
    assert here.read_bytes().count(b"\n") == 1_200


def test_a_longer_archive_begins_with_the_shorter_one(tmp_path: Path) -> None:
    """Archives of whole thousands are beginnings of one another."""
    short, long = tmp_path / "short", tmp_path / "long"

    write_archive(short, BLOCK, workers=1)
    write_archive(long, 2 * BLOCK, workers=1)

    assert long.read_bytes().startswith(short.read_bytes())
    assert long.read_bytes() != 2 * short.read_bytes()


def test_another_seed_writes_another_archive() -> None:
    """Two seeds have no story in common."""
    texts = [{record["text"] for record in parsed(write_block(seed, 0, documents=50)[0])} for seed in (1, 2)]

    assert texts[0].isdisjoint(texts[1])


def test_the_gold_stands_in_the_order_of_the_documents(block: tuple[Records, Records]) -> None:
    """Line by line the ids are the same, counted from zero, each once."""
    documents, gold = block

    assert [record["id"] for record in documents] == [record["id"] for record in gold]
    assert [record["id"] for record in documents] == [f"n{number:08d}" for number in range(BLOCK)]


def test_every_kind_occurs_and_most_stories_stand_alone(block: tuple[Records, Records]) -> None:
    """A block has all kinds of copies, templates, pasted background and roundups."""
    kinds = Counter(record["kind"] for record in block[1])

    assert set(kinds) == {*COPYINGS, "original", "template", "background", "roundup"}
    assert kinds["original"] > BLOCK / 2


def test_only_copies_stand_in_a_cluster_with_another(block: tuple[Records, Records]) -> None:
    """A copy has the cluster of its original, everything else one of its own."""
    cluster = {record["id"]: record["cluster"] for record in block[1]}

    for record in block[1]:
        if record["kind"] in COPYINGS:
            assert record["cluster"] == cluster[record["parent"]] == record["parent"]
        else:
            assert record["cluster"] == record["id"]


def test_stories_have_about_three_hundred_words(block: tuple[Records, Records]) -> None:
    """The mean of the originals lies between 280 and 340 words."""
    originals = {record["id"] for record in block[1] if record["kind"] == "original"}
    words = [len(record["text"].split()) for record in block[0] if record["id"] in originals]

    assert 280 < mean(words) < 340


def test_unrelated_stories_share_hardly_a_passage() -> None:
    """Of fifty stories with nothing to do with one another no two share a tenth of their 3-grams."""
    dice, words = Dice(3, 1), lexicon(3)
    texts = [write_story(dice, words).text for _ in range(50)]

    assert similar_pairs(texts, bound=0.1) == []


def test_the_law_of_the_lexicon_is_exact() -> None:
    """The table has 2**20 places, and the first word takes as many as the law gives it."""
    words = lexicon(1)

    counts = Counter(words.table.tolist())

    weights = [10**12 // (rank + 3) for rank in range(len(words.words))]
    assert len(words.table) == 2**TABLE_BITS
    assert counts[0] == weights[0] * 2**TABLE_BITS // sum(weights)
    assert len(set(words.words)) == len(words.words)


def test_edits_change_some_words_and_sign_off() -> None:
    """Of a story of 300 words 4 % are edited: most of its 3-grams stay."""
    dice, words = Dice(1, 1), lexicon(1)
    story = write_story(dice, words, low=300, high=300)

    copy = edited(dice, words, story)

    before, after = (set(grams.tolist()) for grams in gram_sets([story.text, copy.text]))
    assert copy.sentences[-1] == SIGN_OFF
    assert 0.5 < len(before & after) / len(before | after) < 1


def test_another_lead_keeps_the_rest() -> None:
    """One or two sentences are others, all after them are the story's."""
    copy = other_lead(Dice(1, 2), lexicon(1), STORY)

    assert copy.sentences[0] != STORY.sentences[0]
    assert copy.sentences[2:] == STORY.sentences[2:]
    assert copy.title != STORY.title


def test_a_cut_is_a_beginning() -> None:
    """Of six sentences two to five are kept, from the first on."""
    kept = {cut(Dice(1, key), lexicon(1), STORY).sentences for key in range(40)}

    assert {len(sentences) for sentences in kept} <= {2, 3, 4, 5}
    assert all(sentences == STORY.sentences[: len(sentences)] for sentences in kept)


def test_respacing_loses_every_half_space() -> None:
    """Half-spaces become nothing or a blank, and only they change."""
    texts = {respaced(Dice(1, key), lexicon(1), STORY).sentences[0] for key in range(40)}

    assert texts == {"یک میرود.", "یک می رود."}
    assert HALF_SPACE not in "".join(texts)


def test_an_arabic_keyboard_has_its_own_letters_and_digits() -> None:
    """Yeh, kaf and digits are those of Arabic."""
    copy = arabic_keyboard(Dice(1, 1), lexicon(1), STORY)

    assert copy.sentences[1] == "\u0643تاب \u0661\u0662 باز."
    assert copy.title == "ت\u064aتر"


def test_pasted_background_is_less_than_half() -> None:
    """A new event ends with the last third of the story."""
    copy = background(Dice(1, 1), lexicon(1), STORY)

    assert copy.sentences[-2:] == STORY.sentences[-2:]
    assert set(copy.sentences[:-2]).isdisjoint(STORY.sentences)
    assert len(copy.sentences) == 7


def test_a_roundup_holds_its_stories_whole() -> None:
    """It has every sentence of every story it contains, in order, under a sentence of its own."""
    dice, words = Dice(1, 1), lexicon(1)
    other = write_story(dice, words)

    whole = roundup(dice, words, [STORY, other])

    assert whole.sentences[1 : 1 + len(STORY.sentences)] == STORY.sentences
    assert whole.sentences[-len(other.sentences) :] == other.sentences
    assert len(whole.sentences) == 2 + len(STORY.sentences) + len(other.sentences)


def test_a_series_has_one_wording_and_many_facts() -> None:
    """Reports of a series differ in every sentence, and share most of their words."""
    first, second = write_series(Dice(1, 1), lexicon(1), 2)

    assert all(one != other for one, other in zip(first.sentences, second.sentences, strict=True))
    shared = set(first.text.split()) & set(second.text.split())
    assert len(shared) > len(set(first.text.split())) / 2


def test_dice_are_fair_and_repeat() -> None:
    """Six hundred throws give every side about a hundred times, and the same keys the same throws."""
    drawn = [[dice.below(6) for _ in range(600)] for dice in (Dice(1, 2), Dice(1, 2), Dice(1, 3))]

    assert drawn[0] == drawn[1] != drawn[2]
    assert sorted(Counter(drawn[0])) == [0, 1, 2, 3, 4, 5]
    assert all(60 < count < 140 for count in Counter(drawn[0]).values())
