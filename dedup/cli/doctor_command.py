"""`dedup doctor`: versions, for a bug report."""

import argparse

from dedup.cli.exit_codes import DONE
from dedup.cli.streams import encoded, write
from dedup.output.doctor import doctor


def run(_: argparse.Namespace) -> int:
    """Print the versions of dedup, its kernel and its libraries."""
    write("-", [encoded(doctor())])
    return DONE
