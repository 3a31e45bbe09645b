"""Scripts without spaces: each letter is a word, whichever road the text takes."""

from pathlib import Path

import pytest

import dedup
from dedup import PreFilter, Recipe, Verdict
from dedup.comparison.compare import measure
from dedup.text.unspaced import part

SENTENCES = (
    "市政府周一宣布新建两座水库工程将在明年夏天以前完成负责人表示资金已经全部到位",
    "周边农田将首先得到灌溉用水当地居民对这个消息十分欢迎专家提醒施工期间注意安全",
    "今后三年还将修建五条道路详细计划将于下月正式公布有关部门会定期检查建设的进度",
)
REPORT = "。".join(SENTENCES)
EDITED = "。".join(sentence[:-1] + other for sentence, other in zip(SENTENCES, "足稳速", strict=True))


@pytest.mark.parametrize(
    ("text", "parted"),
    [
        ("新水库", "新 水 库 "),
        ("第3座，水库", "第 3座  水 库 "),
        ("ไทย", "ไ ท ย "),
        ("𠀀𠀁", "𠀀 𠀁 "),
    ],
)
def test_letters_of_scripts_without_spaces_are_parted(text: str, parted: str) -> None:
    """Numbers stay whole; the comma is folded to a blank."""
    assert part(text, shingles=len(text)).split() == parted.split()


@pytest.mark.parametrize("text", ["خبر تازه رسید", "a b c d e"])
def test_other_texts_keep_their_words(text: str) -> None:
    """Even where a shingle begins at every second letter."""
    assert part(text, shingles=1) is text
    assert part(text, shingles=len(text)).split() == str(dedup.fold(text)).split()


def test_a_text_with_a_shingle_at_every_third_character_is_parted() -> None:
    """Chinese text that repeats itself has fewer distinct shingles than letters."""
    assert part("新水库大坝", shingles=2) == "新 水 库 大 坝 "


def test_a_letter_changed_is_no_new_sentence() -> None:
    """Three of 114 letters are other ones; taken for words, all three sentences would be new."""
    measured = measure(REPORT, EDITED, Recipe())

    assert measured.alignment.words == (114, 114)
    assert measured.alignment.new == (3, 3)
    assert max(measured.difference.left_share, measured.difference.right_share) < 0.1
    assert measured.judged(Recipe()).verdict is Verdict.NEAR_DUPLICATE


def test_the_roads_agree_on_a_text_without_spaces(tmp_path: Path) -> None:
    """A comparison, the report and the pre-filter say the same, with the same reasons."""
    compared = dedup.compare(REPORT, EDITED)
    report = dedup.find_duplicates([{"id": "a", "text": REPORT}, {"id": "b", "text": EDITED}])

    assert [(pair.verdict, pair.reasons) for pair in report.pairs] == [(compared.verdict, compared.reasons)]
    with PreFilter.open(tmp_path / "index") as prefilter:
        prefilter.check_and_add({"id": "a", "text": REPORT})
        assert prefilter.check({"id": "b", "text": EDITED}).verdict is compared.verdict
