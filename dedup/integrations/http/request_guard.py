"""What every request must pass before the service looks at its body: host, token, size, time.

The body is read here, within limits; routes get it whole. So nobody without the token can make the service
read one, and a client that stops sending is cut off.
"""

import asyncio
import secrets
import socket
from collections.abc import Callable, Collection
from dataclasses import dataclass
from types import MappingProxyType

from starlette.datastructures import Headers
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dedup.model.errors import SettingError

MAX_BYTES = 16 * 1024 * 1024
"""Bytes of a request; a batch of a thousand stories has about four million."""
BODY_SECONDS = 30.0
"""Seconds in which the body of a request must have arrived."""
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
ANY_HOST = "*"
RETRY = MappingProxyType({"Retry-After": "5", "Connection": "close"})
"""Headers of an answer of a service that stops or has no memory: it may be different in some seconds."""
_OPEN = frozenset({"/health", "/metrics", "/docs", "/openapi.json"})
"""Paths that need no token: they contain no story."""


def check_host(host: str, token: str | None) -> None:
    """Refuse to serve other machines without a token; SettingError."""
    if host not in LOOPBACK and not token:
        raise SettingError("host", host, "expected a loopback address, or a token in DEDUP_TOKEN")


def known_hosts(host: str, allowed: Collection[str]) -> frozenset[str]:
    """Names under which clients may address the service.

    Args:
        host: The address it listens on.
        allowed: More names.
    """
    return frozenset(name.lower() for name in (*LOOPBACK, host, socket.gethostname(), *allowed))


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request is not passed on."""

    status: int
    detail: str
    headers: dict[str, str] | None = None

    def response(self) -> Response:
        """The answer."""
        return JSONResponse({"detail": self.detail}, status_code=self.status, headers=self.headers)


class RequestGuard:
    """Middleware that refuses a request, or passes it on with its whole body."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        token: str | None,
        hosts: Collection[str],
        max_bytes: int,
        body_seconds: float = BODY_SECONDS,
        refused: Callable[[str, int, str], object] = lambda *_: None,
    ) -> None:
        """Guard an application.

        Args:
            app: The application.
            token: What clients must send as a bearer token; None lets everybody in.
            hosts: Names under which clients may address the service; with `*` any. A page in a browser that
                has been led here under a name of its own does not know them.
            max_bytes: Largest body.
            body_seconds: Time in which it must have arrived.
            refused: Called with the path, the status and the detail of a refusal.
        """
        self._app = app
        self._token = token
        self._hosts = hosts
        self._max_bytes = max_bytes
        self._body_seconds = body_seconds
        self._refused = refused

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request that may not pass; pass others on with their bodies."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refusal = self._refusal(headers, str(scope["path"]))
        body = b"" if refusal else await self._body(receive)
        if isinstance(body, Refusal):
            refusal = body
        if refusal is not None:
            self._refused(str(scope["path"]), refusal.status, refusal.detail)
            await refusal.response()(scope, receive, send)
            return
        sent = False

        async def whole() -> Message:
            nonlocal sent
            if sent:
                return await receive()
            sent = True
            return {"type": "http.request", "body": body, "more_body": False}

        try:
            await self._app(scope, whole, send)
        except asyncio.CancelledError:  # a stop waits for no request for ever
            detail = "the service stopped before it had an answer; a story may have been stored"
            refusal = Refusal(503, detail, dict(RETRY))
            self._refused(str(scope["path"]), refusal.status, refusal.detail)
            await refusal.response()(scope, receive, send)

    def _refusal(self, headers: Headers, path: str) -> Refusal | None:
        """The answer to a request that must not be read; None for others."""
        host = headers.get("host", "")
        if ANY_HOST not in self._hosts and _name(host) not in self._hosts:
            detail = "the service is not known under this name; `dedup serve --allow-host NAME` adds one"
            return Refusal(400, detail)
        if self._token is not None and path not in _OPEN and not self._is_token(headers):
            return Refusal(401, "a bearer token is needed", {"WWW-Authenticate": "Bearer"})
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > self._max_bytes:
            return self._too_large()
        return None

    def _is_token(self, headers: Headers) -> bool:
        kind, _, given = headers.get("authorization", "").partition(" ")
        expected = (self._token or "").encode()
        return kind.lower() == "bearer" and secrets.compare_digest(given.encode("latin-1"), expected)

    async def _body(self, receive: Receive) -> bytes | Refusal:
        parts: list[bytes] = []
        size = 0
        try:
            async with asyncio.timeout(self._body_seconds):
                while True:
                    message = await receive()
                    parts.append(message.get("body", b""))
                    size += len(parts[-1])
                    if size > self._max_bytes:
                        return self._too_large()
                    if not message.get("more_body", False):
                        return b"".join(parts)
        except TimeoutError:
            detail = f"the body did not arrive in {self._body_seconds:g} seconds"
            return Refusal(408, detail, {"Connection": "close"})

    def _too_large(self) -> Refusal:
        return Refusal(413, f"the request is larger than {self._max_bytes} bytes; send smaller batches")


def _name(host: str) -> str:
    """The host without its port, in lower case."""
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.rpartition(":")[0].lower() if ":" in host else host.lower()
