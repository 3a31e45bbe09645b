"""Many texts: the steps from sketches to the rows of a report, and the driver of one machine."""
