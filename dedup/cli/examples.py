"""What the help of each command shows it done with; a test does every line of it."""

import argparse

TYPE_CHECKING = False  # as in typing, whose import would be half of what `dedup --help` takes
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

EXAMPLES: "Mapping[str, tuple[tuple[str, str], ...]]" = {
    "dedup": (
        ("dedup report stories/ --html report.html", "the copies in a folder, and a page to read"),
        ("dedup compare stories/a.txt stories/b.txt", "what two stories are to each other"),
        ("cat wire.jsonl | dedup filter --mode drop > new.jsonl", "pass on what did not come before"),
    ),
    "dedup report": (
        ("dedup report stories/", "the copies in a folder"),
        ("dedup report stories/ --html report.html --language fa", "and a page to read, in Persian"),
        ("dedup report news.jsonl --field text=body,title=headline", "where the fields have other names"),
        ("cat wire.jsonl | dedup report - --csv - > members.csv", "from a pipe, the members of clusters"),
        (
            "dedup report stories/ wire.jsonl --prefer agency --json found.json",
            "one source represents",
        ),
        ("dedup report stories/ --keep kept.jsonl", "the archive without its copies, in a file of its own"),
        ("dedup report wire.jsonl --reference stories/ --keep new.jsonl", "what the archive lacks"),
        ("dedup report stories/ wire.jsonl --cross-source", "who copied whom, not what a source repeats"),
        ("dedup report stories/ --no-rank --boilerplate 0 --verbose", "quickly, and nothing learnt"),
    ),
    "dedup compare": (
        ("dedup compare stories/a.txt stories/b.txt", "two files"),
        ("cat stories/b.txt | dedup compare stories/a.txt -", "a file and what comes from a pipe"),
    ),
    "dedup tune": (
        ("dedup tune labelled.jsonl", "precision and recall of each label, and advice"),
        ("dedup tune labelled.jsonl --containment 0.7", "the same at another bound"),
    ),
    "dedup filter": (
        ("dedup filter wire.jsonl", "each line with its tag"),
        ("cat wire.jsonl | dedup filter --mode drop > new.jsonl", "new stories as they came"),
        ("dedup filter wire.jsonl --mode split --output new.jsonl", "both tagged, copies in a file"),
        ("dedup filter wire.jsonl --index month.dedup --window 30d", "copies of the last 30 days"),
    ),
    "dedup index": (("dedup index info news.dedup", "stories, size, days and recipe"),),
    "dedup index info": (("dedup index info news.dedup", "stories, size, days and recipe"),),
    "dedup index check": (("dedup index check news.dedup", "sound, or what is wrong"),),
    "dedup index prune": (
        ("dedup index prune news.dedup --window 90d", "forget what was not offered for 90 days"),
        ("dedup index prune news.dedup --capacity 100000 --compact", "and make the file smaller"),
    ),
    "dedup index export": (("dedup index export news.dedup stories.jsonl", "to a file, for an import"),),
    "dedup index import": (("dedup index import copy.dedup stories.jsonl", "into an index, new or not"),),
    "dedup index rebuild": (("dedup index rebuild news.dedup --threshold 0.3", "with another bound"),),
    "dedup serve": (
        ("dedup serve --index news.dedup", "to this machine, on port 8731"),
        ("DEDUP_TOKEN=secret dedup serve --host 0.0.0.0", "to others too, who show the token"),
    ),
    "dedup doctor": (("dedup doctor", "for a bug report"),),
    "dedup completion": (
        ('eval "$(dedup completion bash)"', "in ~/.bashrc, or for this shell alone"),
        ("dedup completion zsh > _dedup", "into a folder of zsh's fpath"),
        ("dedup completion fish > dedup.fish", "into ~/.config/fish/completions/"),
    ),
}
"""By command, as it is called: a line of the shell, and what it is for."""


def add_examples(parser: argparse.ArgumentParser) -> None:
    """Put its examples under the help of a command, and of the commands it has."""
    for command, each in every_command(parser):
        if command in EXAMPLES:
            lines = "".join(f"\n  {line}\n      {what}" for line, what in EXAMPLES[command])
            each.epilog = f"{each.epilog or ''}\n\nexamples:{lines}"


def every_command(parser: argparse.ArgumentParser) -> "Iterator[tuple[str, argparse.ArgumentParser]]":
    """Walk through a command and those below it, as they are called."""
    yield parser.prog, parser
    for action in parser._actions:  # noqa: SLF001 - argparse names its subcommands nowhere else
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            for below in action.choices.values():
                yield from every_command(below)
