"""A folder, an archive file or standard input to documents; what cannot be read is named, never dropped."""

from dedup.reading.reader import MAX_BYTES, read

__all__ = ["MAX_BYTES", "read"]
