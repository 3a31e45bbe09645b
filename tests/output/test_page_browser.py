"""The page in a browser: what a reader does with it, on the made-up stories and on hostile ones.

Cluster 1 of the stories is the dam: documents 0 (the first), 1 (moved and changed), 2 (half-spaces lost),
3 3 (an excerpt). Cluster 3 is English, cluster 4 the book fair, the same but for half-spaces.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dedup.model import Document, Report, ReportWarning, Series, SeriesMember, Verdict
from tests.page_in_browser import Opened, launched, opened, the_stories, written
from tests.report_samples import HOSTILE, a_cluster, a_member, a_report, hostile_report

VIEWS = (
    *(
        "overview",
        "clusters",
        "cluster-1",
        "pairs-template",
        "pairs-partial",
        "roundups",
        "problems",
        "about",
    ),
    *("evidence-1-0-1", "pair-0", "series", "series-1"),
)
ENGLISH, PERSIAN = "en", "fa"
PHONE = {"width": 400, "height": 800}


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One browser for all."""
    with launched() as running:
        yield running


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the stories."""
    return written(the_stories(), tmp_path_factory.mktemp("page"))


@pytest.fixture
def reader(browser: Any, page: Path) -> Iterator[Opened]:  # noqa: ANN401 - playwright's own
    """A reader who has just opened the page of the stories."""
    with opened(browser, page) as found:
        yield found
    assert (found.complaints, found.requests, found.dialogs) == ([], [], [])


@pytest.fixture(scope="module")
def partial_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the stories, were the pairs of the digest of 13 Esfand no copies: three are partial."""
    report = the_stories()
    pairs = [
        replace(pair, verdict=Verdict.PARTIAL)
        for pair in report.pairs
        if "khabarnameh/3102" in (pair.left, pair.right)
    ]
    return written(replace(report, pairs=tuple(pairs)), tmp_path_factory.mktemp("partial"))


@pytest.fixture
def listing(browser: Any, partial_page: Path) -> Iterator[Opened]:  # noqa: ANN401 - playwright's own
    """A reader of the list of partial pairs."""
    with opened(browser, partial_page) as found:
        found.go("pairs-partial")
        yield found
    assert (found.complaints, found.requests, found.dialogs) == ([], [], [])


def shown(reader: Opened) -> list[str]:
    """Read the headlines of a list."""
    return [str(text) for text in reader.tab.locator(".card h2").all_inner_texts()]


def evidence(reader: Opened, view: str) -> None:
    """Lay two documents side by side."""
    reader.go(view)
    reader.tab.wait_for_selector(".pane")


def test_the_overview_says_what_was_found(reader: Opened) -> None:
    """Figures in Persian digits, the pictures, and what would be saved: 4; copies with changed facts stay."""
    text = reader.text()

    assert "۱۲ خبر از ۱۹ خبر، رونوشت یکدیگرند؛ در ۴ خوشه." in text
    assert "با نگه داشتن یکی از هر خوشه، ۴ خبر (۲۱٪)" in text
    assert reader.tab.locator(".timeline li").count() == 8
    heads = reader.tab.locator(".matrix thead th").all_inner_texts()
    rows = reader.tab.locator(".matrix tbody tr").all()
    table = {
        row.locator("th").inner_text(): dict(zip(heads, row.locator("td").all_inner_texts(), strict=True))
        for row in rows
    }
    assert table["آوای رود"]["پیک بامداد"] == "۲"
    assert table["Coast Wire"]["Daily Quay"] == "۱"
    assert table["پیک بامداد"]["آوای رود"] == "·"


def test_warnings_stand_before_the_figures(browser: Any, tmp_path: Path) -> None:  # noqa: ANN401 - as above
    """In the words of the page; names are text, in their own direction."""
    report = a_report(
        warnings=(
            ReportWarning("source", "<b>آوا</b>", 1200, 1900, ""),
            ReportWarning("cluster", "g0", 60, 2000, ""),
            ReportWarning("titles", "g0", 30, 6, ""),
            ReportWarning("one_source", "wire", 3, 3, ""),
            ReportWarning("no_source", "", 3, 3, ""),
            ReportWarning("date_order", "", 2, 3, ""),
            ReportWarning("mixed_date_orders", "wire", 1, 4, ""),
        )
    )

    with opened(browser, written(report, tmp_path)) as reader:
        english = reader.tab.locator(".warnings li").all_inner_texts()
        reader.tab.click("#language")
        persian = reader.tab.locator(".warnings li").all_inner_texts()

    assert english == [
        "\u201c\u2068<b>آوا</b>\u2069\u201d would lose 1,200 of its 1,900 documents as copies.",
        "The cluster of \u201c\u2068g0\u2069\u201d holds 60 of all 2,000 documents: hardly one story.",
        (
            "30 documents have the text of \u201c\u2068g0\u2069\u201d, under 6 unrelated titles: "
            "hardly one story."
        ),
        (
            "All 3 documents are of one source, \u201c\u2068wire\u2069\u201d: "
            "between sources there is nothing to compare."
        ),
        "No document names its source: between sources there is nothing to compare.",
        (
            "2 of 3 dates do not say whether the day or the month is first, and no other date proves it: "
            "who came first is not to be trusted."
        ),
        (
            "\u201c\u2068wire\u2069\u201d writes the day first in some dates and the month first in others: "
            "1 of its 4 dates may be read wrongly."
        ),
    ]
    assert persian[0] == "«\u2068<b>آوا</b>\u2069» ۱٬۲۰۰ خبر از ۱٬۹۰۰ خبر خود را به‌عنوان رونوشت از دست می‌دهد."
    assert len(persian) == 7
    assert (reader.complaints, reader.dialogs) == ([], [])


def test_the_reader_changes_the_language(reader: Opened) -> None:
    """Words, digits and direction follow; the choice outlives the visit."""
    reader.tab.click("#language")

    assert "12 of 19 documents are copies of one another, in 4 clusters." in reader.text()
    assert reader.tab.evaluate("[document.documentElement.lang, document.documentElement.dir]") == [
        "en",
        "ltr",
    ]
    reader.tab.reload()
    reader.tab.wait_for_selector("html[data-ready]")
    assert reader.tab.evaluate("document.documentElement.lang") == ENGLISH


def test_dates_follow_the_calendar_of_the_language(reader: Opened) -> None:
    """The clock is the publisher's: 08:10 in Tehran stays 08:10."""
    reader.go("cluster-1")
    assert "۱۲ اسفند ۱۴۰۲، ۰۸:۱۰" in reader.text()

    reader.tab.click("#language")
    assert "2 Mar 2024, 08:10" in reader.text()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("سپيدكوه", ["سد سپیدکوه فردا آبگیری می\u200cشود"]),  # from an Arabic keyboard
        (
            "دوچرخهسواران",
            ["سه طلای دوچرخه\u200cسواران استان"],
        ),  # the headline of a member, the half-space lost
        ("LANTERN", ["Northbridge opens second container terminal on Monday"]),
        ("nothing of the kind", []),
    ],
)
def test_the_reader_searches(reader: Opened, words: str, found: list[str]) -> None:
    """Headlines, sources and ids of all members, spelt as people spell."""
    reader.go("clusters")

    reader.tab.fill("#search", words)
    reader.tab.wait_for_timeout(400)

    assert shown(reader) == found


def test_the_reader_searches_the_texts(reader: Opened) -> None:
    """Only when asked: a word of the body is found."""
    reader.go("clusters")
    reader.tab.fill("#search", "تحت فشار")
    reader.tab.wait_for_timeout(400)
    assert shown(reader) == []

    reader.tab.check("input[type=checkbox]")
    reader.tab.wait_for_selector(".card h2")

    assert shown(reader) == ["سد سپیدکوه فردا آبگیری می\u200cشود"]


def test_the_reader_filters_by_verdict_source_and_date(reader: Opened) -> None:
    """Filters add up; a date may be typed in Persian digits."""
    reader.go("clusters")
    assert len(shown(reader)) == 4

    reader.tab.select_option("#source", label="شهرنما")
    assert len(shown(reader)) == 3
    reader.tab.select_option("#verdict", label="گنجانده\u200cشده")
    assert len(shown(reader)) == 3
    reader.tab.select_option("#verdict", label="تقریباً یکسان")
    for bound in (0, 1):
        reader.tab.locator(".short input").nth(bound).fill("۲۰۲۴-۰۳-۰۴")
    reader.tab.wait_for_timeout(400)
    assert shown(reader) == ["نمایشگاه کتاب\u200cهای دست\u200cدوم گشایش می\u200cیابد"]
    assert "۱ خوشه از ۴" in reader.text()


def test_the_reader_orders_the_clusters(reader: Opened) -> None:
    """Oldest first: the harbour of 1 March."""
    reader.go("clusters")

    reader.tab.select_option("#sort", "byOld")

    assert shown(reader)[0].startswith("Northbridge")


def test_a_cluster_shows_its_representative_first_and_why(reader: Opened) -> None:
    """Then members with verdict, measures and what they alone say."""
    reader.go("cluster-1")
    reader.tab.wait_for_selector(".members")

    rows = reader.tab.locator(".members tbody tr").all_inner_texts()
    assert len(rows) == 4
    assert "نماینده است، چون زودتر از همه منتشر شده است." in rows[0]
    assert "تقریباً یکسان" in rows[1]
    assert re.search("ژاکارد\\s*۸۲٪\\s*دربرگیری\\s*۹۰٪\\s*TF-IDF\\s*۹۸٪", rows[1])
    assert "گنجانده\u200cشده" in rows[3]


def test_the_evidence_marks_what_changed_and_what_moved(reader: Opened) -> None:
    """Numbers on both sides, one moved paragraph, furniture greyed, reasons in words."""
    reader.go("cluster-1")
    reader.tab.locator(".members .button").first.click()
    reader.tab.wait_for_selector(".pane")

    sides = [
        reader.tab.locator(f".pane[data-side={side}] mark.number").all_inner_texts()
        for side in ("left", "right")
    ]
    assert sides == [["۲۱۵"], ["۲۵۱"]]
    moved = reader.tab.locator(".pane mark.moved").all_inner_texts()
    assert len(moved) == 2
    assert all(text.startswith("کارشناسان محیط زیست") for text in moved)
    furniture = reader.tab.locator(".pane mark.furniture").all_inner_texts()
    assert furniture == ["انتهای پیام", "بیشتر بخوانید", "انتهای پیام"]
    reader.tab.click(".why summary")
    assert "۹۰٪ متن کوتاه\u200cتر در متن بلندتر آمده است" in reader.text(".why")
    assert reader.tab.locator(".why li").count() >= 4
    assert reader.tab.locator(".why [lang=en]").count() == 0


def test_the_reader_jumps_between_differences(reader: Opened) -> None:
    """By button and by key, forwards, backwards and around."""
    evidence(reader, "evidence-1-0-1")

    reader.tab.keyboard.press("n")
    assert reader.text(".place") == "تفاوت ۱ از ۲"
    assert reader.tab.locator(".pane .current").all_inner_texts() == ["به گزارش آوای رود", ""]
    reader.tab.locator(".steps button").last.click()
    assert reader.tab.locator(".pane .current").all_inner_texts() == ["۲۱۵", "۲۵۱"]
    reader.tab.keyboard.press("p")
    reader.tab.keyboard.press("p")
    assert reader.text(".place") == "تفاوت ۲ از ۲"
    assert all(reader.tab.locator(".pane .current").nth(side).is_visible() for side in (0, 1))


def test_a_moved_passage_is_linked_to_its_place_on_the_other_side(reader: Opened) -> None:
    """The button brings the other pane there."""
    evidence(reader, "evidence-1-1-0")
    box = "element.closest('.pane').getBoundingClientRect()"
    inside = f"element => element.getBoundingClientRect().top < {box}.bottom"

    reader.tab.locator(".pane[data-side=left] .moved-link").click()

    assert reader.tab.locator(".pane[data-side=right] mark.moved.flash").first.evaluate(inside)


def test_any_two_members_can_be_laid_side_by_side(reader: Opened) -> None:
    """The selects change the sides; a pair that was measured shows its verdict."""
    evidence(reader, "evidence-1-0-1")

    reader.tab.select_option("#left", "2")
    reader.tab.get_by_role("heading", name="آغاز آبگیری سد سپیدکوه از فردا", exact=True).wait_for()

    assert reader.tab.locator(".side h2").all_inner_texts() == [
        "آغاز آبگیری سد سپیدکوه از فردا",
        "تالاب سپیدکوه در آستانهٔ آبگیری سد",
    ]
    assert "تقریباً یکسان" in reader.text(".score")


def test_lost_half_spaces_are_no_difference(reader: Opened) -> None:
    """Nor are spaces in their place."""
    evidence(reader, "evidence-4-10-11")

    assert "واژه\u200cها تفاوتی ندارند" in reader.text(".place")


def test_likely_names_are_marked(reader: Opened) -> None:
    """A capital inside an English sentence, on both sides."""
    reader.go("cluster-3")
    reader.tab.locator(".members .button").nth(0).click()
    reader.tab.wait_for_selector(".pane")

    names = reader.tab.locator(".pane mark.name").all_inner_texts()

    assert names == ["Easthaven", "Westmarch"]


def test_template_pairs_have_a_list_of_their_own(reader: Opened) -> None:
    """Each with its measures, and a way to the evidence."""
    reader.go("pairs-template")
    assert "قیمت طلا و سکه، شنبه" in reader.text()
    assert reader.tab.locator(".card.pair").count() == 1

    reader.tab.click(".card.pair .button")
    reader.tab.wait_for_selector(".pane")
    assert reader.tab.locator(".pane mark.number").count() >= 8


def test_partial_pairs_have_a_list_of_their_own(listing: Opened) -> None:
    """Three pairs, and none that joins."""
    assert listing.tab.locator(".card.pair").count() == 3


def test_a_series_shows_its_wording_and_what_fills_it(browser: Any, tmp_path: Path) -> None:  # noqa: ANN401 - as above
    """Slots are numbered in the wording; the table has a row for each member and a column for each slot."""
    members = (
        SeriesMember("a", "Rates on Saturday", "wire", "2024-03-02", ("12", "up")),
        SeriesMember("b", "Rates on Sunday", "wire", "2024-03-03", ("15", "")),
    )
    report = a_report(series=(Series(1, "a", ("the rate is", "today", ""), members),))

    with opened(browser, written(report, tmp_path)) as reader:
        reader.go("series")
        assert reader.text(".skeleton").split() == ["the", "rate", "is", "1", "today", "2"]
        reader.tab.click(".card h2 a")
        reader.tab.wait_for_selector("table")
        rows = [row.split("\t") for row in reader.tab.locator("tbody tr").all_inner_texts()]
        slots = reader.tab.locator(".slots li").all_inner_texts()

    assert [row[1:] for row in rows] == [["2 Mar 2024", "12", "up"], ["3 Mar 2024", "15", "\u2013"]]
    assert slots[0] == "1 2 values: 12 \u2026 15"
    assert (reader.complaints, reader.dialogs) == ([], [])


def counted(reader: Opened, expected: int) -> None:
    """Wait until a list of pairs shows so many; fields are heard when somebody has stopped typing."""
    from playwright.sync_api import expect

    expect(reader.tab.locator(".card.pair")).to_have_count(expected)


def test_lists_of_pairs_are_searched_and_filtered(listing: Opened) -> None:
    """Of three, one has a story of شهرنما, and that has تالاب in its headline."""
    reader = listing

    reader.tab.select_option("#source", label="شهرنما")
    counted(reader, 1)
    assert "شهرنما" in reader.tab.locator(".card.pair").inner_text()
    reader.tab.select_option("#source", index=0)
    counted(reader, 3)
    reader.tab.fill("input[type=search]", "تالاب")
    counted(reader, 1)


@pytest.mark.parametrize(
    ("bound", "date", "pairs"),
    [
        ("from", "2024-03-03", 3),  # 13 Esfand 1402 is 3 March 2024
        ("from", "۱۴۰۲/۱۲/۱۳", 3),
        ("from", "۱۴۰۲/۱۲/۱۴", 0),
        ("from", "1403", 0),
        ("from", "1402-12", 3),
        ("to", "1402-12-12", 3),
        ("to", "1402-12-11", 0),
        ("to", "1402-11", 0),
        ("to", "1402", 3),
        ("to", "2024-03-01", 0),
    ],
)
def test_pairs_are_filtered_by_dates_of_either_calendar(
    listing: Opened, bound: str, date: str, pairs: int
) -> None:
    """Each of the three has the story of 13 Esfand, which is the last, and one of the 12th."""
    reader = listing
    reader.tab.locator(".short input").nth(0 if bound == "from" else 1).fill("1300")
    counted(reader, 3 if bound == "from" else 0)

    reader.tab.locator(".short input").nth(0 if bound == "from" else 1).fill(date)

    counted(reader, pairs)


def test_pairs_are_ordered_by_date(listing: Opened) -> None:
    """The newest of all pairs have the same later date: the order of strength stays."""
    reader = listing
    before = reader.tab.locator(".card.pair .id").all_inner_texts()

    reader.tab.select_option("#sort-partial", "byNew")

    assert reader.tab.locator(".card.pair .id").all_inner_texts() == before


def test_a_roundup_names_the_stories_it_holds(reader: Opened) -> None:
    """The week at a glance stands in two clusters."""
    reader.go("roundups")

    assert shown(reader) == ["خبرهای هفته در یک نگاه"]
    assert reader.tab.locator(".parts li").count() == 2


def test_problems_and_the_recipe_are_there(reader: Opened) -> None:
    """The story of two words is named; every setting is listed."""
    reader.go("problems")
    reader.tab.wait_for_selector(".problems")
    assert "peyk/19044" in reader.text()

    reader.go("about")
    reader.tab.wait_for_selector(".settings")
    assert "bucket_cap" in reader.text()


def test_the_back_button_goes_back(reader: Opened) -> None:
    """Views are addresses."""
    reader.go("clusters")
    reader.go("cluster-2")

    reader.tab.go_back()
    reader.tab.wait_for_selector("#search")

    assert len(shown(reader)) == 4


def test_an_address_that_means_nothing_shows_the_overview(reader: Opened) -> None:
    """Nothing breaks."""
    for address in ("cluster-99", "evidence-1-0-99", "pair-99", "%E0%A4", "<b>"):
        reader.tab.evaluate("view => { location.hash = view; }", address)
        reader.tab.wait_for_selector(".overview")


def test_the_keyboard_reaches_everything(reader: Opened) -> None:
    """The first stop skips to the content, a slash goes to the search, a view's heading takes the focus."""
    reader.tab.keyboard.press("Tab")
    assert reader.tab.evaluate("document.activeElement.id") == "skip"
    reader.tab.keyboard.press("Enter")
    assert reader.tab.evaluate("document.activeElement.id") == "main"
    reader.go("clusters")
    assert reader.tab.evaluate("document.activeElement.tagName") == "H1"
    reader.tab.keyboard.press("/")
    assert reader.tab.evaluate("document.activeElement.id") == "search"


@pytest.mark.parametrize("view", VIEWS)
def test_nothing_is_wider_than_a_phone(browser: Any, page: Path, view: str) -> None:  # noqa: ANN401
    """400 pixels: no view scrolls sideways."""
    with opened(browser, page, viewport=PHONE) as reader:
        reader.go(view)
        reader.tab.wait_for_timeout(200)

        assert reader.tab.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_print_shows_the_texts_whole_on_white(reader: Opened) -> None:
    """No controls, no scrolling panes, dark colours left."""
    evidence(reader, "evidence-1-0-1")

    reader.tab.emulate_media(media="print", color_scheme="dark")

    assert not reader.tab.is_visible("#language")
    assert not reader.tab.is_visible(".toolbar")
    style = (
        "element => { const style = getComputedStyle(element); return [style.overflowY, style.maxHeight]; }"
    )
    assert reader.tab.locator(".pane").first.evaluate(style) == ["visible", "none"]
    assert reader.tab.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", [PERSIAN, ENGLISH])
def test_no_view_has_serious_faults_of_access(browser: Any, page: Path, theme: str, language: str) -> None:  # noqa: ANN401
    """axe-core finds nothing serious or critical: contrast, names, landmarks, headings' order."""
    from axe_playwright_python.sync_playwright import Axe

    with opened(browser, page, color_scheme=theme, bypass_csp=True) as reader:
        if language == ENGLISH:
            reader.tab.click("#language")
        for view in VIEWS:
            reader.go(view)
            reader.tab.wait_for_timeout(150)
            found = Axe().run(reader.tab).response["violations"]
            assert [
                (view, fault["id"], fault["nodes"][0]["html"])
                for fault in found
                if fault["impact"] in {"serious", "critical"}
            ] == []


@pytest.mark.parametrize("text", [*HOSTILE.values(), "".join(HOSTILE.values())])
def test_hostile_text_does_nothing(browser: Any, tmp_path: Path, text: str) -> None:  # noqa: ANN401
    """No dialog, no request, no complaint of the policy, in any view; what it says is shown as text."""
    page = written(hostile_report(text), tmp_path)

    with opened(browser, page) as reader:
        for view in (*VIEWS, "evidence-1-1-0"):
            reader.go(view)
        reader.tab.wait_for_selector(".pane")
        made = reader.tab.evaluate(
            "[...document.querySelectorAll('img, main script, iframe, object')].length"
        )
        handlers = reader.tab.evaluate(
            "[...document.querySelectorAll('*')].flatMap(element => element.getAttributeNames())"
            ".filter(name => name.startsWith('on'))"
        )
        links = reader.tab.evaluate("[...document.links].map(link => link.protocol)")

    assert (reader.complaints, reader.requests, reader.dialogs) == ([], [], [])
    assert (made, handlers) == (0, [])
    assert set(links) <= {"file:", "http:", "https:"}


def test_the_policy_refuses_markup_and_requests(browser: Any, page: Path) -> None:  # noqa: ANN401
    """Even a program inside the page could not turn text into markup, nor load anything."""
    with opened(browser, page) as reader:
        refused = reader.tab.evaluate(
            "() => { try { document.body.innerHTML = '<b>'; return false; } catch { return true; } }"
        )
        loaded = reader.tab.evaluate("() => fetch('https://example.ir/').then(() => true, () => false)")

    assert refused
    assert not loaded
    assert any("Content Security Policy" in complaint for complaint in reader.complaints)


def test_a_story_of_five_megabytes_opens(browser: Any, tmp_path: Path) -> None:  # noqa: ANN401
    """The page shows its beginning, says so, and compares it."""
    text = "خبر بلند دربارهٔ رودخانه و شهر " * 170_000
    documents = {name: Document(name, text) for name in ("a", "b")}
    cluster = a_cluster(a_member("a"), a_member("b", Verdict.IDENTICAL))
    page = written(a_report(clusters=(cluster,), documents=documents), tmp_path)

    with opened(browser, page) as reader:
        evidence(reader, "evidence-1-0-1")

        assert "Only the beginning of this text" in reader.text()


def many_clusters(count: int) -> Report:
    """Make a report of `count` clusters of two."""
    clusters = tuple(
        a_cluster(a_member(f"{n}a", title=f"story {n}"), a_member(f"{n}b", Verdict.IDENTICAL), id=n)
        for n in range(1, count + 1)
    )
    return replace(a_report(clusters=clusters), counts={"documents": 2 * count, "clusters": count})


def test_long_lists_are_shown_a_page_at_a_time(browser: Any, tmp_path: Path) -> None:  # noqa: ANN401
    """5,000 clusters, 20 on the page; the search looks through all of them."""
    page = written(many_clusters(5_000), tmp_path)

    with opened(browser, page) as reader:
        reader.go("clusters")
        assert len(shown(reader)) == 20
        reader.tab.get_by_text("Next").click()
        assert shown(reader)[0] == "story 21"
        reader.tab.fill("#search", "story 4321")
        reader.tab.get_by_text("1 of 5,000 clusters").wait_for()
        assert shown(reader) == ["story 4321"]
        reader.go("cluster-4321")
        reader.tab.wait_for_selector(".members")
        assert "4,321" in reader.text()


def test_a_story_that_grew_shows_its_versions(browser: Any, tmp_path: Path) -> None:  # noqa: ANN401
    """Three versions in order of time; the second links to what it added to the first."""
    names = ("late", "first", "second")
    verdicts = (None, Verdict.CONTAINED, Verdict.NEAR_DUPLICATE)
    members = [
        a_member(name, verdict, title=f"The {name} report")
        for name, verdict in zip(names, verdicts, strict=True)
    ]
    documents = {name: Document(name, f"text of {name}") for name in names}
    grown = a_cluster(*members, versions=("first", "second", "late"))
    page = written(a_report(clusters=(grown,), documents=documents), tmp_path)

    with opened(browser, page) as reader:
        reader.go("cluster-1")
        reader.tab.wait_for_selector(".versions li")
        assert "grew over 3 versions" in reader.text(".versions")
        headlines = reader.tab.locator(".versions .headline").all_inner_texts()
        assert headlines == ["The first report", "The second report", "The late report"]
        assert reader.tab.locator(".versions a").first.get_attribute("href") == "#evidence-1-1-2"
        assert not reader.complaints
