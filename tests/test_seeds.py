"""The five real stories, as they are and as keyboards, layout programs and agencies would spoil them."""

import re
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from dedup import Document, Recipe, Verdict, find_duplicates, read

FOLDER = Path(__file__).parent.parent / "seeds"
STORIES = {path.name[:3]: path.read_text("utf-8") for path in sorted(FOLDER.glob("*.txt"))}

PREFIX = r"\b(ن?می)"
SUFFIX = r"(های|ها|هایی|هایش|هایشان)\b"
PERSIAN = "\u06f0\u06f1\u06f2\u06f3\u06f4\u06f5\u06f6\u06f7\u06f8\u06f9"
ARABIC = "\u0660\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669"
LEADS = {
    "000": "فارسپلاس؛ دیگر رسانهها – ایرنا نوشت:",
    "001": "به گزارش خبرگزاری مهر،",
    "002": "به گزارش اقتصادآنلاین به نقل از فارس،",
    "003": "به گزارش جام جم آنلاین،",
    "004": "به گزارش سایت خبری پرسون،",
}


def with_affixes_set_off(text: str, mark: str) -> str:
    """Set می and ها off from their words, where the seeds have lost a half-space."""
    text = re.sub(PREFIX + r"(?=\w{2})", rf"\1{mark}", text)
    return re.sub(r"(?<=\w\w)" + SUFFIX, rf"{mark}\1", text)


def half_spaces_as_blanks(text: str) -> str:
    """Part them with a blank."""
    return with_affixes_set_off(text, " ")


def half_spaces_restored(text: str) -> str:
    """Part them as good spelling does."""
    return with_affixes_set_off(text, "\u200c")


def blanks_lost(text: str) -> str:
    """Glue what was parted."""
    text = re.sub(PREFIX + r" (?=\w)", r"\1", text)
    return re.sub(r"(?<=\w) " + SUFFIX, r"\1", text)


def arabic_letters(text: str) -> str:
    """Type it on an Arabic keyboard."""
    return text.translate(str.maketrans("یک", "يك"))


def other_digits(text: str) -> str:
    """Write numbers in the digits of Arabic."""
    return text.translate(str.maketrans(PERSIAN + "0123456789", ARABIC * 2))


def plain_digits(text: str) -> str:
    """Write numbers in ASCII."""
    return text.translate(str.maketrans(PERSIAN, "0123456789"))


def another_lead(text: str) -> str:
    """Sign it as another agency."""
    for lead in LEADS.values():
        text = text.replace(lead, "به گزارش خبرنگار سیاسی ایسنا،")
    return text


def narrow_lines(text: str) -> str:
    """Wrap it for a phone."""
    return textwrap.fill(text, 40)


def one_line(text: str) -> str:
    """Lose every line break."""
    return " ".join(text.split())


SPOILED = (
    half_spaces_as_blanks,
    half_spaces_restored,
    blanks_lost,
    arabic_letters,
    other_digits,
    plain_digits,
    another_lead,
    narrow_lines,
    one_line,
)


def found(stories: dict[str, str]) -> tuple[list[set[str]], dict[tuple[str, str], Verdict]]:
    """Return the clusters and the verdicts."""
    report = find_duplicates(
        [Document(name, text) for name, text in stories.items()], recipe=Recipe(rank=False)
    )
    members = [{member.id for member in cluster.members} for cluster in report.clusters]
    return members, {(pair.left, pair.right): pair.verdict for pair in report.pairs}


EXPECTED = ([{"000", "001"}], {("000", "001"): Verdict.CONTAINED, ("003", "004"): Verdict.PARTIAL})


def test_the_letter_stories_are_one_cluster_and_nothing_else_is() -> None:
    """One contains the other; two more share a stock paragraph; no other pair is listed."""
    assert found(STORIES) == EXPECTED


def test_the_letter_stories_share_what_was_measured() -> None:
    """J near 0.34 and C near 0.74: no Jaccard threshold in use would join them."""
    report = find_duplicates(read([FOLDER]))

    (cluster,) = report.clusters
    pair = report.pairs[0]
    assert 0.30 <= pair.jaccard <= 0.39
    assert 0.70 <= pair.containment <= 0.80
    assert pair.tfidf is not None
    assert pair.tfidf > max(other.tfidf or 0 for other in report.pairs[1:])
    assert (cluster.representative[:3], str(cluster.reason)) == ("000", "longest")
    assert report.problems == ()


@pytest.mark.parametrize("which", [*STORIES, "all"])
@pytest.mark.parametrize("spoil", SPOILED, ids=lambda spoil: spoil.__name__)
def test_spoiling_a_story_changes_no_verdict(spoil: Callable[[str], str], which: str) -> None:
    """Any one of the stories, or all of them."""
    stories = {name: spoil(text) if which in (name, "all") else text for name, text in STORIES.items()}

    assert found(stories) == EXPECTED


@pytest.mark.parametrize("spoil", SPOILED, ids=lambda spoil: spoil.__name__)
def test_spoiling_does_spoil(spoil: Callable[[str], str]) -> None:
    """What the test above applies changes each story but where there is nothing to change."""
    untouched = {name for name, text in STORIES.items() if spoil(text) == text}

    assert untouched == ({"001", "002", "004"} if spoil is blanks_lost else set())


def test_each_lead_stands_in_its_story() -> None:
    """Else replacing it would test nothing."""
    assert all(lead in STORIES[name] for name, lead in LEADS.items())
