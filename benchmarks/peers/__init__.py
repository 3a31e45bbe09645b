"""Environments for other tools, one each, and runners of those that need an environment of their own.

The runners of the others are in `dedup.bench.peers`, which states the rules for all of them.

    python -m benchmarks.peers.venvs
    python -m benchmarks.speed --synthetic 20000 --peers
"""
