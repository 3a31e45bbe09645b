"""Write the files of a version that later ones must read, or refuse in words.

    python -m tests.compatibility.make_files FOLDER

To be run once for each release, into a folder beside this file that is named after it.
"""

import json
import sys
from pathlib import Path

from dedup import PreFilter
from dedup.cli.main import main
from tests.made_up_news import reworded, story

STORIES = (
    {"id": "a", "text": story(1), "title": "First", "source": "wire", "published": "2024-05-01"},
    {
        "id": "b",
        "text": f"Our reporter: {story(1)}",
        "title": "Copy",
        "source": "paper",
        "published": "2024-05-02",
    },
    {"id": "c", "text": reworded(story(2), every=9), "source": "wire", "url": "https://news.example/c"},
    {"id": "d", "text": story(2), "source": "paper"},
    {"id": "e", "text": story(3)},
)


def write_files(folder: Path) -> None:
    """Write the stories, an index of them, its export, and a report on them."""
    folder.mkdir(exist_ok=True)
    stories, index = folder / "stories.jsonl", folder / "news.dedup"
    lines = [json.dumps(each, ensure_ascii=False) + "\n" for each in STORIES]
    stories.write_text("".join(lines), encoding="utf-8")
    with PreFilter.open(index) as prefilter:
        for each in STORIES:
            prefilter.check_and_add(each)
    for arguments in (
        ["index", "prune", str(index), "--compact", "--quiet"],
        ["index", "export", str(index), str(folder / "export.jsonl")],
        ["report", str(stories), "--quiet", "--no-rank", "--json", str(folder / "report.json")],
    ):
        if main(arguments):
            raise SystemExit(f"dedup {' '.join(arguments)} failed")
    index.with_name("news.dedup.lock").unlink()


if __name__ == "__main__":
    write_files(Path(sys.argv[1]))
