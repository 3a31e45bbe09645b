"""Run the chosen command; turn errors into messages and exit codes."""

import argparse
import os
import sys
import warnings

from dedup.cli.exit_codes import DONE, INTERRUPTED, OUT_OF_MEMORY, UNUSABLE
from dedup.cli.loading import load
from dedup.cli.streams import leave_quietly, say
from dedup.model.errors import DedupError, quoted
from dedup.model.memory import is_out_of_memory, need_memory

LEAST = 160
"""Megabytes of address space that any command needs; with less, loading numpy kills the process."""
NO_MEMORY = (
    b"dedup: out of memory; no result was partly written. Close other programs, raise the limit "
    b"(`ulimit -v`), or split the input\n"
)


def run_command(options: argparse.Namespace) -> int:
    """Load the command named in `options.run` and run it; returns the exit code."""
    warnings.showwarning = _show_warning
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # otherwise numpy reserves memory for every processor
    try:
        need_memory(LEAST)
        return int(load(options.run)(options))
    except DedupError as error:
        say(f"dedup: {error}")
        return UNUSABLE
    except BrokenPipeError:
        leave_quietly()
        return DONE
    except KeyboardInterrupt:
        say("dedup: interrupted")
        return INTERRUPTED
    except Exception as error:
        if not is_out_of_memory(error):
            if isinstance(error, OSError) and error.filename is not None:  # a name too long, a loop of links
                say(f"dedup: {quoted(error.filename)}: {error.strerror}")
                return UNUSABLE
            raise
    # The memory of the command has been freed, but printing through Python may still fail.
    if sys.stderr is not None:
        os.write(2, NO_MEMORY)
    return OUT_OF_MEMORY


def _show_warning(message: Warning | str, *_: object, **__: object) -> None:
    """Print a warning as one line, without the source line that Python adds."""
    say(f"dedup: {message}")
