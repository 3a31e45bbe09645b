"""Commands under faults: killed, without disk, without memory. Run `python -m benchmarks.faults`."""
