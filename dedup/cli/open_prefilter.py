"""The options of `dedup filter` and `dedup serve` -> the pre-filter that they describe."""

import argparse

from dedup.cli.settings import stored_recipe_of
from dedup.prefilter import PreFilter


def open_prefilter(options: argparse.Namespace) -> PreFilter:
    """Open the index that the options name, with their settings."""
    return PreFilter.open(
        options.index,
        recipe=stored_recipe_of(options),
        window=options.window,
        capacity=options.capacity,
        synchronous=options.synchronous,
        versions=options.versions,
        cross_source=options.cross_source,
        sources=options.prefer,
        timeout=options.timeout,
    )
