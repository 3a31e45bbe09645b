"""Measure the cost and results of a report on a sample of an archive, and extrapolate them to the whole."""
