"""Versions of a developing story: a row of members that grows, and none where no member adds anything."""

from collections.abc import Sequence

import pytest

from dedup import Recipe, Report, find_duplicates
from tests.made_up_news import reworded, story

RECIPE = Recipe(rank=False)
PARAGRAPHS = [story(number, words=60) for number in range(5)]
UPDATES = ["\n".join(PARAGRAPHS[: count + 2]) for count in range(4)]


def reported(texts: Sequence[str], dates: Sequence[str] | None = None) -> Report:
    """Report on texts that came out an hour apart, named v0, v1 and so on."""
    dates = dates or [f"2024-05-01T{hour:02}:00:00" for hour in range(len(texts))]
    rows = [{"id": f"v{n}", "text": text, "published": dates[n]} for n, text in enumerate(texts)]
    report = find_duplicates(rows, recipe=RECIPE)
    assert find_duplicates(rows[::-1], recipe=RECIPE) == report
    return report


def versions(report: Report) -> list[tuple[str, ...]]:
    """Return the versions of each cluster."""
    return [cluster.versions for cluster in report.clusters]


def test_five_updates_are_five_versions() -> None:
    """A brief, then a new paragraph each hour: 60 words to 300, the whole of the last hour kept."""
    report = reported([PARAGRAPHS[0], *UPDATES])

    assert versions(report) == [("v0", "v1", "v2", "v3", "v4")]


def test_a_new_lead_makes_a_version_too() -> None:
    """News is put in front: what was there stays."""
    report = reported([UPDATES[1], f"{PARAGRAPHS[4]}\n{UPDATES[1]}"])

    assert versions(report) == [("v0", "v1")]


def test_copies_between_the_updates_are_no_versions() -> None:
    """Somebody repeats the first version after the second, another rewords the second lightly."""
    texts = [UPDATES[0], UPDATES[1], UPDATES[0] + " agency", reworded(UPDATES[1], every=40), UPDATES[2]]

    assert versions(reported(texts)) == [("v0", "v1", "v4")]


@pytest.mark.parametrize(
    "texts",
    [
        [UPDATES[2], UPDATES[2], UPDATES[2]],
        [UPDATES[2], reworded(UPDATES[2], every=20), "agency reports " + UPDATES[2]],
        [UPDATES[2], f"{story(9, words=8)} {UPDATES[2].split(' ', 8)[8]}"],
        [UPDATES[2], UPDATES[1], UPDATES[0]],
        [UPDATES[2], UPDATES[0], UPDATES[1]],
        [UPDATES[2].replace(" ", "\u200c", 150), UPDATES[2]],
    ],
    ids=["verbatim", "reworded", "another lead", "cuts", "a short cut, then a longer one", "respaced"],
)
def test_plain_copies_are_no_versions(texts: list[str]) -> None:
    """Nobody adds a tenth."""
    assert versions(reported(texts)) == [()]


@pytest.mark.parametrize(("words", "expected"), [(15, ()), (30, ("v0", "v1"))])
def test_a_version_adds_a_tenth(words: int, expected: tuple[str, ...]) -> None:
    """To 240 words fifteen more are a sign-off, thirty are news."""
    assert versions(reported([UPDATES[2], f"{UPDATES[2]} {story(9, words=words)}"])) == [expected]


@pytest.mark.parametrize("dates", [["2024-05-01"] * 2, ["", ""], ["2024-05-01", ""]])
def test_versions_need_an_order_of_time(dates: list[str]) -> None:
    """The same day, no date, one date: which one extended the other is unknown."""
    assert versions(reported(UPDATES[:2], dates)) == [()]


def test_the_first_of_equal_texts_is_the_version() -> None:
    """Both versions are repeated verbatim at once; the repeats are copies."""
    texts = [UPDATES[0], UPDATES[0], UPDATES[1], UPDATES[1]]

    assert versions(reported(texts)) == [("v0", "v2")]


def test_a_roundup_is_no_version() -> None:
    """It has two stories that no other document has together, and is in both clusters."""
    other = story(7, words=120)

    report = reported([UPDATES[0], other, f"{UPDATES[0]}\n{other}"])

    assert [len(cluster.members) for cluster in report.clusters] == [2, 2]
    assert versions(report) == [(), ()]


def test_the_first_64_texts_of_a_cluster_may_be_versions() -> None:
    """The story grows after 62 copies and once more after the 64th text, which is not examined."""
    base = story(0, words=120)
    others = [f"{base} desk {n // 8 * 'a'}b{n % 8 * 'c'}" for n in range(62)]
    second = f"{base}\n{PARAGRAPHS[1]}"
    dates = [f"2024-05-{1 + hour // 24:02}T{hour % 24:02}:00:00" for hour in range(65)]

    report = reported([base, *others, second, f"{second}\n{PARAGRAPHS[2]}"], dates)

    assert versions(report) == [("v0", "v63")]
