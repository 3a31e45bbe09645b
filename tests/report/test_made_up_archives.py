"""Made-up archives with every kind of copy, for tests of whole reports; and that they have these copies."""

import random
import re
from collections.abc import Sequence

from dedup.model import Document
from tests.all_pairs import folded, windows

ZWNJ = "\u200c"

LINES = (
    "دولت مجلس وزیر رئیس استاندار شهردار کارگر معلم دانشجو کشاورز پزشک پرستار راننده نویسنده",
    "بازیگر داور مربی سخنگو نماینده مدیرعامل بازرس سرپرست معاون فرمانده سرباز خبرنگار شهروند",
    "روستایی مسافر گردشگر تهران اصفهان شیراز تبریز مشهد اهواز کرمان یزد رشت ساری گرگان زاهدان",
    "همدان سنندج بوشهر قزوین اراک باران برف سیلاب زلزله توفان خشکسالی گرما سرما آلودگی ترافیک",
    "تصادف آتش انفجار نجات امداد درمان واکسن گندم برنج نان شیر گوشت مرغ روغن شکر نفت گاز بنزین",
    "برق آب فولاد سیمان مسکن اجاره بورس سهام ارز طلا سکه بودجه مالیات یارانه تورم رشد صادرات",
    "واردات گمرک بانک وام سود قرارداد سرمایه کارخانه معدن بندر جاده راه~آهن فوتبال والیبال کشتی",
    "وزنه~برداری قهرمان مدال لیگ هفته نیمه گل پنالتی باشگاه ورزشگاه تماشاگر گفت افزود اعلام خبر",
    "داد کرد شد بود است می~شود می~گوید خواهد نمی~توان داشته~اند رفته~اند آمده~است تصمیم جلسه نشست",
    "دیدار سفر مذاکره توافق بیانیه قانون طرح لایحه رأی انتخابات اجلاس کنفرانس جشنواره نمایشگاه",
    "بزرگ کوچک تازه قدیم مهم فوری گسترده محدود رسمی محلی ملی جهانی امروز دیروز فردا صبح شب پارسال",
    "هفته~ها سال~های",
)
WORDS = [word.replace("~", ZWNJ) for line in LINES for word in line.split()]

FURNITURE = (
    "برای دریافت تازه~ترین خبرها به کانال ما بپیوندید و نظر خود را درباره این گزارش با دیگران در میان بگذارید"
).replace("~", ZWNJ)


def story(rng: random.Random, words: int) -> str:
    """Write a story of so many words, in sentences of twelve, with a number now and then."""
    chosen = [str(rng.randint(2, 900)) if rng.random() < 0.03 else rng.choice(WORDS) for _ in range(words)]
    return " ".join(f"{word}." if place % 12 == 0 else word for place, word in enumerate(chosen, start=1))


def edited(rng: random.Random, text: str, share: float) -> str:
    """Replace a share of the words."""
    return " ".join(rng.choice(WORDS) if rng.random() < share else word for word in text.split())


def cut(text: str, *, keep: float) -> str:
    """Keep the beginning."""
    words = text.split()
    return " ".join(words[: round(keep * len(words))])


def led(rng: random.Random, text: str, *, words: int = 8) -> str:
    """Put another lead in the place of the first words."""
    return " ".join([*rng.choices(WORDS, k=words), *text.split()[words:]])


def refilled(rng: random.Random, text: str) -> str:
    """Change every number."""
    return re.sub(r"\d+", lambda _: str(rng.randint(1000, 9999)), text)


def without_half_spaces(text: str, *, blank: str) -> str:
    """Lose the half-spaces, or turn them into blanks."""
    return text.replace(ZWNJ, blank)


def template(rng: random.Random) -> str:
    """Return fixed wording with a number in every third place."""
    fixed = rng.choices(WORDS, k=40)
    return " ".join(
        f"{word} {rng.randint(1000, 9999)}" if place % 3 else word for place, word in enumerate(fixed)
    )


def archive(seed: int) -> list[Document]:
    """Make some eighty documents: stories with their copies, roundups, templates, furniture, two alerts."""
    rng = random.Random(seed)
    stories = [story(rng, rng.choice((20, 30, 45, 60, 90, 140, 200, 300, 400))) for _ in range(12)]
    texts = []
    for text in stories:
        texts += [
            text,
            edited(rng, text, rng.choice((0.02, 0.05, 0.1, 0.2))),
            cut(text, keep=rng.choice((0.2, 0.4, 0.6, 0.9))),
            led(rng, text),
            without_half_spaces(text, blank=rng.choice(("", " "))),
        ]
    texts += rng.sample(stories, 4)
    texts += [" ".join(rng.sample(stories, rng.choice((2, 3)))) for _ in range(5)]
    for _ in range(2):
        fixed = template(rng)
        texts += [fixed, refilled(rng, fixed), refilled(rng, fixed)]
    texts += [f"{story(rng, 60)} {FURNITURE}" for _ in range(2)]
    texts += ["زلزله در تبریز", "", FURNITURE]
    rng.shuffle(texts)
    return [
        Document(
            f"{place:03}", text, title=text[:12], source=rng.choice(("مهر", "ایرنا")), published=_day(rng)
        )
        for place, text in enumerate(texts)
    ]


def _day(rng: random.Random) -> str:
    return rng.choice(("", f"2024-03-{rng.randint(1, 28):02}"))


def shared_share(one: str, other: str) -> float:
    """Containment of two texts the slow way."""
    ours, theirs = (set(windows(folded(text))) for text in (one, other))
    return len(ours & theirs) / min(len(ours), len(theirs))


def some_stories(count: int, *, words: int = 100, seed: int = 0) -> Sequence[str]:
    """Write stories that have nothing to do with each other."""
    rng = random.Random(seed)
    return [story(rng, words) for _ in range(count)]


def test_an_archive_is_the_same_every_time() -> None:
    """One seed, one archive; another seed, another."""
    assert archive(1) == archive(1)
    assert archive(1) != archive(2)


def test_stories_have_nothing_to_do_with_each_other() -> None:
    """Two made-up stories share no window."""
    one, other = some_stories(2, words=400)

    assert shared_share(one, other) == 0


def test_a_story_has_as_many_words_as_asked() -> None:
    """Numbers count as words."""
    assert len(story(random.Random(3), 137).split()) == 137


def test_a_cut_stands_in_its_story() -> None:
    """All windows of an excerpt are windows of the whole."""
    (text,) = some_stories(1)

    assert len(cut(text, keep=0.4).split()) == 40
    assert shared_share(text, cut(text, keep=0.4)) == 1


def test_lost_half_spaces_leave_the_windows() -> None:
    """A half-space folds to nothing; a blank in its place adds windows and takes none."""
    (text,) = some_stories(1)

    assert ZWNJ in text
    assert folded(without_half_spaces(text, blank="")) == folded(text)
    assert set(windows(folded(text))) < set(windows(folded(without_half_spaces(text, blank=" "))))


def test_a_refilled_template_keeps_its_words() -> None:
    """Only numbers change."""
    rng = random.Random(5)
    fixed = template(rng)
    again = refilled(rng, fixed)

    assert again != fixed
    assert re.sub(r"\d+", "", again) == re.sub(r"\d+", "", fixed)
