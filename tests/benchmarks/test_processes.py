"""What a whole process takes, with its descendants."""

import sys

import pytest

from benchmarks.processes import timed

FORGETFUL = """
import os, signal, time
signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the system then forgets what children took
worker = os.fork()
if worker == 0:
    while time.process_time() < 0.6:
        pass
    os._exit(0)
while os.path.exists(f"/proc/{worker}"):
    time.sleep(0.05)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_workers_that_nobody_waits_for_are_counted() -> None:
    """As those of Spark's daemon are."""
    command = [sys.executable, "-c", FORGETFUL]

    assert timed(command, descendants=True).processor_seconds > 0.3
    assert timed(command).processor_seconds < 0.3
