"""HTTP: a small service in front of one index, for scrapers in any language.

One process, one writer: run it once, and let it be asked by many. The page `/docs` shows what it takes.
"""

import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from pydantic import BaseModel, Field
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dedup import __version__
from dedup.model.errors import DedupError, IndexBusyError, SettingError
from dedup.prefilter import Answer, PreFilter

MAX_BYTES = 16 * 1024 * 1024
"""Bytes of a request; a batch of a thousand stories has about four million."""
MAX_BATCH = 1000
"""Stories of a batch: they are one transaction, which others wait for."""
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_SECONDS = (0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1.0)


class StoryIn(BaseModel):
    """A story that somebody asks about."""

    text: str
    id: str = ""
    title: str = ""
    source: str = ""
    published: str = ""
    url: str = ""


class BatchIn(BaseModel):
    """Several stories, each checked against those before it too."""

    stories: Annotated[list[StoryIn], Field(max_length=MAX_BATCH)]


class AnswerOut(BaseModel):
    """What the index knows of a story; `verdict` and `duplicate_of` are null for a new one."""

    id: str
    verdict: str | None
    match: str | None
    duplicate_of: str | None
    drops: bool
    jaccard: float
    containment: float
    reasons: list[str]
    exact: bool
    first_seen: str | None
    last_seen: str | None
    stored: bool


class BatchOut(BaseModel):
    """The answers, in the order of the stories."""

    answers: list[AnswerOut]


class Health(BaseModel):
    """That the index can be asked."""

    status: str
    version: str


class _Metrics:
    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.answers = Counter(
            "dedup_answers", "Stories that were asked about, by verdict", ["verdict"], registry=self.registry
        )
        self.stored = Counter("dedup_stored", "Stories that were stored", registry=self.registry)
        self.seconds = Histogram(
            "dedup_request_seconds",
            "Seconds of a request to the index",
            ["what"],
            registry=self.registry,
            buckets=_SECONDS,
        )

    def counted(self, answer: Answer) -> AnswerOut:
        """Count an answer on its way out."""
        self.answers.labels(str(answer.verdict or "new")).inc()
        if answer.stored:
            self.stored.inc()
        fields = asdict(answer) | {
            "duplicate_of": answer.duplicate_of,
            "reasons": [str(reason) for reason in answer.reasons],
        }
        fields.pop("ticket")
        return AnswerOut(**fields)


def create_app(prefilter: PreFilter, *, token: str | None = None, max_bytes: int = MAX_BYTES) -> FastAPI:
    """Make the service.

    Args:
        prefilter: The index; closed when the service stops.
        token: What callers must send as a bearer token; None lets everybody in.
        max_bytes: Largest request.
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
    )
    metrics = _Metrics()
    guarded = [Depends(_guard(token))] if token else []
    app.include_router(_asking(prefilter, metrics), prefix="/v1", dependencies=guarded)
    app.include_router(_watching(prefilter, metrics), dependencies=[])
    app.add_middleware(_BodyLimit, max_bytes=max_bytes)
    app.exception_handler(DedupError)(_failed)
    app.exception_handler(RequestValidationError)(_unusable)
    return app


def check_host(host: str, token: str | None) -> None:
    """Refuse to serve other machines without a token; SettingError."""
    if host not in LOOPBACK and not token:
        raise SettingError("host", host, "a loopback address, or give a token in DEDUP_TOKEN")


def _asking(prefilter: PreFilter, metrics: _Metrics) -> APIRouter:
    """Make the routes that ask the index; they run in threads, so the loop goes on."""
    router = APIRouter()

    @router.post("/check")
    def check(story: StoryIn) -> AnswerOut:
        """Tell what the index knows of a story; stores nothing."""
        with metrics.seconds.labels("check").time():
            return metrics.counted(prefilter.check(story.model_dump()))

    @router.post("/check-and-add")
    def check_and_add(story: StoryIn) -> AnswerOut:
        """Tell what the index knows of a story, and store it unless it is a copy."""
        with metrics.seconds.labels("check-and-add").time():
            return metrics.counted(prefilter.check_and_add(story.model_dump()))

    @router.post("/check-and-add/batch")
    def batch(stories: BatchIn) -> BatchOut:
        """Do so for several stories in one transaction: all are stored or none."""
        with metrics.seconds.labels("batch").time():
            answers = prefilter.check_and_add_many([story.model_dump() for story in stories.stories])
        return BatchOut(answers=[metrics.counted(answer) for answer in answers])

    @router.post("/add")
    def add(story: StoryIn) -> AnswerOut:
        """Store a story, whatever the index holds."""
        with metrics.seconds.labels("add").time():
            return metrics.counted(prefilter.add(story.model_dump()))

    return router


def _watching(prefilter: PreFilter, metrics: _Metrics) -> APIRouter:
    """Make the routes of those who watch the service; they hold no story and need no token."""
    router = APIRouter()

    @router.get("/health")
    def health() -> Health:
        """Read from the index and write to it; fails when either fails."""
        prefilter.probe()
        return Health(status="ok", version=__version__)

    @router.get("/metrics")
    def numbers() -> Response:
        """Give the counters for Prometheus."""
        return Response(generate_latest(metrics.registry), media_type=CONTENT_TYPE_LATEST)

    return router


def _guard(token: str) -> Callable[..., Awaitable[None]]:
    async def guard(
        given: Annotated[HTTPAuthorizationCredentials | None, Depends(HTTPBearer(auto_error=False))],
    ) -> None:
        if given is None or not secrets.compare_digest(given.credentials.encode(), token.encode()):
            raise HTTPException(401, "a bearer token is needed", {"WWW-Authenticate": "Bearer"})

    return guard


async def _failed(_: Request, error: Exception) -> JSONResponse:
    """Say what the index said: it may be busy, or not be written."""
    headers = {"Retry-After": "1"} if isinstance(error, IndexBusyError) else None
    return JSONResponse({"detail": str(error)}, status_code=503, headers=headers)


async def _unusable(_: Request, error: Exception) -> JSONResponse:
    """Say what is wrong with a request, but do not quote it: it may be long, or hold what JSON has not."""
    found = error.errors() if isinstance(error, RequestValidationError) else ()
    said = [{name: each[name] for name in ("type", "loc", "msg")} for each in found]
    return JSONResponse({"detail": said}, status_code=422)


class _BodyLimit:
    """Refuses a request that says it is too large, and cuts off one that turns out to be."""

    def __init__(self, app: ASGIApp, max_bytes: int) -> None:
        self._app = app
        self._max_bytes = max_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        said = dict(scope["headers"]).get(b"content-length", b"0")
        if not said.isdigit() or int(said) > self._max_bytes:
            await self._refused()(scope, receive, send)
            return
        size = 0

        async def counted() -> Message:
            nonlocal size
            message = await receive()
            size += len(message.get("body", b""))
            if size > self._max_bytes:
                raise HTTPException(413, self._words())
            return message

        await self._app(scope, counted, send)

    def _refused(self) -> JSONResponse:
        return JSONResponse({"detail": self._words()}, status_code=413)

    def _words(self) -> str:
        return f"the request is larger than {self._max_bytes} bytes; send smaller batches"
