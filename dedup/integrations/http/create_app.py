"""The application: routes, errors, limits."""

from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping
from contextlib import asynccontextmanager
from types import MappingProxyType
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from dedup import __version__
from dedup.integrations.http.answer_models import Refused
from dedup.integrations.http.request_guard import BODY_SECONDS, LOOPBACK, MAX_BYTES, RETRY, RequestGuard
from dedup.integrations.http.routes import open_routes, stored_routes, story_routes
from dedup.integrations.http.service_metrics import ServiceMetrics
from dedup.integrations.http.story_requests import UNUSABLE
from dedup.model.errors import DedupError, IndexBusyError, TicketError
from dedup.model.memory import is_out_of_memory
from dedup.prefilter import PreFilter

CONFLICT, UNAVAILABLE = 409, 503
REFUSALS: Mapping[int | str, dict[str, Any]] = MappingProxyType(
    {
        "4XX": {"model": Refused, "description": "The request is wrong"},
        UNAVAILABLE: {"model": Refused, "description": "The index is busy or damaged, or memory is short"},
    }
)
"""What any route may answer instead, as /openapi.json describes it."""


def create_app(
    prefilter: PreFilter,
    *,
    token: str | None = None,
    hosts: Collection[str] = LOOPBACK,
    max_bytes: int = MAX_BYTES,
    body_seconds: float = BODY_SECONDS,
) -> FastAPI:
    """Make the service.

    Args:
        prefilter: The index; closed when the service stops.
        token: What clients must send as a bearer token; None lets everybody in.
        hosts: Names under which clients may address it; `*` for any.
        max_bytes: Largest request.
        body_seconds: Time in which the body of a request must have arrived.
    """

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        prefilter.close()

    app = FastAPI(
        title="dedup",
        version=__version__,
        description="Tells copies of news stories from new ones.",
        lifespan=lifespan,
        docs_url=None,  # those pages of FastAPI load scripts from elsewhere
        redoc_url=None,
        responses=dict(REFUSALS),
    )
    metrics = ServiceMetrics(prefilter)
    app.include_router(story_routes(prefilter, metrics))
    app.include_router(stored_routes(prefilter, metrics))
    app.include_router(open_routes(prefilter, metrics))
    app.add_middleware(
        RequestGuard,
        token=token,
        hosts=hosts,
        max_bytes=max_bytes,
        body_seconds=body_seconds,
        refused=metrics.failed,
    )
    app.exception_handler(DedupError)(_index_error(metrics))
    app.exception_handler(HTTPException)(_refused(metrics))
    app.exception_handler(RequestValidationError)(_wrong_parameter(metrics))
    app.exception_handler(Exception)(_unexpected(metrics))
    return app


type _Handler = Callable[[Request, Exception], Awaitable[JSONResponse]]


def _index_error(metrics: ServiceMetrics) -> _Handler:
    """Answer with the message of the index: it may be busy, or a ticket may be wrong."""

    async def handle(request: Request, error: Exception) -> JSONResponse:
        headers = {"Retry-After": "1"} if isinstance(error, IndexBusyError) else None
        status = CONFLICT if isinstance(error, TicketError) else UNAVAILABLE
        return _failed(request, metrics, status=status, detail=str(error), headers=headers)

    return handle


def _refused(metrics: ServiceMetrics) -> _Handler:
    async def handle(request: Request, error: Exception) -> JSONResponse:
        if not isinstance(error, HTTPException):  # pragma: no cover - registered for no other
            return _failed(request, metrics, status=500, detail="")
        headers = dict(error.headers or {})  # 405 says what is allowed
        return _failed(request, metrics, status=error.status_code, detail=error.detail, headers=headers)

    return handle


def _unexpected(metrics: ServiceMetrics) -> _Handler:
    """Count a fault of the program, or of a machine without memory; the server logs where it happened."""

    async def handle(request: Request, error: Exception) -> JSONResponse:
        if is_out_of_memory(error):
            detail = "the service is out of memory; send fewer or shorter stories at a time"
            return _failed(request, metrics, status=UNAVAILABLE, detail=detail, headers=dict(RETRY))
        return _failed(request, metrics, status=500, detail=f"unexpected {type(error).__name__}")

    return handle


def _wrong_parameter(metrics: ServiceMetrics) -> _Handler:
    """Say which parameter is wrong, but do not quote it."""

    async def handle(request: Request, error: Exception) -> JSONResponse:
        errors = error.errors() if isinstance(error, RequestValidationError) else ()
        detail = "; ".join(f"{each['loc'][-1]}: {each['msg']}" for each in errors)
        return _failed(request, metrics, status=UNUSABLE, detail=detail)

    return handle


def _failed(
    request: Request,
    metrics: ServiceMetrics,
    *,
    status: int,
    detail: str,
    headers: dict[str, str] | None = None,
) -> JSONResponse:
    metrics.failed(request.url.path, status, detail)
    return JSONResponse({"detail": detail}, status_code=status, headers=headers)
