"""The log of the service: one JSON object a line."""

import json
import logging

import pytest

from tests.made_up_news import story

pytest.importorskip("fastapi")
pytest.importorskip("prometheus_client")
pytest.importorskip("httpx")


from dedup.integrations.http.service_log import JsonLines, log_to_stderr

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


def test_nothing_in_a_line_reaches_a_terminal_unescaped() -> None:
    """Controls, changes of direction, line separators and half letters are written as JSON escapes them."""
    hostile = "\x1b[31m \x9b31m \u202e \u2066 \u2028 \x7f \x00 \ufeff \U000e0041 \ud800 می\u200cرود"
    record = logging.LogRecord("dedup.serve", logging.WARNING, "", 0, "event", ({"detail": hostile},), None)

    line = JsonLines().format(record)

    assert json.loads(line)["detail"] == hostile
    assert {letter for letter in line if not letter.isprintable()} == {"\u200c"}


def test_a_fault_of_the_event_loop_is_a_line_too(capsys: pytest.CaptureFixture[str]) -> None:
    """Without memory for what a client sends, asyncio would print a traceback."""
    chosen = [logging.getLogger(name) for name in ("dedup.serve", "uvicorn.error", "asyncio")]
    before = [(each.handlers, each.level, each.propagate) for each in chosen]
    try:
        log_to_stderr()
        chosen[2].error("Fatal read error\nprotocol: x", exc_info=MemoryError())
    finally:
        for each, (handlers, level, propagate) in zip(chosen, before, strict=True):
            each.handlers, each.propagate = handlers, propagate
            each.setLevel(level)

    line = json.loads(capsys.readouterr().err)
    assert (line["event"], line["error"]) == ("Fatal read error\nprotocol: x", "MemoryError")
