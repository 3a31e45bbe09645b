"""Where the benchmarks find real archives: a folder that is not part of the project.

`DEDUP_DATA` names it; if it is not set, `../shared/data` beside the checkout is tried. A benchmark whose
data is absent prints that and exits with 0.
"""

import gzip
import json
import os
import sys
from pathlib import Path
from typing import Any, NoReturn

DATA = Path(os.environ.get("DEDUP_DATA", Path(__file__).parents[2] / "shared" / "data"))


def load(name: str) -> list[dict[str, Any]]:
    """Load the records of a JSON lines file, compressed or not: a path, or a name in the data folder."""
    path = located(name)
    content = path.read_bytes()
    if path.suffix == ".gz":
        content = gzip.decompress(content)
    return [json.loads(line) for line in content.splitlines() if line.strip()]


def located(name: str) -> Path:
    """Find a file by its path, else by its name in the data folder, where it may be absent."""
    return Path(name) if Path(name).is_file() else DATA / name


def present(*names: str) -> bool:
    """Return whether all these files exist."""
    return all(located(name).is_file() for name in names)


def say_without_data() -> None:
    """Print that there is nothing to measure on."""
    print(f"skipped: no archives in {DATA}; name a folder in DEDUP_DATA", file=sys.stderr)


def leave_without_data() -> NoReturn:
    """Print that there is nothing to measure on, and exit with 0."""
    say_without_data()
    sys.exit(0)
