"""`dedup serve`: serve an index over HTTP."""

import argparse
import os

from dedup.cli.arguments.serve_arguments import TOKEN
from dedup.cli.exit_codes import DONE
from dedup.cli.open_prefilter import open_prefilter
from dedup.model.errors import SettingError
from dedup.model.extras import optional

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
    app = http.create_app(
        open_prefilter(options),
        token=token,
        hosts=http.known_hosts(options.host, options.allow_host),
        max_bytes=options.max_bytes or http.MAX_BYTES,
    )
    server.serve(app, host=options.host, port=options.port)
    return DONE
