"""Many texts: the steps from sketches to the rows of a report, and the single-machine driver."""
