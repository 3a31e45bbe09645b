"""The size limits: lines of each module of Python and C, and bytes of the wheel.

python -m benchmarks.sizes [WHEEL]
"""

import json
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCES = {".py", ".c", ".h"}


def main() -> int:
    """Fail when a module or the wheel is larger than floors.json allows."""
    allowed = json.loads((ROOT / "benchmarks" / "floors.json").read_text(encoding="utf-8"))
    lines = {
        path.relative_to(ROOT): len(path.read_text(encoding="utf-8").splitlines())
        for folder in ("dedup", "benchmarks")
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in SOURCES
    }
    faults = [f"{path}: {n} lines" for path, n in lines.items() if n > allowed["module_lines"]]
    weights = {Path(name).name: Path(name).stat().st_size / 1024 for name in sys.argv[1:]}
    faults += [f"{name}: {n:.0f} KB" for name, n in weights.items() if n > allowed["wheel_kilobytes"]]
    longest = max(lines, key=lambda path: lines[path])
    print(f"{len(lines)} modules, {sum(lines.values()):,} lines, the longest {longest} with {lines[longest]}")
    for name, weight in weights.items():
        print(f"{name}: {weight:.0f} KB")
    for fault in faults:
        print(f"too large: {fault}", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
