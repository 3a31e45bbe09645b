"""The eleven rules by which people labelled pairs, with made-up pairs: the verdict is what the rule says.

docs/explanation/convention.md has the rules. Where the product is known to differ the case is a strict xfail.
"""

from typing import NamedTuple

import pytest

import dedup

BRIDGE = (
    "The old bridge over the Karun was closed to lorries on Saturday, the roads office of the province "
    "said. Engineers found cracks in two of its nine pillars, and repairs will take until the middle of "
    "October. Cars and buses may still cross, one lane at a time. Drivers of lorries are sent by way of "
    "the dam, which adds forty kilometres to the journey to the port."
)
"""A story in a script with capitals."""
POL = (
    "پل قدیمی رودخانه از روز شنبه به روی کامیون ها بسته شد. اداره راه استان اعلام کرد کارشناسان در دو "
    "پایه از نه پایه این پل ترک دیده اند و تعمیر آن تا نیمه مهر ادامه دارد. خودروهای سواری و اتوبوس ها "
    "همچنان می توانند از یک خط آن بگذرند. کامیون ها باید از راه سد بروند که چهل کیلومتر دورتر است."
)
"""The same in Persian."""
BACKGROUND = (
    "The company bought the mill in 2009 and promised to keep all of its six hundred workers for ten "
    "years. In the third year it closed two of the four machines, and a court ruled that the promise did "
    "not bind it. Since then the town has lost a quarter of its people, and the school by the river "
    "stands empty. The union still asks for the money that was put aside for pensions, and the company "
    "says that there is none."
)
RATES = (
    "Rates of the exchange on {0}: one dollar {1} rials, one euro {2} rials, one pound {3} rials. A gram "
    "of gold of 18 carats was sold at {4} rials, and an ounce on the world market at {5} dollars."
)
SEA = (
    "دمای آب دریا در ساحل {0} امروز به {1} درجه سانتی گراد رسید و شنا در همه پلاژهای این شهر آزاد است. "
    "ارتفاع موج در نزدیکی اسکله ها {2} متر گزارش شد و قایق های کوچک می توانند به دریا بروند. سرعت باد در "
    "ساعات بعدازظهر به {3} کیلومتر بر ساعت می رسد و گردشگران باید به پرچم های نجات غریق توجه کنند."
)
AWARD = (
    "The jury of the festival gave its prize for the best debut to {0} {1}. In its statement the jury "
    "praised how patiently the film looks at small things. {1} received the prize at a ceremony in the "
    "old theatre and thanked all those who had worked without pay."
)
ROUNDUP = (
    " Sport: the team from the coast won the cup on penalties after two hours without a goal. Weather: "
    "rain moves in from the west on Tuesday, and snow is expected above two thousand metres. Culture: the"
    " museum of carpets opens again after four years with three hundred pieces that were never shown. "
    "Economy: exports of pistachios fell by a fifth as frost came late in spring. Science: the "
    "observatory saw its first light, and astronomers hope for results within a year."
)


FIRST = BRIDGE.split(". ", maxsplit=1)[0]
SENTENCES = BRIDGE.split(". ")
QUOTE = BACKGROUND.split(". ")[3]


class Case(NamedTuple):
    """A pair, and what the rule says of it."""

    rule: str
    left: str
    right: str
    verdict: dedup.Verdict | None


NEAR, CONTAINED = dedup.Verdict.NEAR_DUPLICATE, dedup.Verdict.CONTAINED
PARTIAL, TEMPLATE = dedup.Verdict.PARTIAL, dedup.Verdict.TEMPLATE

CASES = (
    Case("1 lead", BRIDGE, f"Those who deliver to the port need patience this autumn. {BRIDGE}", NEAR),
    Case("1 frame", POL, f"به گزارش خبرگزاری ما، {POL} انتهای پیام", NEAR),
    Case("1 order", BRIDGE, " ".join([*SENTENCES[2:], *SENTENCES[:2]]), NEAR),
    Case("1 repeats", BRIDGE, f"{FIRST}. {BRIDGE}", NEAR),
    Case("1 spelling", POL, POL.replace("ی", "ي").replace("ک", "ك").replace(" ها", "ها"), NEAR),
    Case(
        "1 wording",
        BRIDGE,
        BRIDGE.replace("closed to lorries", "shut for lorries").replace("will take", "are to last"),
        NEAR,
    ),
    Case("4 tense", f"Tomorrow {BRIDGE}", f"Today {BRIDGE.replace('was closed', 'is closed')}", NEAR),
    Case("4 persian", POL.replace("بسته شد", "بسته می شود"), POL, NEAR),
    Case(
        "5 background",
        f"A fire destroyed the last hall of the mill on Sunday night, and nobody was hurt. {BACKGROUND}",
        f"The mayor of the town resigned after a vote of the council that she lost. {BACKGROUND}",
        PARTIAL,
    ),
    Case("6 longer", BRIDGE, f"{BRIDGE} Taxis wait at the northern end for those who walk across it.", NEAR),
    Case("6 persian", POL, f"{POL} تاکسی ها در سوی شمالی پل برای مسافران پیاده آماده هستند.", NEAR),
    Case("7 roundup", BRIDGE, BRIDGE + ROUNDUP, CONTAINED),
    Case("7 excerpt", BRIDGE, FIRST, CONTAINED),
    Case(
        "8 quote",
        "Weavers of three towns met in the capital to ask for a lower tax on wool. "
        f"{QUOTE}. They meet again in March.",
        f"A book about the valley appears this week with photographs of fifty years. {QUOTE}. "
        "Its author taught at the village school for half of his life.",
        PARTIAL,
    ),
    Case("9 figure", BRIDGE, BRIDGE.replace("nine", "eleven"), NEAR),
    Case("9 persian", POL, POL.replace("چهل", "پنجاه"), NEAR),
    Case(
        "10 rates",
        RATES.format("Sunday", "421,300", "455,100", "530,700", "18,400,000", "1,982"),
        RATES.format("Monday", "423,900", "457,800", "533,200", "18,560,000", "1,991"),
        TEMPLATE,
    ),
    Case(
        "10 persian",
        SEA.format("جزیره", "۲۷", "۱.۵", "۲۲"),
        SEA.format("بندر", "۲۵", "۰.۹", "۱۴"),
        TEMPLATE,
    ),
    Case("10 names", AWARD.format("Laleh", "Sohrabi"), AWARD.format("Arman", "Daneshvar"), TEMPLATE),
    Case(
        "11 furniture",
        "The council of the city votes on the new tariffs for water on Thursday. Read more on our site.",
        "Three paintings that were stolen ten years ago came back to the gallery. Read more on our site.",
        None,
    ),
)
DIFFERS = (
    Case("2 outcome", BRIDGE, f"One pillar of the bridge fell on Monday and two men died. {BRIDGE}", PARTIAL),
    Case("2 persian", POL, f"یکی از پایه های پل روز دوشنبه فرو ریخت و دو کارگر کشته شدند. {POL}", PARTIAL),
    Case(
        "3 stage",
        BRIDGE,
        BRIDGE.replace("was closed to lorries on Saturday", "was opened to lorries again on Friday"),
        PARTIAL,
    ),
    Case(
        "7 item",
        BRIDGE,
        f"{BRIDGE} In the north of the province the festival of roses ends on Friday with a concert.",
        CONTAINED,
    ),
)
"""An outcome or a stage is not told from another wording, nor another topic from more of the same."""


def name(case: Case) -> str:
    """Return the name of a case."""
    return case.rule


@pytest.mark.parametrize("case", CASES, ids=name)
def test_a_verdict_is_what_the_rule_says(case: Case) -> None:
    """In either order of the texts."""
    assert dedup.compare(case.left, case.right).verdict is case.verdict
    assert dedup.compare(case.right, case.left).verdict is case.verdict


@pytest.mark.parametrize("case", DIFFERS, ids=name)
@pytest.mark.xfail(strict=True, reason="documented in convention.md and limits.md")
def test_a_verdict_that_is_known_to_differ(case: Case) -> None:
    """When one of these is right, the pages are to be changed too."""
    assert dedup.compare(case.left, case.right).verdict is case.verdict


@pytest.mark.parametrize("case", DIFFERS, ids=name)
def test_no_text_is_left_out_that_has_news_of_its_own(case: Case) -> None:
    """Whatever the verdict, an editor loses no news: the second text is kept."""
    stories = [
        {"id": "first", "published": "2024-01-08T08:00", "text": case.left},
        {"id": "second", "published": "2024-01-08T16:00", "text": case.right},
    ]

    assert [story.id for story in dedup.find_duplicates(stories).kept] == ["first", "second"]
