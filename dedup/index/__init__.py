"""Which documents may be copies of each other."""
