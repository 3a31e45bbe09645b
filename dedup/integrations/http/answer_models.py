"""Bodies of responses."""

from dataclasses import asdict

from pydantic import BaseModel

from dedup.prefilter import Answer


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
    exact: bool
    first_seen: str | None
    last_seen: str | None
    stored: bool
    ticket: str | None
    on_hold: bool

    @classmethod
    def of(cls, answer: Answer) -> "AnswerOut":
        """Make the body of an answer."""
        texts = {"duplicate_of": answer.duplicate_of, "reasons": list(map(str, answer.reasons))}
        return cls(**(asdict(answer) | texts))


class BadItemOut(BaseModel):
    """An item of a batch that is no story."""

    item: int
    reason: str


class BatchOut(BaseModel):
    """The answers in the order of the stories; null for an item that is none, which `bad_items` explains."""

    answers: list[AnswerOut | None]
    bad_items: list[BadItemOut]


class Done(BaseModel):
    """How many tickets were used."""

    done: int


class Health(BaseModel):
    """The index can be read and written."""

    status: str
    version: str
