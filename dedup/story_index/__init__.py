"""The index that lasts: in a SQLite file or on a PostgreSQL server."""
