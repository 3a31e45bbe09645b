"""Which names are a source's own, and which longer names are cut to a known one."""

import pytest

from dedup import Document, Recipe, find_duplicates
from tests.made_up_news import story

NAME = "رودنیوز"
BRANCH = "رودنیوز شمال"


def documents(source: str, credited: dict[str, int]) -> list[Document]:
    """Write unrelated stories of a source; so many of them credit each name, "" for none."""
    names = [name for name, times in credited.items() for _ in range(times)]
    return [
        Document(f"{source}{number}", lead(name) + story(number, words=120), source=source)
        for number, name in enumerate(names)
    ]


def lead(name: str) -> str:
    """Write the beginning of a text that credits a name."""
    return f"به گزارش {name}، " if name else ""


def own_names(*archive: Document) -> dict[str, tuple[str, ...]]:
    """Map each source to the names learnt to be its own."""
    report = find_duplicates(archive, recipe=Recipe(rank=False))
    return {source.name: source.own_names for source in report.sources}


@pytest.mark.parametrize(("times", "own"), [(2, ()), (3, (NAME,))])
def test_three_texts_establish_a_name(times: int, own: tuple[str, ...]) -> None:
    """A name that two texts credit could be anyone's, even if they are all that the source has."""
    assert own_names(*documents("agency", {NAME: times})) == {"agency": own}


@pytest.mark.parametrize(("times", "own"), [(3, ()), (4, (NAME,))])
def test_a_source_credits_its_own_name_in_two_fifths_of_its_texts(times: int, own: tuple[str, ...]) -> None:
    """Four texts of ten are enough, three are not."""
    assert own_names(*documents("agency", {NAME: times, "": 10 - times})) == {"agency": own}


@pytest.mark.parametrize(("times", "branch"), [(5, (BRANCH,)), (6, ())])
def test_a_name_is_cut_to_a_beginning_credited_twice_as_often(times: int, branch: tuple[str, ...]) -> None:
    """A branch credited three times keeps its name beside five credits of the agency, not beside six."""
    archive = [*documents("agency", {NAME: times}), *documents("branch", {BRANCH: 3, "": 1})]

    assert own_names(*archive) == {"agency": (NAME,), "branch": branch}
