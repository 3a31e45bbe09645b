"""The options of `dedup report` that say what is read, and how."""

import json
import lzma
from pathlib import Path

import pytest

from dedup.cli.main import main
from tests.inputs import line, put

STORY = "The ministry of energy said on Monday that two new power stations in the south will open in June."


def report(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, dict[str, int], str]:
    """Run the command; return its exit code, its counts and its standard error."""
    code = main(["report", "--no-rank", "--json", "-", *map(str, arguments)])
    said = capsys.readouterr()
    return code, json.loads(said.out)["counts"] if said.out else {}, said.err


def test_fields_and_patterns_reach_the_reader(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--glob, --exclude and --field, each given twice, choose the stories and their text."""
    put(tmp_path / "a.jsonl", line(body=STORY, heading="t"))
    put(tmp_path / "b.csv", f"body\n{STORY}\n")
    put(tmp_path / "c.jsonl", line(body=STORY))
    put(tmp_path / "old/d.csv", f"body\n{STORY}\n")
    chosen = ["--glob", "*.jsonl", "--glob", "*.csv", "--exclude", "old", "--exclude", "c.*"]

    code, counts, said = report(capsys, tmp_path, *chosen, "--field", "text=body", "--field", "title=heading")

    assert (code, counts["documents"], counts["clusters"]) == (0, 2, 1)
    assert said.count("\n") == 1, "no problem, only the closing line"


def test_a_preset_reaches_the_reader(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--preset takes the fields of a tool, and --field changes one of them."""
    put(tmp_path / "a.jsonl", line(maintext=STORY, date_publish="2024-02-03"))
    put(tmp_path / "b.jsonl", line(lead=STORY))

    code, counts, _ = report(capsys, tmp_path, "--preset", "news-please")
    assert (code, counts["documents"], counts["unreadable"]) == (0, 1, 1)

    code, counts, _ = report(capsys, tmp_path, "--preset", "news-please", "--field", "text=maintext|lead")
    assert (code, counts["documents"]) == (0, 2)


def test_links_and_limits_reach_the_reader(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--follow-links reads what a link leads to, --max-unpacked and --max-ratio stop packed files."""
    put(tmp_path / "real/a.jsonl.xz", lzma.compress(line(text=STORY).encode()))
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.jsonl.xz").symlink_to(tmp_path / "real/a.jsonl.xz")

    assert report(capsys, tmp_path / "in")[0] == 2
    assert report(capsys, tmp_path / "in", "--follow-links", "--max-ratio", "9")[:1] == (0,)
    code, _, said = report(capsys, tmp_path / "in", "--follow-links", "--max-unpacked", "50")
    assert code == 2
    assert "holds more than the 50 bytes allowed" in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--preset", "x"], "preset='x' is not usable: expected one of news-please, trafilatura"),
        (["--field", "body=text"], "field='body=text' is not usable: the part comes first: text=body"),
        (["--field", "body"], "field='body' is not usable: expected PART=NAME"),
        (["--max-ratio", "0"], "max_ratio=0 is not usable: expected at least 1"),
    ],
)
def test_bad_settings_end_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    """What no reader could use is refused before anything is read."""
    code, _, error = report(capsys, put(tmp_path / "a.txt", STORY), *arguments)

    assert code == 2
    assert said in error
