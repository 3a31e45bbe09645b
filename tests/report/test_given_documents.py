"""Mappings and frames of a caller whose keys are named otherwise."""

from typing import Any

import pytest

import dedup
from dedup.input import Fields, preset
from dedup.model.errors import ReadingError

SNOW = "Heavy snow closed the mountain roads of three provinces overnight, the police reported on Monday."
MARKUP = f"<p>{SNOW}</p>"


def found(items: Any, fields: Any) -> list[tuple[str, str, str]]:  # noqa: ANN401 - whatever callers give
    """Return id, text and source of each document."""
    documents = dedup.find_duplicates(items, fields=fields).documents.values()
    return [(document.id, document.text, document.source) for document in documents]


@pytest.mark.parametrize(
    ("item", "fields"),
    [
        ({"doc": {"text": SNOW}}, {"text": "doc.text"}),
        ({"bodies": [{"value": SNOW}]}, {"text": "bodies.0.value"}),
        ({"content": MARKUP}, {"html": "content"}),
        ({"content": MARKUP, "text": ""}, Fields(html=("content",))),
        ({"text": SNOW, "content": "<p>other</p>"}, {"html": "content"}),
    ],
)
def test_a_text_is_found_in_mappings_as_in_files(item: dict[str, object], fields: Any) -> None:  # noqa: ANN401
    """Names lead inside, and markup is taken out where there is no other text."""
    assert [text for _, text, _ in found([item, item], fields)] == [SNOW, SNOW]


def test_a_preset_reads_the_items_of_a_program() -> None:
    """Numbers are ids too; versions of one story have ids of their own."""
    entries = [{"id": number, "content": MARKUP, "feed": {"title": "wire"}} for number in (7, 8)]
    versions = [{"uri": "snow", "version": str(number), "body_text": SNOW} for number in (1, 2)]

    assert found(entries, preset("miniflux")) == [("7", SNOW, "wire"), ("8", SNOW, "wire")]
    assert [name for name, *_ in found(versions, preset("ninjs"))] == ["snow:1", "snow:2"]


def test_frames_have_markup_and_versions_too() -> None:
    """As files do."""
    import pandas as pd

    frame = pd.DataFrame([{"guid": "snow", "rev": rev, "content": MARKUP} for rev in (1, 2)])

    names = {"id": "guid", "version": "rev", "html": "content"}
    assert found(frame, names) == [("snow:1", SNOW, ""), ("snow:2", SNOW, "")]


@pytest.mark.parametrize(
    ("item", "proposed"),
    [
        ({"doc": {"body": SNOW}}, "{'text': 'doc.body'}"),
        ({"content": MARKUP}, "{'html': 'content'}"),
        ({"content_html": "x"}, "{'html': 'content_html'}"),
        ({"n": 1}, "{'text': 'NAME'}"),
    ],
)
def test_the_likely_text_is_proposed(item: dict[str, object], proposed: str) -> None:
    """Inside other values too, and as markup if it has tags."""
    with pytest.raises(ReadingError) as caught:
        dedup.find_duplicates([item, item])

    assert str(caught.value).endswith(f"try fields={proposed}")
