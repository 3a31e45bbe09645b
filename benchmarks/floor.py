"""What any tool must pay at least: every line parsed by orjson, every text made into UTF-16, on one core.

python -m benchmarks.floor FILE
"""

import sys
from pathlib import Path


def main() -> None:
    """Read the file, keep nothing."""
    import orjson  # noqa: PLC0415

    units = 0
    with Path(sys.argv[1]).open("rb") as lines:
        for line in lines:
            units += len(orjson.loads(line)["text"].encode("utf-16-le"))
    print(units // 2)


if __name__ == "__main__":
    main()
