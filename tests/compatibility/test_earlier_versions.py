"""Files that earlier versions wrote: later ones read them, or say in words that they do not."""

import json
import shutil
from pathlib import Path

import pytest

from dedup import PreFilter
from dedup.cli.main import main
from dedup.model.errors import IndexFileError

HERE = Path(__file__).parent
every_version = pytest.mark.parametrize(
    "files", sorted(path for path in HERE.iterdir() if path.name[0].isdecimal()), ids=lambda path: path.name
)


def stories_of(files: Path) -> list[dict[str, str]]:
    """Read the stories that the files were made from."""
    lines = (files / "stories.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def shape(value: object) -> object:
    """Leave of a record its keys; lists are what their first items are."""
    if isinstance(value, dict):
        return {name: shape(each) for name, each in value.items()}
    return [shape(each) for each in value[:1]] if isinstance(value, list) else type(value).__name__


def keeps(old: object, new: object) -> bool:
    """Whether everything that a reader of the old record looks for is in the new one."""
    if isinstance(old, dict):
        return isinstance(new, dict) and all(name in new and keeps(old[name], new[name]) for name in old)
    if isinstance(old, list) and old and isinstance(new, list) and new:
        return keeps(old[0], new[0])
    return isinstance(old, list) == isinstance(new, list)


@every_version
def test_an_index_is_used_or_refused(files: Path, tmp_path: Path) -> None:
    """Each of its stories is known by its text; an index of another format is left as it is."""
    index = tmp_path / "news.dedup"
    shutil.copy(files / "news.dedup", index)

    try:
        with PreFilter.open(index) as prefilter:
            answers = [prefilter.check({"text": story["text"]}) for story in stories_of(files)]
    except IndexFileError as error:
        assert "dedup index import" in str(error)  # noqa: PT017 - either will do
        assert index.read_bytes() == (files / "news.dedup").read_bytes()
    else:
        assert all(answer.match for answer in answers)


@every_version
def test_an_export_can_be_imported(files: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Into a new index, whole: its last line counts the stories."""
    count = json.loads((files / "export.jsonl").read_bytes().splitlines()[-1])["stories"]

    code = main(["index", "import", str(tmp_path / "new.dedup"), str(files / "export.jsonl")])

    assert (code, f"{count} stories stored, 0 skipped" in capsys.readouterr().out) == (0, True)


@every_version
def test_a_report_still_has_what_it_had(files: Path, tmp_path: Path) -> None:
    """Of a schema that has the same name: keys may be added, none is removed, and none becomes a list."""
    code = main(
        [
            "report",
            str(files / "stories.jsonl"),
            "--quiet",
            "--no-rank",
            "--json",
            str(tmp_path / "report.json"),
        ]
    )
    old, new = (json.loads((folder / "report.json").read_bytes()) for folder in (files, tmp_path))

    assert code == 0
    assert old["schema"] != new["schema"] or keeps(shape(old), shape(new))


def test_a_removed_key_is_noticed() -> None:
    """Deep inside, and not an added one."""
    assert keeps(shape({"a": [{"b": 1}]}), shape({"a": [{"b": 2, "c": 3}]}))
    assert not keeps(shape({"a": [{"b": 1}]}), shape({"a": [{"c": 3}]}))
    assert not keeps(shape({"a": 1}), shape({"a": [1]}))
