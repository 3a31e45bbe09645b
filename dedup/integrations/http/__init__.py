"""HTTP: a small service in front of one index, for scrapers in any language.

One process, one writer: run it once, and any number of clients can ask it. The page `/docs` lists the routes.
"""

from dedup.integrations.http.create_app import create_app
from dedup.integrations.http.request_guard import MAX_BYTES, check_host, known_hosts

__all__ = ["MAX_BYTES", "check_host", "create_app", "known_hosts"]
