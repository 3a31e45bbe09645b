"""Facts that changed between copies, of many pairs: words are spelt some texts at a time."""

from collections.abc import Iterable

import pytest

from dedup import Document, Recipe, find_duplicates
from dedup.comparison import judge_pairs
from dedup.core import WordColumn
from dedup.model import ExchangedFact
from tests.report.test_made_up_archives import some_stories


def changes() -> dict[tuple[str, str], tuple[ExchangedFact, ...]]:
    """Report on six pairs of stories of which the second has another figure."""
    texts = [
        f"{story} At least {figure} of the houses were flooded. {other}"
        for story, other in zip(some_stories(6, words=60), some_stories(6, words=60, seed=2), strict=True)
        for figure in (40, 14)
    ]
    documents = [Document(f"{row:02}", text) for row, text in enumerate(texts)]
    report = find_duplicates(documents, recipe=Recipe(rank=False, boilerplate=0))
    return {(pair.left, pair.right): pair.changed for pair in report.pairs}


@pytest.mark.parametrize(("at_once", "texts"), [(1, 2), (4700, 6), (1 << 19, 12)])
def test_words_are_spelt_as_many_letters_at_once_as_is_bounded(
    at_once: int, texts: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One pair at least, some, or all six; what is found is the same."""
    expected = changes()
    asked: list[int] = []
    spell = WordColumn.words

    def counting(column: WordColumn, rows: Iterable[int]) -> list[tuple[str, ...]]:
        wanted = list(rows)
        asked.append(len(wanted))
        return spell(column, wanted)

    monkeypatch.setattr(WordColumn, "words", counting)
    monkeypatch.setattr(judge_pairs, "LETTERS_AT_ONCE", at_once)

    assert changes() == expected
    assert max(asked) == texts
    assert [[(fact.left, fact.right) for fact in facts] for facts in expected.values()] == [
        [("40", "14")]
    ] * 6
