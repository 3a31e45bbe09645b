"""The least that any tool must do: parse every line with orjson, make every text UTF-16, on one core.

python -m benchmarks.floor FILE
"""

import sys
from pathlib import Path


def main() -> None:
    """Read the file, and keep nothing of it."""
    import orjson  # noqa: PLC0415

    units = 0
    with Path(sys.argv[1]).open("rb") as lines:
        for line in lines:
            units += len(orjson.loads(line)["text"].encode("utf-16-le"))
    print(units // 2)


if __name__ == "__main__":
    main()
