"""Clusters of stored stories: what is recorded of the copies of a story, and asked."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from dedup import PreFilter
from dedup.cli.main import main
from dedup.prefilter.checked_export import checked_export
from dedup.prefilter.export_index import export_lines
from dedup.prefilter.import_stories import import_stories
from dedup.prefilter.stored_story import StoryCluster
from dedup.story_index import protocol
from dedup.story_index.open_index import open_index
from tests.made_up_news import reworded, story

ALERT = story(1, words=60)
REPORT = f"{ALERT} {story(2, words=300)}"


@pytest.fixture(params=["file", "server"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where an index is to be made."""
    if request.param == "file":
        return str(tmp_path / "news.dedup")
    return str(request.getfixturevalue("address"))


@pytest.fixture
def prefilter(place: str) -> Iterator[PreFilter]:
    """An empty index."""
    with PreFilter.open(place) as opened:
        yield opened


def offered(prefilter: PreFilter, identity: str, text: str, **rest: str) -> tuple[str | None, int]:
    """Offer a story; gives id and size of its cluster."""
    answer = prefilter.check_and_add({"id": identity, "text": text, **rest})
    return answer.cluster_id, answer.cluster_size


def cluster(prefilter: PreFilter, name: str) -> StoryCluster:
    """The cluster of the only story of a name."""
    (found,) = prefilter.find(name)
    return found.cluster


def test_every_answer_has_its_cluster(prefilter: PreFilter) -> None:
    """A new story begins one; copies and longer versions join it; who comes again is counted once."""
    assert offered(prefilter, "a", ALERT) == ("a", 1)
    assert offered(prefilter, "b", f"{ALERT} more") == ("a", 2)
    assert offered(prefilter, "b", f"{ALERT} more") == ("a", 2)
    assert offered(prefilter, "a", ALERT) == ("a", 2)
    assert offered(prefilter, "report", REPORT) == ("a", 3)
    assert offered(prefilter, "c", REPORT) == ("a", 4)
    assert offered(prefilter, "other", story(9)) == ("other", 1)
    assert prefilter.check({"id": "z", "text": REPORT}).cluster_size == 4
    assert [each.cluster_size for each in prefilter.matches({"id": "z", "text": ALERT})] == [4, 4]
    short = prefilter.check("short")
    assert (short.cluster_id, short.cluster_size) == (None, 0)


def test_a_cluster_tells_who_copied_when(prefilter: PreFilter) -> None:
    """Stored stories first, then copies; also asked by the id or the URL of a copy."""
    offered(prefilter, "a", ALERT, source="wire")
    offered(prefilter, "b", ALERT, source="paper", url="https://paper.invalid/b")
    offered(prefilter, "report", REPORT, source="wire")
    found = cluster(prefilter, "a")

    assert (found.id, found.size) == ("a", 3)
    assert [(each.id, each.source, each.url, each.verdict, each.stored) for each in found.members] == [
        ("a", "wire", "", None, True),
        ("report", "wire", "", None, True),
        ("b", "paper", "https://paper.invalid/b", "identical", False),
    ]
    assert all(each.first_seen <= each.last_seen for each in found.members)
    for name in ("b", "https://paper.invalid/b"):
        assert [each.id for each in prefilter.find(name)] == ["a", "report"]
    assert prefilter.delete("b") == 1
    assert cluster(prefilter, "a").size == 2


def test_an_update_stays_in_its_cluster(prefilter: PreFilter) -> None:
    """Under the same name, first seen when the earlier version was, also after that is gone."""
    offered(prefilter, "a", REPORT)
    offered(prefilter, "b", f"{REPORT} more")
    (before,) = prefilter.find("a")
    assert offered(prefilter, "a", reworded(REPORT, every=20)) == ("a", 2)
    (after,) = prefilter.find("a")

    assert after.text != before.text
    assert after.first_seen == before.first_seen
    assert [each.id for each in after.cluster.members] == ["a", "b"]


def test_copies_go_with_the_last_story_of_their_cluster(prefilter: PreFilter) -> None:
    """The first may go, and its name stays; a number that is used again has no copies of old."""
    offered(prefilter, "a", ALERT)
    offered(prefilter, "report", REPORT)
    offered(prefilter, "b", ALERT)
    prefilter.delete("a")
    assert cluster(prefilter, "report").id == "a"
    assert [each.id for each in cluster(prefilter, "report").members] == ["report", "b"]
    prefilter.delete("report")
    assert prefilter.find("b") == ()
    assert offered(prefilter, "new", ALERT) == ("new", 1)


def test_a_released_story_takes_its_copies_along(prefilter: PreFilter) -> None:
    """They were dropped for nothing, and are new when they come again."""
    ticket = prefilter.check_and_add({"id": "a", "text": ALERT}, hold=True).ticket
    offered(prefilter, "b", ALERT)
    prefilter.release([ticket or ""])

    assert offered(prefilter, "b", ALERT) == ("b", 1)


def test_a_cluster_records_so_many_copies(prefilter: PreFilter, monkeypatch: pytest.MonkeyPatch) -> None:
    """A notice that is offered every day for years does not fill the index."""
    monkeypatch.setattr("dedup.story_index.sqlite.sqlite_clusters.COPIES", 3)
    monkeypatch.setattr("dedup.story_index.postgres.postgres_clusters.COPIES", 3)
    sizes = [offered(prefilter, f"{number}", ALERT)[1] for number in range(6)]

    assert protocol.COPIES == 1000
    assert sizes == [1, 2, 3, 4, 4, 4]
    assert cluster(prefilter, "0").members[0].id == "0"


def test_clusters_travel_with_an_export(prefilter: PreFilter, place: str, tmp_path: Path) -> None:
    """With their names, copies and times."""
    offered(prefilter, "a", ALERT)
    offered(prefilter, "report", REPORT)
    offered(prefilter, "b", ALERT)
    prefilter.delete("a")
    offered(prefilter, "longer", f"{REPORT} {story(4, words=300)}")
    prefilter.close()
    index, other = open_index(place), open_index(tmp_path / "other.dedup")
    lines = [*export_lines(index)]
    for expected in ((2, 0), (0, 2)):
        with checked_export(lines) as export:
            assert import_stories(other, export) == expected
    with PreFilter(index) as before, PreFilter(other) as after:
        assert after.find("b") == before.find("b")
        assert cluster(after, "longer") == cluster(before, "longer")
        assert offered(after, "c", REPORT) == ("a", 4)


@pytest.mark.parametrize(
    "fields",
    [
        {"copies": [{"id": "b"}]},
        {"copies": {}},
        {"cluster": "1"},
        {"cluster_id": 1},
        {"copies": [{"id": "b", "source": "", "url": 1, "verdict": "", "first_seen": 1, "last_seen": 1}]},
    ],
)
def test_an_export_with_odd_clusters_is_not_imported(tmp_path: Path, fields: dict[str, object]) -> None:
    """The line is named, and nothing is stored."""
    row = {"id": "a", "text": ALERT, "first_seen": 1, "last_seen": 1, **fields}
    (tmp_path / "odd.jsonl").write_text(
        f'{{"schema": "dedup-index/1"}}\n{json.dumps(row)}\n', encoding="utf-8"
    )

    assert main(["index", "import", str(tmp_path / "news.dedup"), str(tmp_path / "odd.jsonl")]) == 2
    with PreFilter.open(tmp_path / "news.dedup") as prefilter:
        assert prefilter.size().stories == 0
