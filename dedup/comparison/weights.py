"""Learnt by `python -m benchmarks.fit --write`; not to be edited."""

from dedup.model.verdict_weights import VerdictWeights

WEIGHTS = VerdictWeights(
    join=(
        -2.6731,
        3.1442,
        2.5017,
        -0.2147,
        -5.8363,
        -1.7686,
        -3.694,
        -1.8258,
        -0.2355,
        -2.0342,
        -0.2557,
        -0.672,
        1.3492,
    ),
    partial=(0.0009, 0.0368, -2.2646, -0.7357, -0.282, -1.3422, -2.1411, 0.471, -1.2665),
    template=(1.9455, 0.7962, 1.3541, 3.4206, 0.3945, 3.5808, -2.2954, -0.6641, -1.8888),
    unrelated=(-1.9464, -0.833, 0.9106, -2.6849, -0.1125, -2.2386, 4.4366, 0.1931, 3.1553),
)
"""Of each score a bias, then the weight of each measure."""
