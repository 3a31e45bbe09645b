"""Every kind of file that is read has an example here."""

from pathlib import Path

import pytest

from dedup.input.formats import suffixes
from tests.inputs import documents, problems, read_both_ways

EXAMPLES = Path(__file__).parent / "examples"


@pytest.mark.parametrize("suffix", suffixes())
def test_an_example_of_every_suffix_is_read(suffix: str) -> None:
    """One by one and in columns alike, with its text and without a problem."""
    if suffix == ".pdf":
        pytest.importorskip("pypdf")

    found = list(read_both_ways([EXAMPLES / f"example{suffix}"]))

    assert not problems(found)
    assert "Heavy snow closed the mountain road between two valleys" in documents(found)[0].text
