"""Files that appear whole and together, or not at all."""

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from dedup.model.errors import WritingError
from dedup.output import whole_files
from dedup.output.whole_files import Content, is_written_in_place, write_together

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="locks and permissions of POSIX")


def content(*pieces: bytes) -> Content:
    """Make what gives these pieces."""
    return lambda: pieces


def names(folder: Path) -> list[str]:
    """List what is in a folder, hidden files too."""
    return sorted(path.name for path in folder.iterdir())


def test_files_are_written(tmp_path: Path) -> None:
    """With their content, with the permissions of any new file, and nothing else beside them."""
    (tmp_path / "usual").touch()

    write_together([(tmp_path / "a", content(b"1", b"2")), (tmp_path / "b", content())])

    assert ((tmp_path / "a").read_bytes(), (tmp_path / "b").read_bytes()) == (b"12", b"")
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "usual").stat().st_mode
    assert names(tmp_path) == ["a", "b", "usual"]


def test_a_full_disk_changes_no_file(tmp_path: Path) -> None:
    """Neither the one that does not fit nor the one that was written before it."""
    from tests.full_disk import full_disk

    (tmp_path / "a").write_bytes(b"earlier")
    (tmp_path / "b").write_bytes(b"earlier")

    with full_disk(10), pytest.raises(WritingError, match="/b: cannot be written: File too large"):
        write_together([(tmp_path / "a", content(b"new")), (tmp_path / "b", content(b"x" * 50_000))])

    assert [path.read_bytes() for path in sorted(tmp_path.iterdir())] == [b"earlier", b"earlier"]


def test_an_error_while_the_content_is_made_changes_no_file(tmp_path: Path) -> None:
    """Out of memory, for one."""

    def fails() -> Iterable[bytes]:
        yield b"half"
        raise MemoryError

    with pytest.raises(MemoryError):
        write_together([(tmp_path / "a", content(b"new")), (tmp_path / "b", fails)])

    assert names(tmp_path) == []


KILLED = """
import os, signal, sys
from dedup.output.whole_files import write_together

def dies():
    yield b"half" * 10_000
    os.kill(os.getpid(), signal.SIGKILL)

write_together([(sys.argv[1], dies)])
"""


def test_a_killed_run_leaves_the_earlier_file(tmp_path: Path) -> None:
    """And the next run removes the temporary file that it left."""
    (tmp_path / "a").write_bytes(b"earlier")
    done = subprocess.run([sys.executable, "-c", KILLED, tmp_path / "a"], check=False)
    left = names(tmp_path)
    earlier = (tmp_path / "a").read_bytes()

    write_together([(tmp_path / "a", content(b"new"))])

    assert (done.returncode, earlier, len(left)) == (-signal.SIGKILL, b"earlier", 2)
    assert left[0].endswith(".unfinished")
    assert names(tmp_path) == ["a"]


def test_the_temporary_file_of_a_running_process_stays(tmp_path: Path) -> None:
    """Two runs may write one file: it is that of the run that ends last, whole."""

    def meanwhile() -> Iterable[bytes]:
        yield b"of the first run"
        write_together([(tmp_path / "a", content(b"of the second"))])

    write_together([(tmp_path / "a", meanwhile)])

    assert (tmp_path / "a").read_bytes() == b"of the first run"
    assert names(tmp_path) == ["a"]


def test_nobody_else_renames_meanwhile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So the files of one run do not end up beside those of another."""
    import fcntl

    rename, refused = Path.replace, []

    def watched(path: Path, target: Path) -> Path:
        handle = os.open(tmp_path, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            refused.append(target.name)
        finally:
            os.close(handle)
        return rename(path, target)

    monkeypatch.setattr(Path, "replace", watched)
    write_together([(tmp_path / name, content(b"")) for name in "ab"])

    assert refused == ["a", "b"]


def test_a_folder_that_somebody_keeps_locked_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`flock FOLDER dedup` would wait for itself."""
    import fcntl

    monkeypatch.setattr(whole_files, "RENAME_WAIT_S", 0.0)
    handle = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)

    write_together([(tmp_path / "a", content(b"new"))])
    os.close(handle)

    assert (tmp_path / "a").read_bytes() == b"new"


def test_a_file_keeps_its_permissions(tmp_path: Path) -> None:
    """Those of the file that it replaces."""
    (tmp_path / "a").touch()
    (tmp_path / "a").chmod(0o640)

    write_together([(tmp_path / "a", content(b"new"))])

    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o640


@pytest.mark.parametrize("exists", [True, False])
def test_a_link_stays_a_link(tmp_path: Path, exists: bool) -> None:  # noqa: FBT001
    """What it leads to is written, in the folder where that is."""
    (tmp_path / "there").mkdir()
    if exists:
        (tmp_path / "there" / "a").touch()
    (tmp_path / "link").symlink_to("there/a")

    write_together([(tmp_path / "link", content(b"new"))])

    assert ((tmp_path / "link").is_symlink(), names(tmp_path / "there")) == (True, ["a"])
    assert (tmp_path / "there" / "a").read_bytes() == b"new"


def test_a_long_name_is_no_obstacle(tmp_path: Path) -> None:
    """A name may have 255 bytes; the temporary one is not longer."""
    path = tmp_path / ("\u0645" * 127)

    write_together([(path, content(b"new"))])

    assert path.read_bytes() == b"new"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anything")
def test_a_file_that_must_not_be_written_is_not_replaced(tmp_path: Path) -> None:
    """Though its folder would allow it."""
    (tmp_path / "a").touch(mode=0o444)

    with pytest.raises(WritingError, match="Permission denied"):
        write_together([(tmp_path / "a", content(b"new"))])


def test_the_name_in_a_message_cannot_act_on_a_terminal(tmp_path: Path) -> None:
    """An escape sequence is shown, not obeyed."""
    with pytest.raises(WritingError, match=r"\\x1b\[31m/a: cannot be written: No such file"):
        write_together([(tmp_path / "\x1b[31m" / "a", content())])


def test_pipes_devices_and_open_files_are_written_in_place(tmp_path: Path) -> None:
    """A rename would put a file in their place; /dev/stdout may be one that the shell has opened."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "file").touch()
    with (tmp_path / "file").open("rb") as file:
        (tmp_path / "link").symlink_to(f"/dev/fd/{file.fileno()}")
        places = ["/dev/null", f"/dev/fd/{file.fileno()}", tmp_path / "pipe", tmp_path / "link"]
        in_place = [is_written_in_place(place) for place in places]

    assert in_place == [True] * 4
    assert not any(is_written_in_place(tmp_path / name) for name in ("file", "new", "link", "no/where"))
