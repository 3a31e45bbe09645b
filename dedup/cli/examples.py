"""Examples in the help of every command; a test runs each of them."""

import argparse

TYPE_CHECKING = False  # as in typing, whose import would be half of what `dedup --help` takes
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

EXAMPLES: "Mapping[str, tuple[tuple[str, str], ...]]" = {
    "dedup": (
        ("dedup report stories/ --html report.html", "find the copies in a folder, and write a page to read"),
        ("dedup compare stories/a.txt stories/b.txt", "how two stories are related"),
        ("cat wire.jsonl | dedup filter --mode drop > new.jsonl", "pass on only new stories"),
    ),
    "dedup report": (
        ("dedup report stories/", "find the copies in a folder"),
        ("dedup report stories/ --html report.html --language fa", "also write a page, in Persian"),
        ("dedup report news.jsonl --field text=body,title=headline", "if the fields have other names"),
        (
            "cat wire.jsonl | dedup report - --csv - > members.csv",
            "read a pipe, write the members of clusters",
        ),
        (
            "dedup report stories/ wire.jsonl --prefer agency --json report.json",
            "let one source represent clusters",
        ),
        ("dedup report stories/ --keep kept.jsonl", "write the archive without its copies to a new file"),
        (
            "dedup report wire.jsonl --reference stories/ --keep new.jsonl",
            "keep only what the archive does not have yet",
        ),
        (
            "dedup report stories/ wire.jsonl --cross-source",
            "who copied whom, without repeats inside a source",
        ),
        (
            "dedup report stories/ --no-rank --boilerplate 0 --verbose",
            "faster: no ranking, no boilerplate detection",
        ),
        ("dedup report stories/ --fail-above 50%", "fail if more than half of the stories can be spared"),
    ),
    "dedup compare": (
        ("dedup compare stories/a.txt stories/b.txt", "two files"),
        ("cat stories/b.txt | dedup compare stories/a.txt -", "a file and standard input"),
        ("dedup compare agency paper --archive wire.jsonl", "two stories of an archive, by their ids"),
        ("dedup compare stories/a.txt stories/b.txt --html pair.html", "a page with both texts side by side"),
    ),
    "dedup tune": (
        ("dedup tune labelled.jsonl", "precision and recall of each label, and advice"),
        ("dedup tune labelled.jsonl --write recipe.json", "and the advised settings, for `--recipe`"),
    ),
    "dedup bench": (
        (
            "dedup bench archive.jsonl --no-rank --stories 1000000 --html bench.html",
            "extrapolate to a million stories, and write a page",
        ),
    ),
    "dedup filter": (
        ("dedup filter wire.jsonl", "output each line with its tag"),
        ("cat wire.jsonl | dedup filter --mode drop > new.jsonl", "output new stories unchanged"),
        (
            "dedup filter wire.jsonl --mode split --output new.jsonl",
            "tag all stories, and write copies to a separate file",
        ),
        (
            "dedup filter wire.jsonl --index month.dedup --window 30d",
            "find copies of stories of the last 30 days",
        ),
    ),
    "dedup index": (("dedup index info news.dedup", "stories, size, days and recipe"),),
    "dedup index info": (("dedup index info news.dedup", "stories, size, days and recipe"),),
    "dedup index check": (("dedup index check news.dedup", "report damage, if any"),),
    "dedup index prune": (
        ("dedup index prune news.dedup --window 90d", "forget stories not offered for 90 days"),
        ("dedup index prune news.dedup --capacity 100000 --compact", "and make the file smaller"),
    ),
    "dedup index export": (
        ("dedup index export news.dedup stories.jsonl", "write a file that can be imported elsewhere"),
    ),
    "dedup index import": (("dedup index import copy.dedup stories.jsonl", "into a new or existing index"),),
    "dedup index show": (("dedup index show news.dedup old", "what is stored under an id or a URL"),),
    "dedup index replace": (("dedup index replace news.dedup wire.jsonl", "for example with corrections"),),
    "dedup index learn": (
        (
            "dedup index learn news.dedup kept.jsonl",
            "boilerplate that `dedup report --keep kept.jsonl` learnt",
        ),
    ),
    "dedup index delete": (("dedup index delete news.dedup old", "so that it counts as never offered"),),
    "dedup index rebuild": (("dedup index rebuild news.dedup --threshold 0.3", "with another bound"),),
    "dedup serve": (
        ("dedup serve --index news.dedup", "for this machine only, on port 8731"),
        ("DEDUP_TOKEN=secret dedup serve --host 0.0.0.0", "for other machines too, with a token"),
    ),
    "dedup doctor": (("dedup doctor", "for a bug report"),),
    "dedup completion": (
        ('eval "$(dedup completion bash)"', "in ~/.bashrc, or in the current shell"),
        ("dedup completion zsh > _dedup", "in a folder of zsh's fpath"),
        ("dedup completion fish > dedup.fish", "in ~/.config/fish/completions/"),
    ),
}
"""For each command, shell lines with their purpose."""


def add_examples(parser: argparse.ArgumentParser) -> None:
    """Add examples to the descriptions of a command and its subcommands."""
    for command, each in every_command(parser):
        if command in EXAMPLES:
            lines = "".join(f"\n  {line}\n      {what}" for line, what in EXAMPLES[command])
            each.description = f"{each.description}\n\nexamples:{lines}"


def every_command(parser: argparse.ArgumentParser) -> "Iterator[tuple[str, argparse.ArgumentParser]]":
    """Yield a command and all its subcommands, each with its full name."""
    yield parser.prog, parser
    for action in parser._actions:  # noqa: SLF001 - argparse has no public list of subcommands
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            for below in action.choices.values():
                yield from every_command(below)
