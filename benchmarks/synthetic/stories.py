"""Made-up stories, and series of reports in which only the facts change."""

from dataclasses import dataclass

from benchmarks.synthetic.dice import Dice
from benchmarks.synthetic.lexicon import Lexicon

MONTHS = (
    "فروردین",
    "اردیبهشت",
    "خرداد",
    "تیر",
    "مرداد",
    "شهریور",
    "مهر",
    "آبان",
    "آذر",
    "دی",
    "بهمن",
    "اسفند",
)
PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
SIGN_OFF = "انتهای پیام"


@dataclass(frozen=True, slots=True)
class Story:
    """Text in sentences, so that a copy can lose, keep or change some of them."""

    title: str
    source: str
    sentences: tuple[str, ...]

    @property
    def text(self) -> str:
        """The sentences in paragraphs of three, after the line with which every agency begins."""
        paragraphs = [" ".join(self.sentences[at : at + 3]) for at in range(0, len(self.sentences), 3)]
        return f"به گزارش {self.source}، " + "\n".join(paragraphs)


def write_story(dice: Dice, words: Lexicon, *, low: int = 180, high: int = 420) -> Story:
    """Write a story of `low` to `high` words with names of its own, numbers, dates and stock phrases."""
    names = [dice.pick(words.names) for _ in range(4)]
    running = words.draw(dice, dice.between(low, high))
    sentences = []
    while running:
        length = dice.between(12, 28)
        sentences.append(_sentence(dice, words, names=names, running=running[:length]))
        running = running[length:]
    title = " ".join(sentences[0].rstrip(".").split()[: dice.between(5, 9)])
    return Story(title, dice.pick(words.sources), tuple(sentences))


def write_sentences(dice: Dice, words: Lexicon, count: int) -> tuple[str, ...]:
    """Write `count` sentences that belong to no other story."""
    names = [dice.pick(words.names) for _ in range(2)]
    return tuple(
        _sentence(dice, words, names=names, running=words.draw(dice, dice.between(12, 28)))
        for _ in range(count)
    )


def write_series(dice: Dice, words: Lexicon, count: int) -> list[Story]:
    """Write `count` reports of the same wording: only the numbers, a name and the date differ."""
    wording = [words.draw(dice, dice.between(8, 16)) for _ in range(dice.between(4, 9))]
    title = " ".join(wording[0][:6])
    source = dice.pick(words.sources)
    series = []
    for _ in range(count):
        sentences = [
            f"{' '.join(line)} {_number(dice)} {dice.pick(words.words[:40])} {_number(dice)}."
            for line in wording
        ]
        sentences.insert(1, f"{dice.pick(words.names)} {_date(dice)} {' '.join(wording[1][:5])}.")
        series.append(Story(title, source, tuple(sentences)))
    return series


def _sentence(dice: Dice, words: Lexicon, *, names: list[str], running: list[str]) -> str:
    parts = list(running)
    kind = dice.below(10)
    at = dice.below(len(parts))
    if kind < 3:  # noqa: PLR2004 - tenths: a name, a number, a date, a stock phrase, else plain words
        parts[at] = dice.pick(names)
    elif kind == 3:  # noqa: PLR2004
        parts[at] = _number(dice)
    elif kind == 4:  # noqa: PLR2004
        parts[at] = _date(dice)
    elif kind == 5:  # noqa: PLR2004
        parts[at] = dice.pick(words.phrases)
    if len(parts) > 14:  # noqa: PLR2004 - a sentence of some length has a comma
        parts[len(parts) // 2] += "،"
    return " ".join(parts) + "."


def _number(dice: Dice) -> str:
    return str(dice.below(10 ** dice.between(1, 6))).translate(PERSIAN_DIGITS)


def _date(dice: Dice) -> str:
    return f"{dice.between(1, 30)} {dice.pick(MONTHS)} {dice.between(1395, 1404)}".translate(PERSIAN_DIGITS)
