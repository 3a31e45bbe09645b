"""The command on a terminal: what is drawn there, and nowhere else."""

import os
import pty
import re
import signal
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from tests.fork_server import fork_server

ROOT = Path(__file__).parents[2]
PROGRAM = [sys.executable, "-m", "dedup"]
FORKED = [sys.executable, "-I", "-S", str(ROOT / "tests" / "forked_command.py")]
STORY = "The ministry of energy said on Monday that the two new power stations will go into operation. "


class Screen:
    """A program whose standard error, and output if it is asked for, are one terminal."""

    def __init__(
        self,
        *arguments: str,
        output: bool = False,
        columns: int = 80,
        interpreter: bool = False,
        **variables: str,
    ) -> None:
        """Start `dedup`, in a Python of its own if signals or Python's variables are to reach it."""
        program = PROGRAM if interpreter else [*FORKED, fork_server()]
        self._master, terminal = pty.openpty()
        termios.tcsetwinsize(terminal, (40, columns))
        environment = {
            name: value for name, value in os.environ.items() if name not in {"COLUMNS", "NO_COLOR"}
        }
        before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a job behind `&` has it ignored
        self.process = subprocess.Popen(
            [*program, *arguments],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=terminal if output else subprocess.PIPE,
            stderr=terminal,
            env=environment | {"TERM": "xterm", "PYTHONUTF8": "1"} | variables,
        )
        signal.signal(signal.SIGINT, before)
        os.close(terminal)
        self.drawn = b""

    def until(self, words: bytes) -> None:
        """Read until something is there."""
        while words not in self.drawn:
            self.drawn += os.read(self._master, 65536)

    def end(self) -> str:
        """Wait for the end; everything that was drawn."""
        while True:
            try:
                piece = os.read(self._master, 65536)
            except OSError:  # how Linux says that nobody has the terminal open any more
                break
            if not piece:
                break
            self.drawn += piece
        os.close(self._master)
        self.process.communicate()
        return self.drawn.decode("utf-8").replace("\r\n", "\n")


def test_the_stages_are_drawn_and_wiped() -> None:
    """From the first moment; in the end an empty line, and what the run took."""
    screen = Screen("report", "seeds", "--no-rank")

    drawn = screen.end()

    lines = drawn.split("\r\x1b[K")
    assert lines[1] == "read  0 stories"
    assert {line.split()[0] for line in lines[1:-1]} == {"read", "index", "match", "cluster", "report"}
    assert re.fullmatch(r"dedup: 5 documents in .*\n", lines[-1])


@pytest.mark.parametrize(
    ("arguments", "variables"), [(["--quiet"], {}), ([], {"TERM": "dumb"})], ids=["quiet", "dumb"]
)
def test_no_line_is_drawn_where_none_is_wanted(arguments: list[str], variables: dict[str, str]) -> None:
    """Asked for by an option, or by a terminal that cannot."""
    drawn = Screen("report", "seeds", "--no-rank", *arguments, **variables).end()

    assert "\x1b" not in drawn
    assert "\r" not in drawn


def test_ctrl_c_leaves_a_clean_line() -> None:
    """The bar is wiped, one sentence, no traceback, the code a shell expects."""
    screen = Screen("report", "-", "--no-rank", interpreter=True)
    assert screen.process.stdin is not None
    screen.process.stdin.write(b'{"text": "one of many"}\n' * 10_000)
    screen.process.stdin.flush()
    screen.until(b"read  ")
    screen.process.send_signal(signal.SIGINT)

    drawn = screen.end()

    assert drawn.endswith("dedup: interrupted\n")
    assert "Traceback" not in drawn
    assert screen.process.returncode == 130


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no full device")
def test_an_error_leaves_a_clean_line(tmp_path: Path) -> None:
    """What is wrong is said on a line of its own."""
    (tmp_path / "a.txt").write_text(STORY, encoding="utf-8")

    drawn = Screen("report", str(tmp_path / "a.txt"), "--no-rank", "--json", "/dev/full").end()

    assert drawn.endswith("\r\x1b[Kdedup: /dev/full: cannot be written: No space left on device\n")


def test_on_a_terminal_the_summary_comes_in_tables() -> None:
    """In colour, as wide as the terminal, after the line of the progress is wiped."""
    drawn = Screen("report", "seeds", "--no-rank", output=True, columns=90).end()

    summary = drawn.split("\r\x1b[K")[-1]
    assert summary.startswith(
        "\x1b[1m5 documents \u00b7 1 cluster of 2 documents \u00b7 1 can be spared (20 %)\x1b[0m\n"
    )
    assert "\u2500" * 90 in summary
    assert "\x1b[34mcontained" in summary


def test_files_are_written_under_a_line_that_is_wiped_before_the_summary(tmp_path: Path) -> None:
    """Writing is a stage; what goes to the terminal comes after it, and nothing is wiped behind that."""
    drawn = Screen("report", "seeds", "--json", str(tmp_path / "o.json"), output=True, columns=90).end()

    *lines, summary = drawn.split("\r\x1b[K")
    assert lines[-1] == "write"
    assert "5 documents" in summary


@pytest.mark.parametrize(
    ("columns", "variables"),
    [(60, {}), (90, {"TERM": "dumb"}), (90, {"COLUMNS": "60"}), (90, {"PYTHONIOENCODING": "ascii:replace"})],
    ids=["narrow", "dumb", "COLUMNS", "ascii"],
)
def test_other_terminals_get_lines(columns: int, variables: dict[str, str]) -> None:
    """Where tables have no room, or cannot be drawn."""
    interpreter = "PYTHONIOENCODING" in variables
    screen = Screen(
        "report", "seeds", "--no-rank", output=True, columns=columns, interpreter=interpreter, **variables
    )
    drawn = screen.end()

    assert "  " + ("\u25cb", "?")["ascii" in str(variables)] in re.sub(r"\x1b\[\d+m", "", drawn)
    assert "\u2500" * 60 not in drawn


@pytest.mark.parametrize(
    "variables", [{}, {"COLUMNS": "0"}, {"COLUMNS": "-3"}], ids=["unset", "none", "less"]
)
def test_a_terminal_that_does_not_say_how_wide_it_is_has_80_columns(variables: dict[str, str]) -> None:
    """As one that `script` or a container makes may not."""
    screen = Screen("report", "seeds", "--no-rank", output=True, columns=0, **variables)
    drawn = screen.end()

    assert screen.process.returncode == 0
    assert "\u2500" * 80 in drawn


def test_no_color_leaves_no_colour() -> None:
    """Bold and dim are none."""
    drawn = Screen("report", "seeds", "--no-rank", output=True, columns=90, NO_COLOR="1").end()

    assert "\u2500" * 90 in drawn
    assert not re.search(r"\x1b\[[\d;]*3\d", drawn)


def test_an_empty_no_color_means_nothing() -> None:
    """As https://no-color.org has it."""
    drawn = Screen("report", "seeds", "--no-rank", output=True, columns=90, NO_COLOR="").end()

    assert "\x1b[34mcontained" in drawn
