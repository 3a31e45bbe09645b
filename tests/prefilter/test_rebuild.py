"""`rebuild`: an index gets other keys while others go on using it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from dedup import PreFilter
from dedup.model.errors import IndexFileError
from dedup.model.recipe import Recipe
from dedup.prefilter.checked_export import checked_export
from dedup.prefilter.export_index import export_lines
from dedup.prefilter.import_stories import import_stories
from dedup.prefilter.rebuild_index import rebuild
from dedup.story_index import rebuild_steps
from dedup.story_index.open_index import is_address, maintenance_of, open_index
from dedup.story_index.sqlite.sqlite_rekeying import SqliteRekeying
from tests.made_up_news import reworded, story

SPARSER = Recipe(winnow=32)
TEXTS = [story(number, words=words) for number, words in enumerate([12, 40, 60, 90, 150, 300, 700] * 3)]
SHARED = story(99, words=30)

type Contents = tuple[list[tuple[object, ...]], ...]


@pytest.fixture(params=["file", "server"])
def place(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Where an index may be made; its stories are changed two at a time."""
    monkeypatch.setattr(rebuild_steps, "AT_ONCE", 2)
    if request.param == "server":
        pytest.importorskip("psycopg")
        return str(request.getfixturevalue("address"))
    return str(tmp_path / "news.dedup")


def filled(place: str, recipe: Recipe) -> None:
    """Make an index whose stories share a passage; one has gone again."""
    with PreFilter.open(place, recipe=recipe) as prefilter:
        for number, text in enumerate(TEXTS):
            prefilter.add({"id": f"s{number}", "text": f"{SHARED} {text}"})
        prefilter.delete("s5")


def contents(index: Any) -> Contents:  # noqa: ANN401 - of either back end
    """Return the keys of the stories by their ids: how many, which, and those under which each is found."""
    with index.reading() as view:
        connection = view.connection
        ids = dict(connection.execute("SELECT seq, id FROM stories").fetchall())
        sizes = connection.execute("SELECT id, keys FROM stories ORDER BY id").fetchall()
        chosen = connection.execute("SELECT seq, keys FROM texts").fetchall()
        keys = [
            memoryview(keys).cast("i").tolist() if isinstance(keys, bytes) else keys for _, keys in chosen
        ]
        indexed = {key for (key,) in connection.execute("SELECT key FROM postings").fetchall()}
        postings = view.sharing(indexed.union(*keys))
    return (
        sorted(sizes),
        sorted((ids[seq], *own) for (seq, _), own in zip(chosen, keys, strict=True)),
        sorted((key, ids[abs(number)], number > 0) for key, number in postings),
    )


def from_scratch(index: Any, folder: Path) -> Contents:  # noqa: ANN401
    """Return the contents of a new index with the same stories and recipe."""
    new = open_index(folder / "scratch.dedup", recipe=index.recipe)
    with checked_export(export_lines(index)) as export:
        import_stories(new, export)
    try:
        return contents(new)
    finally:
        new.close()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Recipe(), SPARSER),
        (SPARSER, Recipe()),
        (Recipe(), Recipe(letters=12)),
        (Recipe(), Recipe(bucket_cap=3)),
        (Recipe(bucket_cap=3), Recipe()),
    ],
)
def test_a_rebuilt_index_is_that_of_the_new_recipe(
    place: str, tmp_path: Path, before: Recipe, after: Recipe
) -> None:
    """Story by story and key by key, as if it had been made with it."""
    filled(place, before)
    index = open_index(place)
    earlier = contents(index)

    assert rebuild(index, after) == len(TEXTS) - 1
    assert contents(index) == from_scratch(index, tmp_path) != earlier
    assert list(maintenance_of(index).faults()) == []
    index.close()


def between_steps(monkeypatch: pytest.MonkeyPatch, place: str, act: Callable[[], object]) -> None:
    """Do something else before each step."""
    kind: type[rebuild_steps.Rekeying] = SqliteRekeying
    if is_address(place):
        from dedup.story_index.postgres.postgres_rekeying import PostgresRekeying

        kind = PostgresRekeying
    step = kind.texts_after

    def texts_after(own: Any, number: int, most: int) -> list[tuple[int, bytes]]:  # noqa: ANN401
        act()
        return step(own, number, most)

    monkeypatch.setattr(kind, "texts_after", texts_after)


def test_others_go_on_writing(place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the steps every story is found, new ones are stored and old ones removed: all get new keys."""
    filled(place, Recipe())
    index, other = open_index(place), PreFilter.open(place)
    steps = iter(range(1000))

    def write() -> None:
        nonlocal other
        step = next(steps)
        if other.recipe != index.recipe:
            with pytest.raises(IndexFileError, match="rebuilt with another recipe since it was opened"):
                other.check(TEXTS[0])
            other.close()
            other = PreFilter.open(place)
        if step % 4 == 0:
            assert other.add({"id": f"new{step}", "text": story(100 + step)}).stored
        if step == 9:
            assert other.delete("s2") == 1
        number = 6 + step % 15
        answer = other.check({"text": reworded(f"{SHARED} {TEXTS[number]}", every=40)})
        assert answer.duplicate_of == f"s{number}"

    between_steps(monkeypatch, place, write)
    rebuild(index, SPARSER)
    assert next(steps) > 20

    assert contents(index) == from_scratch(index, tmp_path)
    other.close()
    index.close()


@pytest.mark.parametrize("at", [3, 15])
def test_an_interrupted_rebuild_leaves_an_index_that_works(
    place: str, tmp_path: Path, at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Under the old recipe or the new one; the next rebuild ends it."""
    filled(place, Recipe())
    steps: Iterator[int] = iter(range(at))
    index = open_index(place)
    with monkeypatch.context() as patch:
        between_steps(patch, place, lambda: next(steps))
        with pytest.raises(StopIteration):
            rebuild(index, SPARSER)
    index.close()

    with PreFilter.open(place) as prefilter:
        assert prefilter.recipe == (Recipe() if at == 3 else SPARSER)
        for number in (6, 13, 20):
            copy = reworded(f"{SHARED} {TEXTS[number]}", every=40)
            assert prefilter.check({"text": copy}).duplicate_of == f"s{number}"
    index = open_index(place)
    assert list(maintenance_of(index).faults()) == [rebuild_steps.INTERRUPTED]
    rebuild(index, SPARSER)
    assert list(maintenance_of(index).faults()) == []
    assert contents(index) == from_scratch(index, tmp_path)
    index.close()
