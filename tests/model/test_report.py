"""What a hand tries first on a report."""

import json
import pickle
from pathlib import Path

import pytest

import dedup
from tests.made_up_news import reworded, story

ONE, OTHER = story(1), story(2)


@pytest.fixture(scope="module")
def report() -> dedup.Report:
    """A story, an equal copy and a reworded one; another story; and one of five letters."""
    return dedup.find_duplicates(
        [
            {"id": "a", "text": ONE, "title": "One", "published": "2024-03-01"},
            {"id": "b", "text": ONE, "published": "2024-03-02"},
            {"id": "c", "text": reworded(ONE, every=20), "published": "2024-03-03"},
            {"id": "d", "text": OTHER},
            {"id": "e", "text": "short"},
        ]
    )


def test_a_report_shows_itself_in_one_line(report: dedup.Report) -> None:
    """Figures, no records."""
    assert repr(report) == "Report(documents=5, copies=2, clusters=1, pairs=3, problems=1)"


def test_records_show_themselves_shortly(report: dedup.Report) -> None:
    """A cluster without its members, a member without its terms and reasons."""
    (cluster,) = report

    assert repr(cluster).startswith("Cluster(id=1, representative='a', members=3, cohesion=0.")
    assert "reasons" not in repr(cluster.members[1]) + repr(report.pairs[0])


def test_a_report_is_a_collection_of_clusters(report: dedup.Report) -> None:
    """They are counted, gone through, and found by the id of a document."""
    assert len(report) == 1
    assert [cluster.representative for cluster in report] == ["a"]
    assert report["c"] == report.clusters[0]
    assert "c" in report
    assert "d" not in report


def test_a_document_in_no_cluster_is_a_key_error(report: dedup.Report) -> None:
    """The message says where else to look."""
    with pytest.raises(KeyError, match="'d' is in no cluster; `documents` has"):
        _ = report["d"]


def test_a_member_has_its_text(report: dedup.Report) -> None:
    """Also after the report was pickled."""
    again = pickle.loads(pickle.dumps(report))  # noqa: S301 - our own

    assert again["b"].members[1].text == report["b"].members[1].text == ONE


def test_the_copies_that_share_least_come_first(report: dedup.Report) -> None:
    """Two pairs with the reworded copy, then the identical one."""
    pairs = report.least_alike()

    assert [(pair.left, pair.right) for pair in pairs] == [("a", "c"), ("b", "c"), ("a", "b")]
    assert report.least_alike(1) == pairs[:1]


def test_the_summary_has_a_line_a_subject(report: dedup.Report) -> None:
    """What was found, by verdict, and what could not be used."""
    lines = report.summary().splitlines()

    assert lines[1:] == ["1 identical \u00b7 1 near-duplicate", "1 problem: 1 too short"]
    assert lines[0].startswith("5 documents")


@pytest.mark.parametrize(("form", "begins"), [("csv", "cluster,"), ("html", "<!DOCTYPE"), ("json", "{")])
def test_a_report_is_written_as_the_command_writes_it(
    form: str, begins: str, report: dedup.Report, tmp_path: Path
) -> None:
    """To a file, or as a text without the mark that Excel needs at the start of one."""
    path = tmp_path / f"out.{form}"

    assert getattr(report, f"to_{form}")(path) is None
    text = getattr(report, f"to_{form}")()

    assert text.startswith(begins)
    assert path.read_text(encoding="utf-8-sig") == text.replace("\r\n", "\n")


def test_a_report_becomes_a_frame(report: dedup.Report) -> None:
    """A row a member, or a pair."""
    pytest.importorskip("pandas")
    pytest.importorskip("narwhals")

    assert list(report.to_frame()["id"]) == ["a", "b", "c"]
    assert len(report.to_frame("pairs")) == 3


def test_a_folder_is_read(tmp_path: Path) -> None:
    """By its path, as a string or not; documents are called by the names of the files."""
    for name, text in (("a.txt", ONE), ("b.txt", ONE)):
        (tmp_path / name).write_text(text, encoding="utf-8")

    assert dedup.find_duplicates(str(tmp_path)) == dedup.find_duplicates(tmp_path)
    assert dedup.find_duplicates(tmp_path).copies == {"b.txt"}


def test_a_text_is_no_folder() -> None:
    """One text has nothing to be compared with; a long one is no name either."""
    for text in ("a text", ONE * 100, "\0"):
        with pytest.raises(dedup.ReadingError, match="is not a file or folder; for texts give a list"):
            dedup.find_duplicates(text)


def test_fields_are_named_in_files_and_in_mappings(tmp_path: Path) -> None:
    """`text` is short for one of `fields`, and the names are those of the records."""
    records = [{"body": ONE, "name": title} for title in ("One", "Two")]
    (tmp_path / "news.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")

    for documents in (records, tmp_path / "news.jsonl"):
        (cluster,) = dedup.find_duplicates(documents, text="body", fields={"title": "headline|name"})
        assert [member.title for member in cluster.members] == ["One", "Two"]


def test_a_field_that_is_missing_is_named() -> None:
    """With what is there instead."""
    (problem,) = dedup.find_duplicates([{"body": ONE}, {"lead": ONE}], text="body").problems

    expected = "item 1 has no string under 'body' (it has: lead); its text is likely under 'lead'"
    assert problem.reason == expected


def test_a_threshold_is_a_setting_of_the_recipe() -> None:
    """It comes before the one there."""
    report = dedup.find_duplicates([ONE], threshold=0.9, recipe=dedup.Recipe(threshold=0.3, rank=False))

    assert report.recipe == dedup.Recipe(threshold=0.9, rank=False)
