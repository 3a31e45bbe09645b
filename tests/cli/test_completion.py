"""`dedup completion`, in the shells that it is for."""

import os
import pty
import shutil
import subprocess
import termios
from pathlib import Path

import pytest

from tests.shell import bash, furnish, variables

BASH = """
eval "$(dedup completion bash)"
read -ra COMP_WORDS <<< "$TYPED"
[[ $TYPED == *" " ]] && COMP_WORDS+=("")
COMP_CWORD=$(( ${#COMP_WORDS[@]} - 1 )) COMP_LINE=$TYPED COMP_POINT=${#TYPED}
function=$(complete -p dedup | sed 's/.*-F \\([^ ]*\\).*/\\1/')
set +eu
$function dedup "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
printf '%s\n' "${COMPREPLY[@]}"
"""
"""What readline does when the key is pressed."""

CASES = [
    ("dedup rep", {"report"}),
    ("dedup index pr", {"prune"}),
    ("dedup report --lang", {"--language"}),
    ("dedup report --language ", {"ar", "en", "fa", "ur"}),
    ("dedup report --preset c", {"cc-news", "c4", "ccnet"}),
    ("dedup report stor", {"stories"}),
    ("dedup filter --index wi", {"wire.jsonl"}),
    ("dedup compare stories/a", {"stories/a.txt"}),
    ("dedup completion ", {"bash", "zsh", "fish"}),
    ("dedup report --threshold ", set()),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with files to complete."""
    furnish(tmp_path)
    return tmp_path


def shell(name: str) -> str:
    """Find a shell, or skip."""
    return shutil.which(name) or pytest.skip(f"{name} is not installed")


@pytest.mark.parametrize(("typed", "offered"), CASES, ids=[typed for typed, _ in CASES])
def test_bash_completes(typed: str, offered: set[str], folder: Path) -> None:
    """Commands, options, their values, and files where a file belongs."""
    done = bash(f"TYPED={typed!r}\n{BASH}", folder)

    assert done.returncode == 0, done.stderr
    assert {line for line in done.stdout.splitlines() if line} == offered


def test_fish_completes(folder: Path) -> None:
    """The same answers, folders with their slash."""
    fish = shell("fish")
    environment = variables(folder, HOME=str(folder))
    script = "dedup completion fish | source; " + "; ".join(
        f'echo "# {typed}"; complete -C {typed!r}' for typed, _ in CASES
    )
    done = subprocess.run(
        [fish, "--no-config", "-c", script],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=True,
        env=environment,
    )

    found: dict[str, set[str]] = {}
    for line in done.stdout.splitlines():
        if line.startswith("# "):
            offered = found.setdefault(line.removeprefix("# "), set())
        else:
            offered.add(line.split("\t")[0].rstrip("/"))
    expected = {typed.strip(): offers for typed, offers in CASES}
    assert {typed.strip(): offers for typed, offers in found.items()} == expected


def test_zsh_completes(folder: Path) -> None:
    """The key is pressed on a terminal, and what is then run is the whole command."""
    zsh = shell("zsh")
    (folder / "_dedup").write_text(bash("dedup completion zsh", folder).stdout, encoding="utf-8")
    keys = (
        "fpath=($PWD $fpath); autoload -Uz compinit; compinit -u -D\n"
        "dedup() { print -r -- $* > ran }\n"
        "dedup repo\t--lang\tf\tstor\t\n"
        "exit\n"
    )
    typed_into([zsh, "-f", "-i"], keys, folder)

    assert (folder / "ran").read_text(encoding="utf-8") == "report --language fa stories\n"


def typed_into(command: list[str], keys: str, folder: Path) -> None:
    """Type into a program on a terminal, and wait for its end."""
    master, terminal = pty.openpty()
    termios.tcsetwinsize(terminal, (40, 200))
    environment = variables(folder, TERM="dumb", HOME=str(folder))
    with subprocess.Popen(
        command,
        cwd=folder,
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        env=environment,
        start_new_session=True,
    ):
        os.close(terminal)
        os.write(master, keys.encode())
        while True:
            try:
                os.read(master, 65536)
            except OSError:  # how Linux says that nobody has the terminal open any more
                break
    os.close(master)


def test_another_shell_is_refused(folder: Path) -> None:
    """With the names of those there are."""
    done = bash("dedup completion tcsh", folder)

    assert done.returncode == 2
    assert "bash, zsh, fish" in done.stderr.replace("'", "")
