"""The index in a PostgreSQL schema: many machines, one writer at a time. Needs psycopg (extra `postgres`)."""

from dedup.story_index.postgres.older_schema import older_rows
from dedup.story_index.postgres.postgres_index import PostgresIndex
from dedup.story_index.postgres.postgres_maintenance import PostgresMaintenance

__all__ = ["PostgresIndex", "PostgresMaintenance", "older_rows"]
