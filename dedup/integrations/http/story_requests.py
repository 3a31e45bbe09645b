"""Bodies of requests -> documents, by the rules of `dedup filter`: numbers become text, null is nothing.

Bodies are parsed in the thread of a route, not on the event loop.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import HTTPException, Query
from pydantic import BaseModel, WithJsonSchema

from dedup.input.fields import Fields, to_document
from dedup.input.json_parsing import NotJsonError, parse
from dedup.model import Document, Problem

MAX_BATCH = 1000
"""Stories of a batch: they are one transaction, which others wait for."""
MIN_HOLD_S, MAX_HOLD_S, MAX_WAIT_S = 0.001, 7 * 86400.0, 30.0
UNUSABLE = 422
_FIELDS = Fields()

HoldQuery = Annotated[
    float | None,
    Query(ge=MIN_HOLD_S, le=MAX_HOLD_S, description="seconds for which the story is stored on hold"),
]
WaitQuery = Annotated[
    float, Query(ge=0, le=MAX_WAIT_S, description="seconds to wait for a matching story that is on hold")
]


class StoryIn(BaseModel):
    """A story to check; other fields are ignored, numbers become text, null counts as missing."""

    text: str
    id: str | float | None = None
    title: str | None = None
    source: str | None = None
    published: str | None = None
    url: str | None = None


class BatchIn(BaseModel):
    """Several stories, each checked against those before it too; at most 1,000."""

    stories: Annotated[
        list[StoryIn],  # written out: the schema of a body can refer to nothing outside it
        WithJsonSchema({"type": "array", "items": StoryIn.model_json_schema(), "maxItems": MAX_BATCH}),
    ]


class TicketsIn(BaseModel):
    """Tickets of stories on hold."""

    tickets: list[str]


@dataclass(frozen=True, slots=True)
class BadItem:
    """An item of a batch that is not a story."""

    item: int
    reason: str


def body_schema(model: type[BaseModel]) -> dict[str, Any]:
    """Describe the body of a route, which parses it itself, for /openapi.json."""
    content = {"application/json": {"schema": model.model_json_schema()}}
    return {"requestBody": {"required": True, "content": content}}


def read_story(body: bytes) -> Document:
    """The story of a request; HTTPException 422 for anything else."""
    document = _document(_parsed(body))
    if isinstance(document, Problem):
        raise HTTPException(UNUSABLE, document.reason)
    return document


def read_batch(body: bytes) -> tuple[list[Document], list[BadItem]]:
    """The stories of a request, and what else is among them; HTTPException 422 if it has no list of items."""
    items = _listed(_parsed(body), "stories")
    if len(items) > MAX_BATCH:
        raise HTTPException(UNUSABLE, f"{len(items)} stories; a batch has at most {MAX_BATCH}")
    found = [_document(item) for item in items]
    bad = [BadItem(number, each.reason) for number, each in enumerate(found) if isinstance(each, Problem)]
    return [each for each in found if isinstance(each, Document)], bad


def read_tickets(body: bytes) -> list[str]:
    """The tickets of a request; HTTPException 422 for anything else."""
    tickets = _listed(_parsed(body), "tickets")
    if not all(isinstance(each, str) for each in tickets):
        raise HTTPException(UNUSABLE, "expected texts under 'tickets'")
    return [str(each) for each in tickets]


def _parsed(body: bytes) -> object:
    try:
        return parse(body.decode())
    except UnicodeDecodeError:
        raise HTTPException(UNUSABLE, "the body is not UTF-8") from None
    except NotJsonError as error:
        what = f"column {error.column}: {error.message}"
        raise HTTPException(UNUSABLE, f"the body is not JSON: {what}") from None


def _document(value: object) -> Document | Problem:
    document = to_document(value, "", names=_FIELDS, path="", line=None, encoding="utf-8")
    if isinstance(document, Problem):
        return Problem("", None, document.reason.removesuffix("; skipped"))
    return document


def _listed(value: object, name: str) -> Sequence[object]:
    items = value.get(name) if isinstance(value, Mapping) else None
    if not isinstance(items, list):
        raise HTTPException(UNUSABLE, f"expected an object with a list under {name!r}")
    return items
