"""A whole run of `dedup bench`, and what it shows."""

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from dedup.bench import peer_runs
from dedup.bench.bench_page import bench_page
from dedup.bench.bench_result import BenchResult, bench_json
from dedup.bench.bench_text import bench_text
from dedup.bench.exact_recall import MissedPair
from dedup.bench.measured_report import measured_report
from dedup.bench.measured_run import Engine, measured_run
from dedup.bench.other_settings import BareJaccard, bare_jaccards
from dedup.bench.run_bench import Plan, run_bench
from dedup.bench.stage_clock import StageClock
from dedup.cli import bench_command
from dedup.cli.main import main
from dedup.model import Document
from dedup.model.document_batch import packed
from dedup.model.errors import EngineError, ReadingError, SettingError
from dedup.model.recipe import Recipe
from tests.made_up_news import reworded, story

STAGES = ["start", "sketch", "index", "match", "cluster", "report", "write"]


def archive(stories: int = 16) -> list[Document]:
    """Make stories and a reworded copy of each, with ids that are markup."""
    return [
        Document(f"<b>{number}-{edit}", reworded(story(number), every=40) if edit else story(number))
        for number in range(stories)
        for edit in range(2)
    ]


@pytest.fixture(scope="module")
def result() -> BenchResult:
    """Measure once, beside datasketch and a tool that fails."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(peer_runs, "PEERS", {"datasketch": "datasketch_peer", "numpy": "no_such_peer"})
        plan = Plan(stories=320, recipe=Recipe(rank=False), workers=1, peers=True)
        return run_bench(packed(archive()), plan)


def test_each_part_is_measured_stage_by_stage(result: BenchResult) -> None:
    """In a process of its own; the last part is the whole sample, in which every story has its copy."""
    assert [run.documents for run in result.parts] == [4, 8, 16, 32]
    assert [stage.stage for stage in result.parts[-1].stages] == STAGES
    assert all(run.peak_mb > 20 for run in result.parts)
    counts = result.parts[-1].counts
    assert (counts["clusters"], counts["copies"]) == (16, 16)
    assert (result.recall.pairs, result.recall.recall) == (16, 1.0)


def test_other_settings_are_tried(result: BenchResult) -> None:
    """Of a threshold above the Jaccard of every pair nothing is left."""
    tried = {(each.setting, each.value): (each.own, each.copies) for each in result.settings}

    assert tried["joining", "normal"] == tried["threshold", "0.0"] == (True, 16)
    assert tried["threshold", "0.9"] == (False, 0)


def test_other_tools_stand_beside(result: BenchResult) -> None:
    """With what they took; one that fails says why, and costs nothing else."""
    ready, failed = result.peers

    assert (ready.tool, ready.error, failed.tool) == ("datasketch", "", "numpy")
    assert ready.seconds > 0
    assert "no_such_peer" in failed.error


def test_this_tool_is_scored_as_the_others_are(result: BenchResult) -> None:
    """It joins every story with its copy."""
    assert result.recall.joined_by["dedup"] == result.recall.high == 16
    assert re.search(r"^  dedup +\S+ +\d+ +16 +16 joined$", bench_text(result), flags=re.MULTILINE)


def test_figures_are_carried_over(result: BenchResult) -> None:
    """From 32 stories to ten times as many, and it says on what that rests."""
    written = json.loads(bench_json(result))

    assert written["schema"] == "dedup-bench/1"
    assert written["archive"]["stories"] == 32
    assert written["extrapolation"]["stories"] == 320
    copies = next(each for each in written["extrapolation"]["counts"] if each["what"] == "copies")
    assert copies["sample"] == 16
    assert copies["low"] <= copies["high"]
    assert len(written["extrapolation"]["assumptions"]) == 5


def test_the_terminal_shows_every_table(result: BenchResult) -> None:
    """And no line begins with a figure that has no name."""
    text = bench_text(result)

    assert text.startswith("32 stories, ")
    assert "320 stories on this machine, extrapolated" in text
    for title in ("Stages", "Growth", "Recall", "What other", "What a Jaccard", "Beside it"):
        assert re.search(f"^{title}", text, flags=re.MULTILINE)


def test_without_pairs_no_recall_is_claimed(result: BenchResult) -> None:
    """Where no stories overlap, all of nothing would look like a perfect score."""
    recall = replace(result.recall, pairs=0, shown=0)

    assert "the report shows 100 % of these pairs" in bench_text(result)
    text = bench_text(replace(result, recall=recall))
    assert "no recall to measure" in text
    assert "of these pairs" not in text


def test_the_page_escapes_ids(result: BenchResult) -> None:
    """A missed pair is named by its ids, which may be markup."""
    page = bench_page(with_a_missed_pair(result)).decode()

    assert "&lt;b&gt;0-0 · &lt;b&gt;0-1" in page
    assert "<b>" not in page


def with_a_missed_pair(result: BenchResult) -> BenchResult:
    """Make a result whose report did not show a pair."""
    pair = MissedPair("<b>0-0", "<b>0-1", 0.5, 0.75)
    return replace(result, recall=replace(result.recall, missed=(pair,)))


def test_bare_jaccards_are_counted() -> None:
    """Pairs at or above each bound, the copies among them, and copies below it."""
    pairs = [("near-duplicate", 0.95), ("template", 0.8), ("near-duplicate", 0.5), ("contained", 0.1)]
    report = {"pairs": [{"verdict": verdict, "jaccard": jaccard} for verdict, jaccard in pairs]}

    assert bare_jaccards(report) == (
        BareJaccard(0.3, 3, 2, 1),
        BareJaccard(0.5, 3, 2, 1),
        BareJaccard(0.7, 2, 1, 2),
        BareJaccard(0.9, 1, 1, 2),
    )


@pytest.mark.parametrize(("sample", "stories"), [(15, None), (16, 0)])
def test_a_plan_has_bounds(sample: int, stories: int | None) -> None:
    """A sample of fewer than 16 stories has no parts."""
    with pytest.raises(SettingError, match="or more"):
        Plan(sample=sample, stories=stories)


def test_an_archive_of_few_stories_is_refused() -> None:
    """With how many it has."""
    with pytest.raises(ReadingError, match="has 2 readable stories; expected 16 or more"):
        run_bench(packed(archive(1)), Plan())


@pytest.mark.parametrize(
    ("given", "out", "message"),
    [
        ("absent.jsonl", "out", "ended: .* is not a file or folder"),
        ("in.jsonl", ".", "ended: Is a directory: .*"),
    ],
)
def test_a_run_that_cannot_be_made_says_why(given: str, out: str, message: str, tmp_path: Path) -> None:
    """In the words of its error, or in the last words of the process."""
    (tmp_path / "in.jsonl").write_text('{"text": "one"}\n', encoding="utf-8")

    with pytest.raises(EngineError, match=f"(?s){message}"):
        measured_run(tmp_path / given, tmp_path / out, recipe=Recipe(rank=False), engine=Engine())


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--master", "local[2]"], "--master and --work-dir are for Spark; add --engine spark"),
        (["--json", "-", "--html", "-"], "only one of --html and --json can use standard output"),
        ([], "has 3 readable stories"),
    ],
)
def test_the_command_refuses(
    arguments: Sequence[str], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In one line, with exit code 2."""
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(story(number), encoding="utf-8")

    assert main(["bench", str(tmp_path), *arguments]) == 2
    assert message in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--master", "spark://127.0.0.1:1"], "the Spark master spark://127.0.0.1:1 does not answer"),
        (["--work-dir", "{file}/work"], "/work: cannot be used as a work folder (Not a directory)"),
    ],
)
def test_a_run_on_spark_that_cannot_be_made_is_refused_first(
    options: list[str],
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The archive is not read, and no other run is made: all of them come before that on Spark."""
    pytest.importorskip("pyspark", reason="the extra `spark` is not installed")
    monkeypatch.setattr("dedup.integrations.spark.spark_session.shutil.which", lambda *_, **__: "java")
    monkeypatch.setattr(bench_command, "read", None)
    file = tmp_path / "file.txt"
    file.write_text(story(1), encoding="utf-8")

    assert main(["bench", str(file), "--engine", "spark", *(each.format(file=file) for each in options)]) == 2
    assert message in capsys.readouterr().err


def test_a_work_folder_for_spark_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As a report makes one; here the archive has too few stories for anything else."""
    pytest.importorskip("pyspark", reason="the extra `spark` is not installed")
    monkeypatch.setattr("dedup.integrations.spark.spark_session.shutil.which", lambda *_, **__: "java")
    file, work = tmp_path / "one.txt", tmp_path / "new" / "work"
    file.write_text(story(1), encoding="utf-8")

    assert main(["bench", str(file), "--engine", "spark", "--work-dir", str(work)]) == 2
    assert "expected 16 or more" in capsys.readouterr().err
    assert work.is_dir()


def test_problems_are_shown_before_too_few_stories(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """They say why there are so few."""
    archive = tmp_path / "news.jsonl"
    archive.write_text(json.dumps({"text": story(1)}) + "\n{broken\n", encoding="utf-8")

    assert main(["bench", str(archive)]) == 2

    problem, error = capsys.readouterr().err.splitlines()
    assert problem.startswith("news.jsonl:2: ")
    assert error == "dedup: the archive has 1 readable story; expected 16 or more"


def test_a_measured_report_is_that_of_the_command(tmp_path: Path) -> None:
    """The JSON has the same bytes."""
    given, out, wanted = tmp_path / "in.jsonl", tmp_path / "out.json", tmp_path / "wanted.json"
    lines = [json.dumps({"id": each.id, "text": each.text}) for each in archive(3)]
    given.write_text("\n".join(lines), encoding="utf-8")
    assert main(["report", str(given), "--no-rank", "--quiet", "--json", str(wanted)]) == 0
    recipe = Recipe(rank=False).as_json()
    settings = {"archive": str(given), "out": str(out), "recipe": recipe, "workers": 1, "master": ""}

    measured_report(settings, StageClock(began=0.0))

    assert out.read_bytes() == wanted.read_bytes()
