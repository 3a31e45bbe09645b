"""`python -m dedup` is the command."""

import sys

from dedup.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
