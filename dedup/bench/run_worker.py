"""One measured report in its own process, so that runs do not share memory.

    python -P -m dedup.bench.run_worker < SETTINGS > MEASURED

Settings and results are JSON; `measured_run` writes the settings and reads the results.
"""

import errno
import json
import sys
import time

from dedup.bench.stage_clock import StageClock
from dedup.model.errors import DedupError, quoted
from dedup.model.memory import is_out_of_memory


def main() -> None:
    """Run what is given on standard input, and print what it took, or what is wrong."""
    clock = StageClock(began=time.perf_counter())
    settings = json.load(sys.stdin)
    try:
        from dedup.bench.measured_report import measured_report  # noqa: PLC0415 - loading it is measured

        result = measured_report(settings, clock)
    except DedupError as error:
        result = {"error": str(error)}
    except Exception as error:
        if is_out_of_memory(error):
            result = {"out_of_memory": True}
        elif isinstance(error, OSError):
            result = {"error": _wording(error)}
        else:
            raise
    sys.stdout.write(json.dumps(result))


def _wording(error: OSError) -> str:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return f"{error.strerror}; TMPDIR names another temporary folder"
    return f"{error.strerror}: {quoted(str(error.filename))}" if error.filename else str(error)


if __name__ == "__main__":
    main()
