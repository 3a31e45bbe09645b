"""A work folder: what a run has computed, in files that it, a later run or other machines can open."""
