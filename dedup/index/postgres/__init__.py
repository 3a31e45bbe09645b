"""The shared index: a schema of a PostgreSQL database, many machines, one writer at a time.

Importing it loads psycopg, the extra `postgres`.
"""

from dedup.index.postgres.index import PostgresIndex
from dedup.index.postgres.upkeep import PostgresUpkeep

__all__ = ["PostgresIndex", "PostgresUpkeep"]
