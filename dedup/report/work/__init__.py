"""A work folder: intermediate results in files that the same run, a later one or other machines can open."""
