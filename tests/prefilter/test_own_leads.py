"""A copy with a lead of its own: the pre-filter decides as the report does."""

from pathlib import Path

import pytest

from dedup import Document, PreFilter, Recipe, find_duplicates
from tests.made_up_news import story

WORDS = story(1).split()
FIRST, REST = " ".join(WORDS[:12]), " ".join(WORDS[12:])


@pytest.mark.parametrize(
    ("copy", "kept"),
    [
        (f"the strike was called off. {FIRST} {REST}", ["a", "b"]),
        (f"the strike was called off\n{FIRST} {REST}", ["a", "b"]),
        (f"{FIRST} دادگاه وزیر را تبرئه کرد {REST}", ["a", "b"]),
        (f"به گزارش خبرگزاری مهر، {FIRST} {REST}", ["a"]),
        (f"به گزارش خبرگزاری مهر، دادگاه وزیر را تبرئه کرد. {FIRST} {REST}", ["a", "b"]),
        (f"(AFP) - {FIRST} {REST}", ["a"]),
    ],
)
def test_statements_are_kept_and_credits_dropped(tmp_path: Path, copy: str, kept: list[str]) -> None:
    """Each beside the same story, which is in the index or published the day before."""
    documents = [
        Document("a", story(1), published="2024-03-08"),
        Document("b", copy, published="2024-03-09"),
    ]
    with PreFilter.open(tmp_path / "stories.dedup") as prefilter:
        prefilter.add(documents[0])
        answer = prefilter.check(documents[1])
    report = find_duplicates(documents, recipe=Recipe(rank=False))

    assert (answer.duplicate_of, answer.drops) == ("a", kept == ["a"])
    assert [document.id for document in report.kept] == kept
