"""The archive that a benchmark runs on: a file, a file of the data folder, or a made-up archive."""

import argparse
import gzip
import hashlib
import shutil
from dataclasses import dataclass
from pathlib import Path

from benchmarks.archives import DATA, leave_without_data
from benchmarks.synthetic import write_archive


@dataclass(frozen=True, slots=True)
class Corpus:
    """An archive as plain JSON lines, which every peer can read; `gold` where it was made up."""

    name: str
    path: Path
    gold: Path | None
    documents: int
    size: int
    sha256: str

    def described(self) -> dict[str, str | int]:
        """Describe the archive, without its path."""
        return {
            "name": self.name,
            "documents": self.documents,
            "bytes": self.size,
            "sha256": self.sha256,
        }


def add_arguments(parser: argparse.ArgumentParser, *, synthetic: int) -> None:
    """Add the options that name the corpus to a command."""
    parser.add_argument(
        "archive", nargs="?", metavar="ARCHIVE", help="a .jsonl[.gz] file or a name in DEDUP_DATA"
    )
    parser.add_argument(
        "--synthetic",
        type=int,
        default=synthetic,
        metavar="N",
        help=f"without ARCHIVE, make up N stories (default: {synthetic:,})",
    )
    parser.add_argument("--seed", type=int, default=1, help="seed of the made-up stories (default: 1)")


def prepare(options: argparse.Namespace, folder: Path) -> Corpus:
    """Write the corpus that the options name into `folder`, uncompressed; exit with 0 if it is absent."""
    if options.archive is None:
        return make_up(options.synthetic, folder, seed=options.seed)
    given = Path(options.archive) if Path(options.archive).is_file() else DATA / options.archive
    if not given.is_file():
        leave_without_data()
    if given.suffix != ".gz":
        return described(given.name, given)
    plain = folder / given.stem
    with gzip.open(given) as packed, plain.open("wb") as file:
        shutil.copyfileobj(packed, file, 1 << 20)
    return described(given.name, plain)


def make_up(documents: int, folder: Path, *, seed: int = 1) -> Corpus:
    """Make up an archive and its gold in `folder`."""
    path, gold = folder / f"synthetic-{documents}.jsonl", folder / f"synthetic-{documents}.gold"
    write_archive(path, documents, seed=seed, gold=gold)
    return described(f"synthetic {documents}, seed {seed}", path, gold=gold)


def described(name: str, path: Path, *, gold: Path | None = None) -> Corpus:
    """Count the lines of a file of JSON lines, and compute its digest."""
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
        documents = sum(1 for line in file if line.strip())
    return Corpus(name, path, gold, documents, path.stat().st_size, sha256)
