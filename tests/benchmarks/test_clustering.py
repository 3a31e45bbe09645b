"""Clusters of a report against gold clusters, worked out by hand; the made-up archive meets its floors."""

import json
import sys
from pathlib import Path

import pytest

from benchmarks import quality
from benchmarks.clustering import clusters, made_up, numbered
from benchmarks.floors import FLOORS
from benchmarks.scoring import paired
from dedup import Cluster, Member
from dedup.model import Verdict

WIRE = (
    "The ministry of energy said on Monday that the two new power stations in the south will go into "
    "operation before the summer and feed 900 megawatts into the national grid."
)
SNOW = "Heavy snow closed the mountain roads of three provinces overnight, the traffic police reported."
STORIES = [
    {"id": "a", "text": WIRE, "cluster": 1},
    {"id": "b", "text": "Our correspondent reports: " + WIRE, "cluster": 1},
    {"id": "c", "text": SNOW, "cluster": None},
]


def cluster(number: int, *names: str) -> Cluster:
    """Make a cluster of these."""
    members = [Member(name, "", "", "", "", "", Verdict.IDENTICAL, 1, 1, None, 1) for name in names]
    return Cluster(number, names[0], "", 1.0, tuple(members))


def test_pairs_are_those_that_share_a_cluster() -> None:
    """Gold {a, b, c}, {d}; ours {a, b}, {c, d}: one of our two pairs is right, of three that are there."""
    gold, ours = {"a": 1, "b": 1, "c": 1, "d": 2}, {"a": 7, "b": 7, "c": 8, "d": 8}

    assert paired(gold, ours) == pytest.approx((1 / 2, 1 / 3, 2 / 5))


def test_without_pairs_nothing_is_missing() -> None:
    """Nobody copies, and nobody is said to."""
    assert paired({"a": 1, "b": 2}, {"a": 1, "b": 2}) == (1, 1, 1)


def test_a_roundup_counts_as_alone() -> None:
    """It is in two clusters and fuses neither; a document in none is alone too."""
    found = numbered("abcrx", [cluster(1, "a", "b", "r"), cluster(2, "c", "r")])

    assert found["a"] == found["b"]
    assert len({found[name] for name in "acrx"}) == 4


@pytest.mark.parametrize("apart", [False, True])
def test_right_clusters_are_perfect(capsys: pytest.CaptureFixture[str], *, apart: bool) -> None:
    """Named in the documents or in a file of their own; None is a document alone."""
    gold = [{"id": record["id"], "cluster": record["cluster"]} for record in STORIES]
    bare = [{"id": record["id"], "text": record["text"]} for record in STORIES]

    reached = clusters(bare, gold) if apart else clusters(STORIES)

    assert reached == pytest.approx({"ari": 1.0, "b_cubed_f1": 1.0})
    assert "3 documents: ARI 1.000" in capsys.readouterr().out


def test_a_gold_cluster_that_is_missed_costs() -> None:
    """Gold joins all three, ours two: B-cubed recall (2/3 + 2/3 + 1/3) / 3 = 5/9, F1 10/14."""
    together = [record | {"cluster": "one"} for record in STORIES]

    assert clusters(together)["b_cubed_f1"] == pytest.approx(10 / 14)


def test_the_command_scores_clusters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`quality --clusters --gold` from file to figures."""
    stories, gold = tmp_path / "stories.jsonl", tmp_path / "gold.jsonl"
    stories.write_text("\n".join(map(json.dumps, STORIES)) + "\n\n", encoding="utf-8")
    gold.write_text('{"id": "a", "cluster": "x"}\n{"id": "b", "cluster": "x"}\n', encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["quality", "--clusters", "--gold", str(gold), str(stories)])

    assert quality.main() == 0
    assert "pairs    precision 1.000  recall 1.000" in capsys.readouterr().out


def test_the_command_names_a_file_that_is_not_there(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Wrong usage, not a traceback."""
    monkeypatch.setattr(sys, "argv", ["quality", "nowhere.jsonl"])

    with pytest.raises(SystemExit) as left:
        quality.main()

    assert left.value.code == 2
    assert "nowhere.jsonl" in capsys.readouterr().err


def test_the_made_up_archive_meets_its_floors() -> None:
    """As CI asks, for who runs the tests alone."""
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))["quality"]

    assert all(value >= floors[name] for name, value in made_up().items())
