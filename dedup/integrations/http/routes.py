"""The routes of the service. They run in threads, so that the event loop goes on."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse
from prometheus_client import CONTENT_TYPE_LATEST

from dedup import __version__
from dedup.integrations.http.answer_models import (
    AnswerOut,
    BadItemOut,
    BatchOut,
    Done,
    Health,
    StoriesOut,
    StoryOut,
)
from dedup.integrations.http.request_guard import RETRY
from dedup.integrations.http.route_page import route_page
from dedup.integrations.http.service_metrics import ServiceMetrics
from dedup.integrations.http.story_requests import (
    UNUSABLE,
    BatchIn,
    HoldQuery,
    StoryIn,
    TicketsIn,
    WaitQuery,
    body_schema,
    read_batch,
    read_story,
    read_tickets,
)
from dedup.prefilter import Answer, PreFilter

NOT_FOUND = 404
UNAVAILABLE = 503


async def _body(request: Request) -> bytes:
    """The whole body, which the guard has read already."""
    return await request.body()


def _only_known_parameters(request: Request) -> None:
    """Refuse a query parameter that the route does not have, or a second one of the same name.

    A misspelt `hold` would store for good, and of two values one would be ignored.
    """
    known = {each.name for each in request.scope["route"].dependant.query_params}
    unknown = sorted(set(request.query_params) - known)
    if unknown:
        allowed = ", ".join(sorted(known)) or "none"
        raise HTTPException(UNUSABLE, f"unknown parameter {unknown[0]!r:.100}; expected {allowed}")
    given = Counter(name for name, _ in request.query_params.multi_items())
    for name, times in given.items():
        if times > 1:
            raise HTTPException(UNUSABLE, f"the parameter {name!r} is given {times} times; give it once")


async def _pause(request: Request, seconds: float) -> None:
    """Pause between two looks at a story on hold; HTTPException 503 once the service is to stop."""
    await asyncio.sleep(seconds)
    if getattr(request.app.state, "is_stopping", False):
        raise HTTPException(UNAVAILABLE, "the service stops; offer the story again", headers=dict(RETRY))


Body = Annotated[bytes, Depends(_body)]  # no `type`: FastAPI 0.115 does not look into one


def story_routes(prefilter: PreFilter, metrics: ServiceMetrics) -> APIRouter:
    """Routes that ask the index."""
    router = APIRouter(prefix="/v1", dependencies=[Depends(_only_known_parameters)])

    def answered(what: str, ask: Callable[[], Answer]) -> AnswerOut:
        with _timed(metrics, what):
            answer = ask()
        metrics.count(answer)
        return AnswerOut.of(answer)

    @router.post("/check", openapi_extra=body_schema(StoryIn))
    def check(body: Body) -> AnswerOut:
        """Find the best match of a story; stores nothing."""
        story = read_story(body)
        return answered("check", lambda: prefilter.check(story))

    @router.post("/check-and-add", openapi_extra=body_schema(StoryIn))
    async def check_and_add(
        request: Request, body: Body, hold: HoldQuery = None, wait: WaitQuery = 0.0
    ) -> AnswerOut:
        """Find the best match of a story, and store the story unless it is a copy."""
        # a coroutine: waiting requests would otherwise occupy all threads, and no other would be answered
        story = await run_in_threadpool(read_story, body)
        with _timed(metrics, "check-and-add"):
            answer = await prefilter.acheck_and_add(
                story, hold=hold or False, wait=wait, pause=partial(_pause, request)
            )
        metrics.count(answer)
        return AnswerOut.of(answer)

    @router.post("/check-and-add/batch", openapi_extra=body_schema(BatchIn))
    def batch(body: Body, hold: HoldQuery = None) -> BatchOut:
        """Do so for several stories in one transaction; items that are no stories are named."""
        stories, bad = read_batch(body)
        with _timed(metrics, "batch"):
            answers = prefilter.check_and_add_many(stories, hold=hold or False)
        for answer in answers:
            metrics.count(answer)
        shown: list[AnswerOut | None] = [*map(AnswerOut.of, answers)]
        for each in bad:
            shown.insert(each.item, None)
        return BatchOut(
            answers=shown, bad_items=[BadItemOut(item=each.item, reason=each.reason) for each in bad]
        )

    @router.post("/add", openapi_extra=body_schema(StoryIn))
    def add(body: Body) -> AnswerOut:
        """Store a story even if it is a copy."""
        story = read_story(body)
        return answered("add", lambda: prefilter.add(story))

    return router


def stored_routes(prefilter: PreFilter, metrics: ServiceMetrics) -> APIRouter:
    """Routes for stories that are stored already."""
    router = APIRouter(prefix="/v1", dependencies=[Depends(_only_known_parameters)])

    @router.post("/keep", openapi_extra=body_schema(TicketsIn))
    def keep(body: Body) -> Done:
        """Store stories that are on hold for good: all of them or, with a wrong ticket, none."""
        tickets = read_tickets(body)
        with _timed(metrics, "keep"):
            prefilter.keep(tickets)
        return Done(done=len(tickets))

    @router.post("/release", openapi_extra=body_schema(TicketsIn))
    def release(body: Body) -> Done:
        """Remove stories that are on hold: all of them or, with a wrong ticket, none."""
        tickets = read_tickets(body)
        with _timed(metrics, "release"):
            prefilter.release(tickets)
        return Done(done=len(tickets))

    @router.get("/stories/{name:path}")
    def find(name: str) -> StoriesOut:
        """The stories of an id or a URL, the latest first."""
        with _timed(metrics, "find"):
            stored = prefilter.find(name)
        if not stored:
            raise HTTPException(NOT_FOUND, "no stored story has this id or URL")
        return StoriesOut(stories=[StoryOut.model_validate(each.as_json()) for each in stored])

    @router.put("/stories/{name:path}", openapi_extra=body_schema(StoryIn))
    def replace_story(name: str, body: Body) -> AnswerOut:
        """Store a story in the place of those of an id or a URL, whatever their texts are."""
        story = read_story(body)
        with _timed(metrics, "replace"):
            if story.id not in {"", name} and [each.id for each in prefilter.find(name)[:1]] != [story.id]:
                raise HTTPException(UNUSABLE, "the body has another id than the path; leave one out")
            answer = prefilter.replace(replace(story, id=name))
        metrics.count(answer)
        return AnswerOut.of(answer)

    @router.delete("/stories/{name:path}")
    def delete(name: str) -> Done:
        """Remove the stories of an id or a URL, as if they had never been offered."""
        with _timed(metrics, "delete"):
            return Done(done=prefilter.delete(name))

    return router


def open_routes(prefilter: PreFilter, metrics: ServiceMetrics) -> APIRouter:
    """Routes for those who watch the service; they contain no story and need no token."""
    router = APIRouter()

    @router.get("/health")
    def health() -> Health:
        """Read from the index and write to it; fails when either fails."""
        prefilter.probe()
        return Health(status="ok", version=__version__)

    @router.get("/metrics", response_class=Response)
    def numbers() -> Response:
        """Numbers for Prometheus."""
        return Response(metrics.text(), media_type=CONTENT_TYPE_LATEST)

    @router.get("/docs", response_class=HTMLResponse, include_in_schema=False)
    def page(request: Request) -> HTMLResponse:
        """The routes for people."""
        return HTMLResponse(route_page(request.app.openapi()))

    return router


@contextmanager
def _timed(metrics: ServiceMetrics, what: str) -> Iterator[None]:
    with metrics.seconds.labels(what).time():
        yield
