"""Run the chosen command; its errors become messages and exit codes."""

import argparse
import warnings

from dedup.cli.exit_codes import DONE, INTERRUPTED, UNUSABLE
from dedup.cli.loading import load
from dedup.cli.streams import leave_quietly, say
from dedup.model.errors import DedupError


def run_command(options: argparse.Namespace) -> int:
    """Load the command named in `options.run` and run it; returns the exit code."""
    warnings.showwarning = _show_warning
    try:
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


def _show_warning(message: Warning | str, *_: object, **__: object) -> None:
    """Print a warning as one line, without the source line that Python adds."""
    say(f"dedup: {message}")
