"""What a hand tries first on a report."""

import json
import pickle
from io import StringIO
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
    assert repr(cluster[1]) == (
        "Member(id='b', published='2024-03-02', verdict='identical', jaccard=1.00, containment=1.00, "
        "dropped=True)"
    )
    assert repr(report.pairs[0]) == (
        "Pair(left='a', right='b', verdict='identical', jaccard=1.00, containment=1.00, confidence=1.00)"
    )
    assert repr(report.documents["a"]) == "Document(id='a', title='One', published='2024-03-01')"
    assert repr(dedup.Document("a", ONE)) == f"Document(id='a', text={ONE[:60]!r})"
    assert repr(report.kept) == f"<{len(report.kept)} documents>"


def test_a_comparison_shows_what_was_measured() -> None:
    """Without a verdict, why there is none; a changed figure as it was and as it is."""
    changed = dedup.compare(f"{ONE} It cost 40 pounds.", f"{ONE} It cost 14 pounds.")

    assert "verdict='near-duplicate', jaccard=" in repr(changed)
    assert repr(changed).endswith("changed=['40 -> 14'])")
    assert repr(dedup.compare("short", ONE)).startswith(
        "Comparison(left='0', right='1', verdict=None, reasons=['the left document has 5 letters"
    )


def test_a_report_is_a_collection_of_clusters(report: dedup.Report) -> None:
    """They are counted, gone through, and found by the id of a document."""
    assert len(report) == 1
    assert [cluster.representative for cluster in report] == ["a"]
    assert report["c"] == report.clusters[0]
    assert "c" in report
    assert "d" not in report


def test_a_document_in_no_cluster_is_a_key_error(report: dedup.Report) -> None:
    """The message distinguishes a story that is listed with another from an unknown id."""
    listed = dedup.find_duplicates(
        {"a": ONE, "b": f"{OTHER} {ONE[: len(ONE) // 2]}"}, recipe=dedup.Recipe(boilerplate=0)
    )

    assert [pair.verdict for pair in listed.pairs] == [dedup.Verdict.PARTIAL]
    with pytest.raises(KeyError, match="'a' is in no cluster, only in a listed pair or a series"):
        _ = listed["a"]
    with pytest.raises(KeyError, match="'d' is in no cluster, and in no listed pair or series"):
        _ = report["d"]


def test_clusters_and_members_have_places(report: dedup.Report) -> None:
    """The largest cluster is the first, its representative the first member."""
    (cluster,) = report[:5]

    assert report[0] == report[-1] == cluster
    assert (len(cluster), cluster[0].id, [member.id for member in cluster]) == (3, "a", ["a", "b", "c"])
    with pytest.raises(IndexError):
        _ = report[1]


def test_members_can_be_compared(report: dedup.Report) -> None:
    """They stand for their documents."""
    first, second, _ = report[0]

    assert dedup.compare(first, second).left == first.document == report.documents["a"]


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


@pytest.mark.parametrize(
    ("form", "begins"),
    [("csv", "cluster,"), ("html", "<!DOCTYPE"), ("json", "{"), ("markdown", "**5 documents")],
)
def test_a_report_is_written_as_the_command_writes_it(
    form: str, begins: str, report: dedup.Report, tmp_path: Path
) -> None:
    """To a file, or as a text without the mark that Excel needs at the start of one."""
    path = tmp_path / f"out.{form}"

    assert getattr(report, f"to_{form}")(path) is None
    text = getattr(report, f"to_{form}")()

    assert text.startswith(begins)
    assert path.read_text(encoding="utf-8-sig") == text.replace("\r\n", "\n")


def test_pairs_are_written_as_csv(report: dedup.Report) -> None:
    """A row a pair; other rows are refused."""
    text = report.to_csv(rows="pairs")

    assert text is not None
    assert [line.split(",")[0] for line in text.splitlines()[:2]] == ["verdict", "identical"]
    with pytest.raises(dedup.SettingError, match="rows='all' is not usable: expected members or pairs"):
        report.to_csv(rows="all")  # type: ignore[arg-type]


def test_a_report_becomes_parquet(report: dedup.Report, tmp_path: Path) -> None:
    """A row a member."""
    parquet = pytest.importorskip("pyarrow.parquet")

    report.to_parquet(tmp_path / "members.parquet")

    assert parquet.read_table(tmp_path / "members.parquet")["id"].to_pylist() == ["a", "b", "c"]


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


def test_files_are_read_by_their_paths(tmp_path: Path) -> None:
    """A list or a glob; strings in a list are texts, so the name of a file is refused there."""
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(ONE, encoding="utf-8")
    names = sorted(map(str, tmp_path.iterdir()))

    assert dedup.find_duplicates(tmp_path.glob("*.txt")).counts["clustered"] == 2
    assert dedup.find_duplicates(map(Path, names)).copies == {names[1]}
    with pytest.raises(
        dedup.ReadingError, match=r"expected texts, got the name of a file or folder, '.*a\.txt'"
    ):
        dedup.find_duplicates(names)
    with pytest.raises(dedup.ReadingError, match="expected a path like the first item, got int"):
        dedup.find_duplicates([Path(names[0]), 5])  # type: ignore[list-item]
    with pytest.raises(dedup.ReadingError, match=r"for a pattern give pathlib.Path\('.'\).glob"):
        dedup.find_duplicates(f"{tmp_path}/*.txt")


@pytest.mark.parametrize(
    "thing", [None, 5, b"seeds", StringIO("a text")], ids=lambda thing: type(thing).__name__
)
def test_what_is_no_collection_is_named(thing: object) -> None:
    """An open file would give its lines as texts."""
    with pytest.raises(
        dedup.ReadingError,
        match=f"expected a folder, .* or a list of documents, got {type(thing).__name__}",
    ):
        dedup.find_duplicates(thing)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("keyword", "hint"),
    [
        ("treshold", r"did you mean 'threshold'\?"),
        ("joining", r"it is a setting: recipe=dedup.Recipe\(joining=1\)"),
        ("min_length", r"did you mean recipe=dedup.Recipe\(min_letters=1\)\?"),
        ("n_jobs", "it takes documents, reference, "),
        ("title", r"did you mean fields={'title': 1}\?"),
    ],
)
def test_a_wrong_keyword_is_answered_with_the_right_one(keyword: str, hint: str) -> None:
    """By its spelling; the message says that settings belong in the recipe."""
    with pytest.raises(TypeError, match=rf"find_duplicates\(\) has no keyword '{keyword}'; {hint}"):
        dedup.find_duplicates([ONE], **{keyword: 1})  # type: ignore[arg-type]


def test_a_text_is_no_folder() -> None:
    """One text has nothing to be compared with; a long one is no name either."""
    for text in ("", "a text", ONE * 100, "\0"):
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


def test_a_field_that_no_record_of_a_file_has_is_an_error(tmp_path: Path) -> None:
    """Not a report without documents; the message names the fields that there are."""
    (tmp_path / "news.jsonl").write_text(json.dumps({"lead": ONE}), encoding="utf-8")

    with pytest.raises(dedup.ReadingError, match=r"no field is called `body`.*`lead`"):
        dedup.find_duplicates(tmp_path, text="body")


def test_names_of_files_are_not_compared(tmp_path: Path) -> None:
    """They would be two short texts."""
    names = [tmp_path / name for name in ("one.txt", "two.txt")]
    for name in names:
        name.write_text(ONE, encoding="utf-8")

    with pytest.raises(
        dedup.ReadingError, match=r"got the name of a file or folder, .*one.txt.*read_text\(\)"
    ):
        dedup.compare(*map(str, names))
    with pytest.raises(dedup.ReadingError, match="got the name of a file or folder"):
        dedup.compare(ONE, str(tmp_path))


def test_a_threshold_is_a_setting_of_the_recipe() -> None:
    """It comes before the one there."""
    report = dedup.find_duplicates([ONE], threshold=0.9, recipe=dedup.Recipe(threshold=0.3, rank=False))

    assert report.recipe == dedup.Recipe(threshold=0.9, rank=False)
