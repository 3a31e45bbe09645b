"""Arguments of `dedup serve`."""

from dedup.cli.arguments.shared_arguments import (
    add_bounds,
    add_drop_changed,
    add_index_option,
    add_limits,
    add_policy,
    add_timeout,
)

TYPE_CHECKING = False  # as in typing, whose import would be half of what `dedup --help` takes
if TYPE_CHECKING:
    from dedup.cli.arguments.shared_arguments import AddCommand

HOST, PORT = "127.0.0.1", 8731
TOKEN = "DEDUP_TOKEN"  # noqa: S105 - the name of a variable


def add_serve(add: "AddCommand") -> None:
    """Add `dedup serve`."""
    parser = add(
        "serve",
        help="serve an index over HTTP, for scrapers in other languages",
        description="Serve an index over HTTP: POST /v1/check, /v1/check-and-add, /v1/check-and-add/batch, "
        "/v1/add, /v1/keep and /v1/release; GET /health and /metrics. GET /docs describes them all.",
        epilog=f"If {TOKEN} is set in the environment, clients must send it as a bearer token; this is "
        "required unless --host is a loopback address. Needs an extra: pip install 'newsdedup[http]'",
    )
    service = parser.add_argument_group("service")
    add_index_option(service)
    service.add_argument("--host", default=HOST, help=f"address to listen on (default: {HOST})")
    service.add_argument("--port", type=int, default=PORT, metavar="N", help=f"port (default: {PORT})")
    service.add_argument(
        "--allow-host",
        action="append",
        default=[],
        metavar="NAME",
        help="a host name by which clients address the service, * for any; may be repeated (default: those "
        "of loopback, the machine and --host)",
    )
    service.add_argument("--max-bytes", type=int, metavar="N", help="maximum request size (default: 16 MiB)")
    add_policy(parser)
    add_timeout(parser)
    add_limits(parser)
    add_bounds(parser)
    add_drop_changed(parser)
    parser.set_defaults(run="dedup.cli.serve_command:run")
