"""The measuring commands: what they run, how they count, when they fail."""

import argparse
import gzip
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks import corpus, hostile, processes, scale, speed
from benchmarks.peers import venvs
from benchmarks.processes import Run, RunError, timed
from dedup.bench.measured_run import MeasuredRun
from dedup.bench.peers import exchange
from dedup.bench.stage_clock import Stage

THREE = '{"id": "a", "text": "x"}\n{"id": "b", "text": "y"}\n\n{"id": "c", "text": "z"}\n'


def test_a_process_is_measured_alone() -> None:
    """A process that holds 150 MB is larger than that, one after it is not."""
    large = timed([sys.executable, "-c", "held = bytes(range(250)) * 600_000"])
    small = timed([sys.executable, "-c", "pass"])

    assert large.peak_mb > 140
    assert small.peak_mb < large.peak_mb - 100
    assert large.seconds > 0
    assert large.processor_seconds > 0


def test_a_failing_command_says_why() -> None:
    """Code and last words of the command are in the error."""
    with pytest.raises(RunError, match=r"left with 3: no such luck"):
        timed([sys.executable, "-c", "import sys; print('no such luck', file=sys.stderr); sys.exit(3)"])


def test_a_command_is_ended_at_its_limit() -> None:
    """A process that would sleep for a minute is ended after a tenth of a second."""
    with pytest.raises(RunError, match=r"ended after 0\.1 seconds"):
        timed([sys.executable, "-c", "import time; time.sleep(60)"], limit=0.1)


def test_medians_and_ratios() -> None:
    """Of 1, 5 and 2 seconds the median is 2; four times the floor of 0.5; the other is half of ours."""
    measured = {
        "floor": [Run(0.5, 0.4, 10.0)],
        "report --no-rank": [Run(1.0, 1.5, 30.0), Run(5.0, 6.0, 50.0), Run(2.0, 2.5, 40.0)],
        "peer": [Run(1.0, 1.0, 20.0)],
    }

    results = speed.summarised(measured)

    ours = results["report --no-rank"]
    assert (ours["median_seconds"], ours["median_processor_seconds"], ours["median_peak_mb"]) == (2, 2.5, 40)
    assert (ours["to_floor"], results["peer"]["to_ours"], results["peer"]["to_floor"]) == (4, 0.5, 2)
    assert len(ours["runs"]) == 3


def test_stages_that_a_peer_has_too_are_summed_up(capsys: pytest.CaptureFixture[str]) -> None:
    """Comparing and writing are left out; of 1, 5 and 2 seconds each the median is 2."""
    names = ("start", "sketch", "index", "match", "cluster", "report", "write")
    runs = [
        MeasuredRun(tuple(Stage(name, seconds, seconds / 2, 1.0) for name in names), {}, 0.0, 0.0)
        for seconds in (1.0, 5.0, 2.0)
    ]

    medians = speed.stage_medians(runs)
    speed.show_stages(medians)

    assert medians["match"] == {"seconds": 2, "processor_seconds": 1}
    assert medians["shared"] == {"seconds": 8, "processor_seconds": 4}
    assert capsys.readouterr().out.splitlines()[-1].split() == [
        *("as", "peers:", "start,", "sketch,", "index,", "cluster", "8.00", "4.00")
    ]


def test_every_round_begins_with_another_command(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a round that does not count, two rounds begin with the first and with the second command."""
    order: list[str] = []

    def run(command: list[str]) -> Run:
        order.append(command[0])
        return Run(1.0, 1.0, 1.0)

    monkeypatch.setattr(speed, "timed", run)

    measured = speed.measure({"a": ["a"], "b": ["b"], "c": ["c"]}, 2)

    assert order[3:] == ["a", "b", "c", "b", "c", "a"]
    assert [len(runs) for runs in measured.values()] == [2, 2, 2]


@pytest.mark.parametrize(("ratio", "code"), [(1.0, 0), (10_000.0, 1)])
def test_the_check_fails_beyond_the_ratio(ratio: float, code: int) -> None:
    """As fast as the floor is allowed, ten thousand times as slow is not."""
    assert speed.check({"report --no-rank": {"to_floor": ratio}}) == code


def test_speed_from_end_to_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Forty made-up stories are timed and scored, and the result says what it was measured on."""
    pytest.importorskip("orjson")
    out = tmp_path / "speed.json"
    monkeypatch.setattr(sys, "argv", ["speed", "--synthetic", "40", "--runs", "1", "--json", str(out)])

    assert speed.main() == 0

    result = json.loads(out.read_text(encoding="utf-8"))
    assert set(result["commands"]) == {"floor", "report --no-rank --keep", "report --no-rank", "report"}
    assert result["corpus"]["documents"] == 40
    assert len(result["corpus"]["sha256"]) == 64
    assert result["commands"]["report"]["exact"]["recall"] == 1.0
    assert result["commands"]["report"]["gold"]["recall"] > 0.9
    assert str(tmp_path) not in out.read_text(encoding="utf-8")


def test_a_packed_archive_is_unpacked(tmp_path: Path) -> None:
    """Peers read plain lines only, so the corpus is laid out plain; empty lines are no documents."""
    packed, folder = tmp_path / "three.jsonl.gz", tmp_path / "folder"
    folder.mkdir()
    packed.write_bytes(gzip.compress(THREE.encode()))

    archive = corpus.prepare(argparse.Namespace(archive=str(packed)), folder)

    assert archive.path == folder / "three.jsonl"
    assert archive.described() == {
        "name": "three.jsonl.gz",
        "documents": 3,
        "bytes": len(THREE),
        "sha256": hashlib.sha256(THREE.encode()).hexdigest(),
    }


def test_growth_by_hand() -> None:
    """From 1,000 to 3,000 stories: 2 to 6 seconds is threefold, 2 MB more are 1,048.576 bytes a story."""
    results = [sized(1_000, seconds=2.0, peak=100.0), sized(3_000, seconds=6.0, peak=102.0)]

    assert scale.growth(results) == [
        {"command": "floor", "from": 1_000, "to": 3_000, "seconds": 3.0, "bytes_a_story": 1_049}
    ]


def sized(documents: int, *, seconds: float, peak: float) -> dict[str, Any]:
    """Make the result of one size."""
    command = {"median_seconds": seconds, "median_peak_mb": peak}
    return {"corpus": {"documents": documents}, "commands": {"floor": command}}


def test_hostile_faults_are_crashes_and_explosions() -> None:
    """A crash is a fault, and so is growth above the bound of its case, or of any."""
    rows: list[dict[str, Any]] = [
        {"case": "one", "bytes": 4, "failure": "", "seconds_grew": 2.9, "mb_grew": 3.1},
        {"case": "two", "bytes": 1, "failure": "left with -11"},
        {"case": "three", "bytes": 4, "failure": "", "seconds_grew": 2.2},
        {"case": "four", "bytes": 4, "failure": "", "seconds_grew": 2.4, "mb_grew": 2.0},
    ]

    assert hostile.faults(rows, {"any": 2.3, "one": 3.0}) == [
        "two, 1 bytes: left with -11",
        "one: twice the size takes 3.1 times the memory",
        "four: twice the size takes 2.4 times the seconds",
    ]


def test_growth_is_that_of_the_fewest_seconds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of 4 and 3 seconds 3 counts, of 15 and 11 that is 11; less 1 and 2 MB: 2 to 10 s, 88 to 160 MB."""
    figures = iter([(4, 42), (5, 99), (15, 162), (3, 43), (5, 90), (11, 170)])
    monkeypatch.setattr(hostile, "timed", lambda _, *, limit: Run(limit, *next(figures)))

    rows = hostile.measure("a crowd", tmp_path, percent=1, limit=9, repeat=2, least=Run(1.0, 1.0, 2.0))

    assert [(row["seconds"], row["mb"]) for row in rows] == [(2, 40), (4, 88), (10, 160)]
    assert (rows[-1]["seconds_grew"], rows[-1]["mb_grew"]) == (2.24, 1.82)


@pytest.mark.parametrize(("again", "fault"), [(4, False), (40, True)])
def test_a_case_that_grew_too_much_is_measured_again(
    again: int, *, fault: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """From 1 to 10 s, then from 1 to 4 or 40 s in two runs; one short story takes no time."""
    short = [0.0, 0.0]
    seconds = iter([*short, 1, 2, 10, *short, 0.0, *(2 * [1, 2, again])])
    monkeypatch.setattr(hostile, "timed", lambda _, *, limit: Run(limit, next(seconds), 1.0))
    monkeypatch.setattr(sys, "argv", ["hostile", "--case", "chains", "--percent", "1", "--check"])

    assert hostile.main() == fault
    assert ("times the seconds" in capsys.readouterr().err) is fault
    assert next(seconds, None) is None


@pytest.mark.parametrize("case", hostile.CASES)
def test_hostile_cases_double(case: str, tmp_path: Path) -> None:
    """Twice the share is about twice the stories, or the bytes of one; each story has its own id."""
    small, large = tmp_path / "small", tmp_path / "large"

    hostile.write(small, case, 0.002)
    hostile.write(large, case, 0.004)

    fewer, ids = (
        [json.loads(line)["id"] for line in path.read_text(encoding="utf-8").splitlines()]
        for path in (small, large)
    )
    sizes = [path.stat().st_size for path in (small, large)] if len(ids) == 1 else [len(fewer), len(ids)]
    assert 1.5 < sizes[1] / sizes[0] < 2.5
    assert len(set(ids)) == len(ids)


def test_a_crowd_begins_alike_and_differs() -> None:
    """All of the crowd have 48 letters, the same 40 before all others, and no two are equal."""
    texts = list(hostile.a_crowd(0.01))

    assert len(set(texts)) == len(texts) == 500
    assert {len(text) for text in texts} == {48}
    assert len({text[:40] for text in texts}) == 1


def test_peers_join_groups_that_share_a_row() -> None:
    """0-1-2 and 2-3 are one cluster, 5-6 another, and 4 stands alone."""
    assert exchange.components([[0, 1, 2], [3, 2], [6, 5]], 7) == [[0, 1, 2, 3], [5, 6]]


def test_peers_get_word_grams() -> None:
    """Four words have two 3-grams; a shorter text is one."""
    assert exchange.grams("الف ب پ ت") == ["الف ب پ", "ب پ ت"]
    assert exchange.grams("الف ب") == ["الف ب"]


def test_a_peer_without_an_environment_is_absent(tmp_path: Path) -> None:
    """Only peers whose interpreter is there are present, with all their variants."""
    python = venvs.PEERS["daft"].python(tmp_path)
    python.parent.mkdir(parents=True)
    python.touch()

    assert venvs.present(tmp_path) == ["daft", "daft, as its example"]


def test_every_peer_has_a_runner() -> None:
    """The module of every peer is there, and runs by the interpreter of its environment."""
    for peer in venvs.PEERS.values():
        command = peer.command(Path("venvs"), Path("in"), Path("out"))
        assert Path(processes.ROOT, *peer.module.split(".")).with_suffix(".py").is_file()
        assert command[:3] == [str(peer.python(Path("venvs"))), "-m", peer.module]
        assert command[3:5] == ["in", "out"]
