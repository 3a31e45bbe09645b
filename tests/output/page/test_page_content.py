"""What the page holds: documents in columns, texts in chunks, reasons in pieces."""

import base64
import json
import sys
import zlib
from dataclasses import replace
from typing import Any

import pytest

from dedup import __version__
from dedup.model import (
    Boilerplate,
    DateOrder,
    Document,
    Problem,
    Reason,
    ReasonKind,
    Report,
    ReportWarning,
    Series,
    SeriesMember,
    Verdict,
)
from dedup.model.recipe import Recipe
from dedup.model.source_figures import SourceFigures
from dedup.output.page import content as content_module
from dedup.output.page import page_documents as page_documents_module
from dedup.output.page import page_series as page_series_module
from dedup.output.page.content import PageHead, gather
from dedup.output.page.page_clusters import KINDS
from dedup.output.page.page_dates import PageDates
from dedup.output.page.page_documents import PageDocuments
from dedup.output.page.page_packing import packed
from dedup.output.summary import summarise
from tests.report_samples import FIGURE, a_cluster, a_member, a_pair, a_report, the_seeds

CONTAINMENT = KINDS.index(ReasonKind.CONTAINMENT)
JACCARD = KINDS.index(ReasonKind.JACCARD)
HEAD = PageHead("seeds", "dedup report seeds")


def unpacked(text: str) -> Any:  # noqa: ANN401 - JSON
    """Unpack a piece."""
    return json.loads(zlib.decompress(base64.b64decode(text)))


def pieces(report: Report) -> dict[str, Any]:
    """Gather what the page of a report holds, unpacked."""
    return {name: unpacked(text) for name, text in gather(report, summarise(report), HEAD).pieces.items()}


def page_documents_of(*documents: Document) -> PageDocuments:
    """Put each document in as a home of its own."""
    shown = PageDocuments({document.id: document for document in documents}, PageDates(a_report()))
    for document in documents:
        shown.add([document.id])
    shown.close()
    return shown


def test_a_packed_piece_reads_back() -> None:
    """Half a surrogate pair included, and nothing but base64 is written."""
    assert unpacked(packed(["خبر</script>", "\ud800", None, 1])) == ["خبر</script>", "\ud800", None, 1]
    assert set(packed(["</script>"])) <= set(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="
    )


def test_the_seeds_in_columns() -> None:
    """Members come first, then the documents of listed pairs; a pair inside a cluster is no listed pair."""
    found = pieces(the_seeds())
    core, documents = found["core"], found["documents"]

    assert documents["id"] == "000.txt\n001.txt\n003.txt\n004.txt\n"
    assert documents["title"] == "تلاش ایران\nرایزنی\nروسیه\nگفت\u200cوگو با عمان\n"
    assert documents["words"] == [5, 5, 3, 3]
    assert core["sources"] == ["فارس", "مهر", ""]
    assert core["documents"]["source"] == [0, 1, 2, 2]
    assert core["clusters"] == {
        "sizes": [2],
        "cohesion": [35],
        "reason": [[KINDS.index(ReasonKind.LONGEST)]],
        "members": [0, 1],
        "verdict": [-1, 2],
        "jaccard": [100, 35],
        "containment": [100, 77],
        "tfidf": [100, 81],
        "confidence": [100, 93],
        "delay": [0, -1],
        "dropped": [0, 1],
        "changed": {},
        "credits": {},
    }
    assert core["pairs"] == {
        "left": [2],
        "right": [3],
        "verdict": [4],
        "jaccard": [13],
        "containment": [24],
        "tfidf": [-1],
        "confidence": [100],
    }


def test_a_page_says_where_it_comes_from() -> None:
    """Archive, command, version, and the days of its first and last document, 17 and 18 October."""
    head = pieces(replace(the_seeds(), span=(1_697_500_800, 1_697_587_200)))["core"]["head"]

    assert (head["name"], head["command"], head["version"]) == ("seeds", "dedup report seeds", __version__)
    assert head["span"] == [154_787 * 1440, 154_788 * 1440]


def test_what_was_changed_and_whom_members_credit_is_by_their_place() -> None:
    """Only those that have any; the delay is that behind the first, in minutes."""
    copy = a_member("b", Verdict.NEAR_DUPLICATE, changed=(FIGURE,), credits=("AFP",), moment=7200)

    clusters = pieces(a_report(clusters=(a_cluster(a_member("a", moment=3600), copy),)))["core"]["clusters"]

    assert clusters["changed"] == {"1": [["40", "14", "lead"]]}
    assert clusters["credits"] == {"1": ["AFP"]}
    assert clusters["delay"] == [0, 60]


def test_all_sources_are_listed_with_their_figures() -> None:
    """Also one that no document of the page has; the delay is in minutes."""
    wire = SourceFigures("wire", 5, 2, 1, 2, 3, 0, 3600, 1, 1, (("AFP", 2),), ("Wire",))

    core = pieces(a_report(sources=(wire,)))["core"]

    assert core["sources"] == ["wire"]
    assert core["source_figures"] == [[0, 5, 2, 1, 2, 3, 0, 60, 1, 1, [["AFP", 2]], ["Wire"]]]


@pytest.mark.parametrize(
    ("text", "words"),
    [("two words", 2), ("北京天气", 2), ("𠀀𠀁北京", 3), ("AFP 2024 北京", 3), ("안녕 여러분", 2), ("", 0)],
)
def test_words_are_counted_in_every_script(text: str, words: int) -> None:
    """Those of a script without spaces as ICU knows them; Korean has spaces."""
    assert page_documents_of(Document("a", text)).columns.words == [words]


@pytest.mark.parametrize(("text", "words"), [("北京天气", -4), ("AFP 2024 北京", 3), ("안녕 여러분", 2)])
def test_without_icu_letters_of_a_script_without_spaces_are_counted_as_such(
    text: str, words: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Below 0: the page calls them characters."""
    monkeypatch.setitem(sys.modules, "icu4py.breakers", None)

    assert page_documents_of(Document("a", text)).columns.words == [words]


def test_the_first_words_stand_in_for_a_title() -> None:
    """Twelve of them, of the first 200 characters."""
    columns = page_documents_of(
        Document("a", "یک " * 30), Document("b", "کوتاه"), Document("c", "x", "تیتر")
    ).columns

    assert columns.title == [" ".join(["یک"] * 12) + " \u2026", "کوتاه", "تیتر"]


def test_warnings_come_in_figures() -> None:
    """The page has its own words; a name is sanitized and short."""
    warnings = (ReportWarning("source", "a\x1b[31m" + "b" * 200, 11, 12, "in words"),)

    core = pieces(a_report(warnings=warnings))["core"]

    assert core["warnings"] == [["source", f"a[31m{'b' * 94}\u2026", 11, 12]]


def test_a_roundup_is_not_spared() -> None:
    """It is a copy of none of the stories that it holds."""
    clusters = tuple(a_cluster(a_member(name), a_member("r", Verdict.CONTAINED)) for name in ("a", "b"))

    assert pieces(a_report(clusters=clusters))["core"]["counts"]["spared"] == 0


def test_what_would_be_saved_is_counted_without_representatives() -> None:
    """Bytes of the texts as UTF-8: a Persian letter has two, a half-space three."""
    counts = pieces(the_seeds())["core"]["counts"]

    assert counts["spared"] == 1
    assert counts["spared_bytes"] == len("رایزنی برای آتش\u200cبس در غزه".encode())


def test_reasons_and_terms_wait_in_pieces_of_their_own() -> None:
    """The core of a large report stays small."""
    found = pieces(the_seeds())

    assert found["cluster-0"] == [
        {
            "terms": ["غزه"],
            "own": [[], ["آلبا", "ASEAN"]],
            "reasons": [[], [[CONTAINMENT, 77]]],
            "versions": [],
            "between": [],
        }
    ]
    assert found["pair-0"] == [[[JACCARD, 24]]]
    assert found["text-0"][1] == "رایزنی برای آتش\u200cبس در غزه"
    assert found["about"]["problems"] == [["bad.txt", None, "unreadable", "not text"]]


def test_a_problem_of_a_file_is_a_reason() -> None:
    """It concerns no document, so no id comes before it."""
    damaged = Reason(ReasonKind.UNREAD_FILE, ("it needs a password",))
    problem = Problem.of_input("p.pdf", None, damaged)

    found = pieces(a_report(problems=(problem,)))

    assert problem.reason == "it needs a password; skipped"
    assert found["about"]["problems"] == [
        ["p.pdf", None, "unreadable", "", [KINDS.index(damaged.kind), "it needs a password"]]
    ]


def test_a_problem_of_a_document_is_a_reason() -> None:
    """The page words it in its language, after the id."""
    short = Reason(ReasonKind.TOO_SHORT, (3, 40))
    problem = Problem.of(Document("a", "one", path="p", line=2), short, kind="too_short")

    found = pieces(a_report(problems=(problem,)))

    assert found["about"]["problems"] == [["p", 2, "too_short", "a", [KINDS.index(short.kind), 3, 40]]]


def test_measured_pairs_of_two_members_are_kept() -> None:
    """Only those with no representative: the others are the members' own measures."""
    members = (a_member("a"), a_member("b", Verdict.IDENTICAL), a_member("c", Verdict.IDENTICAL))
    pairs = (
        a_pair("a", "b", Verdict.IDENTICAL),
        a_pair("b", "c", Verdict.CONTAINED, tfidf=0.5),
        a_pair("b", "z", Verdict.PARTIAL),
    )

    found = pieces(a_report(clusters=(a_cluster(*members),), pairs=pairs))

    assert found["cluster-0"][0]["between"] == [[1, 2, 2, 13, 24, 50, 100, []]]


def test_versions_are_named_by_number_in_their_order() -> None:
    """The representative is the second version here."""
    cluster = a_cluster(a_member("b"), a_member("a", Verdict.CONTAINED), versions=("a", "b"))

    assert pieces(a_report(clusters=(cluster,)))["cluster-0"][0]["versions"] == [1, 0]


def test_series_have_their_wording_in_the_core_and_their_values_in_pieces(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The wording, one slot between two passages; members in order of time, sanitized, up to a limit."""
    monkeypatch.setattr(page_series_module, "MEMBERS", 1)
    members = (
        SeriesMember("a", "Rates\x1b[31m", "wire", "2024-03-02", ("12", "up")),
        SeriesMember("b", "", "", "", ("15", "")),
    )

    found = pieces(a_report(series=(Series(1, "a", ("the rate is ", " today ", ""), members),)))

    assert found["core"]["series"] == {
        "sizes": [2],
        "wording": [["the rate is ", " today ", ""]],
        "more": 0,
        "together": 20,
    }
    assert found["series-0"] == [
        {
            "wording": ["the rate is ", " today ", ""],
            "slots": [[2, "12", "15"], [2, "", "up"]],
            "more_slots": 0,
            "members": [["Rates[31m", "wire", "2024-03-02", 154_924 * 1440, ["12", "up"]]],
            "more": 1,
        }
    ]


def test_five_hundred_members_of_a_series_are_shown() -> None:
    """The others are counted."""
    members = tuple(SeriesMember(f"m{number}", "", "", "", ("1",)) for number in range(502))

    found = pieces(a_report(series=(Series(1, "m0", ("the rate is ", ""), members),)))

    assert len(found["series-0"][0]["members"]) == 500
    assert found["series-0"][0]["more"] == 2


def test_the_wording_of_a_series_is_spelt_as_its_representative_writes_it() -> None:
    """Capitals, half-spaces and commas; a passage that its text does not have stays folded."""
    text = "Today, again: the rate is 12. بانک\u200cها می\u200cخرند 15"
    series = Series(1, "a", ("today again the rate is", "بانکها میخرند", "gone"), ())

    found = pieces(a_report(series=(series,), documents={"a": Document("a", text)}))

    assert found["series-0"][0]["wording"] == [
        "Today, again: the rate is",
        "بانک\u200cها می\u200cخرند",
        "gone",
    ]


def test_a_document_that_is_not_held_has_no_text() -> None:
    """Its place in the chunk is empty, and it is counted."""
    cluster = a_cluster(a_member("a"), a_member("b", Verdict.IDENTICAL))

    found = pieces(a_report(clusters=(cluster,), documents={}))

    assert found["text-0"] == [None, None]
    assert found["core"]["counts"]["without_text"] == 2


def test_texts_are_packed_together_until_a_chunk_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chunks know the number of their first document."""
    monkeypatch.setattr(page_documents_module, "CHUNK", 10)

    shown = page_documents_of(*(Document(name, "12345") for name in "abcde"))

    assert shown.chunk_starts == [0, 2, 4]
    assert [unpacked(chunk) for chunk in shown.chunks] == [["12345"] * 2, ["12345"] * 2, ["12345"]]


def test_texts_beyond_the_budget_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """They are counted; their headlines stay."""
    monkeypatch.setattr(page_documents_module, "CHUNK", 1)
    monkeypatch.setattr(page_documents_module, "BUDGET", 1)

    shown = page_documents_of(Document("a", "one"), Document("b", "two", title="second"))

    assert len(shown.chunks) == 1
    assert shown.without_text == 1
    assert shown.columns.title == ["one", "second"]


def test_a_story_of_five_megabytes_is_cut() -> None:
    """The page carries 60,000 characters of it, and says so; the figures are those of the whole."""
    shown = page_documents_of(Document("a", "خبر " * 1_250_000))

    assert [len(text) for text in unpacked(shown.chunks[0])] == [60_000]
    assert shown.cut == [0]
    assert shown.columns.words == [1_250_000]


def test_lines_of_a_text_stay_and_controls_go() -> None:
    """Line separators of every kind are line breaks; a direction override is gone, a half-space stays."""
    shown = page_documents_of(Document("a", "یک\u2028دو\r\nسه\u202e\x00 می\u200cرود"))

    assert unpacked(shown.chunks[0]) == ["یک\nدو\nسه می\u200cرود"]


@pytest.mark.parametrize(("stories", "boilerplate"), [(4, []), (5, ["انتهایپیام"])])
def test_sentences_of_many_stories_are_boilerplate(stories: int, boilerplate: list[str]) -> None:
    """Five unrelated stories make a sentence boilerplate, four or nine copies do not; it is kept folded."""
    unrelated = [Document(str(n), f"خبر شمارهٔ {n} از شهر.\nانتهای پیام") for n in range(stories)]
    copies = [Document(f"c{n}", "متن یکسان رونوشت.\nپایان گزارش") for n in range(9)]
    shown = PageDocuments(
        {document.id: document for document in [*unrelated, *copies]}, PageDates(a_report())
    )
    for story in unrelated:
        shown.add([story.id])
    shown.add([copy.id for copy in copies])

    assert shown.boilerplate_sentences() == boilerplate


def test_the_alphabet_says_what_each_letter_folds_to() -> None:
    """Letters of the texts, and those that people search with."""
    alphabet = page_documents_of(Document("a", "كتاب ۱۲ ǆ")).alphabet()

    assert alphabet["changed"]["ك"] == "ک"
    assert alphabet["changed"]["۱"] == "1"
    assert alphabet["changed"]["\u200c"] == "" if "\u200c" in alphabet["changed"] else True
    assert alphabet["changed"]["ǆ"] == "dz"
    assert "ک" in alphabet["same"]
    assert " " in alphabet["same"]


@pytest.mark.parametrize(
    ("published", "moment"),
    [
        ("", 0),
        ("yesterday", 0),
        ("1600-01-01T00:01:00", 1),
        ("2024-01-08T08:10:00+03:30", 154_870 * 1440 + 490),
        ("دوشنبه ۱۸ دی ۱۴۰۲ - ۰۸:۱۰", 154_870 * 1440 + 490),
        ("02/11/2024", (154_870 + 299) * 1440),
    ],
)
def test_dates_are_minutes_of_the_publisher_s_clock(published: str, moment: int) -> None:
    """Since 1600 began: 135,140 days before 1970, and 19,730 after it; 0 is no date."""
    assert page_documents_of(Document("a", "", published=published)).columns.moment == [moment]


def test_dates_are_read_as_the_report_read_them() -> None:
    """In the order of the source, on the clock of the recipe's zone."""
    report = a_report(
        recipe=Recipe(timezone="Asia/Tehran"), date_orders=(DateOrder("us", "month", "source", 1, 0, 1),)
    )
    dates = PageDates(report)

    assert dates.moments(["02/11/2024", "02/11/2024", "2024-01-08T22:00:00Z"], ["us", "uk", ""]) == [
        (154_870 + 34) * 1440,
        (154_870 + 299) * 1440,
        (154_870 + 1) * 1440 + 90,
    ]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("گزارش خبرگزاری", "fa"),
        ("هذا خبر من الوكالة", "ar"),
        ("یہ بڑی خبر ہے", "ur"),
        ("A report", "en"),
        ("", "en"),
    ],
)
def test_a_page_opens_in_the_language_of_most_texts(text: str, language: str) -> None:
    """Persian and Urdu have letters that Arabic lacks."""
    assert page_documents_of(Document("a", text)).language == language


def test_long_lists_say_how_much_more_the_json_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pairs of each verdict and problems have a limit."""
    monkeypatch.setattr(content_module, "LISTED", 1)
    pairs = tuple(a_pair("a", name, Verdict.PARTIAL) for name in "bcd")
    problems = (Problem("p", 7, "first"), Problem("q", None, "second"))

    found = pieces(a_report(pairs=pairs, problems=problems))

    assert found["core"]["pairs"]["left"] == [0]
    assert found["core"]["more"] == {"partial": 2}
    assert found["about"]["problems"] == [["p", 7, "unreadable", "first"]]
    assert found["about"]["more_problems"] == 1


def test_a_roundup_is_listed_in_each_cluster_by_one_number() -> None:
    """The same document, the same number; its pairs with members of its cluster are not listed."""
    roundup = a_member("r", Verdict.CONTAINED)
    clusters = (a_cluster(a_member("a"), roundup), a_cluster(a_member("b"), roundup, id=2))
    pairs = (a_pair("a", "r", Verdict.CONTAINED), a_pair("b", "r", Verdict.CONTAINED))

    core = pieces(a_report(clusters=clusters, pairs=pairs))["core"]

    assert core["clusters"]["members"] == [0, 1, 2, 1]
    assert core["pairs"]["left"] == []


def test_boilerplate_is_known_folded_and_named_as_it_was_written() -> None:
    """For greying and for reading; a lone short word would grey too much."""
    report = a_report(boilerplate=(Boilerplate("اخبار لحظه\u200cای", 40), Boilerplate("پیام", 30)))

    found = pieces(report)

    assert found["core"]["boilerplate"] == ["اخبارلحظهای"]
    assert found["about"]["boilerplate"] == [["اخبار لحظه\u200cای", 40], ["پیام", 30]]
