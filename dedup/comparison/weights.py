"""Weights of the verdict model; written by `python -m benchmarks.fit --write`, do not edit."""

from functools import cache

from dedup.model.verdict_weights import VerdictWeights


@cache
def learnt_weights() -> VerdictWeights:
    """Return the bias of each score, followed by the weight of each measure."""
    return VerdictWeights(
        join=(
            0.383,
            2.7125,
            1.6318,
            -1.3636,
            -0.1145,
            -0.2727,
            -0.4938,
            -4.4941,
            -1.5343,
            0.2901,
            -3.6525,
            -1.5038,
            -0.4013,
            -0.7153,
            -3.4182,
            -0.1793,
            -0.4827,
            -0.7354,
            1.8037,
        ),
        partial=(
            -0.5119,
            1.2358,
            0.5628,
            -0.2827,
            -2.0637,
            0.3906,
            -0.4317,
            -0.2715,
            -1.6117,
            -3.1092,
            0.4036,
            -1.2157,
        ),
        template=(
            2.0376,
            -1.5543,
            0.5584,
            0.9344,
            1.2645,
            -0.9128,
            3.2208,
            0.3964,
            4.4799,
            -0.0556,
            -0.7963,
            -3.2285,
        ),
        unrelated=(
            -1.5257,
            0.3185,
            -1.1212,
            -0.6517,
            0.7992,
            0.5222,
            -2.7891,
            -0.1249,
            -2.8682,
            3.1649,
            0.3927,
            4.4442,
        ),
    )
