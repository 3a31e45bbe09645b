"""What `pip install .` installs: how many packages, and which only because another requires them.

pip resolves the project as on an empty machine and installs nothing; this needs a network. Each package is
then left out in turn, and the packages are counted that nothing else requires.

    python -m benchmarks.install [--python FILE] [--json FILE]
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from benchmarks.machine import describe

ROOT = Path(__file__).parents[1]

type Graph = dict[str, dict[str, Any]]


def resolved(python: str) -> list[dict[str, Any]]:
    """Ask pip what it would install; return the metadata of each package."""
    options = ["--dry-run", "--ignore-installed", "--quiet", "--report", "-", str(ROOT)]
    done = subprocess.run(
        [python, "-m", "pip", "install", *options], check=True, stdout=subprocess.PIPE, encoding="utf-8"
    )
    report = json.loads(done.stdout)
    return [entry["metadata"] for entry in report["install"]]


def requirements(packages: Iterable[Mapping[str, Any]]) -> Graph:
    """Map each package and extra of it, such as `httpx[http2]`, to what it requires on this machine."""
    required: Graph = {}
    for package in packages:
        name = canonicalize_name(package["name"])
        for extra in ("", *package.get("provides_extra", ())):
            environment = {**default_environment(), "extra": extra}
            wanted = [Requirement(line) for line in package.get("requires_dist", ())]
            required[_key(name, extra)] = {
                _key(canonicalize_name(each.name), wish): None
                for each in wanted
                if not each.marker or each.marker.evaluate(environment)
                for wish in ("", *each.extras)
            }
    return required


def _key(name: str, extra: str) -> str:
    return f"{name}[{canonicalize_name(extra)}]" if extra else name


def reached(required: Graph, start: str, *, without: str = "") -> set[str]:
    """Return all packages that one requires, itself among them, if the package `without` is left out."""
    found: set[str] = set()
    ahead = [start]
    while ahead:
        name = ahead.pop()
        if name not in found and name.partition("[")[0] != without:
            found.add(name)
            ahead += required.get(name, ())
    return {name.partition("[")[0] for name in found}


def main() -> int:
    """Print a row for each direct requirement."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.install", allow_abbrev=False)
    parser.add_argument("--python", default=sys.executable, metavar="FILE", help="(default: this one)")
    parser.add_argument("--json", type=Path, metavar="FILE")
    options = parser.parse_args()
    packages = resolved(options.python)
    own = next(canonicalize_name(each["name"]) for each in packages if each["name"] == "newsdedup")
    required = requirements(packages)
    every = reached(required, own) - {own}
    print(
        f"{len(every)} packages beside dedup's own\n\n| required package | brings | of them alone | which |"
    )
    print("|---|---|---|---|")
    rows = []
    for name in sorted(required[own]):
        alone = every - reached(required, own, without=name) - {name}
        rows.append({"package": name, "brings": len(reached(required, name)) - 1, "alone": sorted(alone)})
        print(f"| {name} | {rows[-1]['brings']} | {len(alone)} | {', '.join(sorted(alone))} |")
    if options.json:
        content = {
            "schema": "dedup-install/1",
            "machine": describe(),
            "packages": sorted(every),
            "rows": rows,
        }
        options.json.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
