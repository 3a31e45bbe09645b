"""What is refused before a route reads it."""

import asyncio
from collections.abc import MutableMapping
from pathlib import Path

import pytest

from dedup import PreFilter
from tests.made_up_news import story

pytest.importorskip("fastapi")
pytest.importorskip("prometheus_client")
pytest.importorskip("httpx")


from fastapi.testclient import TestClient

from dedup.integrations.http import create_app
from dedup.integrations.http.request_guard import LOOPBACK, RequestGuard

TEXT = story(1)
BASE = "http://localhost:8731"


@pytest.mark.parametrize(
    ("host", "code"),
    [("localhost", 200), ("LOCALHOST:80", 200), ("[::1]:8731", 200), ("evil.invalid:8731", 400), ("", 400)],
)
def test_the_service_answers_under_its_own_names_only(client: TestClient, host: str, code: int) -> None:
    """A page that had its own name pointed here is refused."""
    assert client.get("/health", headers={"Host": host}).status_code == code


def test_who_has_no_token_is_refused_before_the_body_is_read() -> None:
    """However large it is, and however slowly it comes."""
    guard = RequestGuard(never, token="secret", hosts=LOOPBACK, max_bytes=10)  # noqa: S106

    assert passed(guard, headers={"host": "localhost"}) == (401, 0)


@pytest.mark.parametrize("headers", [{}, {"content-length": "5"}], ids=str)
def test_a_body_that_does_not_arrive_ends_the_request(headers: dict[str, str]) -> None:
    """After the time for it."""
    guard = RequestGuard(never, token=None, hosts=LOOPBACK, max_bytes=10, body_seconds=0.01)

    assert passed(guard, headers={"host": "localhost", **headers}) == (408, 1)


async def never(*_: object) -> None:
    """Stand for the application, which is not to be called."""
    pytest.fail("the request was passed on")


def passed(guard: RequestGuard, *, headers: dict[str, str]) -> tuple[int, int]:
    """Pass a request whose body never ends; gives the status, and how often the body was asked for."""
    asked, sent = [0], []

    async def receive() -> dict[str, object]:
        asked[0] += 1
        await asyncio.sleep(60)
        return {}

    async def send(message: object) -> None:
        sent.append(message)

    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "path": "/v1/add", "headers": raw}
    asyncio.run(guard(scope, receive, send))  # type: ignore[arg-type]
    return sent[0]["status"], asked[0]


def test_a_request_that_a_stop_cuts_off_is_answered() -> None:
    """With 503 and when to come again, as uvicorn cancels what is not done in time."""
    sent: list[dict[str, object]] = []

    async def cancelled(*_: object) -> None:
        raise asyncio.CancelledError

    async def send(message: MutableMapping[str, object]) -> None:
        sent.append(dict(message))

    async def whole() -> dict[str, object]:
        return {"type": "http.request", "body": b"{}", "more_body": False}

    guard = RequestGuard(cancelled, token=None, hosts={"*"}, max_bytes=100)
    asyncio.run(guard({"type": "http", "path": "/v1/check", "headers": []}, whole, send))

    assert sent[0]["status"] == 503
    assert (b"retry-after", b"5") in sent[0]["headers"]  # type: ignore[operator]


def test_a_body_without_a_length_is_counted(client: TestClient) -> None:
    """Sent in pieces it has none."""
    pieces = iter([b'{"text": "', *[b"x" * 10_000] * 20, b'"}'])

    assert client.post("/v1/check", content=pieces).status_code == 413


def test_a_token_is_asked_for(tmp_path: Path) -> None:
    """On what holds stories, not on health and metrics."""
    app = create_app(PreFilter.open(tmp_path / "news.dedup"), token="secret ü")  # noqa: S106
    with TestClient(app, base_url=BASE) as client:
        codes = [
            client.post("/v1/check", json={"text": TEXT}, headers=headers).status_code
            for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic secret"})
        ]
        assert client.get("/health").status_code == client.get("/metrics").status_code == 200

    assert codes == [401, 401, 401]


def test_the_right_token_is_let_in(tmp_path: Path) -> None:
    """And no other."""
    app = create_app(PreFilter.open(tmp_path / "news.dedup"), token="secret")  # noqa: S106
    with TestClient(app, base_url=BASE) as client:
        answer = client.post("/v1/check", json={"text": TEXT}, headers={"Authorization": "Bearer secret"})

    assert answer.status_code == 200
