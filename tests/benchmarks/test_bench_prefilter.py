"""The measurements of the pre-filter: what they fill, what they compare, when a check fails."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from benchmarks import prefilter
from benchmarks.prefilter_peers import _index, _offered
from benchmarks.prefilter_runs import COPIES, News, fill, notice, offer, teach
from dedup import PreFilter
from dedup.story_index.open_index import maintenance_of, open_index

STORED = 40


def is_filled(place: str) -> None:
    """See that an index was filled as if each story had been added."""
    fill(place, STORED)
    index = open_index(place, create=False)
    facts, faults = maintenance_of(index).facts(), list(maintenance_of(index).faults())
    index.close()
    run = offer(place, STORED, COPIES)
    with PreFilter.open(place) as opened:
        first = opened.check(News().story(3))

    assert (facts.stories, faults) == (STORED, [])
    assert (first.match, run["stored"], len(run["seconds"])) == ("s3", COPIES - 1, COPIES)


def test_a_file_is_filled_as_if_story_by_story(tmp_path: Path) -> None:
    """And one of ten offers is found to be a copy of what is there."""
    is_filled(str(tmp_path / "news.dedup"))


def test_a_taught_index_is_measured_with_what_it_knows(tmp_path: Path) -> None:
    """Stories that share nothing but the passage are new, and it is among what the index was taught."""
    place = str(tmp_path / "news.dedup")
    fill(place, 1)
    teach(place)
    run = offer(place, 1, COPIES - 2, closing=notice())
    index = open_index(place)
    with index.reading() as view:
        (passage,) = view.boilerplate.passages
    index.close()

    assert (passage.text, run["stored"]) == (notice(), COPIES - 2)


def test_a_server_is_filled_as_if_story_by_story(address: str) -> None:
    """Likewise."""
    pytest.importorskip("psycopg")
    is_filled(address)


@pytest.mark.parametrize("batch", [1, 7])
def test_a_load_drops_the_same_copies_whatever_its_batches(tmp_path: Path, batch: int) -> None:
    """A story of a batch is checked against those before it, by this index as by that of datasketch."""
    pytest.importorskip("datasketch")
    ours = offer(str(tmp_path / "news.dedup"), 0, STORED, batch)
    theirs = _offered(_index(None), 0, STORED, batch)

    assert (ours["stored"], theirs["stored"]) == (STORED - 2, STORED - 2)
    assert len(ours["seconds"]) == len(theirs["seconds"]) == -(-STORED // batch)


@contextmanager
def no_server() -> Iterator[None]:
    """Stand for a machine without PostgreSQL."""
    yield


@pytest.mark.parametrize(("allowed", "code"), [(1000.0, 0), (0.001, 1)])
def test_a_check_fails_beyond_a_floor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, allowed: float, code: int
) -> None:
    """Slower than so many times bare writing; a server that is not there is not measured."""
    floors = {
        "stories": 20,
        "offers": 5,
        "file_to_floor": allowed,
        "file_taught_to_floor": 1000,
        "file_bytes_a_story": 100_000,
    }
    path = tmp_path / "floors.json"
    path.write_text(json.dumps({"prefilter": floors}), encoding="utf-8")
    monkeypatch.setattr(prefilter, "FLOORS", path)
    monkeypatch.setattr(prefilter, "postgres_server", no_server)
    monkeypatch.delenv("DEDUP_EXPECT_POSTGRES", raising=False)

    assert prefilter.check() == code


def test_a_server_that_is_expected_and_not_there_fails_the_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that CI notices when the package is gone."""
    floors = {
        "stories": 20,
        "offers": 5,
        "file_to_floor": 1000,
        "file_taught_to_floor": 1000,
        "file_bytes_a_story": 100_000,
    }
    path = tmp_path / "floors.json"
    path.write_text(json.dumps({"prefilter": floors}), encoding="utf-8")
    monkeypatch.setattr(prefilter, "FLOORS", path)
    monkeypatch.setattr(prefilter, "postgres_server", no_server)
    monkeypatch.setenv("DEDUP_EXPECT_POSTGRES", "1")

    assert prefilter.check() == 1
