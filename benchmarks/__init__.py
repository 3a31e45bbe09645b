"""The programs that measure every figure the project quotes; each figure can be repeated with one command.

    python -m benchmarks.synthetic N --out FILE   made-up archives with gold clusters
    python -m benchmarks.speed [--peers]          seconds, memory and recall, beside the peers
    python -m benchmarks.peers.venvs              the environments of the peers, made once
    python -m benchmarks.scale                    how time and memory grow, 10,000 to 1,000,000 stories
    python -m benchmarks.hostile                  deliberately difficult archives
    python -m benchmarks.engines [--spark]        one process, a work folder and Spark on one archive
    python -m benchmarks.partitions ARCHIVE ...   reports on Spark from 1, 7 and 64 shuffled partitions
    python -m benchmarks.cluster_faults           a Spark cluster, parts of which are killed
    python -m benchmarks.faults [--minutes N]     commands that are killed, or run out of disk or memory
    python -m benchmarks.plot RESULT.json ...     plots of what speed and scale wrote with --json
    python -m benchmarks.kernel                   the hot loops alone
    python -m benchmarks.dates                    how fast dates of each form are read
    python -m benchmarks.quality, .recall, .ranking   verdicts, candidates and order on real archives
    python -m benchmarks.fit [--write]            learn the weights; verdicts on pairs held out from that
    python -m benchmarks.robust                   real stories that were changed in known ways, real series
    python -m benchmarks.spliced                  stories with news of another one, or made up: is it kept?
    python -m benchmarks.known_differences        labelled pairs that a rule does not fit
    python -m benchmarks.sizes                    the size floors

Measure on an idle machine: if `speed` prints fewer cores than a command can use, other processes were using
the rest.
"""
