"""Boilerplate that an earlier run learnt."""

from pathlib import Path

from dedup import Recipe, find_duplicates
from tests.report.test_made_up_archives import some_stories

NOTICE = "Please switch off your ad blocker and subscribe to the evening letter of our paper"
PLAIN = Recipe(rank=False)


def test_what_a_report_knew_can_be_given_to_the_next(tmp_path: Path) -> None:
    """Of two stories under one notice, too few to learn from; a work folder refuses another."""
    texts = [f"{NOTICE}\n{story}" for story in some_stories(3, words=40)]
    known = find_duplicates(texts, recipe=PLAIN).known_boilerplate

    alone = find_duplicates(texts[:2], recipe=PLAIN)
    knowing = find_duplicates(texts[:2], boilerplate=known, recipe=PLAIN)
    worked = find_duplicates(texts[:2], boilerplate=known, recipe=PLAIN, work_dir=tmp_path)

    assert [len(report.boilerplate) for report in (alone, knowing, worked)] == [0, 1, 1]
    assert tuple(knowing.known_boilerplate) == tuple(worked.known_boilerplate) == tuple(known)
