"""Texts that fill one template: gathered around a representative, listed once, in order of time."""

import json
import pickle
import random

import numpy as np
import pytest
from numpy.typing import NDArray

from dedup import Recipe, Report, Verdict, find_duplicates
from dedup.core import TextColumn
from dedup.model import Slot
from dedup.output.to_json import to_json
from dedup.output.to_tables import to_tables
from dedup.output.to_terminal import to_terminal
from dedup.report import find_series as find_series_module
from dedup.report.archive import Archive
from dedup.report.find_series import find_series
from tests.judged_samples import Sample, judged_pairs

TEMPLATE, NEAR = Verdict.TEMPLATE, Verdict.NEAR_DUPLICATE


def series_of(*pairs: tuple[int, int], others: tuple[Sample, ...] = ()) -> list[list[int]]:
    """Gather series from template pairs, and pairs with another verdict."""
    samples = sorted([*(Sample(*pair, 1, TEMPLATE) for pair in pairs), *others])
    return [texts.tolist() for texts in find_series(judged_pairs(samples))]


def test_three_texts_are_a_series_and_two_a_pair() -> None:
    """The representative first."""
    assert series_of((0, 1)) == []
    assert series_of((0, 1), (0, 2)) == [[0, 1, 2]]


def test_the_text_with_most_template_pairs_represents() -> None:
    """Text 2 was compared with all; text 0 with it alone."""
    assert series_of((0, 2), (1, 2), (2, 3)) == [[2, 0, 1, 3]]


def test_of_equals_the_first_represents() -> None:
    """A triangle."""
    assert series_of((0, 1), (0, 2), (1, 2)) == [[0, 1, 2]]


def test_a_series_is_no_chain() -> None:
    """Text 4 fills a template with 3, which the representative 0 of 3 does not share."""
    assert series_of((0, 1), (0, 2), (0, 3), (3, 4)) == [[0, 1, 2, 3]]


def test_a_text_is_in_one_series() -> None:
    """Two representatives with a text in common: the larger series keeps it."""
    assert series_of((0, 1), (0, 2), (0, 3), (3, 4), (4, 5), (4, 6)) == [[0, 1, 2, 3], [4, 5, 6]]


def test_other_verdicts_make_no_series() -> None:
    """Copies are clusters."""
    assert series_of((0, 1), others=(Sample(0, 2, 1, NEAR), Sample(0, 3, 1, NEAR))) == []


def test_nothing_judged_is_no_series() -> None:
    """No pairs at all."""
    assert series_of() == []


TOWNS = ("Elmbridge", "Northwick", "Easthaven", "Westmarch", "Southfold")


def sirens() -> list[dict[str, str]]:
    """Five alerts, an hour apart, listed in another order than they came out."""
    alerts = [
        {
            "id": f"s{hour}",
            "text": f"Alert: sirens sounded in {town} at {hour} o'clock tonight. "
            "Residents are asked to stay in shelters until the authorities say that it is safe to leave.",
            "published": f"2024-05-01T{hour:02}:00:00",
            "source": "wire",
        }
        for hour, town in zip(range(9, 14), TOWNS, strict=True)
    ]
    return [*alerts[3:], *alerts[:3]]


def report_of(rows: list[dict[str, str]]) -> Report:
    """Report without ranking."""
    return find_duplicates(rows, recipe=Recipe(rank=False))


def test_a_series_has_the_fixed_wording_and_what_fills_it() -> None:
    """Members in order of time; numbers by size, words by the alphabet."""
    (series,) = report_of(sirens()).series

    assert series.skeleton == (
        "Alert: sirens sounded in [1] at [2] o'clock tonight. Residents are asked to stay in shelters until "
        "the authorities say that it is safe to leave"
    )
    assert [member.id for member in series.members] == ["s9", "s10", "s11", "s12", "s13"]
    assert [member.values for member in series.members] == [
        (town, str(hour)) for hour, town in zip(range(9, 14), TOWNS, strict=True)
    ]
    assert series.slots == (Slot(5, "Easthaven", "Westmarch"), Slot(5, "9", "13"))
    assert (series.members[0].source, series.members[0].published) == ("wire", "2024-05-01T09:00:00")


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_the_input_leaves_no_trace(seed: int) -> None:
    """The same series, and the same bytes."""
    rows = sirens()
    random.Random(seed).shuffle(rows)

    assert report_of(rows) == report_of(sirens())
    assert to_json(report_of(rows)) == to_json(report_of(sirens()))


def test_documents_with_the_same_text_are_one_member() -> None:
    """A copy is in a cluster."""
    copy = sirens()[0] | {"id": "z"}

    report = report_of([*sirens(), copy])

    assert len(report.series[0].members) == 5
    assert report.counts["in_series"] == 5
    assert len(report.clusters) == 1


def test_of_a_large_series_few_texts_are_read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of five alerts two at a time; the sample gives the same wording, and the bytes are the same."""
    report = report_of(sirens())
    expected = to_json(report)
    read: list[int] = []
    texts = Archive.texts

    def noted(archive: Archive, rows: NDArray[np.int64]) -> TextColumn:
        read.append(rows.size)
        return texts(archive, rows)

    monkeypatch.setattr(Archive, "texts", noted)
    monkeypatch.setattr(find_series_module, "TEXTS", 2)
    monkeypatch.setattr(find_series_module, "SAMPLE", 1)

    assert to_json(report) == expected
    assert max(read) == 2


def test_a_series_can_be_pickled() -> None:
    """Like all of a report."""
    report = report_of(sirens())

    assert pickle.loads(pickle.dumps(report)).series == report.series  # noqa: S301 - our own bytes


def test_json_lists_a_series_once() -> None:
    """Its wording, its slots and its members."""
    written = json.loads(to_json(report_of(sirens())))

    (series,) = written["series"]
    assert written["counts"]["series"] == 1
    assert series["skeleton"].startswith("Alert: sirens sounded in [1] at [2] o'clock")
    assert series["slots"][1] == {"distinct": 5, "least": "9", "most": "13"}
    assert series["members"][0] == {
        "id": "s9",
        "title": "",
        "source": "wire",
        "published": "2024-05-01T09:00:00",
        "values": ["Elmbridge", "9"],
    }


def test_a_terminal_shows_the_wording_and_the_values() -> None:
    """In lines and between tables."""
    report = report_of(sirens())

    for shown in (to_terminal(report, colour=False, width=80), to_tables(report, colour=False, width=80)):
        lines = [line.replace("\x1b[1m", "").replace("\x1b[0m", "") for line in shown.splitlines()]
        head = lines.index(
            "Series 1 \u00b7 5 documents \u00b7 2024-05-01T09:00:00 \u00b7 2024-05-01T13:00:00"
        )
        assert lines[head + 1].startswith("  \u2068Alert: sirens sounded in [1] at [2] o'clock tonight")
        assert lines[head + 2 : head + 4] == [
            "  [1] 5 values: Easthaven \u00b7 Westmarch",
            "  [2] 5 values: 9 \u00b7 13",
        ]


def test_numbers_too_long_for_arithmetic_have_a_size() -> None:
    """A slot of 5,000 digits is compared as text, not as a number."""
    assert Slot.of(["9" * 5000, "10", "007"]) == Slot(3, "007", "9" * 5000)
