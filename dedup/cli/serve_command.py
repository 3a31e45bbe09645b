"""`dedup serve`: serve an index over HTTP."""

import argparse
import os

from dedup.cli.arguments.serve_arguments import TOKEN
from dedup.cli.exit_codes import DONE
from dedup.cli.settings import stored_recipe_of
from dedup.model.errors import SettingError
from dedup.model.extras import optional
from dedup.prefilter import PreFilter

LAST_PORT = 65535


def run(options: argparse.Namespace) -> int:
    """Serve until interrupted."""
    need = {"what": "`dedup serve`", "library": "uvicorn, FastAPI and prometheus-client", "extra": "http"}
    server = optional("dedup.integrations.http.server", **need)
    http = optional("dedup.integrations.http", **need)
    if not 1 <= options.port <= LAST_PORT:
        raise SettingError("port", options.port, f"expected 1 to {LAST_PORT}")
    if options.max_bytes is not None and options.max_bytes < 1:
        raise SettingError("max-bytes", options.max_bytes, "expected 1 or more")
    token = os.environ.get(TOKEN) or None
    http.check_host(options.host, token)
    prefilter = PreFilter.open(
        options.index,
        recipe=stored_recipe_of(options),
        window=options.window,
        capacity=options.capacity,
        synchronous=options.synchronous,
        versions=options.versions,
        cross_source=options.cross_source,
        sources=options.prefer,
        timeout=options.timeout,
    )
    app = http.create_app(
        prefilter,
        token=token,
        hosts=http.known_hosts(options.host, options.allow_host),
        max_bytes=options.max_bytes or http.MAX_BYTES,
    )
    server.serve(app, host=options.host, port=options.port)
    return DONE
