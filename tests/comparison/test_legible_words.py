"""The words that a comparison names, in scripts whose folded letters nobody reads by themselves."""

import sys
from collections.abc import Iterator

import pytest

import dedup
from dedup import Document, Recipe, find_duplicates
from dedup.comparison import readable_text
from dedup.comparison.legible_words import MANY, legible, legible_pair, spelt, spelt_words
from dedup.comparison.readable_text import ReadableText
from dedup.model import ExchangedFact, ReasonKind
from dedup.text import written_words
from dedup.text.written_words import whole_words

CHINESE = (
    "市政府周一宣布新建两座水库，工程将在明年夏天以前完成。"
    "负责人{}表示，资金已经全部到位，周边农田将首先得到灌溉用水。"
)
KOREAN = (
    "시청은 월요일 새 저수지 두 곳을 짓는다고 밝혔다. 공사는 내년 여름까지 끝난다. "
    "{} 국장은 예산이 모두 마련되었다고 말했다."
)


@pytest.mark.parametrize(
    ("text", "names"),
    [(CHINESE, ("王建国", "李晓东")), (KOREAN, ("김민수", "박서준"))],
    ids=["Chinese", "Korean"],
)
def test_a_changed_name_is_shown_as_people_write_it(text: str, names: tuple[str, str]) -> None:
    """Not in jamo; in Chinese no letter of it is missing. Comparison and report say the same."""
    one, other = map(text.format, names)

    compared = dedup.compare(one, other)
    (pair,) = find_duplicates([Document("a", one), Document("b", other)], recipe=Recipe(rank=False)).pairs

    told = [reason.values for reason in compared.reasons if reason.kind is ReasonKind.ONLY_IN]
    assert ["".join(words) for _, words in told] == list(names)
    assert [
        "".join(words) for words in (compared.difference.left_words, compared.difference.right_words)
    ] == [*names]
    assert pair.reasons == compared.reasons


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "德国总理{}周一在柏林会见来访的外交代表团，朔州和茨城的企业家也参加了会谈，尔后共进晚餐。",
            ("默茨", "朔尔茨"),
        ),
        (
            "ตำรวจทางหลวงจังหวัด{}ประกาศปิดถนนขึ้นเขาสามสายเมื่อคืนวันจันทร์เพราะหิมะตกหนัก และขอให้ประชาชนอยู่ในบ้าน",
            ("สุราษฎร์ธานี", "นครศรีธรรมราช"),
        ),
    ],
    ids=["Chinese", "Thai"],
)
def test_a_changed_name_is_whole_if_its_letters_are_elsewhere(text: str, names: tuple[str, str]) -> None:
    """The other text has the letters in other words; the name is in no dictionary of ICU, or is."""
    compared = dedup.compare(*map(text.format, names))

    told = [reason.values[1] for reason in compared.reasons if reason.kind is ReasonKind.ONLY_IN]
    assert told == [(name,) for name in names]
    assert (compared.difference.left_words, compared.difference.right_words) == tuple(told)


def test_words_moved_in_a_script_without_spaces_are_not_new() -> None:
    """Nothing is shown where the other text has every word, numbers aside."""
    one, other = map(ReadableText, ("水库今年完成，农田得到灌溉。", "农田得到灌溉，水库今年完成 12。"))

    assert legible_pair((), ("12",), lambda: one, lambda: other) == ((), ("12",))
    assert legible_pair((), ("年",), lambda: one, lambda: other) == ((), ())


def test_without_the_library_letters_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that the other text has nowhere."""
    monkeypatch.setitem(sys.modules, "icu4py.breakers", None)
    one, other = (ReadableText(f"总理{name}会见") for name in ("默茨", "朔尔茨"))

    assert legible_pair(("默",), ("朔", "尔"), lambda: one, lambda: other) == (("默",), ("朔", "尔"))


def test_other_words_stay_folded_and_their_text_is_not_asked_for() -> None:
    """Latin and Persian words are read as they are."""
    assert legible(["police", "شهر"], lambda: pytest.fail("asked")) == ("police", "شهر")


def test_names_of_changed_facts_are_spelt_as_their_texts_do() -> None:
    """As at its first occurrence; a number keeps its Western digits, an absent word its letters."""
    facts = [
        ExchangedFact("liege", "المان", 3, 4),
        ExchangedFact("65000", "14", 5, 6),
        ExchangedFact("march", "april", 9, 9),
    ]

    one, other = map(ReadableText, ("À Liège, 65 000 personnes", "در آلمان ۱۴ نفر، April"))

    told = spelt(facts, lambda: one, lambda: other)

    assert [(fact.left, fact.right) for fact in told] == [
        ("Liège", "آلمان"),
        ("65000", "14"),
        ("march", "April"),
    ]
    assert [fact.left_place for fact in told] == [3, 5, 9]


def test_texts_are_not_asked_for_where_only_numbers_were_changed() -> None:
    """Most changed figures are numbers."""
    facts = (ExchangedFact("40", "14", 1, 1),)

    assert spelt(facts, lambda: pytest.fail("left"), lambda: pytest.fail("right")) == facts


def test_comparison_and_report_spell_a_changed_name_alike() -> None:
    """As each text has it; one has a sentence more, since a story equal but for a name is a template."""
    text = (
        "The ministry of energy said on Monday that two new power stations near {} will feed the grid before "
        "winter, and that contracts for a third one are to be signed within weeks by both companies."
    )
    one, other = text.format("Liège") + " More follows later today.", text.format("Nancy")

    compared = dedup.compare(one, other)
    report = find_duplicates([Document("a", one), Document("b", other)], recipe=Recipe(rank=False))

    assert [(fact.left, fact.right) for fact in compared.changed] == [("Liège", "Nancy")]
    assert [fact[:2] for fact in report["b"].members[1].changed] == [("Liège", "Nancy")]


def test_many_words_are_spelt_as_few_are() -> None:
    """A word is shown as it is if the text has it as a whole word, however many words are looked for."""
    text = "Airport Port e\u0301te\u0301 ete nokia Kia report_port \u06a9\u0627\u0631\u0688 5kg"
    words = [
        "port",
        "kia",
        "ete",
        "nokia",
        "\u06a9\u0627\u0631\u062f",
        "5kg",
        "kg",
        "absent",
        "e\u0301te\u0301",
    ]
    others = [f"other{number}" for number in range(MANY)]

    few = [spelt_words([word], lambda: text)[0] for word in words]

    assert few == [
        "port",
        "Kia",
        "ete",
        "nokia",
        "\u06a9\u0627\u0631\u0688",
        "5kg",
        "kg",
        "absent",
        "e\u0301te\u0301",
    ]
    assert spelt_words([*words, *others], lambda: text) == (*few, *others)


def test_a_text_of_many_pairs_is_cut_into_whole_words_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a long text that contains many stories is read anew for each of them."""
    read: list[str] = []

    def listed(text: str) -> Iterator[str]:
        read.append(text)
        return whole_words(text)

    monkeypatch.setattr(readable_text, "whole_words", listed)
    stories = [CHINESE.format(name) * 2 + f"第{number}号公告。" * 9 for number, name in enumerate("王李张刘")]
    whole = "\n".join(stories)
    changed = [story.replace("农田", "果园") for story in stories]
    given = [Document("whole", whole), *(Document(f"{at}", text) for at, text in enumerate(changed))]

    report = find_duplicates(given, recipe=Recipe(rank=False))

    assert sum("whole" in (pair.left, pair.right) for pair in report.pairs) > 1
    assert read.count(whole) == 1


def test_a_long_text_is_searched_as_a_short_one_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what it takes differs: its words and the letters that follow each other are noted."""
    text = "水库 今年完成，À Liège 12 月，Liège。"
    words = ("liege", "12", "水", "年 完", "今年", "农田", "成今", "month", "")
    short = [ReadableText(text).has(word) for word in words], ReadableText(text).spell(words)

    for module in (readable_text, written_words):
        monkeypatch.setattr(module, "LONG_TEXT", 0)

    assert ([ReadableText(text).has(word) for word in words], ReadableText(text).spell(words)) == short
