"""The pre-filter: what it answers, what it stores, who wins."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from unittest.mock import Mock

import pytest

from dedup import Answer, PreFilter, Recipe, Verdict, compare, find_duplicates, fold, shingle
from dedup.model import Document, Reason, ReasonKind
from dedup.model.errors import ReadingError, SettingError
from dedup.prefilter import lookup
from dedup.prefilter import prefilter as prefilter_module
from dedup.prefilter.index_keys import prepare_query
from dedup.story_index.open_index import open_index
from dedup.story_index.sqlite import SqliteIndex
from tests.made_up_news import reworded, story
from tests.report.test_made_up_archives import FURNITURE, archive

LONG = story(1, words=300)


@pytest.fixture
def prefilter(tmp_path: Path) -> Iterator[PreFilter]:
    """An empty index."""
    with PreFilter.open(tmp_path / "news.dedup") as opened:
        yield opened


def test_a_new_story_has_no_verdict_and_is_stored(prefilter: PreFilter) -> None:
    """And nothing else."""
    answer = prefilter.check_and_add({"id": "a", "text": LONG})

    assert (answer.id, answer.verdict, answer.match, answer.duplicate_of) == ("a", None, None, None)
    assert (answer.jaccard, answer.containment, answer.reasons) == (0.0, 0.0, ())
    assert answer.confidence == 1.0
    assert answer.stored
    assert answer.exact


def test_a_check_stores_nothing(prefilter: PreFilter) -> None:
    """Asking twice gives the same answer."""
    assert prefilter.check(LONG).verdict is None
    assert prefilter.check(LONG).verdict is None


def test_a_copy_is_named_and_not_stored(prefilter: PreFilter) -> None:
    """Verdict, scores and reasons are those of a comparison of the two texts."""
    copy = f"{story(99, words=2)} {LONG}"
    prefilter.add({"id": "a", "text": LONG})

    answer = prefilter.check_and_add({"id": "b", "text": copy})
    expected = compare(LONG, copy)

    assert expected.overlap is not None
    assert answer.verdict is expected.verdict is Verdict.NEAR_DUPLICATE
    assert (answer.duplicate_of, answer.stored, answer.exact) == ("a", False, True)
    assert answer.jaccard == pytest.approx(expected.overlap.jaccard, abs=1e-6)
    assert answer.containment == pytest.approx(expected.overlap.containment, abs=1e-6)
    sides = [str(reason).replace("left", "stored").replace("right", "offered") for reason in expected.reasons]
    assert list(map(str, answer.reasons)) == sides
    assert answer.first_seen is not None
    assert prefilter.check(copy).duplicate_of == "a"


def test_an_excerpt_is_contained_either_way_round(prefilter: PreFilter) -> None:
    """A brief inside a long text, whichever came first."""
    brief, whole = story(2, words=60), f"{story(3, words=400)} {story(2, words=60)} {story(4, words=400)}"
    other_brief = story(5, words=60)
    other_whole = f"{story(6, words=400)} {other_brief} {story(7, words=400)}"
    prefilter.add({"id": "brief", "text": brief})
    prefilter.add({"id": "whole", "text": other_whole})

    longer = prefilter.check(whole)
    shorter = prefilter.check(other_brief)

    assert (longer.verdict, longer.duplicate_of) == (Verdict.CONTAINED, "brief")
    assert (shorter.verdict, shorter.duplicate_of) == (Verdict.CONTAINED, "whole")


def test_shared_passages_are_told_but_no_copy(prefilter: PreFilter) -> None:
    """A partial story is new: it is stored, and is a duplicate of nothing."""
    shared = story(10, words=60)
    prefilter.add({"id": "a", "text": f"{story(11, words=120)} {shared}"})

    answer = prefilter.check_and_add({"id": "b", "text": f"{shared} {story(12, words=120)}"})

    assert (answer.verdict, answer.match) == (Verdict.PARTIAL, "a")
    assert answer.duplicate_of is None
    assert answer.stored


def test_equal_texts_are_identical_however_they_are_spelt(prefilter: PreFilter) -> None:
    """Marks, half-spaces and Arabic letters make no other text."""
    prefilter.add({"id": "a", "text": LONG})

    answer = prefilter.check(LONG.replace("ی", "ي").replace("ک", "ك").replace(" ", "  "))

    assert (answer.verdict, answer.jaccard, answer.containment) == (Verdict.IDENTICAL, 1.0, 1.0)
    assert (answer.reasons, answer.confidence) == ((Reason(ReasonKind.EQUAL),), 1.0)


@pytest.mark.parametrize("text", ["", " ", "خبر", "a" * 39, "…!؟"], ids=repr)
def test_what_is_too_short_matches_nothing(prefilter: PreFilter, text: str) -> None:
    """Neither itself nor another: it is never stored, and the answer says why."""
    first, second = (prefilter.check_and_add({"id": name, "text": text}) for name in "ab")

    assert first.verdict is second.verdict is None
    assert not first.stored
    assert str(second.reasons[0]).endswith("letters, too short to compare (40 are needed)")


@pytest.mark.once
def test_furniture_makes_no_copies(prefilter: PreFilter) -> None:
    """Two hundred short stories that end in the same forty words are two hundred stories."""
    answers = [
        prefilter.check_and_add({"id": str(number), "text": f"{story(number, words=60)} {FURNITURE}"})
        for number in range(200)
    ]

    assert all(answer.duplicate_of is None and answer.stored for answer in answers)


def test_crowded_keys_stop_growing(tmp_path: Path) -> None:
    """A passage at the end of every story leads to at most as many stories as a bucket may have."""
    ending = story(999, words=40)
    index = SqliteIndex(tmp_path / "crowd", recipe=Recipe(bucket_cap=4))
    with PreFilter(index) as prefilter:
        for number in range(20):
            prefilter.add({"id": str(number), "text": f"{story(number, words=300)} {ending}"})
        with index.reading() as view:
            keys = prepare_query(ending, Recipe()).lookup_keys
            rows = view.sharing(keys)

    longest = max(sum(key == wanted for key, _ in rows) for wanted in keys)
    assert longest == 4


def test_adding_stores_whatever_is_there(prefilter: PreFilter) -> None:
    """A copy under another id is stored beside it; the same id and text are stored once."""
    first = prefilter.add({"id": "a", "text": LONG})
    copy = prefilter.add({"id": "b", "text": LONG})
    again = prefilter.add({"id": "a", "text": LONG})

    assert (first.stored, copy.stored, again.stored) == (True, True, False)
    assert [found.match for found in prefilter.matches(LONG)] == ["a", "b"]


def test_the_answer_names_the_most_telling_story(prefilter: PreFilter) -> None:
    """A copy comes before an excerpt, and that before a shared passage."""
    prefilter.add({"id": "part", "text": " ".join(LONG.split()[:60]) + " " + story(20, words=200)})
    prefilter.add({"id": "excerpt", "text": " ".join(LONG.split()[:100])})
    prefilter.add({"id": "copy", "text": reworded(LONG, every=60)})

    assert prefilter.check(LONG).match == "copy"
    assert [found.match for found in prefilter.matches(LONG)] == ["copy", "excerpt", "part"]


@pytest.mark.once
def test_a_crowd_is_answered_from_a_part_of_it_and_says_so(tmp_path: Path) -> None:
    """Forty reports of one form: some are measured, the rest are ruled out by the estimate."""
    form = story(30, words=200).split()
    reports = [
        " ".join(f"{word} {number}{place}77" if place % 4 == 0 else word for place, word in enumerate(form))
        for number in range(60)
    ]
    with PreFilter.open(tmp_path / "crowd") as prefilter:
        for number, report in enumerate(reports[:-1]):
            prefilter.add({"id": str(number), "text": report})
        answer = prefilter.check(reports[-1])
        few = prefilter.check(story(31))

    assert len(reports) - 1 > lookup.MEASURED
    assert not answer.exact
    assert few.exact


@pytest.mark.parametrize(("stored", "exact"), [(8, True), (9, False)])
def test_an_answer_that_judged_a_part_of_the_crowd_says_so(
    tmp_path: Path, stored: int, *, exact: bool
) -> None:
    """Of nine reports of one form all are measured, eight are judged, and none of these is a copy."""
    form = story(32, words=200).split()
    reports = [
        " ".join(f"{number}{place}" if place % 16 == 0 else word for place, word in enumerate(form))
        for number in range(100, 101 + stored)
    ]
    with PreFilter.open(tmp_path / "form") as prefilter:
        for number, report in enumerate(reports[:-1]):
            prefilter.add({"id": str(number), "text": report})
        answer = prefilter.check(reports[-1])

    assert answer.verdict is not None
    assert not answer.verdict.joins
    assert answer.exact is exact


def test_a_brief_with_two_words_changed_is_found(prefilter: PreFilter) -> None:
    """Fifteen words have two fingerprints, and the changes may hit both; the lowest shingles are keys too."""
    briefs = [story(number, words=15).split() for number in range(50, 90)]
    for number, brief in enumerate(briefs):
        prefilter.add({"id": str(number), "text": " ".join(brief)})

    edited = [" ".join((*brief[:4], "سیمرغ", *brief[5:11], "ققنوس", *brief[12:])) for brief in briefs]

    assert [prefilter.check(text).match for text in edited] == [str(number) for number in range(len(briefs))]


def test_what_has_no_id_is_called_by_its_address_or_its_text(prefilter: PreFilter) -> None:
    """So that it can be named later; the number 0 is an id."""
    by_text = prefilter.add(story(40)).id

    assert prefilter.add({"url": "https://news.invalid/1", "text": story(41)}).id == "https://news.invalid/1"
    assert prefilter.add({"id": 0, "text": story(42)}).id == "0"
    assert prefilter.add(Document(id="given", text=story(43))).id == "given"
    assert by_text.startswith("text-")
    assert prefilter.check(story(40)).match == by_text


def test_half_characters_are_stored_as_replacements(prefilter: PreFilter) -> None:
    """JSON can spell them; no database stores them."""
    prefilter.add({"id": "a\ud800", "source": "\udc00", "text": LONG + "\ud83d"})

    assert prefilter.check(LONG).match == "a\ufffd"


def test_an_item_without_text_is_refused(prefilter: PreFilter) -> None:
    """With the words of the reader."""
    with pytest.raises(ReadingError, match="item 0 has no string under 'text'"):
        prefilter.check({"id": "a", "body": LONG})
    with pytest.raises(ReadingError, match="item 1 has no string under 'text'"):
        prefilter.check_and_add_many([{"text": LONG}, {"id": "b"}])
    assert prefilter.size().stories == 0


def test_what_does_not_last_is_no_index() -> None:
    """Nor is a name where an open index is expected."""
    name = ":memory:"
    with pytest.raises(SettingError, match="an index lasts"):
        PreFilter.open(name)
    with pytest.raises(SettingError, match=r"use `PreFilter\.open`"):
        PreFilter(name)  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", [0, 3])
def test_a_stream_has_the_joined_pairs_of_the_report(tmp_path: Path, seed: int) -> None:
    """With the same verdicts and scores, though the index sees one story at a time.

    Alerts of fewer than 32 shingles that come after the longer story that holds them may be missed, and so
    may copies of which less than half is shared: an index stores few shingles of each story. Each text comes
    once: of documents with one text the report takes the first, with its date, source and title.
    """
    long_enough = [document for document in archive(seed) if fold(document.text).letters >= 40]
    documents = [*{str(fold(document.text)): document for document in long_enough}.values()]
    report = find_duplicates(documents, recipe=Recipe(rank=False, boilerplate=0))
    streamed = {}
    with PreFilter.open(tmp_path / "news.dedup") as prefilter:
        for document in documents:
            for found in prefilter.matches(document):
                assert found.match is not None
                left, right = sorted((document.id, found.match))
                streamed[left, right] = (found.verdict, found.jaccard, found.containment)
            prefilter.add(document)

    expected = {
        (pair.left, pair.right): (pair.verdict, pair.jaccard, pair.containment)
        for pair in report.pairs
        if pair.verdict.joins
    }
    named = {document.id: document for document in documents}
    certain = {
        pair: said
        for pair, said in expected.items()
        if shingle(fold(named[pair[1]].text)).size >= 32 and said[2] >= 0.5
    }
    joined = {pair: said for pair, said in streamed.items() if said[0] and said[0].joins}
    assert len(certain) > 5
    assert {pair: joined.get(pair) for pair in certain} == certain
    for (left, right), said in joined.items():
        measured = compare(named[left], named[right])
        assert measured.overlap is not None
        assert (said[0], said[1]) == (measured.verdict, round(measured.overlap.jaccard, 6))


def test_a_batch_is_answered_as_if_one_by_one(prefilter: PreFilter) -> None:
    """A copy later in the batch is a copy of the one before; short ones keep their places."""
    answers = prefilter.check_and_add_many(
        [{"id": "a", "text": LONG}, "short", {"id": "b", "text": LONG}, {"id": "c", "text": story(50)}]
    )

    assert [answer.duplicate_of for answer in answers] == [None, None, "a", None]
    assert [answer.stored for answer in answers] == [True, False, False, True]


def test_threads_have_one_winner_a_story(prefilter: PreFilter) -> None:
    """Four threads offer the same thirty stories under their own ids."""
    won: list[str] = []

    def offer(name: str) -> None:
        offers = (prefilter.check_and_add({"id": f"{name}{n}", "text": story(n)}) for n in range(30))
        won.extend(answer.id[1:] for answer in offers if answer.stored)

    threads = [threading.Thread(target=offer, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(won, key=int) == [str(number) for number in range(30)]


def test_a_tag_holds_what_the_filter_writes() -> None:
    """`duplicate_of` only for a copy."""
    answer = Answer(
        "a", Verdict.PARTIAL, match="b", jaccard=0.2, containment=0.3, reasons=(Reason(ReasonKind.EQUAL),)
    )

    assert answer.as_tag() == {
        "verdict": "partial",
        "duplicate_of": None,
        "match": "b",
        "relation": "new",
        "cluster_id": None,
        "cluster_size": 0,
        "longer": 0.0,
        "confidence": 1.0,
        "changed": [],
        "drops": False,
        "jaccard": 0.2,
        "containment": 0.3,
        "reasons": ["the folded texts are equal"],
    }


@pytest.mark.parametrize("window", ["2d", 172_800, timedelta(days=2)])
def test_a_window_may_be_written_as_on_the_command_line(
    tmp_path: Path, window: str | float | timedelta, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two days, in milliseconds."""
    opened = Mock(wraps=open_index)
    monkeypatch.setattr(prefilter_module, "open_index", opened)

    PreFilter.open(tmp_path / "a.dedup", window=window).close()

    assert opened.call_args.kwargs["window"] == 172_800_000


@pytest.mark.parametrize("window", ["2w", "", 0, -1.0, float("nan")])
def test_a_window_that_is_none_is_refused(tmp_path: Path, window: str | float) -> None:
    """The error says what is allowed."""
    with pytest.raises(SettingError, match=r"window=.* expected a time such as 30d, 12h, 90m or 45s"):
        PreFilter.open(tmp_path / "a.dedup", window=window)
    assert not (tmp_path / "a.dedup").exists()
