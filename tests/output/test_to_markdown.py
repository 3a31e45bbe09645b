"""to_markdown: a report as GitHub's Markdown."""

import re
from dataclasses import replace

import pytest

from dedup.model import ReportWarning
from dedup.output.to_markdown import to_markdown
from tests.report_samples import HOSTILE, a_report, hostile_report, the_seeds

SEEDS = """\
**5 documents \u00b7 1 cluster of 2 documents \u00b7 1 can be spared (20 %)**

| verdict | joined | listed | meaning |
| --- | --- | --- | --- |
| contained | 1 | 0 | one text stands almost whole inside a clearly longer one |
| partial | 0 | 1 | shared passages, each side with much of its own |

| cluster | documents | cohesion | representative | source | published |
| --- | --- | --- | --- | --- | --- |
| 1 | 2 | 35 % | تلاش ایران | فارس | 2023-10-17 |

1 problem&#58; 1 unreadable
"""


def test_the_seeds_in_markdown() -> None:
    """The figures, the verdicts, the largest clusters, what could not be read."""
    assert to_markdown(the_seeds()).decode() == SEEDS


def test_where_nothing_was_found_one_line_says_so() -> None:
    """There is no table."""
    assert to_markdown(a_report()) == b"**no documents: nothing to compare**\n"


def test_a_warning_comes_before_the_tables() -> None:
    """As a quotation."""
    warned = replace(the_seeds(), warnings=(ReportWarning("source", "x", 12, 20, "x_y would lose 12"),))

    assert to_markdown(warned).decode().split("\n\n")[1] == "> **Warning:** x&#95;y would lose 12"


@pytest.mark.parametrize(
    "text", [*HOSTILE.values(), "@name #12 www.example.com [a](b) $x$ ![c](d) **e** `f`"]
)
def test_hostile_text_does_not_act(text: str) -> None:
    """It makes no tag, link, mention, formula or column, and no line of its own."""
    hostile, plain = (to_markdown(hostile_report(each)).decode() for each in (text, "plain"))

    assert [re.findall(r"[|*`\[\]<>$]|https?://|www\.|@\w", line) for line in hostile.splitlines()] == [
        re.findall(r"[|*`\[\]<>$]|https?://|www\.|@\w", line) for line in plain.splitlines()
    ]
    assert not re.search("#[0-9]", re.sub("&#[0-9]+;", ";", hostile))
