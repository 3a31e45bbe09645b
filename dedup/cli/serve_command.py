"""`dedup serve`: the index over HTTP."""

import argparse
import os

from dedup.cli.common import DONE, add_limits
from dedup.cli.filter_command import add_index_option
from dedup.cli.settings import add_bounds, given_bounds

TYPE_CHECKING = False  # as in typing, whose import would be half of what `dedup --help` takes
if TYPE_CHECKING:
    from dedup.cli.common import Adds

HOST, PORT, LAST_PORT = "127.0.0.1", 8731, 65535
TOKEN = "DEDUP_TOKEN"  # noqa: S105 - the name of a variable


def add_serve(add: "Adds") -> None:
    """Add `dedup serve`."""
    parser = add(
        "serve",
        help="answer scrapers in other languages over HTTP",
        description="Serve an index over HTTP: POST /v1/check, /v1/check-and-add, /v1/check-and-add/batch "
        "and /v1/add; GET /health and /metrics; /docs shows the rest.",
        epilog=f"A bearer token is asked for when the environment has one in {TOKEN}; other machines are "
        "served only with one. It needs the extra: pip install 'newsdedup[http]'",
    )
    add_index_option(parser)
    parser.add_argument("--host", default=HOST, help=f"address to listen on (default: {HOST})")
    parser.add_argument("--port", type=int, default=PORT, metavar="N", help=f"port (default: {PORT})")
    parser.add_argument("--max-bytes", type=int, metavar="N", help="largest request (default: 16 MiB)")
    add_limits(parser)
    add_bounds(parser)
    parser.set_defaults(run=_serve)


def _serve(options: argparse.Namespace) -> int:
    from dedup.model.errors import SettingError  # noqa: PLC0415

    try:
        import uvicorn  # noqa: PLC0415

        from dedup.integrations import http  # noqa: PLC0415
    except ImportError as error:
        raise SettingError(
            "serve", error.name, "it needs more libraries: pip install 'newsdedup[http]'"
        ) from error
    from dedup.model.recipe import Recipe  # noqa: PLC0415
    from dedup.prefilter import PreFilter  # noqa: PLC0415

    if not 1 <= options.port <= LAST_PORT:
        raise SettingError("port", options.port, f"1 to {LAST_PORT}")
    if options.max_bytes is not None and options.max_bytes < 1:
        raise SettingError("max-bytes", options.max_bytes, "1 or more")
    token = os.environ.get(TOKEN) or None
    http.check_host(options.host, token)
    bounds = given_bounds(options)
    prefilter = PreFilter.open(
        options.index,
        recipe=Recipe(**bounds) if bounds else None,
        window=options.window,
        capacity=options.capacity,
        synchronous=options.synchronous,
    )
    app = http.create_app(prefilter, token=token, max_bytes=options.max_bytes or http.MAX_BYTES)
    uvicorn.run(app, host=options.host, port=options.port, log_level="warning", access_log=False)
    return DONE
