"""Stored stories are found and deleted by id or URL."""

import json
import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from dedup import Document, PreFilter, ReadingError
from dedup.cli.main import main
from tests.cli.test_commands import run
from tests.made_up_news import story

PAGE = "https://a.invalid/1?x=1&y"


def filled(place: str | Path) -> PreFilter:
    """An index with two stories of one URL, and another."""
    prefilter = PreFilter.open(place)
    prefilter.add({"id": "a", "url": PAGE, "title": "A title", "source": "s", "text": story(1)})
    prefilter.add({"id": "b", "url": PAGE, "text": story(2)})
    prefilter.check_and_add({"id": "c", "text": story(3)}, hold=True)
    return prefilter


def test_stories_are_found_by_id_or_url_and_can_be_deleted(tmp_path: Path) -> None:
    """Latest first, with all that was given; what is deleted was never offered."""
    with filled(tmp_path / "news.dedup") as prefilter:
        (first,) = prefilter.find("a")
        assert (first.id, first.url, first.title, first.source, first.text) == (
            "a",
            PAGE,
            "A title",
            "s",
            story(1),
        )
        assert [each.id for each in prefilter.find(PAGE)] == ["b", "a"]
        assert [each.on_hold for each in prefilter.find("c")] == [True]
        assert prefilter.find("nobody") == ()

        assert [prefilter.delete(name) for name in (PAGE, PAGE, "c")] == [2, 0, 1]
        assert prefilter.find("a") == ()
        assert prefilter.check_and_add({"id": "d", "text": story(1)}).stored


def test_the_command_shows_and_deletes_stories(tmp_path: Path) -> None:
    """As JSON lines; without any there is a message and an exit code."""
    filled(tmp_path / "news.dedup").close()
    shown = run("index", "show", "news.dedup", PAGE, folder=tmp_path)
    deleted = run("index", "delete", "news.dedup", "a", folder=tmp_path)
    nothing = run("index", "show", "news.dedup", "a", folder=tmp_path, code=1)

    assert [json.loads(line)["id"] for line in shown.stdout.splitlines()] == ["b", "a"]
    assert deleted.stdout == b"news.dedup: 1 story removed\n"
    assert nothing.stderr == b"news.dedup: no story, and no copy of a story, has the id or URL 'a'\n"


def test_a_story_can_be_replaced_by_whatever_text(tmp_path: Path) -> None:
    """Under its id or, without one, its URL; it keeps its id and cluster; one that is not there is added."""
    with filled(tmp_path / "news.dedup") as prefilter:
        prefilter.check_and_add({"id": "copy", "text": story(1)})
        answer = prefilter.replace({"id": "a", "text": story(8)})
        assert (answer.relation, answer.id, answer.cluster_size, answer.stored) == ("updated", "a", 2, True)
        assert [(each.text, each.cluster.size) for each in prefilter.find("a")] == [(story(8), 2)]
        by_url = prefilter.replace({"url": PAGE, "text": story(9)})
        assert (by_url.relation, by_url.id) == ("updated", "a")
        assert [(each.text, each.source) for each in prefilter.find(PAGE)] == [
            (story(9), "s"),
            (story(2), ""),
        ]
        assert prefilter.replace({"id": "new", "text": story(10)}).relation == "new"
        assert not prefilter.replace({"id": "new", "text": "short"}).stored
        assert [each.text for each in prefilter.find("new")] == [story(10)]


def test_the_command_replaces_stories(tmp_path: Path) -> None:
    """From JSON lines; those it cannot use are named, with an exit code."""
    filled(tmp_path / "news.dedup").close()
    lines = [
        json.dumps({"id": "a", "body": story(8)}),
        json.dumps({"id": "x", "body": story(9)}),
        '{"id": "b", "body": "short"}',
        "{",
    ]
    done = run(
        *("index", "replace", "news.dedup", "--field", "text=body"),
        stdin="\n".join(lines).encode(),
        folder=tmp_path,
        code=1,
    )

    assert done.stdout == b"news.dedup: 1 story replaced, 1 added, 2 rejected\n"
    assert b"line 3: 5 letters, too short to compare" in done.stderr
    assert b"line 4: column 2" in done.stderr


def test_the_service_shows_and_deletes_stories(tmp_path: Path) -> None:
    """Under the id or the URL, quoted."""
    testclient = pytest.importorskip("fastapi.testclient")
    from urllib.parse import quote

    from dedup.integrations.http import create_app

    app = create_app(filled(tmp_path / "news.dedup"))
    with testclient.TestClient(app, base_url="http://localhost") as client:
        path = f"/v1/stories/{quote(PAGE, safe='')}"
        shown = client.get(path).json()["stories"]
        deleted = client.delete("/v1/stories/a").json()
        left = client.get(path).json()["stories"]
        assert client.get("/v1/stories/a").status_code == 404
        put = client.put("/v1/stories/b", json={"text": story(7)}).json()
        assert (put["id"], put["relation"], put["stored"]) == ("b", "updated", True)
        assert client.get("/v1/stories/b").json()["stories"][0]["text"] == story(7)

    assert ([each["id"] for each in shown], deleted, [each["id"] for each in left]) == (
        ["b", "a"],
        {"done": 1},
        ["b"],
    )


@pytest.mark.parametrize("name", ["\ud800", "a\0", 5, b"a", None])
def test_what_cannot_be_a_stored_name_is_refused(tmp_path: Path, name: object) -> None:
    """Before the index is asked, in words that name what is wrong."""
    with filled(tmp_path / "news.dedup") as prefilter:
        for call in (prefilter.find, prefilter.delete):
            with pytest.raises(ReadingError, match="the id or URL"):
                call(name)  # type: ignore[arg-type]

        assert prefilter.find("a")


@pytest.mark.parametrize("field", ["id", "text", "title", "source", "published", "url"])
def test_a_field_that_is_no_string_is_refused_by_name(tmp_path: Path, field: str) -> None:
    """A record may be given with whatever a program put into it."""
    document = replace(Document(id="n", text=story(9)), **{field: 9})
    with filled(tmp_path / "news.dedup") as prefilter:
        for call in (prefilter.check, prefilter.matches, prefilter.add, prefilter.replace):
            with pytest.raises(ReadingError, match=f"item 0: its {field} is of type int; expected a string"):
                call(document)


@pytest.mark.skipif(sys.platform == "win32", reason="names there are Unicode")
@pytest.mark.parametrize("action", ["show", "delete"])
def test_a_name_of_other_bytes_than_utf_8_is_refused_in_one_line(
    tmp_path: Path, action: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """A shell passes them on as lone surrogates."""
    filled(tmp_path / "news.dedup").close()

    code = main(["index", action, str(tmp_path / "news.dedup"), os.fsdecode(b"\xff")])

    assert (code, len(capfd.readouterr().err.splitlines())) == (2, 1)
