"""Runs the service: connections that do nothing end, and so does a stop."""

import asyncio
import socket
from typing import Any

import uvicorn
from fastapi import FastAPI
from uvicorn.protocols.http.h11_impl import H11Protocol

from dedup.integrations.http.service_log import log_to_stderr, logger

CONNECTIONS = 512
"""Most open connections; more are answered with 503."""
IDLE_SECONDS = 30
"""Seconds until a connection that sends no request is closed."""
STOP_SECONDS = 10
"""Seconds that a stop waits for requests in progress."""


class PatientProtocol(H11Protocol):
    """Closes a connection whose next request is not there in time, whether it has begun or not.

    Uvicorn itself waits for ever for the rest of the head of a request.
    """

    _next_request: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Start the clock."""
        super().connection_made(transport)
        self._wait()

    def on_response_complete(self) -> None:
        """Start it again."""
        super().on_response_complete()
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop it."""
        if self._next_request is not None:
            self._next_request.cancel()
        super().connection_lost(exc)

    def _wait(self) -> None:
        if self._next_request is not None:
            self._next_request.cancel()
        self._next_request = self.loop.call_later(IDLE_SECONDS, self._close_if_silent)

    def _close_if_silent(self) -> None:
        if self.cycle is None or self.cycle.response_complete:
            self.transport.close()


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, app: FastAPI) -> None:
        super().__init__(config)
        self._app = app

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._app.state.is_stopping = True
        await super().shutdown(sockets)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        addresses = [each.getsockname() for server in self.servers for each in server.sockets]
        where = ", ".join(f"http://{_shown(address)}" for address in addresses)
        logger.info("listening", {"address": where})


def _shown(address: Any) -> str:  # noqa: ANN401 - of a socket
    host, port = address[:2]
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def serve(app: FastAPI, *, host: str, port: int) -> None:
    """Serve until interrupted; port 0 takes a free one, which the log names."""
    log_to_stderr()
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        http=PatientProtocol,
        log_config=None,
        access_log=False,
        server_header=False,
        limit_concurrency=CONNECTIONS,
        timeout_keep_alive=IDLE_SECONDS,
        timeout_graceful_shutdown=STOP_SECONDS,
    )
    _Server(config, app).run()
