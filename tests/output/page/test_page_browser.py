"""The page in a browser: what a reader does with it, on the made-up stories and on hostile ones.

Cluster 1 of the stories is the dam: documents 0 (the first), 1 (moved and changed), 2 (half-spaces lost),
3 3 (an excerpt). Cluster 3 is English, cluster 4 the book fair, the same but for half-spaces.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from dedup import find_duplicates
from dedup.model import Document, Report, ReportWarning, Series, SeriesMember, Verdict
from tests.page_in_browser import READY, Browser, Opened, the_stories, written
from tests.report_samples import HOSTILE, a_cluster, a_member, a_report, hostile_report

VIEWS = (
    *(
        "overview",
        "clusters",
        "copies",
        "changed",
        "unsure",
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
AXE = "axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations)"
PHONE = {"width": 400, "height": 800}


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the stories."""
    return written(the_stories(), tmp_path_factory.mktemp("page"))


@pytest.fixture
def reader(browser: Browser, page: Path) -> Iterator[Opened]:
    """A reader who has just opened the page of the stories."""
    with browser.opened(page) as found:
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
def listing(browser: Browser, partial_page: Path) -> Iterator[Opened]:
    """A reader of the list of partial pairs."""
    with browser.opened(partial_page) as found:
        found.go("pairs-partial")
        yield found
    assert (found.complaints, found.requests, found.dialogs) == ([], [], [])


def shown(reader: Opened) -> list[str]:
    """Read the headlines of a list."""
    return [str(text) for text in reader.tab.locator(".card h2").all_inner_texts()]


def evidence(reader: Opened, view: str) -> None:
    """Lay two documents side by side."""
    reader.go(view)
    reader.tab.wait_for_selector(".rows", state="attached")


def test_warnings_stand_before_the_figures(browser: Browser, tmp_path: Path) -> None:
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
            ReportWarning("assumed_zone", "IST", 2, 3, ""),
            ReportWarning("unknown_zone", "XYZT", 2, 3, ""),
        )
    )

    with browser.opened(written(report, tmp_path)) as reader:
        english = reader.tab.locator(".warnings li").all_inner_texts()
        reader.tab.select_option("#language", "fa")
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
        (
            "2 of 3 dates name the time zone \u201c\u2068IST\u2069\u201d, which several countries have: "
            "one of them was assumed."
        ),
        (
            "2 of 3 dates name a time zone that is not known, such as \u201c\u2068XYZT\u2069\u201d: "
            "they were read as if they named none."
        ),
    ]
    assert persian[0] == "«\u2068<b>آوا</b>\u2069» ۱٬۲۰۰ خبر از ۱٬۹۰۰ خبر خود را به‌عنوان رونوشت از دست می‌دهد."
    assert len(persian) == 9
    assert (reader.complaints, reader.dialogs) == ([], [])


def test_dates_follow_the_calendar_of_the_language(reader: Opened) -> None:
    """The clock is the publisher's: 08:10 in Tehran stays 08:10."""
    reader.go("cluster-1")
    assert "۱۲ اسفند ۱۴۰۲، ۰۸:۱۰" in reader.text()

    reader.tab.select_option("#language", "en")
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

    reader.tab.check("#texts")
    reader.tab.wait_for_selector(".card h2")

    assert shown(reader) == ["سد سپیدکوه فردا آبگیری می\u200cشود"]


def test_any_two_members_can_be_laid_side_by_side(reader: Opened) -> None:
    """The selects change the sides; a pair that was measured shows its verdict."""
    evidence(reader, "evidence-1-0-1")

    reader.tab.select_option("#left", "2")
    reader.tab.get_by_role("heading", name="آغاز آبگیری سد سپیدکوه از فردا", exact=True).wait_for()

    assert reader.tab.locator(".side-head h2").all_inner_texts() == [
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
    reader.tab.locator(".copy .acts .button").nth(0).click()
    reader.tab.wait_for_selector(".rows", state="attached")

    names = reader.tab.locator(".cell mark.name").all_inner_texts()

    assert sorted(names) == ["Easthaven", "Westmarch"]


def test_template_pairs_have_a_list_of_their_own(reader: Opened) -> None:
    """Each with its measures, and a way to the evidence."""
    reader.go("pairs-template")
    assert "قیمت طلا و سکه، شنبه" in reader.text()
    assert reader.tab.locator(".card.pair").count() == 1

    reader.tab.click(".card.pair .button")
    reader.tab.wait_for_selector(".rows", state="attached")
    assert reader.tab.locator(".cell mark.number").count() >= 8


def test_partial_pairs_have_a_list_of_their_own(listing: Opened) -> None:
    """Three pairs, and none that joins."""
    assert listing.tab.locator(".card.pair").count() == 3


def test_a_series_shows_its_wording_and_what_fills_it(browser: Browser, tmp_path: Path) -> None:
    """Slots are numbered in the wording; the table has a row for each member and a column for each slot."""
    members = (
        SeriesMember("a", "Rates on Saturday", "wire", "2024-03-02", ("12", "up")),
        SeriesMember("b", "Rates on Sunday", "wire", "2024-03-03", ("15", "")),
    )
    report = a_report(series=(Series(1, "a", ("the rate is", "today", ""), members),))

    with browser.opened(written(report, tmp_path)) as reader:
        reader.go("series")
        assert reader.text(".skeleton").split() == ["the", "rate", "is", "1", "today", "2"]
        reader.tab.click(".card h2 a")
        reader.tab.wait_for_selector("table")
        rows = [row.split("\t") for row in reader.tab.locator("tbody tr").all_inner_texts()]
        slots = reader.tab.locator(".slots li").all_inner_texts()
        saved = downloaded(reader, "#csv").splitlines()

    assert [row[1:] for row in rows] == [["2 Mar 2024", "12", "up"], ["3 Mar 2024", "15", "\u2013"]]
    assert slots[0] == "1 2 values: 12 \u2026 15"
    assert saved[1:] == ["Rates on Saturday,wire,2024-03-02,12,up", "Rates on Sunday,wire,2024-03-03,15,"]
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
    reader.tab.click(".chip")
    counted(reader, 3)
    reader.tab.fill("input[type=search]", "تالاب")
    counted(reader, 1)


def test_a_roundup_names_the_stories_it_holds(reader: Opened) -> None:
    """The week at a glance is in two clusters."""
    reader.go("roundups")

    assert shown(reader) == ["خبرهای هفته در یک نگاه"]
    assert reader.tab.locator(".parts li").count() == 2


def test_problems_and_the_recipe_are_there(reader: Opened) -> None:
    """The story of two words is named; every setting is listed."""
    reader.go("problems")
    reader.tab.wait_for_selector(".listing")
    assert "peyk/19044" in reader.text()
    assert "برای مقایسه کوتاه است (دست\u200cکم ۴۰ حرف لازم است)" in reader.text().replace("\u2068", "")

    reader.go("about")
    reader.tab.wait_for_selector(".settings")
    assert "بیشترین متن هر سطل" in reader.text()


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


def test_nothing_is_wider_than_a_phone(browser: Browser, page: Path) -> None:
    """400 pixels: no view scrolls sideways."""
    with browser.opened(page, viewport=PHONE) as reader:
        for view in VIEWS:
            reader.go(view)
            reader.tab.wait_for_timeout(100)
            width = reader.tab.evaluate("document.documentElement.scrollWidth")
            assert (view, width <= PHONE["width"]) == (view, True)


@pytest.mark.parametrize(
    ("theme", "language"), [("light", PERSIAN), ("dark", ENGLISH), ("light", "ar"), ("dark", "ur")]
)
def test_no_view_has_faults_of_access(browser: Browser, page: Path, theme: str, language: str) -> None:
    """axe-core finds nothing: contrast, names, landmarks, headings' order."""
    from axe_playwright_python.sync_playwright import Axe

    views = VIEWS if language in {PERSIAN, ENGLISH} else ("overview", "cluster-1", "evidence-1-0-1")
    with browser.opened(page, color_scheme=theme, bypass_csp=True) as reader:
        reader.tab.select_option("#language", language)
        reader.tab.evaluate(Axe().axe_script)
        for view in views:
            reader.go(view)
            reader.tab.wait_for_timeout(150)
            # Contrast of a single letter is not judged.
            reader.tab.eval_on_selector_all(
                ".count-badge, .heat a", "all => all.forEach(each => { each.textContent = '1,234'; })"
            )
            found = reader.tab.evaluate(AXE)
            faults = [(view, fault["id"], fault["nodes"][0]["html"]) for fault in found]
            assert faults == []


@pytest.mark.parametrize("text", [HOSTILE["closing tags"], HOSTILE["handler"], "".join(HOSTILE.values())])
def test_hostile_text_does_nothing(browser: Browser, tmp_path: Path, text: str) -> None:
    """No dialog, no request, no complaint of the policy, in any view; what it says is shown as text."""
    page = written(hostile_report(text), tmp_path)

    with browser.opened(page) as reader:
        for view in (*VIEWS, "evidence-1-1-0"):
            reader.go(view)
        reader.tab.wait_for_selector(".rows", state="attached")
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


def test_the_policy_refuses_markup_and_requests(browser: Browser, page: Path) -> None:
    """Even a program inside the page could not turn text into markup, nor load anything."""
    with browser.opened(page) as reader:
        refused = reader.tab.evaluate(
            "() => { try { document.body.innerHTML = '<b>'; return false; } catch { return true; } }"
        )
        loaded = reader.tab.evaluate("() => fetch('https://example.ir/').then(() => true, () => false)")

    assert refused
    assert not loaded
    assert any("Content Security Policy" in complaint for complaint in reader.complaints)


def test_a_story_of_five_megabytes_opens(browser: Browser, tmp_path: Path) -> None:
    """The page shows its beginning, says so, and compares it."""
    text = "خبر بلند دربارهٔ رودخانه و شهر " * 170_000
    documents = {name: Document(name, text) for name in ("a", "b")}
    cluster = a_cluster(a_member("a"), a_member("b", Verdict.IDENTICAL))
    page = written(a_report(clusters=(cluster,), documents=documents), tmp_path)

    with browser.opened(page) as reader:
        evidence(reader, "evidence-1-0-1")

        assert "تنها آغاز این متن" in reader.text()


def many_clusters(count: int) -> Report:
    """Make a report of `count` clusters of two."""
    clusters = tuple(
        a_cluster(a_member(f"{n}a", title=f"story {n}"), a_member(f"{n}b", Verdict.IDENTICAL), id=n)
        for n in range(1, count + 1)
    )
    return replace(a_report(clusters=clusters), counts={"documents": 2 * count, "clusters": count})


def test_long_lists_are_shown_a_page_at_a_time(browser: Browser, tmp_path: Path) -> None:
    """5,000 clusters, 20 on the page; a page is reached by its number, and the search looks through all."""
    page = written(many_clusters(5_000), tmp_path)

    with browser.opened(page) as reader:
        reader.go("clusters")
        assert len(shown(reader)) == 20
        reader.tab.get_by_text("Next").click()
        assert shown(reader)[0] == "story 21"
        reader.tab.fill(".pager input", "\u06f2\u06f4\u06f0")  # 240
        reader.tab.keyboard.press("Enter")
        assert shown(reader)[0] == "story 4781"
        reader.tab.fill("#search", "story 4321")
        reader.tab.get_by_text("1 of 5,000 clusters").first.wait_for()
        assert shown(reader) == ["story 4321"]
        reader.go("cluster-4321")
        reader.tab.wait_for_selector(".copy")
        assert "4,321" in reader.text()


def test_a_story_that_grew_shows_its_versions(browser: Browser, tmp_path: Path) -> None:
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

    with browser.opened(page) as reader:
        reader.go("cluster-1")
        reader.tab.wait_for_selector(".versions li")
        assert "grew over 3 versions" in reader.text(".versions")
        headlines = reader.tab.locator(".versions .headline").all_inner_texts()
        assert headlines == ["The first report", "The second report", "The late report"]
        assert reader.tab.locator(".versions a").first.get_attribute("href") == "#evidence-1-1-2"
        assert not reader.complaints


def test_the_overview_answers_first(reader: Opened) -> None:
    """What could be spared, who was first, who followed how late, what was changed; then all sources."""
    answer = reader.tab.locator(".answer p").all_inner_texts()

    assert answer[0].startswith(
        "۴ خبر از ۱۹ خبر (۲۱٪) را می\u200cتوان کنار گذاشت: رونوشت\u200cاند، ۴٫۱ کیلوبایت متن. "
        "همهٔ رونوشت\u200cها در ۴ خوشه جای دارند."
    )
    assert answer[1].startswith(
        "بیش از همه نخست بوده است: آوای رود، ۲ بار. بیش از همه در پی دیگران بوده است: پیک بامداد، ۲ بار"
    )
    assert "در ۲ رونوشت عدد، تاریخ یا نامی تغییر کرده است." in answer[1]
    assert "۱۱ اسفند ۱۴۰۲ تا ۱۸ اسفند ۱۴۰۲" in reader.text(".overview > .note")
    rows = reader.tab.locator(".listing tbody tr")
    assert rows.count() == 7
    first = dict(
        zip(
            reader.tab.locator(".listing thead th").all_inner_texts(),
            rows.first.locator("th, td").all_inner_texts(),
            strict=True,
        )
    )
    assert [first[name] for name in ("منبع\u00a0↕", "خبرها\u00a0↕", "در پی دیگران\u00a0↕")] == [
        "پیک بامداد",
        "۵",
        "۲",
    ]


def test_every_number_of_the_overview_leads_to_a_list_of_that_many(reader: Opened) -> None:
    """Those of the answer, of the table of sources, and of the matrix: one number everywhere."""
    reader.tab.select_option("#language", "en")
    links = reader.tab.evaluate(
        "[...document.querySelectorAll('.answer a, .overview .listing td.count a, .matrix td a')]"
        ".filter(link => /^[0-9]/.test(link.textContent) && !link.textContent.includes('%'))"
        ".map(link => [link.getAttribute('href'), parseInt(link.textContent, 10)])"
    )
    assert len(links) > 20

    for address, count in links:
        reader.tab.evaluate("address => { location.hash = address; }", address)
        shown = reader.tab.locator(".listing-head .note")
        shown.filter(has_text=" of ").wait_for()
        assert int(shown.inner_text().split()[0]) == count, address


def test_without_dates_nobody_was_first(browser: Browser, tmp_path: Path) -> None:
    """No source is called the first; the copies of unknown order are counted, and lead to their list."""
    report = find_duplicates([replace(each, published="") for each in the_stories().documents.values()])
    with browser.opened(written(report, tmp_path)) as reader:
        reader.tab.select_option("#language", ENGLISH)
        assert "First most often" not in reader.text(".answer")
        assert "the dates do not say which source was first" in reader.text(".answer")
        reader.tab.locator(".matrix a.unordered").first.click()
        reader.tab.wait_for_selector(".chip")
        assert "Order unknown" in reader.text(".chips")
        assert "no date" in reader.text(".listing tbody tr >> nth=0")


def test_the_table_of_sources_is_ordered_by_any_column(reader: Opened) -> None:
    """Numbers from the most down, then from the least up, then as before; the address keeps the order."""
    names = reader.tab.locator(".listing tbody th")
    head = reader.tab.get_by_role("button", name="نخستین", exact=False).first

    head.click()
    assert names.first.inner_text() == "آوای رود"
    assert "sort=-first" in reader.tab.url
    head.click()
    assert names.first.inner_text() == "پیک بامداد"
    reader.tab.reload()
    reader.tab.wait_for_selector(READY)
    assert reader.tab.locator("[aria-sort=ascending]").inner_text() == "نخستین\u00a0↑"


def test_every_figure_is_a_filter(reader: Opened) -> None:
    """A cell of the matrix leads to its copies; chips say why, and go one by one."""
    reader.tab.get_by_label("آوای رود نخست، پیک بامداد در پی آن: ۲").click()
    reader.tab.wait_for_selector(".listing")
    assert reader.tab.locator(".listing tbody tr").count() == 2
    facts = reader.tab.locator(".listing tbody th .facts").all_inner_texts()
    assert all(fact.startswith("پیک بامداد · ") for fact in facts)
    chips = reader.tab.locator(".chip:not(.all)")
    assert [text.rstrip(" ×") for text in chips.all_inner_texts()] == [
        "از: پیک بامداد",
        "نخستین منبع: آوای رود",
        "در پی منبع دیگر",
    ]

    chips.first.click()
    assert reader.tab.locator(".listing tbody tr").count() > 2
    reader.tab.go_back()
    reader.tab.wait_for_selector(".chip.all")
    assert reader.tab.locator(".listing tbody tr").count() == 2


def test_a_sent_link_restores_the_view(browser: Browser, page: Path) -> None:
    """Filters, order and page are in the address; Back restores the place it was scrolled to."""
    day = "۲۰۲۴-۰۳-۰۴"
    address = f"{page.as_uri()}#clusters?source=شهرنما&verdict=near-duplicate&from={day}&to={day}&sort=date"
    with browser.opened(page, viewport={"width": 900, "height": 300}) as reader:
        reader.tab.goto(address)
        reader.tab.reload()
        reader.tab.wait_for_selector(READY)
        assert shown(reader) == ["نمایشگاه کتاب\u200cهای دست\u200cدوم گشایش می\u200cیابد"]
        assert reader.tab.input_value("#source") == "شهرنما"
        reader.go("clusters")
        reader.tab.evaluate("scrollTo(0, 200)")
        reader.tab.wait_for_timeout(250)
        reader.tab.locator(".card h2 a").last.click()
        reader.tab.wait_for_selector(".original")
        reader.tab.go_back()
        reader.tab.wait_for_selector("#search")
        reader.tab.wait_for_function("scrollY > 150")


def test_an_unknown_link_and_an_unreadable_date_say_so(reader: Opened) -> None:
    """Nothing breaks, and nothing is filtered by what means nothing."""
    for address in ("cluster-99", "evidence-1-0-99", "pair-99", "<b>", "nowhere"):
        reader.go(address)
        assert "این پیوند در این گزارش به جایی نمی\u200cرسد" in reader.text()
    reader.go("clusters?from=yesterday&verdict=odd")
    assert reader.tab.locator(".unreadable").count() == 2
    assert len(shown(reader)) == 4


def test_changed_figures_are_a_list(reader: Opened) -> None:
    """As the original has them, and as the copy does."""
    reader.go("changed")

    assert [re.sub(r"\s+", " ", text) for text in reader.tab.locator(".changes li").all_inner_texts()] == [
        "۲۱۵ شد ← ۲۵۱",
        "۸۸ شد ← ۸۶",
    ]


def test_the_reader_changes_the_language(reader: Opened) -> None:
    """Words, digits and direction follow, in four languages; the choice outlives the visit."""
    for language, direction, answer in (
        ("ar", "rtl", "يمكن الاستغناء عن ٤ من ١٩ خبر"),
        ("ur", "rtl", "19 میں سے 4 خبریں"),
        ("en", "ltr", "4 of 19 documents (21 %) could be spared: they are copies, 4.1 KB of text."),
    ):
        reader.tab.select_option("#language", language)
        assert answer in reader.text(".answer")
        root = "[document.documentElement.lang, document.documentElement.dir]"
        assert reader.tab.evaluate(root) == [language, direction]
    reader.tab.reload()
    reader.tab.wait_for_selector(READY)
    assert reader.tab.evaluate("document.documentElement.lang") == ENGLISH


def test_a_cluster_is_a_time_line(reader: Opened) -> None:
    """The original in full, then each copy at its delay, with what it changed in a line; scores on demand."""
    reader.go("cluster-1")
    reader.tab.wait_for_selector(".copy")

    assert "به گزارش آوای رود، سد تازهٔ رودخانهٔ سپیدکوه" in reader.text(".original")
    assert "نماینده است، چون زودتر از همه منتشر شده است." in reader.text(".original")
    copies = reader.tab.locator(".copy").all_inner_texts()
    assert len(copies) == 3
    assert "+ ۱ ساعت ۱۵ دقیقه" in copies[0]
    assert "می\u200cتوان کنار گذاشت" in copies[0]
    assert "رقم\u200cهایی تغییر کرده" in copies[1]
    assert not reader.tab.locator(".copy .measures").first.is_visible()
    reader.tab.locator(".copy .scores summary").nth(1).click()
    assert re.search(
        "دربرگیری\\s*۹۰٪\\s*ژاکارد\\s*۸۲٪\\s*TF-IDF\\s*۹۸٪",
        reader.tab.locator(".copy .measures").nth(1).inner_text(),
    )


def test_the_evidence_marks_what_changed_and_folds_what_is_equal(reader: Opened) -> None:
    """Numbers on both sides, one moved paragraph, reasons in words; a fold opens."""
    evidence(reader, "evidence-1-0-1")

    sides = [
        reader.tab.locator(f".cell[data-side={side}] mark.number").all_inner_texts()
        for side in ("left", "right")
    ]
    assert sides == [["۲۱۵"], ["۲۵۱"]]
    moved = reader.tab.locator(".cell mark.moved").all_inner_texts()
    assert len(moved) == 2
    assert all(text.startswith("کارشناسان محیط زیست") for text in moved)
    assert reader.tab.locator(".legend").is_visible()
    fold = reader.tab.locator(".fold").first
    assert not fold.locator(".row").first.is_visible()
    fold.locator("summary").click()
    assert fold.locator(".row").first.is_visible()
    reader.tab.click(".scores summary")
    assert "۹۰٪ متن کوتاه\u200cتر در متن بلندتر آمده است" in reader.text(".reasons")


def test_the_reader_jumps_between_differences_and_moved_passages(reader: Opened) -> None:
    """By key, forwards, backwards and around; a passage that moved leads to its other place."""
    evidence(reader, "evidence-1-0-1")

    reader.tab.keyboard.press("n")
    assert reader.text(".place") == "تفاوت ۱ از ۲"
    reader.tab.keyboard.press("n")
    assert reader.tab.locator(".rows .current").all_inner_texts() == ["۲۱۵", "۲۵۱"]
    reader.tab.keyboard.press("n")
    reader.tab.keyboard.press("p")
    assert reader.text(".place") == "تفاوت ۲ از ۲"
    assert reader.tab.locator(".rows .current").first.is_visible()
    reader.tab.locator(".cell[data-side=left] .moved-link").click()
    assert reader.tab.locator(".cell[data-side=right] mark.moved.flash").first.is_visible()


def downloaded(reader: Opened, selector: str) -> str:
    """Press a button and read the file that it saves."""
    with reader.tab.expect_download() as saving:
        reader.tab.locator(selector).click()
    return Path(saving.value.path()).read_text(encoding="utf-8-sig")


def test_things_leave_the_page(reader: Opened) -> None:
    """CSV of what the filter holds; a pair as a page without any program; decisions as JSON."""
    reader.go("copies?by=شهرنما")
    lines = downloaded(reader, "#csv").splitlines()
    assert lines[0].startswith("خبر,از,تاریخ,نخستین منبع,تأخیر (دقیقه)")
    assert len(lines) == 4
    evidence(reader, "evidence-1-0-1")
    pair = downloaded(reader, "#save-pair")
    assert "<script" not in pair
    assert "default-src 'none'" in pair
    assert "۲۵۱" in pair
    reader.go("cluster-1")
    reader.tab.locator(".copy .scores summary").first.click()
    reader.tab.locator(".copy input[id^=not_copies]").first.check()
    assert reader.tab.locator(".copy input[id^=not_copies]").first.is_visible()  # it stays open
    assert json.loads(downloaded(reader, ".settings-bar #decisions")) == {
        "schema": "dedup-decisions/1",
        "keep": [],
        "not_copies": [["avaye-rud/4021", "peyk/18877"]],
    }


def test_decisions_about_one_cluster_agree(reader: Opened) -> None:
    """What is no copy is parted from the kept document too; one document is kept, and no copy is both."""
    reader.go("cluster-1")
    for summary in reader.tab.locator(".copy .scores summary").all():
        summary.click()
    keep, not_copy = (reader.tab.locator(f".copy input[id^={name}]") for name in ("keep", "not_copies"))
    keep.nth(2).check()
    keep.nth(0).check()
    assert not keep.nth(2).is_checked()
    not_copy.nth(1).check()
    decided = json.loads(downloaded(reader, ".settings-bar #decisions"))
    assert decided["keep"] == ["peyk/18877"]
    assert [pair[0] for pair in decided["not_copies"]] == ["avaye-rud/4021", "peyk/18877"]
    not_copy.nth(0).check()
    assert not keep.nth(0).is_checked()
    assert json.loads(downloaded(reader, ".settings-bar #decisions"))["keep"] == []


def test_sources_can_be_hidden(reader: Opened) -> None:
    """Numbers in their place, everywhere."""
    reader.go("about")
    reader.tab.check("#anonymous")
    reader.go("overview")

    assert "آوای رود" not in reader.text(".overview .listing")
    assert "منبع ۱" in reader.text(".overview .listing")


def test_printing_prints_all_that_the_filter_holds(browser: Browser, tmp_path: Path) -> None:
    """Not only the page of the list, and the filter is named; then the list is as before."""
    with browser.opened(written(many_clusters(60), tmp_path)) as reader:
        reader.go("clusters?words=story")
        reader.tab.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert len(shown(reader)) == 60
        reader.tab.emulate_media(media="print", color_scheme="dark")
        assert reader.tab.locator(".chip").first.is_visible()
        assert not reader.tab.is_visible("#language")
        assert reader.tab.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        reader.tab.evaluate("dispatchEvent(new Event('afterprint'))")
        assert len(shown(reader)) == 20


def test_a_headline_stands_in_the_direction_of_most_of_its_letters(browser: Browser, tmp_path: Path) -> None:
    """Whatever its first word is."""
    members = (a_member("a", title="COVID-19 در سپیدکوه فروکش کرد"), a_member("b", Verdict.IDENTICAL))
    with browser.opened(written(a_report(clusters=(a_cluster(*members),)), tmp_path)) as reader:
        reader.go("clusters")

        assert reader.tab.locator(".card h2 bdi").get_attribute("dir") == "rtl"


def test_the_keys_are_listed(reader: Opened) -> None:
    """Under the question mark."""
    reader.tab.keyboard.press("?")

    assert reader.tab.locator("#keys").is_visible()
    assert reader.tab.locator("#keys dt").count() == 7
    reader.tab.keyboard.press("Escape")
    assert not reader.tab.locator("#keys").is_visible()


@pytest.fixture
def credited(browser: Browser, tmp_path: Path) -> Iterator[Opened]:
    """A reader of a story that one source credits to an agency, and another to nobody."""
    story = (
        "The harbour council approved a new breakwater on Tuesday after a debate that took three evenings. "
        "Work begins in spring and closes the northern quay to fishing boats until the end of the year."
    )
    written_by = (("Coast Wire", story), ("The Lantern", f"(AFP) - {story}"), ("Daily Quay", story))
    documents = [
        Document(f"{day}", text, "Breakwater", source, f"2024-03-0{day}")
        for day, (source, text) in enumerate(written_by, start=1)
    ]
    with browser.opened(written(find_duplicates(documents), tmp_path)) as found:
        yield found
    assert (found.complaints, found.requests, found.dialogs) == ([], [], [])


def _sources(reader: Opened) -> list[str]:
    """Read the sources of the copies that a list shows."""
    return [str(name) for name in reader.tab.locator("tbody .facts bdi:first-child").all_inner_texts()]


def test_copies_are_listed_by_whom_they_credit(credited: Opened) -> None:
    """Without credit and of one name, from the field; Back and Reload keep what was chosen."""
    credited.go("copies")
    credited.tab.select_option("#credit", "none")
    nobody = _sources(credited), credited.text(".chip")
    credited.tab.select_option("#credit", "AFP")
    agency = _sources(credited), credited.text(".chip")
    credited.tab.go_back()
    credited.tab.wait_for_selector(".chip")
    back = credited.tab.input_value("#credit"), _sources(credited)
    credited.tab.reload()
    credited.tab.wait_for_selector(".chip")

    assert nobody == (["Daily Quay"], "credits nobody \u00d7")
    assert agency == (["The Lantern"], "Credits: AFP \u00d7")
    assert back == ("none", ["Daily Quay"])
    assert _sources(credited) == ["Daily Quay"]


def test_the_credits_of_a_source_lead_to_its_copies(credited: Opened) -> None:
    """In the table of sources: the name that a source credits, and how many of its copies credit nobody."""
    credited.tab.locator(".listing .names a").click()
    of_name = _sources(credited), credited.tab.locator(".chip").all_inner_texts()
    credited.tab.go_back()
    credited.tab.wait_for_selector(".answer")
    credited.tab.locator(".listing a[href*='credit=none']").click()

    assert of_name == (["The Lantern"], ["By: The Lantern \u00d7", "Credits: AFP \u00d7", "remove all"])
    assert _sources(credited) == ["Daily Quay"]
