"""`dedup filter` from the inside: lines in, lines out, nothing lost."""

import io
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dedup import PreFilter
from dedup.model import Problem
from dedup.model.errors import ReadingError
from dedup.prefilter.filter_lines import FilterOutputs, Mode, Stream, filter_lines
from tests.made_up_news import reworded, story

TEXT = story(1)


@pytest.fixture
def prefilter(tmp_path: Path) -> Iterator[PreFilter]:
    """An empty index."""
    with PreFilter.open(tmp_path / "news.dedup") as opened:
        yield opened


class Run:
    """One run of the filter, and what came out where."""

    def __init__(
        self, prefilter: PreFilter, *lines: object, mode: Mode = Mode.TAG, at_once: int = 32
    ) -> None:
        raw = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
        places = {name: io.BytesIO() for name in ("stories", "duplicates", "rejects")}
        self.problems: list[Problem] = []
        self.counts: Counter[str] = filter_lines(
            io.BytesIO(b"\n".join(raw)),
            prefilter,
            mode=mode,
            outputs=FilterOutputs(**{name: Stream(place) for name, place in places.items()}),
            problem=self.problems.append,
            at_once=at_once,
            max_bytes=10_000,
        )
        self.stories, self.duplicates, self.rejects = (
            place.getvalue().split(b"\n")[:-1] for place in places.values()
        )


def tag(line: bytes) -> dict[str, Any]:
    """Return the tag of a line."""
    return dict(json.loads(line)["dedup"])


def test_a_tag_is_added_and_the_rest_is_left_as_it_was(prefilter: PreFilter) -> None:
    """Spelling of numbers, order and escapes included."""
    line = b'{"n": 1.50, "id":"a" , "\\u0062": [], "text": "' + TEXT.encode() + b'" }'

    run = Run(prefilter, line)

    assert run.stories[0].startswith(line[:-2] + b', "dedup": {"verdict": null, "duplicate_of": null')
    assert tag(run.stories[0]) == {
        "verdict": None,
        "duplicate_of": None,
        "match": None,
        "relation": "new",
        "cluster_id": "a",
        "cluster_size": 1,
        "longer": 0.0,
        "confidence": 1.0,
        "changed": [],
        "drops": False,
        "jaccard": 0.0,
        "containment": 0.0,
        "reasons": [],
    }


def test_a_copy_is_tagged_with_its_original(prefilter: PreFilter) -> None:
    """All stories are passed on, in their order."""
    run = Run(prefilter, {"id": "a", "text": TEXT}, {"id": "b", "text": reworded(TEXT, every=30)})

    assert [json.loads(line)["id"] for line in run.stories] == ["a", "b"]
    assert tag(run.stories[1])["verdict"] == "near-duplicate"
    assert tag(run.stories[1])["duplicate_of"] == "a"
    assert run.counts == {"stories": 2, "new": 1, "copies": 1}


def test_an_old_tag_is_replaced(prefilter: PreFilter) -> None:
    """A line that went through a filter before has one tag, not two."""
    run = Run(prefilter, {"id": "a", "dedup": {"verdict": "old"}, "text": TEXT, "n": "\ud800"})

    assert run.stories[0].count(b'"dedup"') == 1
    assert json.loads(run.stories[0])["dedup"]["verdict"] is None
    assert list(json.loads(run.stories[0])) == ["id", "text", "n", "dedup"]


def test_dropped_copies_are_saved(prefilter: PreFilter) -> None:
    """New stories pass as they came, copies go elsewhere with their tag."""
    first = json.dumps({"id": "a", "text": TEXT}).encode()
    run = Run(prefilter, first, {"id": "b", "text": TEXT}, mode=Mode.DROP)

    assert run.stories == [first]
    assert [tag(line)["duplicate_of"] for line in run.duplicates] == ["a"]


def test_a_split_tags_both_sides(prefilter: PreFilter) -> None:
    """New stories on one side, copies on the other."""
    run = Run(prefilter, {"id": "a", "text": TEXT}, {"id": "b", "text": TEXT}, mode=Mode.SPLIT)

    assert [tag(line)["verdict"] for line in run.stories] == [None]
    assert [tag(line)["verdict"] for line in run.duplicates] == ["identical"]


def test_broken_lines_go_aside_as_they_came(prefilter: PreFilter) -> None:
    """Each is named with its line; blank lines are nothing."""
    broken = [b"{", b"[1]", b'{"text": 5}', b"\xff\xfe\x00", b'{"text": "' + b"x" * 10_000 + b'"}']
    run = Run(prefilter, b"", *broken, {"id": "a", "text": TEXT})

    assert run.rejects == broken[:-1]
    assert [problem.line for problem in run.problems] == [2, 3, 4, 5, 6]
    assert run.problems[-1].reason == "the line is longer than the 10000 bytes allowed; left out"
    assert run.counts == {"rejected": 5, "stories": 1, "new": 1}


def test_the_likely_fields_are_proposed_once(prefilter: PreFilter) -> None:
    """Not for every line; a line with a text between them is stored."""
    lacking = [{"headline": "t", "body": f"x {n}"} for n in range(40)]
    run = Run(prefilter, *lacking, {"id": "a", "text": TEXT}, *lacking)

    (told,) = run.problems
    assert told.reason == (
        "no field is called `text` (`headline`, `body`); try --field text=body,title=headline; "
        "this line and others like it are rejected"
    )
    assert (told.line, run.counts["rejected"], len(run.rejects)) == (1, 80, 80)
    assert run.counts["new"] == 1


def test_another_kind_of_lines_has_a_proposal_of_its_own(prefilter: PreFilter) -> None:
    """Records with nothing like a text do not hide the hints for the others; three kinds are named."""
    run = Run(prefilter, {"event": 1}, {"body": "x"}, {"event": 2}, {"content": "x"}, {"story": "x"})

    assert [(each.line, each.reason.split("; ")[1]) for each in run.problems] == [
        (1, "name the field that contains the text with --field text=NAME"),
        (2, "try --field text=body"),
        (4, "try --field text=content"),
    ]


def test_fields_may_be_spelt_in_another_case(prefilter: PreFilter) -> None:
    """As in a report; what is passed on is spelt as it came."""
    run = Run(prefilter, {"ID": "a", "Text": TEXT}, mode=Mode.DROP)

    assert [json.loads(line) for line in run.stories] == [{"ID": "a", "Text": TEXT}]
    assert [each.id for each in prefilter.find("a")] == ["a"]


def test_a_number_that_json_cannot_spell_does_not_come_out(prefilter: PreFilter) -> None:
    """Beside an earlier tag the line is spelt anew, and infinity is no JSON."""
    line = b'{"text": "' + TEXT.encode() + b'", "score": 1e999, "dedup": {}}'
    done = Run(prefilter, line)

    assert (done.stories, done.rejects) == ([], [line])


@pytest.mark.parametrize(
    ("beginning", "said"),
    [
        (b"\x1f\x8b\x08", "it is gzip data, which is not unpacked here: `zcat FILE"),
        (b"\x28\xb5\x2f\xfd", "Zstandard data, which is not unpacked here: `zstdcat FILE"),
        ('{"text": ""}'.encode("utf-16"), "it is UTF-16 or UTF-32, which is not read line by line"),
        ('{"text": ""}'.encode("utf-32"), "it is UTF-16 or UTF-32, which is not read line by line"),
    ],
)
def test_what_is_no_stream_of_lines_is_refused_at_once(
    prefilter: PreFilter, beginning: bytes, said: str
) -> None:
    """Its bytes are no lines, broken or not."""
    with pytest.raises(ReadingError, match=said):
        Run(prefilter, beginning + b"\n" + TEXT.encode())


def test_windows_1256_comes_out_as_utf_8(prefilter: PreFilter) -> None:
    """As JSON must be."""
    arabic = "اعلنت الوزارة اليوم ان العمل في المشروع الجديد سيبدأ قبل نهاية العام الحالي في الجنوب"

    run = Run(prefilter, ('{"id": "a", "text": "' + arabic + '"}').encode("cp1256"))

    assert json.loads(run.stories[0])["text"] == arabic


def test_the_same_stories_in_batches_of_any_size(tmp_path: Path) -> None:
    """One by one or all at once, the answers are the same."""
    lines = [{"id": str(n), "text": story(n % 7)} for n in range(20)]
    said = []
    for at_once in (1, 3, 32):
        with PreFilter.open(tmp_path / f"{at_once}.dedup") as prefilter:
            said.append(
                [tag(line)["duplicate_of"] for line in Run(prefilter, *lines, at_once=at_once).stories]
            )

    assert said[0] == [None] * 7 + [str(n % 7) for n in range(7, 20)]
    assert said[0] == said[1] == said[2]


class Broken(io.BytesIO):
    """A pipe whose reader has gone."""

    def flush(self) -> None:
        """Fail."""
        raise BrokenPipeError


def test_a_story_whose_line_did_not_get_out_is_not_known(prefilter: PreFilter) -> None:
    """Offered again, it is new."""
    outputs = FilterOutputs(Stream(Broken()), Stream(io.BytesIO()), Stream(io.BytesIO()))
    line = json.dumps({"id": "a", "text": TEXT}).encode()

    with pytest.raises(BrokenPipeError):
        filter_lines(io.BytesIO(line), prefilter, mode=Mode.TAG, outputs=outputs, problem=print)

    assert prefilter.check(TEXT).verdict is None
    assert tag(Run(prefilter, line).stories[0])["verdict"] is None


def test_what_is_out_is_kept(prefilter: PreFilter) -> None:
    """Nothing is on hold when the run is over."""
    Run(prefilter, {"id": "a", "text": TEXT}, {"id": "short", "text": "x"})
    prefilter.close()

    assert prefilter.check(TEXT).match == "a"
