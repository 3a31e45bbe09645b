"""Learnt by `python -m benchmarks.fit --write`; not to be edited."""

WEIGHTS: dict[str, tuple[float, tuple[float, ...]]] = {
    "near-duplicate": (1.6901, (-0.6038, -1.2861, 0.351, 1.6857, -0.2768, -0.2694, -0.9369, -2.8554)),
    "partial": (1.0209, (-0.5465, 0.3418, -7.9966, -2.0056, 0.2276, 0.4649, -5.0035, 2.7498)),
    "template": (-2.7109, (1.1503, 0.9443, 7.6455, 0.3199, 0.0492, -0.1955, 5.9404, 0.1057)),
}
"""Bias, then the weight of each measure, of each kind of pair."""
