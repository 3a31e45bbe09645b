"""The persistent index of stories: a SQLite file, or a schema on a PostgreSQL server."""
