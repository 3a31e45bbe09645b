"""Which stories are compared, and which copies pass all the same."""

from pathlib import Path

import pytest

from dedup import PreFilter, SettingError
from tests.made_up_news import reworded, story

TEXT = story(1, words=200)
COPY = reworded(TEXT, every=30)


def offered(prefilter: PreFilter, identity: str, text: str, source: str = "") -> tuple[str, str | None, bool]:
    """Offer a story; gives its relation, its match, and whether it was stored."""
    answer = prefilter.check_and_add({"id": identity, "text": text, "source": source})
    return str(answer.relation), answer.match, answer.stored


def test_only_other_sources_may_be_compared(tmp_path: Path) -> None:
    """Copies inside a source are new; the same story again is the same; no source is one source."""
    with PreFilter.open(tmp_path / "news.dedup", cross_source=True) as prefilter:
        assert offered(prefilter, "a", TEXT, "wire") == ("new", None, True)
        assert offered(prefilter, "b", COPY, "wire") == ("new", None, True)
        assert offered(prefilter, "c", TEXT, "wire") == ("new", None, True)
        assert offered(prefilter, "a", TEXT, "wire") == ("same", "a", False)
        assert offered(prefilter, "a", COPY, "wire") == ("updated", "a", True)
        assert offered(prefilter, "d", COPY, "paper")[0] == "copy"
        assert offered(prefilter, "e", COPY)[0] == "copy"
        assert offered(prefilter, "f", story(2)) == ("new", None, True)
        assert offered(prefilter, "g", story(2)) == ("new", None, True)
        bare = [prefilter.check_and_add({"text": story(3)}).relation for _ in range(2)]
        assert bare == ["new", "same"]
        assert [each.match for each in prefilter.matches({"text": TEXT, "source": "wire"})] == []


def test_copies_of_preferred_sources_pass(tmp_path: Path) -> None:
    """If the stored story is of a source that comes later, or of none that is named."""
    with PreFilter.open(tmp_path / "news.dedup", sources=["wire", "paper"]) as prefilter:
        assert offered(prefilter, "a", TEXT, "blog") == ("new", None, True)
        assert offered(prefilter, "b", COPY, "other blog") == ("copy", "a", False)
        assert offered(prefilter, "c", COPY, "paper") == ("copy", "a", True)
        assert offered(prefilter, "d", COPY, "paper") == ("copy", "c", False)
        assert offered(prefilter, "e", COPY, "wire") == ("copy", "c", True)
        assert prefilter.find("e")[0].cluster.size == 5


def test_with_first_longer_copies_of_preferred_sources_pass_too(tmp_path: Path) -> None:
    """Those of other sources do not."""
    longer = f"{TEXT} {story(2, words=30)}"
    with PreFilter.open(tmp_path / "news.dedup", sources=["wire"], versions="first") as prefilter:
        assert offered(prefilter, "a", TEXT, "blog") == ("new", None, True)
        assert offered(prefilter, "b", longer, "other blog") == ("copy", "a", False)
        assert offered(prefilter, "c", longer, "wire") == ("copy", "a", True)


def test_one_name_is_no_list_of_sources(tmp_path: Path) -> None:
    """Its letters would be taken for names."""
    with pytest.raises(SettingError, match="expected a list of names"):
        PreFilter.open(tmp_path / "news.dedup", sources="wire")
