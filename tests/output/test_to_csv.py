"""to_csv: one row for each member, safe in a spreadsheet."""

import csv
import io
from dataclasses import replace

import pytest

from dedup.model import ExchangedFact, Verdict
from dedup.output.to_csv import COLUMNS, PAIR_COLUMNS, pairs_to_csv, to_csv
from tests.report_samples import (
    DAY,
    FIGURE,
    HOSTILE,
    a_cluster,
    a_member,
    a_report,
    hostile_report,
    the_seeds,
)


def rows_of(written: bytes) -> list[list[str]]:
    """Read the table back, header included."""
    return list(csv.reader(io.StringIO(written.decode("utf-8-sig"), newline=""), strict=True))


def title_cell(title: str) -> str:
    """Write one member with `title` and read its cell back."""
    written = to_csv(a_report(clusters=(a_cluster(a_member("a", title=title)),)))
    return rows_of(written)[1][COLUMNS.index("title")]


def test_the_seeds_are_two_rows() -> None:
    """A byte order mark, one header, CRLF, the representative first and without a verdict."""
    head = (
        "cluster,representative,id,verdict,jaccard,containment,tfidf,rank,"
        "title,source,published,url,path,confidence,dropped,published_utc,changed,credits"
    )

    assert to_csv(the_seeds()) == b"\xef\xbb\xbf" + "".join(
        f"{line}\r\n"
        for line in (
            head,
            (
                "1,000.txt,000.txt,,1.0000,1.0000,1.0000,0,تلاش ایران,فارس,2023-10-17,,000.txt,1.0000,false,"
                "2023-10-17T00:00:00Z,,"
            ),
            "1,000.txt,001.txt,contained,0.3512,0.7689,0.8100,1,رایزنی,مهر,,https://example.ir/1,001.txt,0.9313,true,,,",
        )
    ).encode("utf-8")


def test_an_overlap_that_was_not_measured_is_empty() -> None:
    """No TF-IDF is no zero."""
    written = to_csv(a_report(clusters=(a_cluster(a_member("a", tfidf=None)),)))

    assert rows_of(written)[1][COLUMNS.index("tfidf")] == ""


def test_changed_facts_of_a_copy_are_one_cell() -> None:
    """As the representative has them, then as the member does; an unchanged copy has an empty one."""
    copies = (a_member("b", Verdict.NEAR_DUPLICATE, changed=(FIGURE, DAY)), a_member("c", Verdict.IDENTICAL))

    rows = rows_of(to_csv(a_report(clusters=(a_cluster(a_member("a"), *copies),))))

    assert [row[COLUMNS.index("changed")] for row in rows[1:]] == ["", "40 -> 14; شنبه -> جمعه", ""]


def test_a_changed_fact_is_no_formula() -> None:
    """Neither the first nor one behind a semicolon, where a spreadsheet set to semicolons starts a cell."""
    changed = (ExchangedFact("=1", "2", 0, 0), ExchangedFact("@3", "4", 1, 1))

    rows = rows_of(to_csv(a_report(clusters=(a_cluster(a_member("a", changed=changed)),))))

    assert rows[1][COLUMNS.index("changed")] == "'=1 -> 2;' @3 -> 4"


@pytest.mark.parametrize(
    ("title", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "' =1"),
        ("\r=1", "' =1"),
        ("  \n =1", "'    =1"),
        ("\u200c\u200f=1", "'\u200c\u200f=1"),
        ("\u202e=1", "'=1"),
        ("\uff1d1", "'\uff1d1"),
        ("a;=1", "a;'=1"),
        ('a; "=1', "a;' \"=1"),
        ("1-1=0", "1-1=0"),
        ("طلا + سکه", "طلا + سکه"),
    ],
)
def test_a_formula_is_text(title: str, cell: str) -> None:
    """What a spreadsheet would run gets an apostrophe, also where a semicolon would start a cell."""
    assert title_cell(title) == cell


def test_quotes_and_commas_are_quoted() -> None:
    """RFC 4180: a quote is doubled inside quotes."""
    written = to_csv(a_report(clusters=(a_cluster(a_member("a", title='x, "y"')),)))

    assert b',"x, ""y""",' in written


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_stays_in_its_cell(text: str) -> None:
    """Three lines, eighteen cells each, no control, no cell that starts like a formula."""
    written = to_csv(hostile_report(text))

    assert len(written.decode("utf-8-sig").splitlines()) == 3
    rows = rows_of(written)
    assert [len(row) for row in rows] == [18, 18, 18]
    assert not any(cell.lstrip().startswith(tuple("=+-@\t\r")) for row in rows for cell in row)
    assert not set(written.decode("utf-8")) & set("\x00\x07\x08\x1b\x7f\x9b\u202e\u2066\u2069")


def test_a_title_of_five_megabytes_fits_a_cell() -> None:
    """A spreadsheet's cell ends at 32,767 characters."""
    assert title_cell("خ" * 2_500_000) == "خ" * 31_999 + "\u2026"


def test_a_last_column_tells_the_side_where_there_is_a_reference() -> None:
    """As spreadsheets write it; without a reference the column is not there."""
    cluster = a_cluster(replace(a_member("o"), reference=True), a_member("n", Verdict.IDENTICAL))

    rows = list(
        csv.reader(io.StringIO(to_csv(a_report(clusters=(cluster,), scope={"reference": 1})).decode()))
    )

    assert [row[-1] for row in rows] == ["reference", "true", "false"]
    assert "reference" not in to_csv(a_report(clusters=(cluster,))).decode()


def test_pairs_have_a_row_each() -> None:
    """What the two are, who they are, and why; figures as in the other table."""
    rows = list(csv.DictReader(io.StringIO(b"".join(pairs_to_csv(the_seeds())).decode("utf-8-sig"))))

    assert [(row["left"], row["right"], row["verdict"]) for row in rows] == [
        ("000.txt", "001.txt", "contained"),
        ("003.txt", "004.txt", "partial"),
    ]
    assert (rows[1]["jaccard"], rows[1]["containment"], rows[1]["tfidf"]) == ("0.1300", "0.2400", "")
    assert rows[1]["reasons"] == "24 % of both texts together is shared"


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_does_not_act_in_pairs(text: str) -> None:
    """One line a row, and no formula."""
    table = b"".join(pairs_to_csv(hostile_report(text))).decode("utf-8-sig")

    rows = list(csv.reader(io.StringIO(table)))
    assert {len(row) for row in rows} == {len(PAIR_COLUMNS)}
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]
