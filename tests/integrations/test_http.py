"""The HTTP service: its routes, its limits, and the whole of it as a process."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
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

from fastapi.testclient import TestClient

from dedup.integrations.http import check_host, create_app

TEXT = story(1)


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    """A service on an empty index, asked without a network."""
    app = create_app(PreFilter.open(tmp_path / "news.dedup"), max_bytes=100_000)
    with TestClient(app) as opened:
        yield opened


def test_a_story_is_new_and_its_copy_is_not(client: TestClient) -> None:
    """With all that an answer has, but for tickets."""
    first = client.post("/v1/check-and-add", json={"id": "a", "text": TEXT}).json()
    second = client.post("/v1/check-and-add", json={"id": "b", "text": reworded(TEXT, every=30)}).json()

    assert (first["verdict"], first["duplicate_of"], first["stored"]) == (None, None, True)
    assert (second["verdict"], second["duplicate_of"], second["stored"]) == ("near-duplicate", "a", False)
    assert set(second) == {
        *("id", "verdict", "match", "duplicate_of", "drops", "jaccard", "containment", "reasons", "exact"),
        *("first_seen", "last_seen", "stored"),
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
        (b'{"text": 5}', 422),
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
    """Where it is wrong, and how."""
    told = client.post("/v1/check", json={"body": "secret" * 1000}).json()

    assert told == {"detail": [{"type": "missing", "loc": ["body", "text"], "msg": "Field required"}]}


def test_a_body_without_a_length_is_counted(client: TestClient) -> None:
    """Sent in pieces it has none."""
    pieces = iter([b'{"text": "', *[b"x" * 10_000] * 20, b'"}'])

    assert client.post("/v1/check", content=pieces).status_code == 413


def test_a_batch_has_a_limit(client: TestClient) -> None:
    """A thousand stories."""
    body = {"stories": [{"text": "x"}] * 1001}

    assert client.post("/v1/check-and-add/batch", json=body).status_code == 422


def test_the_routes_are_described(client: TestClient) -> None:
    """For people and for generators of clients."""
    described = client.get("/openapi.json").json()

    assert {"/v1/check", "/v1/check-and-add", "/v1/check-and-add/batch", "/v1/add"} <= set(described["paths"])
    assert client.get("/docs").status_code == 200


def test_the_metrics_count_answers(client: TestClient) -> None:
    """By verdict, in the format of Prometheus."""
    for name in "ab":
        client.post("/v1/check-and-add", json={"id": name, "text": TEXT})
    told = client.get("/metrics").text

    assert 'dedup_answers_total{verdict="new"} 1.0' in told
    assert 'dedup_answers_total{verdict="identical"} 1.0' in told
    assert "dedup_stored_total 1.0" in told
    assert 'dedup_request_seconds_count{what="check-and-add"} 2.0' in told


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
    with TestClient(app) as client:
        codes = [
            client.post("/v1/check", json={"text": TEXT}, headers=headers).status_code
            for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic secret"})
        ]
        assert client.get("/health").status_code == client.get("/metrics").status_code == 200

    assert codes == [401, 401, 401]


def test_the_right_token_is_let_in(tmp_path: Path) -> None:
    """And no other."""
    app = create_app(PreFilter.open(tmp_path / "news.dedup"), token="secret")  # noqa: S106
    with TestClient(app) as client:
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
    with pytest.raises(SettingError, match="give a token in DEDUP_TOKEN"):
        check_host("0.0.0.0", None)  # noqa: S104


def test_a_missing_library_is_named_with_its_extra(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As any other usage error."""
    monkeypatch.setitem(sys.modules, "uvicorn", None)

    assert main(["serve"]) == 2
    assert "pip install 'newsdedup[http]'" in capsys.readouterr().err


@pytest.mark.parametrize("setting", ["--port=0", "--port=65536", "--max-bytes=0", "--max-bytes=-1"])
def test_a_number_out_of_range_is_refused(setting: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Before the index is opened."""
    assert main(["serve", setting]) == 2
    assert f"{setting[2:]} is not usable" in capsys.readouterr().err


def test_the_service_stops_gracefully(tmp_path: Path) -> None:
    """A story is stored, the process is told to end, and leaves a whole index without a log."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    path = tmp_path / "news.dedup"
    command = [sys.executable, "-m", "dedup", "serve", "--index", str(path), "--port", str(port)]
    environment = {name: value for name, value in os.environ.items() if name != "DEDUP_TOKEN"}
    process = subprocess.Popen(command, env=environment)
    try:
        body = json.dumps({"id": "a", "text": TEXT}).encode()
        said = asked(f"http://127.0.0.1:{port}/v1/check-and-add", body)
        process.send_signal(signal.SIGTERM)
        process.wait(30)
    finally:
        process.kill()
        process.wait()

    assert json.loads(said)["stored"] is True
    assert sorted(each.name for each in tmp_path.iterdir()) == ["news.dedup", "news.dedup.lock"]
    with PreFilter.open(path) as prefilter:
        assert prefilter.check(TEXT).duplicate_of == "a"


def asked(url: str, body: bytes) -> bytes:
    """Ask until the service is there."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"})  # noqa: S310
    for _ in range(300):
        try:
            return bytes(opener.open(request, timeout=10).read())
        except urllib.error.URLError:
            time.sleep(0.1)
    raise TimeoutError(url)
