"""The index in a SQLite file: many processes, one writer at a time."""

from dedup.story_index.sqlite.sqlite_index import SqliteIndex

__all__ = ["SqliteIndex"]
