"""Other tools on the same archive, used as their documentation shows.

Every module reads a JSON lines file, finds duplicates with word 3-grams, 128 MinHash values and a Jaccard
threshold of 0.7 (or what the tool has instead), and writes clusters. Nothing verifies a candidate where the
tool does not, and what a tool leaves to its user (reading, cutting words, joining pairs to clusters) is done
here in the fastest way we know: the peers shall look as good as they are.
"""
