"""Whether verdicts stay right on real stories that are changed as copies are, and on real series.

150 stories of each of three archives are copied. Both copies get a stamp of their own (a code, date, clock,
counter, reading time, address, byline or masthead, at the top or the end, on a line of its own or not), or
two on lines of their own, there or between paragraphs; one figure is changed; six words in a hundred are
replaced by other words; two letters in a hundred are misread. All are near-duplicates. Pairs of a series are
reports whose title is about prices, weather or results; published 16 hours or more apart, a quarter of the
shorter one shared, three numbers or more in each that the other lacks. All are templates.

    python -m benchmarks.robust [--check]
"""

import argparse
import calendar
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

import numpy as np

from benchmarks.archives import leave_without_data, load, present
from benchmarks.floors import below_the_floors
from benchmarks.labelled import RECIPE, boilerplate_of, chosen, document_of
from benchmarks.synthetic.stories import MONTHS, PERSIAN_DIGITS
from dedup import Document, Verdict
from dedup.comparison.measure_pairs import MeasuredPairs, measure_pairs
from dedup.model.rows import NEAR_DUPLICATE, TEMPLATE, VERDICTS

STORIES = ("isna_2019", "saudinews_2015", "fr_gilets_jaunes")
SERIES = ("isna_2019", "fa_ir_news", "saudinews_2015", "aut_2019", "tr_rss", "telegram_fa_2026")
PER_ARCHIVE = 150
SERIES_PAIRS = 60
"""Pairs of an archive at most."""
APART, SHARED, NUMBERS = 16, 0.25, 3
"""Of two reports of a series: hours apart, containment, and numbers in each that the other lacks."""
CROWDED = 60
"""Reports that share a shingle, at most, for it to count: the wording of one series is in more."""

_MONTHS = calendar.month_name[1:]
_AGENCIES = ("Herald", "Courier", "Daily Post", "ایسنا", "مهر", "تسنیم", "الرياض", "عكاظ", "AFP", "Reuters")
_ABOUT_SERIES = re.compile(
    "قیمت|نرخ (ارز|سکه|طلا|دلار)|سکه|هواشناسی|آب و هوا|وضعیت جوی|أسعار|الطقس|الارصاد|الأرصاد"
    "|نتایج (بازی|دیدار|مسابقات)|جدول لیگ|نتايج|hava durumu|météo",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?<![\w.,/])\d{1,6}(?![\w.,/])")

type Change = Callable[[str, random.Random], tuple[str, str] | None]
"""Makes two copies of a story, or None where the story does not allow it."""


def stamped(text: str, rng: random.Random) -> tuple[str, str]:
    """Return two copies, each with a stamp of its own, of the same kind and at the same place."""
    kind, form = rng.randrange(len(_stamps(rng))), rng.randrange(60)
    top, between = rng.choice([True, False]), rng.choice(["\n", "\n", " "])
    copies = []
    for _ in range(2):
        forms = _stamps(rng)[kind]
        stamp = forms[form % len(forms)]
        copies.append(f"{stamp}{between}{text}" if top else f"{text}{between}{stamp}")
    return copies[0], copies[1]


def stamped_twice(text: str, rng: random.Random) -> tuple[str, str]:
    """Return two copies, each with two stamps on lines of their own, of two kinds, together or apart."""
    kinds, form = rng.sample(range(len(_stamps(rng))), 2), rng.randrange(60)
    middle = text.find("\n", len(text) // 3) + 1 or text.find(" ", len(text) // 2) + 1
    places = rng.choice([(0, 0), (middle, middle), (len(text), len(text)), (0, len(text)), (0, middle)])
    copies = []
    for _ in range(2):
        forms = [_stamps(rng)[kind] for kind in kinds]
        lines = [texts[form % len(texts)] for texts in forms]
        pieces = text[: places[0]], lines[0], text[places[0] : places[1]], lines[1], text[places[1] :]
        copies.append("\n".join(piece for piece in pieces if piece))
    return copies[0], copies[1]


def _stamps(rng: random.Random) -> tuple[tuple[str, ...], ...]:
    """Return stamps of every kind, each in several forms."""
    number, views, minutes = rng.randint(1000, 9_999_999), rng.randint(2, 90_000), rng.randint(1, 15)
    day, month, year = rng.randint(1, 28), rng.randrange(12), rng.randint(2015, 2024)
    hour, minute, agency = rng.randint(0, 23), rng.randint(0, 59), rng.choice(_AGENCIES)
    clock, persian_year = f"{hour}:{minute:02}", year - 621
    address = f"https://news.example/{number}/{views}"
    persian_day = f"{day} {MONTHS[month]} {persian_year}"
    forms = (
        (f"کد خبر: {number}", f"News ID: {number}", f"شناسه خبر: {number}", f"رقم الخبر {number}"),
        (
            f"{persian_day} - {clock}",
            f"{_MONTHS[month]} {day}, {year} {clock}",
            f"تاریخ انتشار: {persian_year}/{month + 1}/{day}",
            f"Published {day} {_MONTHS[month]} {year} at {clock} GMT",
            f"{year}-{month + 1:02}-{day:02} {clock}",
        ),
        (f"Updated {clock} GMT", f"ساعت {clock}", f"آخرین به روزرسانی {clock}"),
        (f"{views} comments", f"بازدید: {views}", f"Views: {views:,}", f"تعداد نظرات: {day} بازدید {views}"),
        (f"زمان مطالعه: {minutes} دقیقه", f"{minutes} min read", f"Reading time: {minutes} minutes"),
        (address, f"لینک کوتاه: {address}", f"Short link: {address}"),
        (f"By the {agency}", f"خبرنگار {agency}", f"{agency} - {rng.choice(_AGENCIES)}"),
        (f"The {agency}, {_MONTHS[month]} {day}, {year}, Section B; Pg. {minutes}, LENGTH: {views} words",),
        (
            f"کد خبر: {number} تاریخ انتشار: {persian_day} ساعت {clock} بازدید {views}",
            f"{day} {_MONTHS[month]} {year} | {clock} | News ID {number} | {views} views",
        ),
    )
    return tuple(tuple(rng.choice((form, form.translate(PERSIAN_DIGITS))) for form in kind) for kind in forms)


def one_figure(text: str, rng: random.Random) -> tuple[str, str] | None:
    """Change one number of a story of 60 words or more."""
    numbers = list(_NUMBER.finditer(text))
    if not numbers or len(text.split()) < 60:  # noqa: PLR2004
        return None
    number = rng.choice(numbers)
    other = str(int(number[0]) + rng.randint(1, 60))
    return text, text[: number.start()] + other + text[number.end() :]


def reworded(text: str, rng: random.Random) -> tuple[str, str] | None:
    """Replace six words in a hundred by other words of the story."""
    pieces = re.split(r"(\s+)", text)
    words = [place for place, word in enumerate(pieces) if word.isalpha() and not word[0].isupper()]
    if len(words) <= 80:  # noqa: PLR2004
        return None
    changed = list(pieces)
    for place in rng.sample(words, int(0.06 * len(words))):
        changed[place] = pieces[rng.choice(words)]
    return text, "".join(changed)


def misread(text: str, rng: random.Random) -> tuple[str, str] | None:
    """Misread two letters in a hundred of each copy, as optical recognition does."""
    if len(text.split()) <= 60:  # noqa: PLR2004
        return None
    return _misread(text, rng), _misread(text, rng)


def _misread(text: str, rng: random.Random) -> str:
    letters = list(text)
    places = [place for place, letter in enumerate(letters) if letter.isalpha()]
    for place in rng.sample(places, int(0.02 * len(places))):
        wide = ord(letters[place]) > 1000  # noqa: PLR2004 - Arabic script, not Latin
        letters[place] = rng.choice("ابپتسشکلمنیو" if wide else "aceiou105lrnm")
    return "".join(letters)


CHANGES: dict[str, Change] = {
    "stamps": stamped,
    "two stamps": stamped_twice,
    "one figure": one_figure,
    "rewording": reworded,
    "misread letters": misread,
}


def changed_stories() -> dict[str, float]:
    """Judge changed copies; return the share of near-duplicates by kind of change."""
    hits: dict[str, list[bool]] = {name: [] for name in CHANGES}
    for archive in STORIES:
        rng = random.Random(7)
        texts = [document["text"] for document in load(f"{archive}.jsonl.gz")]
        texts = [text for text in texts if 60 <= len(text.split()) <= 500]  # noqa: PLR2004
        for name, change in CHANGES.items():
            copies = [pair for text in rng.sample(texts, PER_ARCHIVE) if (pair := change(text, rng))]
            pairs = _measured([(Document("a", one), Document("b", other)) for one, other in copies], archive)
            hits[name] += (pairs.judged(RECIPE).codes <= NEAR_DUPLICATE).tolist()
    for name, near in hits.items():
        print(f"{name:18} {sum(near):4} of {len(near):4} near-duplicate")
    return {name.replace(" ", "_"): sum(near) / len(near) for name, near in hits.items()}


def series() -> dict[str, float]:
    """Judge pairs of series; return the share of templates."""
    kinds: Counter[str] = Counter()
    for archive in SERIES:
        documents = [
            document_of(record)
            for record in load(f"{archive}.jsonl.gz")
            if _ABOUT_SERIES.search(record.get("title") or record["text"][:80])
        ][:4000]
        codes = [
            code
            for pairs in _series_pairs(documents, archive)
            for code in pairs.judged(RECIPE).codes.tolist()
        ]
        kinds.update(VERDICTS[code].value if code < len(VERDICTS) else "none" for code in codes)
        print(f"series of {archive:18} {codes.count(TEMPLATE):3} of {len(codes):3} template")
    print(dict(kinds))
    return {"series": kinds[Verdict.TEMPLATE.value] / max(kinds.total(), 1)}


def _series_pairs(documents: Sequence[Document], archive: str) -> Iterator[MeasuredPairs]:
    """Measure pairs that share wording, are apart in time and differ in numbers."""
    likely = _sharing(documents)
    random.Random(7).shuffle(likely)
    left = 0
    for start in range(0, len(likely), 200):
        part = [(documents[one], documents[other]) for one, other in likely[start : start + 200]]
        pairs = _measured(part, archive)
        apart = ~(pairs.contexts.hours < APART)
        alike = pairs.overlaps.containment >= SHARED
        differ = np.array([_numbers_differ(one.text, other.text) for one, other in part])
        rows = np.flatnonzero(apart & alike & differ)[: SERIES_PAIRS - left]
        left += rows.size
        yield chosen(pairs, rows)
        if left == SERIES_PAIRS:
            return


def _sharing(documents: Sequence[Document]) -> list[tuple[int, int]]:
    """List pairs of documents that share runs of five words which are not too common."""
    holders: defaultdict[tuple[str, ...], set[int]] = defaultdict(set)
    for row, document in enumerate(documents):
        words = document.text.split()
        for start in range(len(words) - 4):
            holders[tuple(words[start : start + 5])].add(row)
    shared = Counter(
        pair for rows in holders.values() if len(rows) <= CROWDED for pair in combinations(sorted(rows), 2)
    )
    return sorted(pair for pair, times in shared.items() if times >= 3)  # noqa: PLR2004


def _numbers_differ(one: str, other: str) -> bool:
    ours, theirs = (set(re.findall(r"\d+", text)) for text in (one, other))
    few = min(len(ours - theirs), len(theirs - ours)) >= NUMBERS
    return few and len(ours & theirs) < 0.8 * min(len(ours), len(theirs))


def _measured(pairs: Sequence[tuple[Document, Document]], archive: str) -> MeasuredPairs:
    left, right = [one for one, _ in pairs], [other for _, other in pairs]
    return measure_pairs(left, right, RECIPE, boilerplate=boilerplate_of(archive))


def main() -> int:
    """Print the shares; with --check fail below the floors."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="fail below a floor of floors.json")
    options = parser.parse_args()
    if not present(*(f"{name}.jsonl.gz" for name in {*STORIES, *SERIES})):
        leave_without_data()
    found = changed_stories() | series()
    return below_the_floors("robust", found) if options.check else 0


if __name__ == "__main__":
    sys.exit(main())
