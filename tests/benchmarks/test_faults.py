"""What the fuzzer begins with, and what a fault may leave."""

from pathlib import Path

import pytest

from benchmarks.faults import commands, fuzz_targets, killed_service, native_fuzz
from benchmarks.prefilter_runs import News
from dedup import PreFilter, core


@pytest.mark.skipif(core.NAME != "compiled", reason="the two kernels are compared")
@pytest.mark.parametrize("target", fuzz_targets.TARGETS)
def test_every_target_has_examples_that_it_survives(target: str, tmp_path: Path) -> None:
    """An empty input is one more."""
    attack = fuzz_targets.attack_on(target, tmp_path)

    contents = [*fuzz_targets.examples(target)]

    assert contents
    for content in (b"", *contents):
        attack(content)


@pytest.mark.parametrize(
    ("left", "fault"),
    [
        ({"a": b"new a", "b": b"new b"}, ""),
        ({"a": commands.EARLIER, "b": commands.EARLIER}, ""),
        ({"a": b"new a", "b": commands.EARLIER}, "earlier and new files"),
        ({"a": b"new a", "b": b"new"}, "b is neither the earlier file nor the new one"),
    ],
)
def test_files_are_all_earlier_or_all_new(tmp_path: Path, left: dict[str, bytes], fault: str) -> None:
    """Half a file is a fault, and so is one file of a run without the other."""
    for name, content in left.items():
        (tmp_path / name).write_bytes(content)

    assert commands.whole_or_earlier({"a": b"new a", "b": b"new b"}, tmp_path) == fault


def test_the_native_fuzzer_gets_every_array_that_it_names() -> None:
    """Each is in native_targets.c, and no array is empty."""
    harness = native_fuzz.HARNESS.read_text(encoding="ascii")

    arrays = dict(native_fuzz.tables())

    assert [name for name, values in arrays.items() if name not in harness or not values.size] == []


@pytest.mark.parametrize(
    ("left", "fault"),
    [
        ((b'{"schema": 1}', b"<p></p></html>\n"), ""),
        ((commands.EARLIER, commands.EARLIER), ""),
        ((commands.EARLIER, b"<p></p></html>\n"), "earlier and new files"),
        ((b'{"schema": 1}', b"<p>"), "a file of bench is neither the earlier one nor whole"),
        ((b'{"sch', b"<p></p></html>\n"), "a file of bench is neither the earlier one nor whole"),
    ],
)
def test_figures_and_page_of_bench_are_whole(tmp_path: Path, left: tuple[bytes, bytes], fault: str) -> None:
    """They differ from run to run, so they are held to their ends."""
    for name, content in zip(commands.BENCH_FILES, left, strict=True):
        (tmp_path / name).write_bytes(content)

    assert commands.bench_is_whole(tmp_path) == fault


def test_a_story_that_a_killed_service_forgot_is_lost(tmp_path: Path) -> None:
    """One that was acknowledged, and that the index does not know; a whole index has no faults."""
    index = tmp_path / "own.dedup"
    with PreFilter.open(index) as prefilter:
        for number in (1, 3):
            prefilter.add(News().story(number))

    assert killed_service.lost(index, [1, 2, 3]) == [2]
    assert killed_service.faults_of(index) == []
