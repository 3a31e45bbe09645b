"""The durable index: one SQLite file, many processes, one writer at a time."""

from dedup.index.sqlite.index import SqliteIndex

__all__ = ["SqliteIndex"]
