"""The words that a comparison names, in scripts whose folded letters nobody reads by themselves."""

import pytest

import dedup
from dedup import Document, Recipe, find_duplicates
from dedup.comparison.legible_words import legible
from dedup.model import ReasonKind

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
def test_a_changed_name_is_told_as_a_reader_writes_it(text: str, names: tuple[str, str]) -> None:
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


def test_other_words_stay_folded_and_their_text_is_not_asked_for() -> None:
    """Latin and Persian words are read as they are."""
    assert legible(["police", "شهر"], lambda: pytest.fail("asked")) == ("police", "شهر")
