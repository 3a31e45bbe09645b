"""The HTTP service: its routes, its limits, and the whole of it as a process."""

import asyncio
import json
import logging
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, MutableMapping
from pathlib import Path
from unittest.mock import Mock

import pytest

from dedup import PreFilter
from dedup.cli.main import main
from dedup.model.errors import IndexBusyError, IndexWriteError, SettingError
from dedup.story_index.sqlite import SqliteIndex
from tests.made_up_news import reworded, story

pytest.importorskip("fastapi")
pytest.importorskip("prometheus_client")
pytest.importorskip("httpx")

from fastapi import FastAPI
from fastapi.testclient import TestClient

from dedup.integrations.http import check_host, create_app, known_hosts
from dedup.integrations.http.request_guard import LOOPBACK, RequestGuard
from dedup.integrations.http.service_log import JsonLines

TEXT = story(1)
BASE = "http://localhost:8731"


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    """A service on an empty index, asked without a network."""
    app = create_app(PreFilter.open(tmp_path / "news.dedup"), max_bytes=100_000)
    with TestClient(app, base_url=BASE) as opened:
        yield opened


def test_a_story_is_new_and_its_copy_is_not(client: TestClient) -> None:
    """With all that an answer has."""
    first = client.post("/v1/check-and-add", json={"id": "a", "text": TEXT}).json()
    second = client.post("/v1/check-and-add", json={"id": "b", "text": reworded(TEXT, every=30)}).json()

    assert (first["verdict"], first["duplicate_of"], first["stored"]) == (None, None, True)
    assert (second["verdict"], second["duplicate_of"], second["stored"]) == ("near-duplicate", "a", False)
    assert set(second) == {
        *("id", "verdict", "match", "duplicate_of", "drops", "jaccard", "containment", "reasons", "exact"),
        *("first_seen", "last_seen", "stored", "ticket", "on_hold", "relation", "longer"),
        *("confidence", "changed", "cluster_id", "cluster_size"),
    }


def test_a_check_stores_nothing_and_an_add_whatever_comes(client: TestClient) -> None:
    """As from Python."""
    assert client.post("/v1/check", json={"text": TEXT}).json()["stored"] is False
    assert client.post("/v1/add", json={"id": "a", "text": TEXT}).json()["stored"] is True
    assert client.post("/v1/add", json={"id": "b", "text": TEXT}).json()["stored"] is True


def test_a_batch_is_answered_in_its_order(client: TestClient) -> None:
    """Each story against those before it."""
    stories = [{"id": name, "text": text} for name, text in (("a", TEXT), ("b", story(2)), ("c", TEXT))]

    answers = client.post("/v1/check-and-add/batch", json={"stories": stories}).json()["answers"]

    assert [answer["duplicate_of"] for answer in answers] == [None, None, "a"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"{", 422),
        (b'{"id": "a"}', 422),
        (b"[]", 422),
        (b'{"text": null}', 422),
        (b'{"text": NaN}', 422),
        (b'{"text": -1e999}', 422),
        (b'{"text": ["\\ud800"]}', 422),
        (b'{"text": "' + b"x" * 100_000 + b'"}', 413),
    ],
)
def test_what_cannot_be_used_is_refused(client: TestClient, body: bytes, code: int) -> None:
    """With the code that HTTP has for it."""
    assert client.post("/v1/check", content=body).status_code == code


def test_what_is_refused_is_not_sent_back(client: TestClient) -> None:
    """Nor written to the log: the message names what is missing."""
    answer = client.post("/v1/check", json={"body": "secret" * 1000})

    assert "the field `text` is missing" in answer.json()["detail"]
    assert "secret" not in answer.text


def test_stories_are_read_as_from_lines(client: TestClient) -> None:
    """Numbers become text, null is nothing, other fields are ignored."""
    stories = [
        {"id": 7, "text": TEXT, "title": None, "published": 2026, "words": [1]},
        {"id": None, "url": "https://a.invalid/1", "text": story(2)},
    ]

    assert [client.post("/v1/add", json=each).json()["id"] for each in stories] == [
        "7",
        "https://a.invalid/1",
    ]


def test_a_batch_names_its_bad_items_and_answers_for_the_rest(client: TestClient) -> None:
    """Each answer has the place of its story."""
    body = {"stories": [5, {"id": "a", "text": TEXT}, {"id": "b"}, {"id": "c", "text": TEXT}]}
    result = client.post("/v1/check-and-add/batch", json=body).json()

    assert [answer and answer["duplicate_of"] for answer in result["answers"]] == [None, None, None, "a"]
    assert [answer is None for answer in result["answers"]] == [True, False, True, False]
    assert [each["item"] for each in result["bad_items"]] == [0, 2]
    assert "a number stands where an object is wanted" in result["bad_items"][0]["reason"]


def test_stories_can_be_put_on_hold_kept_and_released(client: TestClient) -> None:
    """By their tickets; a wrong one is a conflict, and changes nothing."""
    held = client.post("/v1/check-and-add?hold=60", json={"id": "a", "text": TEXT}).json()
    (other,) = client.post(
        "/v1/check-and-add/batch?hold=60", json={"stories": [{"id": "b", "text": story(2)}]}
    ).json()["answers"]
    copy = client.post("/v1/check-and-add?wait=0.01", json={"id": "c", "text": TEXT}).json()
    kept = client.post("/v1/keep", json={"tickets": [held["ticket"]]})
    released = client.post("/v1/release", json={"tickets": [other["ticket"]]})
    wrong = client.post("/v1/release", json={"tickets": [other["ticket"]]})

    assert (copy["duplicate_of"], copy["on_hold"], copy["ticket"]) == ("a", True, None)
    assert kept.json() == released.json() == {"done": 1}
    assert (wrong.status_code, other["ticket"] in wrong.json()["detail"]) == (409, True)
    assert client.post("/v1/check", json={"text": TEXT}).json()["on_hold"] is False
    assert client.post("/v1/check", json={"text": story(2)}).json()["match"] is None


@pytest.mark.parametrize(
    ("path", "detail"),
    [
        ("/v1/check?hold=60", "unknown parameter 'hold'; expected none"),
        ("/v1/check-and-add?Hold=60", "unknown parameter 'Hold'; expected hold, wait"),
        ("/v1/check-and-add?hold=0", "hold: Input should be greater than or equal to 0.001"),
        ("/v1/check-and-add?hold=5e-324", "hold: Input should be greater than or equal to 0.001"),
        ("/v1/check-and-add?wait=1e9", "wait: Input should be less than or equal to 30"),
        ("/v1/keep", "expected an object with a list under 'tickets'"),
        ("/v1/check-and-add/batch", "expected an object with a list under 'stories'"),
    ],
)
def test_a_parameter_that_is_unknown_or_out_of_range_is_refused(
    client: TestClient, path: str, detail: str
) -> None:
    """And named, so that a misspelt one does not store for good."""
    answer = client.post(path, json={"text": TEXT})

    assert (answer.status_code, answer.json()["detail"]) == (422, detail)


@pytest.mark.parametrize(
    ("host", "code"),
    [("localhost", 200), ("LOCALHOST:80", 200), ("[::1]:8731", 200), ("evil.invalid:8731", 400), ("", 400)],
)
def test_the_service_answers_under_its_own_names_only(client: TestClient, host: str, code: int) -> None:
    """A page that had its own name pointed here is refused."""
    assert client.get("/health", headers={"Host": host}).status_code == code


def test_more_names_can_be_allowed() -> None:
    """Those of the machine and of the address are known; `*` allows any."""
    names = known_hosts("News.Invalid", ["proxy.invalid"])

    assert {"localhost", "news.invalid", "proxy.invalid", socket.gethostname().lower()} <= names


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


def test_refusals_and_faults_are_counted_and_logged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Those before a route, those of no route and those of the program; no text of a story is in the log."""
    app = create_app(PreFilter.open(tmp_path / "news.dedup"), token="secret")  # noqa: S106
    monkeypatch.setattr(PreFilter, "check", Mock(side_effect=KeyError(TEXT)))
    with (
        caplog.at_level("WARNING", "dedup.serve"),
        TestClient(app, base_url=BASE, raise_server_exceptions=False) as client,
    ):
        client.post("/v1/check", json={"text": TEXT})
        client.headers["Authorization"] = "Bearer secret"
        client.get("/v1/nothing")
        client.post("/v1/check", json={"text": TEXT})
        metrics = client.get("/metrics").text

    statuses = [record.args["status"] for record in caplog.records if isinstance(record.args, dict)]
    assert statuses == [401, 404, 500]
    assert all(f'dedup_errors_total{{status="{status}"}} 1.0' in metrics for status in statuses)
    assert TEXT[:20] not in caplog.text.partition("Traceback")[0]


@pytest.mark.parametrize("error", [MemoryError(), RuntimeError("can't start new thread")], ids=str)
def test_a_request_without_memory_may_be_sent_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """It says so, with the time to wait, and the next request is answered."""
    app = create_app(PreFilter.open(tmp_path / "news.dedup"))
    with TestClient(app, base_url=BASE, raise_server_exceptions=False) as client:
        with monkeypatch.context() as patch:
            patch.setattr(PreFilter, "check", Mock(side_effect=error))
            answer = client.post("/v1/check", json={"text": TEXT})
        again = client.post("/v1/check", json={"text": TEXT})

    assert (answer.status_code, answer.headers["retry-after"], again.status_code) == (503, "5", 200)
    assert answer.json()["detail"].startswith("the service is out of memory")


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


def test_those_who_wait_for_a_story_on_hold_stop_nobody(client: TestClient) -> None:
    """More than there are threads: another request is answered meanwhile."""
    client.post("/v1/check-and-add?hold=600", json={"id": "a", "text": TEXT})
    waiting = [
        threading.Thread(target=lambda: client.post("/v1/check-and-add?wait=20", json={"text": TEXT}))
        for _ in range(60)
    ]
    for each in waiting:
        each.start()
    health = client.get("/health").status_code
    done = [each.is_alive() for each in waiting]
    client.delete("/v1/stories/a")
    for each in waiting:
        each.join()

    assert (health, done) == (200, [True] * 60)


def test_who_waits_is_sent_away_when_the_service_stops(client: TestClient) -> None:
    """At once, with the time to offer the story again, which was not stored."""
    client.post("/v1/check-and-add?hold=600", json={"id": "a", "text": TEXT})
    client.app.state.is_stopping = True  # type: ignore[attr-defined]

    answer = client.post("/v1/check-and-add?wait=20", json={"id": "b", "text": TEXT})

    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert answer.json() == {"detail": "the service stops; offer the story again"}
    assert client.get("/v1/stories/b").json()["stories"][0]["id"] == "a"  # b is known as a copy alone


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


@pytest.mark.parametrize(
    ("name", "identity", "code"),
    [
        ("a", "a", 200),
        ("a", None, 200),
        ("https://news.example/1", "a", 200),
        ("a", "b", 422),
        ("https://news.example/1", "b", 422),
        ("unknown", "b", 422),
    ],
)
def test_a_story_is_replaced_under_the_name_in_the_path(
    client: TestClient, name: str, identity: str | None, code: int
) -> None:
    """An id in the body must be the same, or that of the story with this URL: else nothing is replaced."""
    client.post("/v1/add", json={"id": "a", "url": "https://news.example/1", "text": TEXT})

    answer = client.put(f"/v1/stories/{name}", json={"id": identity, "text": story(2)})

    (found,) = client.get("/v1/stories/a").json()["stories"]
    assert (answer.status_code, found["text"]) == (code, story(2) if code == 200 else TEXT)
    assert client.get("/v1/stories/b").status_code == 404


def test_a_body_without_a_length_is_counted(client: TestClient) -> None:
    """Sent in pieces it has none."""
    pieces = iter([b'{"text": "', *[b"x" * 10_000] * 20, b'"}'])

    assert client.post("/v1/check", content=pieces).status_code == 413


def test_a_batch_has_a_limit(client: TestClient) -> None:
    """A thousand stories."""
    answer = client.post("/v1/check-and-add/batch", json={"stories": [{"text": "x"}] * 1001})

    assert (answer.status_code, answer.json()["detail"]) == (422, "1001 stories; a batch has at most 1000")


def test_the_routes_are_described(client: TestClient) -> None:
    """For people and for generators of clients."""
    described = client.get("/openapi.json").json()

    assert {"/v1/check", "/v1/check-and-add", "/v1/check-and-add/batch", "/v1/add"} <= set(described["paths"])
    batch = described["paths"]["/v1/check-and-add/batch"]["post"]
    items = batch["requestBody"]["content"]["application/json"]["schema"]["properties"]["stories"]["items"]
    assert "text" in items["properties"]
    refusals = [
        batch["responses"][status]["content"]["application/json"]["schema"] for status in ("4XX", "503")
    ]
    assert refusals == [{"$ref": "#/components/schemas/Refused"}] * 2
    assert described["components"]["schemas"]["Refused"]["required"] == ["detail"]
    page = client.get("/docs").text
    routes = [
        f"{method.upper()} {path}" for path, methods in described["paths"].items() for method in methods
    ]
    assert [route for route in routes if route not in page] == []
    assert "hold</td><td>in the query" in page
    assert not re.search("<script|<link|<img|src=|url\\(|https?:", page)


def test_a_wrong_method_is_told_the_right_one(client: TestClient) -> None:
    """In the header that RFC 9110 asks for."""
    answer = client.request("TRACE", "/health")

    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET")


def test_the_metrics_count_answers(client: TestClient) -> None:
    """By verdict, in the format of Prometheus."""
    for name in "ab":
        client.post("/v1/check-and-add", json={"id": name, "text": TEXT})
    client.post("/v1/check-and-add?hold=60", json={"text": story(2)})
    client.post("/v1/check", content=b"{")
    told = client.get("/metrics").text

    assert 'dedup_answers_total{verdict="new"} 2.0' in told
    assert 'dedup_errors_total{status="422"} 1.0' in told
    assert "dedup_index_stories 2.0" in told
    assert "dedup_index_held 1.0" in told
    assert re.search(r"dedup_index_bytes \d", told)
    assert 'dedup_answers_total{verdict="identical"} 1.0' in told
    assert "dedup_stored_total 2.0" in told
    assert 'dedup_request_seconds_count{what="check-and-add"} 3.0' in told


@pytest.mark.parametrize("fault", ["removed", "replaced", "full"])
def test_health_reads_the_index_and_writes_to_it(
    tmp_path: Path, client: TestClient, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    """A service that can no longer store is not well, though it could still answer from what it has open."""
    path = tmp_path / "news.dedup"
    assert client.get("/health").json()["status"] == "ok"
    if fault == "removed":
        path.unlink()
    elif fault == "replaced":
        path.rename(tmp_path / "old.dedup")
        PreFilter.open(path).close()
    else:
        monkeypatch.setattr(SqliteIndex, "writing", Mock(side_effect=IndexWriteError("news.dedup: no room")))
    asked = [client.get("/health"), client.post("/v1/check", json={"text": TEXT})]

    assert [response.status_code for response in asked] == [503, 200 if fault == "full" else 503]
    assert "news.dedup" in asked[0].json()["detail"]


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


def test_a_busy_index_is_said_to_be_busy(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the time after which to try again."""

    def busy(*_: object) -> None:
        raise IndexBusyError("locked")

    monkeypatch.setattr(PreFilter, "check", busy)
    answer = client.post("/v1/check", json={"text": TEXT})

    assert (answer.status_code, answer.json(), answer.headers["retry-after"]) == (
        503,
        {"detail": "locked"},
        "1",
    )


def test_other_machines_are_served_only_with_a_token() -> None:
    """Stories are nobody's business."""
    check_host("127.0.0.1", None)
    check_host("0.0.0.0", "secret")  # noqa: S104
    with pytest.raises(SettingError, match="or a token in DEDUP_TOKEN"):
        check_host("0.0.0.0", None)  # noqa: S104


def test_a_missing_library_is_named_with_its_extra(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As any other usage error; whether or not the server was imported before."""
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    monkeypatch.delitem(sys.modules, "dedup.integrations.http.server", raising=False)

    assert main(["serve"]) == 2
    assert "pip install 'newsdedup[http]'" in capsys.readouterr().err


@pytest.mark.parametrize("setting", ["--port=0", "--port=65536", "--max-bytes=0", "--max-bytes=-1"])
def test_a_number_out_of_range_is_refused(setting: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Before the index is opened."""
    assert main(["serve", setting]) == 2
    assert f"{setting[2:]} is not usable" in capsys.readouterr().err


def test_the_service_stops_gracefully(tmp_path: Path) -> None:
    """A story is stored, the process is asked to end, and leaves a whole index without a log.

    Its log has a JSON object for the address and for each error; half a request stops nothing, nor does one
    that waits for a story on hold.
    """
    waited: list[bytes] = []
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    path = tmp_path / "news.dedup"
    url = f"http://127.0.0.1:{port}/v1/check-and-add?wait=25"
    command = [sys.executable, "-m", "dedup", "serve", "--index", str(path), "--port", str(port)]
    environment = {name: value for name, value in os.environ.items() if name != "DEDUP_TOKEN"}
    process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, encoding="utf-8")
    try:
        body = json.dumps({"id": "a", "text": TEXT}).encode()
        said = asked(f"http://127.0.0.1:{port}/v1/check-and-add", body)
        assert asked(f"http://127.0.0.1:{port}/v1/check", b"{}") == b"422"
        body = json.dumps({"text": story(2)}).encode()
        asked(f"http://127.0.0.1:{port}/v1/check-and-add?hold=60", body)
        waiter = threading.Thread(target=lambda: waited.append(asked(url, body)))
        with socket.create_connection(("127.0.0.1", port)) as silent:
            silent.sendall(b"POST /v1/check HT")
            waiter.start()
            time.sleep(1)
            process.send_signal(signal.SIGTERM)
            _, log = process.communicate(timeout=30)
        waiter.join()
    finally:
        process.kill()
        process.wait()

    listening, failed = map(json.loads, log.splitlines()[:2])
    assert (listening["event"], listening["address"]) == ("listening", f"http://127.0.0.1:{port}")
    assert (failed["event"], failed["route"], failed["status"]) == ("request failed", "/v1/check", "422")
    assert json.loads(said)["stored"] is True
    assert waited == [b"503"]
    assert sorted(each.name for each in tmp_path.iterdir()) == ["news.dedup", "news.dedup.lock"]
    with PreFilter.open(path) as prefilter:
        assert prefilter.check(TEXT).duplicate_of == "a"


def asked(url: str, body: bytes) -> bytes:
    """Ask until the service is there; gives the body, or the status of an error."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"})  # noqa: S310
    for _ in range(300):
        try:
            return bytes(opener.open(request, timeout=10).read())
        except urllib.error.HTTPError as error:
            return str(error.code).encode()
        except urllib.error.URLError:
            time.sleep(0.1)
    raise TimeoutError(url)


def test_a_connection_that_asks_nothing_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Or that asks half: each would else cost a file handle for ever."""
    uvicorn = pytest.importorskip("uvicorn")
    from dedup.integrations.http import server

    monkeypatch.setattr(server, "IDLE_SECONDS", 0.05)
    config = uvicorn.Config(FastAPI(), port=0, http=server.PatientProtocol, log_config=None, lifespan="off")
    running = uvicorn.Server(config)
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    for _ in range(1000):
        if running.started:
            break
        time.sleep(0.01)
    address = running.servers[0].sockets[0].getsockname()
    answers = []
    whole = b"GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n"
    for begun in (b"", b"GET /hea", whole + b"GET /hea"):
        with socket.create_connection(address, timeout=20) as client:
            client.sendall(begun)
            answers.append(b"".join(iter(lambda: client.recv(1000), b""))[:12])
    running.should_exit = True
    thread.join(20)

    assert answers == [b"", b"", b"HTTP/1.1 404"]
