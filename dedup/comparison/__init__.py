"""Two texts: overlap, alignment, shared passages and the verdict."""
