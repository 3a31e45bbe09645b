"""What a command says when there is no memory for it."""

import json
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from dedup.cli.run_command import NO_MEMORY
from dedup.model import memory
from dedup.model.memory import MB, is_out_of_memory, need_arrow_memory, need_memory, need_scientific_memory
from tests.cli.test_main import PROGRAM, ROOT
from tests.made_up_news import story

resource = pytest.importorskip("resource", reason="limits of POSIX")
pytestmark = pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="limits of Linux")


def limited(megabytes: int, *arguments: str) -> "subprocess.CompletedProcess[bytes]":
    """Run the program with so much address space."""
    limit = partial(resource.setrlimit, resource.RLIMIT_AS, (megabytes * MB, megabytes * MB))
    return subprocess.run(
        [*PROGRAM, *arguments],
        capture_output=True,
        cwd=ROOT,
        preexec_fn=limit,
        check=False,
    )


@pytest.mark.parametrize("megabytes", [100, 165, 185, 300])
def test_no_memory_is_one_line_and_an_exit_code(megabytes: int, tmp_path: Path) -> None:
    """Before numpy, while modules are loaded, in the middle, and before scikit-learn; no file is written."""
    records = [{"id": number, "text": story(number // 2) * 100} for number in range(40)]
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    out = tmp_path / "out.json"

    done = limited(megabytes, "report", str(tmp_path / "in.jsonl"), "--quiet", "--json", str(out))

    assert (done.returncode, done.stderr, done.stdout) == (3, NO_MEMORY, b"")
    assert [path.name for path in tmp_path.iterdir()] == ["in.jsonl"]


@pytest.mark.parametrize("megabytes", [180, 225])
def test_tuning_without_memory_for_its_libraries_is_one_line(megabytes: int, tmp_path: Path) -> None:
    """OpenBLAS, which comes with SciPy, would end the process in its own words."""
    pairs = [
        {"a_text": story(number), "b_text": story(number // 2 * 2), "label": label}
        for number, label in enumerate(("near-duplicate", "unrelated") * 10)
    ]
    (tmp_path / "labelled.jsonl").write_text("\n".join(map(json.dumps, pairs)), encoding="utf-8")

    done = limited(megabytes, "tune", str(tmp_path / "labelled.jsonl"))

    assert (done.returncode, done.stderr, done.stdout) == (3, NO_MEMORY, b"")


def test_parquet_without_memory_for_its_library_is_one_line(tmp_path: Path) -> None:
    """The allocator of Arrow would print a line of its own."""
    (tmp_path / "in.parquet").write_bytes(b"PAR1")

    done = limited(200, "report", str(tmp_path / "in.parquet"))

    assert (done.returncode, done.stderr, done.stdout) == (3, NO_MEMORY, b"")


def test_a_measured_run_without_memory_has_the_same_exit_code(tmp_path: Path) -> None:
    """It is a process of its own, which has no more memory than the one that started it."""
    records = [{"id": number, "text": story(number // 2)} for number in range(40)]
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")

    done = limited(300, "bench", str(tmp_path / "in.jsonl"), "--quiet")

    assert (done.returncode, done.stderr, done.stdout) == (3, NO_MEMORY, b"")


def test_libraries_that_are_loaded_need_no_memory_any_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """A limit that was enough to load them is not asked for a second time."""
    monkeypatch.setattr(resource, "getrlimit", lambda _: (64 * MB, 64 * MB))
    monkeypatch.setitem(sys.modules, "sklearn", None)

    need_scientific_memory()

    monkeypatch.delitem(sys.modules, "sklearn")
    with pytest.raises(MemoryError, match="450 MB more are needed"):
        need_scientific_memory()


def test_arrow_needs_memory_for_its_work_even_if_it_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    """With 44 MB left its dictionary encoder went round for ever, and said nothing."""
    monkeypatch.setattr(resource, "getrlimit", lambda _: (64 * MB, 64 * MB))
    monkeypatch.setitem(sys.modules, "pyarrow", None)

    with pytest.raises(MemoryError, match="120 MB more are needed"):
        need_arrow_memory()


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        OSError(12, "Cannot allocate memory"),
        RuntimeError("can't start new thread"),
        ImportError("libx.so: failed to map segment from shared object"),
        SystemError("error return without exception set"),
        SystemError("<method 'x'> returned NULL without setting an exception"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_libraries_say_in_many_ways_that_there_is_no_memory(error: Exception) -> None:
    """Most of them not with a MemoryError."""
    assert is_out_of_memory(error)
    assert not is_out_of_memory(FileNotFoundError(2, "No such file", str(error)))
    assert not is_out_of_memory(type(error)("another") if type(error) is not MemoryError else OSError(28, ""))


def test_memory_is_asked_for_where_it_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a limit there is always enough."""
    need_memory(1 << 30)
    monkeypatch.setattr(resource, "getrlimit", lambda _: (64 * MB, 64 * MB))

    with pytest.raises(MemoryError, match="100 MB more are needed"):
        need_memory(100)


def test_scikit_learn_needs_450_megabytes_before_it_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the address space; once it is loaded it is not asked for again."""
    asked: list[int] = []
    monkeypatch.setattr(memory, "need_memory", asked.append)
    monkeypatch.setitem(sys.modules, "sklearn", memory)
    need_scientific_memory()
    monkeypatch.delitem(sys.modules, "sklearn")
    need_scientific_memory()

    assert asked == [450]
