"""A folder with the files that the help speaks of, and a shell to work in it; no tests in here."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.fork_server import fork_server
from tests.made_up_news import story

ROOT = Path(__file__).parents[1]
STORY = (
    "The ministry of energy said on Monday that the two new power stations in the south will go into "
    "operation before the summer and feed 900 megawatts into the national grid, a spokesman told reporters."
)
OTHER = (
    "Heavy snow closed the mountain roads of three provinces overnight, the traffic police reported; "
    "travellers were asked to stay at home until the ploughs have reached the passes."
)


def furnish(folder: Path) -> None:
    """Put the files into a folder: a story, its copy and another, in several forms."""
    (folder / "stories").mkdir()
    (folder / "stories" / "a.txt").write_text(STORY, encoding="utf-8")
    (folder / "stories" / "b.txt").write_text(f"Our correspondent reports: {STORY}", encoding="utf-8")
    (folder / "stories" / "c.txt").write_text(OTHER, encoding="utf-8")
    texts = {"agency": STORY, "paper": STORY.upper(), "weather": OTHER}
    _lines(
        folder / "wire.jsonl", [{"id": name, "source": name, "text": text} for name, text in texts.items()]
    )
    _lines(folder / "news.jsonl", [{"headline": name, "body": text} for name, text in texts.items()])
    _lines(folder / "archive.jsonl", [{"id": str(at), "text": story(at // 2)} for at in range(24)])
    _lines(
        folder / "labelled.jsonl",
        [
            {"a_text": STORY, "b_text": f"{STORY} !", "label": "near-duplicate"},
            {"a_text": STORY, "b_text": OTHER, "label": "unrelated"},
        ],
    )


def _lines(path: Path, records: list[dict[str, str]]) -> None:
    path.write_text("".join(f"{json.dumps(record)}\n" for record in records), encoding="utf-8")


def variables(folder: Path, **more: str) -> Mapping[str, str]:
    """Make an environment in which `dedup` and `python3` are these, whatever is installed."""
    tools = folder / ".tools"
    tools.mkdir(exist_ok=True)
    forked = f' -I -S "{ROOT / "tests" / "forked_command.py"}" "{fork_server()}"'
    for name, arguments in (("dedup", forked), ("python3", "")):
        program = tools / name
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}"{arguments} "$@"\n', encoding="utf-8")
        program.chmod(0o755)
    kept = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "DEDUP_TOKEN"}}
    path = f"{tools}{os.pathsep}{os.environ['PATH']}"
    own = {"PATH": path, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "COLUMNS": "100"}
    return kept | own | more


def bash(line: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    """Run a line as a user does, any failure of a pipe included."""
    return subprocess.run(
        ["/bin/bash", "--norc", "-euo", "pipefail", "-c", line],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
        env=variables(folder),
    )
