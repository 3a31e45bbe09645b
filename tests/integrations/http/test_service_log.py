"""The log of the service: one JSON object a line."""

import json
import logging

import pytest

from tests.made_up_news import story

pytest.importorskip("fastapi")
pytest.importorskip("prometheus_client")
pytest.importorskip("httpx")


from dedup.integrations.http.service_log import JsonLines

TEXT = story(1)


def test_a_fault_is_logged_with_its_place(caplog: pytest.LogCaptureFixture) -> None:
    """As one JSON object, without its message, which may quote a story."""
    try:
        {}[TEXT]
    except KeyError:
        logging.getLogger("uvicorn.error").exception("Exception in ASGI application\n")
    line = json.loads(JsonLines().format(caplog.records[-1]))

    assert line["event"] == "Exception in ASGI application"
    assert line["error"].startswith("KeyError in ")
    assert TEXT not in str(line)
