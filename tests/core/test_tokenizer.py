"""What a word is; texts in scripts without spaces, whichever way they take."""

from pathlib import Path

import pytest

import dedup
from dedup import Document, PreFilter, Recipe, Verdict
from dedup.comparison.measure_pairs import measure_pairs
from dedup.core.tokenizer import cut_terms, cut_words
from dedup.model.rows import VERDICTS

SENTENCES = (
    "市政府周一宣布新建两座水库工程将在明年夏天以前完成负责人表示资金已经全部到位",
    "周边农田将首先得到灌溉用水当地居民对这个消息十分欢迎专家提醒施工期间注意安全",
    "今后三年还将修建五条道路详细计划将于下月正式公布有关部门会定期检查建设的进度",
)
REPORT = "。".join(SENTENCES)
EDITED = "。".join(sentence[:-1] + other for sentence, other in zip(SENTENCES, "足稳速", strict=True))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("خبر تازه رسید", ["خبر", "تازه", "رسید"]),
        ("85هزار تومان", ["85", "هزار", "تومان"]),
        ("سال1402گذشت", ["سال", "1402", "گذشت"]),
        ("新水库", ["新", "水", "库"]),
        ("第3座 水库", ["第", "3", "座", "水", "库"]),
        ("ไทย", ["ไ", "ท", "ย"]),
        ("\U00020000\U00020001x", ["\U00020000", "\U00020001", "x"]),
        ("abc中文def 9", ["abc", "中", "文", "def", "9"]),
        ("हिंदी x9y", ["हिंदी", "x9y"]),
        ("", []),
    ],
)
def test_a_text_is_cut_into_words(text: str, words: list[str]) -> None:
    """Digits apart from letters; each letter of a script without spaces a word of its own."""
    assert cut_words(text) == words


@pytest.mark.parametrize(
    ("text", "terms"),
    [("新水库 大 a坝9", ["新水", "水库", "大", "a", "坝", "9"]), ("85هزار", ["85", "هزار"]), ("", [])],
)
def test_ranking_reads_two_letters_without_spaces_as_one(text: str, terms: list[str]) -> None:
    """They overlap; a letter alone stays alone, all else is cut as everywhere."""
    assert cut_terms(text) == terms


def test_a_changed_letter_makes_no_new_sentence() -> None:
    """Three of 114 letters are other ones; taken for words, all three sentences would be new."""
    measured = measure_pairs([Document("a", REPORT)], [Document("b", EDITED)], Recipe())
    alignment = measured.alignments.record(0)

    assert alignment.words == (114, 114)
    assert alignment.new == (3, 3)
    assert VERDICTS[measured.judged(Recipe()).codes[0]] is Verdict.NEAR_DUPLICATE


def test_the_roads_agree_on_a_text_without_spaces(tmp_path: Path) -> None:
    """A comparison, the report and the pre-filter say the same, with the same reasons."""
    compared = dedup.compare(REPORT, EDITED)
    report = dedup.find_duplicates([{"id": "a", "text": REPORT}, {"id": "b", "text": EDITED}])

    assert [(pair.verdict, pair.reasons) for pair in report.pairs] == [(compared.verdict, compared.reasons)]
    with PreFilter.open(tmp_path / "index") as prefilter:
        prefilter.check_and_add({"id": "a", "text": REPORT})
        assert prefilter.check({"id": "b", "text": EDITED}).verdict is compared.verdict
