"""The shared index: a schema of a PostgreSQL database, many machines, one writer at a time.

Importing it loads psycopg, the extra `postgres`.
"""

from dedup.story_index.postgres.postgres_index import PostgresIndex
from dedup.story_index.postgres.postgres_maintenance import PostgresUpkeep

__all__ = ["PostgresIndex", "PostgresUpkeep"]
