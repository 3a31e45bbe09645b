"""Weights of the verdict model; written by `python -m benchmarks.fit --write`, do not edit."""

from functools import cache

from dedup.model.verdict_weights import VerdictWeights


@cache
def learnt_weights() -> VerdictWeights:
    """Return the bias of each score, followed by the weight of each measure."""
    return VerdictWeights(
        join=(
            -0.5302,
            2.3396,
            1.453,
            1.4357,
            -1.1142,
            -0.1189,
            -0.548,
            -4.412,
            -1.51,
            0.3138,
            -3.4031,
            -1.8413,
            -0.3216,
            -0.7411,
            -3.4926,
            -0.2276,
            -0.5903,
            1.2065,
        ),
        partial=(
            -0.3312,
            1.1885,
            0.5972,
            -0.3732,
            -1.8875,
            0.4192,
            -0.4512,
            -0.2696,
            -1.3307,
            -2.9993,
            0.3635,
            -1.9825,
        ),
        template=(
            2.1699,
            -1.5005,
            0.4607,
            1.0424,
            1.1333,
            -0.993,
            3.3422,
            0.4159,
            4.6582,
            -0.5501,
            -0.8065,
            -3.1874,
        ),
        unrelated=(
            -1.8386,
            0.312,
            -1.0579,
            -0.6692,
            0.7542,
            0.5739,
            -2.8909,
            -0.1464,
            -3.3276,
            3.5493,
            0.443,
            5.17,
        ),
    )
