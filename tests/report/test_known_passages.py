"""Boilerplate that an earlier run learnt."""

from pathlib import Path

import numpy as np

from dedup import Recipe, find_duplicates
from dedup.report.boilerplate import SharedPassage
from dedup.report.known_passages import without_repetition
from tests.report.test_made_up_archives import some_stories

NOTICE = "Please switch off your ad blocker and subscribe to the evening letter of our paper"
PLAIN = Recipe(rank=False)


def test_what_a_report_knew_can_be_given_to_the_next(tmp_path: Path) -> None:
    """Of two stories under one notice, too few to learn from; in a work folder too, which is held to it."""
    texts = [f"{NOTICE}\n{story}" for story in some_stories(3, words=40)]
    known = find_duplicates(texts, recipe=PLAIN).known_boilerplate

    alone = find_duplicates(texts[:2], recipe=PLAIN)
    knowing = find_duplicates(texts[:2], boilerplate=known, recipe=PLAIN)
    worked = find_duplicates(texts[:2], boilerplate=known, recipe=PLAIN, work_dir=tmp_path)

    assert [len(report.boilerplate) for report in (alone, knowing, worked)] == [0, 1, 1]
    assert tuple(knowing.known_boilerplate) == tuple(worked.known_boilerplate) == tuple(known)


def test_a_passage_within_others_is_left_out() -> None:
    """Of 1 to 3, 2 to 4 and 1 to 4 the last adds nothing."""
    passages = [
        SharedPassage(9, 0, np.array(held, dtype=np.uint64)) for held in ([1, 2, 3], [2, 3, 4], [1, 4])
    ]

    assert without_repetition(passages) == passages[:2]
