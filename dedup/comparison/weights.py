"""Learnt by `python -m benchmarks.fit --write`; not to be edited."""

from dedup.model.verdict_weights import VerdictWeights

WEIGHTS = VerdictWeights(
    join=(
        -2.9972,
        3.258,
        2.5264,
        -0.2087,
        -5.6805,
        -1.5741,
        -3.8309,
        -1.7949,
        -0.2113,
        -2.6365,
        -0.2776,
        -0.6932,
        1.5907,
    ),
    partial=(-0.1456, 0.0597, -2.3198, -0.2416, -0.3922, -1.3823, -1.9731, 0.4894, -1.6219),
    template=(2.1168, 0.7442, 1.3659, 2.787, 0.5735, 3.4937, -2.4113, -0.6801, -1.1455),
    unrelated=(-1.9712, -0.804, 0.954, -2.5454, -0.1813, -2.1114, 4.3844, 0.1907, 2.7674),
)
"""Of each score a bias, then the weight of each measure."""
