"""Short texts that differ in one word: two may be copies, three that differ in one place are a template."""

import pytest

from dedup import Document, Recipe, Report, Verdict, find_duplicates
from dedup.comparison.weights import learnt_weights
from tests.report.test_copies import WARNING_OF

TOWNS = ("تهران", "مشهد", "شیراز")


def report_on(*texts: str, recipe: Recipe | None = None) -> Report:
    """Report on texts of one source, every pair listed."""
    documents = [Document(str(row), text, source="agency") for row, text in enumerate(texts)]
    return find_duplicates(documents, recipe=recipe or Recipe(rank=False, neighbours=0))


def verdicts(report: Report) -> list[Verdict]:
    """Verdicts of all pairs, by their ids."""
    return [pair.verdict for pair in sorted(report.pairs, key=lambda pair: sorted((pair.left, pair.right)))]


def test_three_warnings_are_a_series() -> None:
    """The name of the town is filled in."""
    report = report_on(*map(WARNING_OF.format, TOWNS))

    assert verdicts(report) == [Verdict.TEMPLATE] * 3
    assert [len(series.members) for series in report.series] == [3]
    assert [pair.confidence for pair in report.pairs] == [pytest.approx(0.8)] * 3
    assert len(report.kept) == 3


def test_two_warnings_may_be_copies() -> None:
    """One may be the other with a word changed."""
    assert verdicts(report_on(*map(WARNING_OF.format, TOWNS[:2]))) == [Verdict.NEAR_DUPLICATE]


def test_words_that_differ_in_other_places_make_no_template() -> None:
    """The second and the third text differ from the first in one word, and from each other in two."""
    first = WARNING_OF.format(TOWNS[0])

    report = report_on(first, WARNING_OF.format(TOWNS[1]), first.replace("شدید", "سیل‌آسای"))

    assert verdicts(report) == [Verdict.NEAR_DUPLICATE] * 3


def test_weights_of_users_decide_alone() -> None:
    """They may be learnt from many such texts."""
    recipe = Recipe(rank=False, neighbours=0, weights=learnt_weights())

    assert verdicts(report_on(*map(WARNING_OF.format, TOWNS), recipe=recipe)) == [Verdict.NEAR_DUPLICATE] * 3
