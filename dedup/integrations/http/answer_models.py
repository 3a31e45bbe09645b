"""Bodies of responses."""

from dataclasses import asdict

from pydantic import BaseModel

from dedup.prefilter import Answer


class Refused(BaseModel):
    """Why a request was not answered."""

    detail: str


class AnswerOut(BaseModel):
    """How a story relates to those of the index; `verdict` and `duplicate_of` are null for a new one."""

    id: str
    verdict: str | None
    match: str | None
    duplicate_of: str | None
    drops: bool
    relation: str
    longer: float
    jaccard: float
    containment: float
    reasons: list[str]
    confidence: float
    changed: list[dict[str, object]]
    exact: bool
    first_seen: str | None
    last_seen: str | None
    stored: bool
    ticket: str | None
    on_hold: bool
    cluster_id: str | None
    cluster_size: int

    @classmethod
    def of(cls, answer: Answer) -> "AnswerOut":
        """Make the body of an answer."""
        values = {
            "duplicate_of": answer.duplicate_of,
            "reasons": list(map(str, answer.reasons)),
            "changed": [each.as_json() for each in answer.changed],
        }
        return cls.model_validate(asdict(answer) | values)


class BadItemOut(BaseModel):
    """An item of a batch that is not a story."""

    item: int
    reason: str


class BatchOut(BaseModel):
    """The answers in the order of the stories; null for an item that is none, which `bad_items` explains."""

    answers: list[AnswerOut | None]
    bad_items: list[BadItemOut]


class MemberOut(BaseModel):
    """A story of a cluster; `verdict` is null if the index has its text."""

    id: str
    source: str
    url: str
    verdict: str | None
    first_seen: str
    last_seen: str
    stored: bool


class ClusterOut(BaseModel):
    """Stories that copy one text."""

    id: str
    size: int
    members: list[MemberOut]


class StoryOut(BaseModel):
    """What the index has of a story."""

    id: str
    source: str
    published: str
    url: str
    title: str
    text: str
    first_seen: str
    last_seen: str
    on_hold: bool
    cluster: ClusterOut


class StoriesOut(BaseModel):
    """Stories of one id or URL, the latest first."""

    stories: list[StoryOut]


class Done(BaseModel):
    """How many tickets were used, or stories removed."""

    done: int


class Health(BaseModel):
    """The index can be read and written."""

    status: str
    version: str
