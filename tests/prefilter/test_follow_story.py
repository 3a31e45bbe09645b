"""A story grows: the same again, changed, longer, and which of it passes."""

from collections.abc import Iterator
from pathlib import Path
from unittest.mock import Mock

import pytest

from dedup import PreFilter, Verdict
from dedup.model.errors import SettingError, TicketError
from dedup.prefilter import follow_story
from dedup.prefilter.answer import Relation
from dedup.story_index.sqlite.sqlite_view import SqliteView
from tests.made_up_news import reworded, story

ALERT = story(1, words=60)
REPORT = f"{ALERT} {story(2, words=300)}"
OTHER = story(3, words=200)


@pytest.fixture
def prefilter(tmp_path: Path) -> Iterator[PreFilter]:
    """An empty index with the default policy."""
    with PreFilter.open(tmp_path / "news.dedup") as opened:
        yield opened


def seen(prefilter: PreFilter, **item: str) -> tuple[str, str | None, bool, bool]:
    """Offer a story; gives its relation, its match, whether it may be dropped and whether it was stored."""
    answer = prefilter.check_and_add(item)
    return str(answer.relation), answer.match, answer.drops, answer.stored


def test_a_story_that_grew_passes_and_is_what_others_are_compared_with(prefilter: PreFilter) -> None:
    """The alert comes first, the report of another agency contains it; then a copy of the report is one."""
    prefilter.check_and_add({"id": "alert", "text": ALERT})
    report = prefilter.check_and_add({"id": "report", "text": REPORT})

    assert (report.relation, report.match, report.duplicate_of) == (Relation.EXTENDS, "alert", "alert")
    assert (report.verdict, report.drops, report.stored) == (Verdict.CONTAINED, False, True)
    assert report.longer > 3
    assert seen(prefilter, id="copy", text=f"{REPORT} {story(9, words=3)}") == ("copy", "report", True, False)
    brief = prefilter.check({"id": "brief", "text": ALERT[: len(ALERT) * 3 // 4]})
    assert (brief.relation, brief.longer < 0) == (Relation.COPY, True)


@pytest.mark.parametrize(("words", "passes"), [(4, False), (7, True)])
def test_a_tenth_is_what_makes_a_version(prefilter: PreFilter, words: int, *, passes: bool) -> None:
    """Of 60 words four more are a copy, seven more a version."""
    prefilter.check_and_add({"id": "a", "text": ALERT})
    answer = prefilter.check_and_add({"id": "b", "text": f"{ALERT} {story(4, words=words)}"})

    assert answer.longer == pytest.approx(words / 60, abs=0.03)
    assert (answer.relation is Relation.EXTENDS, answer.stored) == (passes, passes)


@pytest.mark.parametrize("end", [True, False])
def test_a_copy_with_news_of_its_own_passes_however_short_that_is(prefilter: PreFilter, *, end: bool) -> None:
    """Fifteen words at the end or in the middle of two hundred: nobody would see them otherwise."""
    news, words = story(4, words=15), OTHER.split()
    prefilter.check_and_add({"id": "a", "text": OTHER})
    pieces = [OTHER, news] if end else [*words[:100], news, *words[100:]]

    assert seen(prefilter, id="b", text=" ".join(pieces)) == ("copy", "a", False, True)


def test_the_same_story_polled_again_is_the_same(prefilter: PreFilter) -> None:
    """By its id, by its URL under another id, or by its text and source if it has neither."""
    for number in range(3):
        first = number == 0
        assert seen(prefilter, id="a", text=ALERT) == (
            "same" if not first else "new",
            None if first else "a",
            not first,
            first,
        )
        url = seen(prefilter, id=f"{number}", url="https://a.invalid/1", text=OTHER)
        assert url[0] == ("new" if first else "same")
        bare = prefilter.check_and_add({"text": story(5)})
        assert (bare.relation, bare.duplicate_of, bare.stored) == ("new" if first else "same", None, first)
    elsewhere = prefilter.check_and_add({"text": story(5), "source": "another"})
    assert elsewhere.relation is Relation.COPY


def test_a_story_polled_again_is_no_copy_in_its_cluster(prefilter: PreFilter) -> None:
    """A copy under another id is."""
    sizes = [prefilter.check_and_add({"id": name, "text": OTHER}).cluster_size for name in "aabb"]

    assert sizes == [1, 1, 2, 2]


def test_a_changed_text_under_the_same_id_replaces_the_earlier(prefilter: PreFilter) -> None:
    """It passes, with what was changed; the index then has the newest text alone."""
    changed = reworded(OTHER, every=20)
    prefilter.check_and_add({"id": "a", "text": OTHER})
    answer = prefilter.check_and_add({"id": "a", "text": changed})

    assert (answer.relation, answer.match, answer.duplicate_of) == (Relation.UPDATED, "a", None)
    assert (answer.drops, answer.stored) == (False, True)
    assert answer.reasons
    assert [found.verdict for found in prefilter.matches(changed)] == [Verdict.IDENTICAL]
    assert seen(prefilter, id="a", text=changed)[0] == "same"


def test_an_update_keeps_what_it_does_not_say(prefilter: PreFilter) -> None:
    """Found by its address, it is known by the address and the source of the earlier text."""
    known = {"url": "https://a.invalid/1", "source": "wire", "published": "2024-01-08"}
    prefilter.check_and_add({"id": "a", "text": OTHER, **known})
    prefilter.check_and_add({"id": "a", "text": reworded(OTHER, every=20)})

    (stored,) = prefilter.find("https://a.invalid/1")

    assert (stored.id, stored.source, stored.published) == ("a", "wire", "2024-01-08")


@pytest.mark.parametrize("outcome", ["kept", "released"])
def test_an_update_on_hold_replaces_the_earlier_once_it_is_kept(prefilter: PreFilter, outcome: str) -> None:
    """Released, it leaves the earlier one as it was."""
    prefilter.check_and_add({"id": "a", "text": OTHER})
    changed = reworded(OTHER, every=20)
    ticket = prefilter.check_and_add({"id": "a", "text": changed}, hold=True).ticket or ""
    (prefilter.keep if outcome == "kept" else prefilter.release)([ticket])

    assert seen(prefilter, id="a", text=changed if outcome == "kept" else OTHER)[0] == "same"
    assert len(prefilter.matches(OTHER)) == 1


def test_an_update_of_an_update_on_hold_replaces_both(prefilter: PreFilter) -> None:
    """Whichever is kept first: no earlier text stays beside the newest."""
    prefilter.check_and_add({"id": "a", "text": OTHER})
    second = prefilter.check_and_add({"id": "a", "text": reworded(OTHER, every=20)}, hold=True)
    third = prefilter.check_and_add({"id": "a", "text": f"{OTHER} {ALERT}"}, hold=True)
    prefilter.keep([third.ticket or ""])

    assert [found.text for found in prefilter.find("a")] == [f"{OTHER} {ALERT}"]
    with pytest.raises(TicketError):
        prefilter.keep([second.ticket or ""])


def test_an_id_that_was_given_to_another_text_gets_a_number(prefilter: PreFilter) -> None:
    """The answer names it, and offered again it is the same."""
    texts = [story(number) for number in (10, 11, 12)]
    ids = [prefilter.check_and_add({"id": "a", "text": text}).id for text in texts]

    assert ids == ["a", "a#2", "a#3"]
    assert [seen(prefilter, id="a", text=text)[:2] for text in texts] == [
        ("same", "a"),
        ("same", "a#2"),
        ("same", "a#3"),
    ]


def test_a_story_under_a_numbered_id_is_followed_too(prefilter: PreFilter) -> None:
    """Changed, it is no copy of itself: it passes, and replaces its earlier text under the same number."""
    for number in (10, 11):
        prefilter.check_and_add({"id": "a", "text": story(number, words=200)})
    changed = prefilter.check_and_add({"id": "a", "text": reworded(story(11, words=200), every=20)})

    assert (changed.relation, changed.id, changed.match) == (Relation.UPDATED, "a#2", "a#2")
    assert (changed.drops, changed.stored) == (False, True)
    assert len(prefilter.find("a#2")) == 1


def test_many_texts_under_one_id_or_url_cost_no_more_than_a_few(
    prefilter: PreFilter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Forty texts under each: the last is compared with sixteen, and its number is found in a few steps."""
    for number in range(40):
        prefilter.check_and_add({"id": "a", "text": story(100 + number)})
        prefilter.check_and_add({"id": f"{number}", "url": "https://a.invalid/", "text": story(200 + number)})
    asked = Mock(wraps=SqliteView.named)
    monkeypatch.setattr(SqliteView, "named", lambda *given: asked(*given))  # noqa: PLW0108 - a method
    compared = Mock(wraps=follow_story.find_among)
    monkeypatch.setattr(follow_story, "find_among", compared)
    answer = prefilter.check_and_add({"id": "a", "url": "https://a.invalid/", "text": story(300)})

    assert answer.id == "a#41"
    assert len(compared.call_args.kwargs["stories"]) == 17
    assert asked.call_count < 15
    assert prefilter.delete("https://a.invalid/") == 41


@pytest.mark.parametrize(
    ("versions", "longer", "changed"),
    [("follow", True, True), ("longest", True, False), ("first", False, False)],
)
def test_the_policy_says_which_versions_pass(
    tmp_path: Path, versions: str, *, longer: bool, changed: bool
) -> None:
    """A longer copy, a longer update and a changed text; what is six times as long passes."""
    with PreFilter.open(tmp_path / "news.dedup", versions=versions) as prefilter:
        prefilter.check_and_add({"id": "a", "text": ALERT})
        prefilter.check_and_add({"id": "b", "text": OTHER})
        prefilter.check_and_add({"id": "c", "text": story(7, words=200)})
        answers = [
            prefilter.check_and_add({"id": "x", "text": f"{ALERT} {story(2, words=30)}"}),
            prefilter.check_and_add({"id": "b", "text": f"{OTHER} {story(8, words=40)}"}),
            prefilter.check_and_add({"id": "c", "text": reworded(story(7, words=200), every=20)}),
        ]
        contains = prefilter.check({"id": "y", "text": REPORT})

    assert (contains.relation, contains.drops) == (Relation.EXTENDS, False)
    assert [not answer.drops for answer in answers] == [longer, longer, changed]
    assert [answer.stored for answer in answers] == [longer, longer, changed]


def test_an_unknown_policy_is_refused(tmp_path: Path) -> None:
    """With those that there are."""
    with pytest.raises(SettingError, match="expected first, longest, follow"):
        PreFilter.open(tmp_path / "news.dedup", versions="all")
