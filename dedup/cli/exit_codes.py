"""Exit codes of every command."""

DONE = 0
PROBLEMS = 1
"""Done, but `--strict` was given and there were problems, or a check found faults."""
UNUSABLE = 2
"""Wrong usage, or nothing readable."""
OUT_OF_MEMORY = 3
"""There was not enough memory; no result was partly written."""
INTERRUPTED = 130
"""Stopped by Ctrl-C."""
