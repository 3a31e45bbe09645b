"""Where a report is computed, as the command line has it."""

from functools import partial
from pathlib import Path

import pytest

from dedup.cli.main import main
from tests.made_up_news import reworded, story


@pytest.fixture
def stories(tmp_path: Path) -> Path:
    """Return a folder with a story and its copy."""
    folder = tmp_path / "stories"
    folder.mkdir()
    (folder / "a.txt").write_text(story(1), encoding="utf-8")
    (folder / "b.txt").write_text(reworded(story(1)), encoding="utf-8")
    return folder


def test_a_work_folder_gives_the_same_file(
    stories: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """How much room it takes is said first, how much is free with it."""
    plain, kept, folder = tmp_path / "plain.json", tmp_path / "kept.json", tmp_path / "work"

    assert main(["report", str(stories), "--quiet", "--json", str(plain)]) == 0
    assert main(["report", str(stories), "--json", str(kept), "--work-dir", str(folder)]) == 0

    assert plain.read_bytes() == kept.read_bytes()
    said = capsys.readouterr().err.splitlines()[0]
    assert said.startswith("dedup: the work folder takes about ")
    assert said.endswith(" are free")
    assert (folder / "documents" / "_SUCCESS").exists()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--engine", "spark"], "engine='spark' is not usable: it needs --work-dir DIR"),
        (
            ["--engine", "spark", "--memory", "1G"],
            "memory=1073741824 is not usable: it applies to one machine",
        ),
        (["--memory", "100M"], "memory='100M' is not usable: any run takes 360M"),
        (["--master", "local[2]"], "master='local[2]' is not usable: it is for Spark; add --engine spark"),
    ],
)
def test_options_that_do_not_go_together(
    stories: Path, options: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Spark without a folder, and a master without Spark, are errors at once."""
    assert main(["report", str(stories), *options]) == 2

    assert said in capsys.readouterr().err


def test_a_run_that_took_more_than_its_budget_says_so(
    stories: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With how much it was; one that took less says nothing."""
    line = "dedup: warning: the run took 401 MB of memory, more than --memory allows"

    for peak, warned in ((399.0, False), (401.0, True)):
        monkeypatch.setattr("dedup.cli.report_command.peak_memory", partial(float, peak))
        assert main(["report", str(stories), "--no-rank", "--memory", "400M"]) == 0
        assert (line in capsys.readouterr().err) == warned
