"""A Spark session that runs seven empty jobs: no report on Spark can take less time.

`benchmarks.engines` measures it together with reports.

    python -m benchmarks.empty_session [--master URL]
"""

import argparse

from dedup.integrations.spark import start

JOBS = 7
"""About as many as a report has."""


def main() -> None:
    """Start, count to nothing on every core, and stop."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.empty_session", description=__doc__.splitlines()[0]
    )
    parser.add_argument("--master", default="local[2]")
    session = start(parser.parse_args().master)
    context = session.sparkContext
    for _ in range(JOBS):
        context.parallelize(range(context.defaultParallelism)).map(abs).collect()
    session.stop()


if __name__ == "__main__":
    main()
