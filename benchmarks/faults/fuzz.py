"""Coverage-guided fuzzing of the readers, and of what is done with a text that was read.

Atheris watches which lines of the package a file reaches, and changes files towards new ones. A file is read
as one of the formats: whatever its bytes are, documents and problems come out, or one of the errors of dedup.
Two of its texts are compared, in both orders. A fault ends the run and is kept as `crash-*` in the folder
where it runs. Needs `pip install newsdedup[fuzz,inputs]`.

    python -m benchmarks.faults.fuzz [--minutes N] [--seed N]
"""

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ENDINGS = ("jsonl", "json", "csv", "tsv", "html", "xml", "warc", "arc", "txt", "parquet", "pdf")
LONGEST = 4096
"""Bytes of a file."""
EXAMPLES = Path(__file__).parents[2] / "tests" / "input"
"""Files to begin with."""


def corpus(folder: Path) -> None:
    """Write small files of each format, the number of the format in front."""
    for number, ending in enumerate(ENDINGS):
        for path in sorted(EXAMPLES.rglob(f"*.{ending}")):
            content = path.read_bytes()
            if len(content) < LONGEST:
                (folder / f"{ending}-{path.stem}").write_bytes(bytes([number]) + content)
    made = {
        "jsonl": '{"id": "a", "text": "متن خبر", "published": "1403/2/1"}\n[]\n{"text": 5}\n',
        "json": '[{"text": "one two three"}, {"text": "one two four"}]',
        "csv": 'id,text\na,"one ""two"" three"\nb,\n',
        "html": "<html><title>t</title><article><p>one two</p><p>three</p></article></html>",
        "xml": "<rss><channel><item><title>t</title><description>one</description></item></channel></rss>",
        "warc": "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 2\r\n\r\nab\r\n\r\n",
        "txt": "متن خبر\n",
    }
    for ending, text in made.items():
        (folder / f"{ending}-made").write_bytes(bytes([ENDINGS.index(ending)]) + text.encode())


def attack(folder: Path) -> Callable[[bytes], None]:
    """Return what is run on each input; `folder` is for the file that is read."""
    from dedup import DedupError, Document, compare, read  # noqa: PLC0415 - watched from the first import on

    def one(content: bytes) -> None:
        if not content:
            return
        path = folder / f"file.{ENDINGS[content[0] % len(ENDINGS)]}"
        path.write_bytes(content[1:])
        try:
            found = [each for each in read([path]) if isinstance(each, Document)]
        except DedupError:
            return
        texts = [each.text for each in found[:2]]
        if len(texts) == len({*texts}) > 1:
            there, back = compare(*texts), compare(*reversed(texts))
            if (there.verdict, there.jaccard) != (back.verdict, back.jaccard):
                raise AssertionError(f"{there.verdict} one way, {back.verdict} the other")

    return one


def main() -> int:
    """Fuzz until the time is up."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.faults.fuzz", allow_abbrev=False)
    parser.add_argument("--minutes", type=float, default=1, metavar="N", help="(default: 1)")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    options = parser.parse_args()
    import atheris  # noqa: PLC0415 - so that --help needs no extra

    with tempfile.TemporaryDirectory() as name:
        work, seeds = Path(name, "work"), Path(name, "seeds")
        for folder in (work, seeds):
            folder.mkdir()
        corpus(seeds)
        with atheris.instrument_imports(include=["dedup"], enable_loader_override=False):
            target = attack(work)
            for path in sorted(seeds.iterdir()):  # each format loads its modules when it is met
                target(path.read_bytes())
        seconds = round(60 * options.minutes)
        limits = [f"-max_total_time={seconds}", f"-max_len={LONGEST}", f"-seed={options.seed}", "-timeout=20"]
        atheris.Setup([sys.argv[0], *limits, "-print_final_stats=1", str(seeds)], target)
        atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
