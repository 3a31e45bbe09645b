"""Learnt by `python -m benchmarks.fit --write`; not to be edited."""

from functools import cache

from dedup.model.verdict_weights import VerdictWeights


@cache
def learnt_weights() -> VerdictWeights:
    """Return of each score a bias, then the weight of each measure."""
    return VerdictWeights(
        join=(
            -0.5471,
            2.5206,
            1.5156,
            1.5805,
            -1.563,
            -0.0998,
            -0.532,
            -4.9763,
            -1.2455,
            -3.4553,
            -1.848,
            -0.3126,
            -2.9176,
            -0.2401,
            -0.5904,
            1.2141,
        ),
        partial=(
            -0.3381,
            1.2788,
            0.5874,
            -0.3228,
            -1.9006,
            0.4026,
            -0.5203,
            -0.2704,
            -1.2032,
            -3.1799,
            0.3492,
            -1.4363,
        ),
        template=(
            2.1271,
            -1.5181,
            0.4884,
            0.984,
            1.1533,
            -0.9751,
            3.4854,
            0.413,
            4.6461,
            -0.5127,
            -0.7896,
            -3.3796,
        ),
        unrelated=(
            -1.7889,
            0.2392,
            -1.0758,
            -0.6612,
            0.7473,
            0.5725,
            -2.9652,
            -0.1426,
            -3.4429,
            3.6927,
            0.4404,
            4.8159,
        ),
    )
