"""The whole application: health, errors, and faults of the program."""

from pathlib import Path
from unittest.mock import Mock

import pytest

from dedup import PreFilter
from dedup.model.errors import IndexBusyError, IndexWriteError
from dedup.story_index.sqlite import SqliteIndex
from tests.made_up_news import story

pytest.importorskip("fastapi")
pytest.importorskip("prometheus_client")
pytest.importorskip("httpx")


from fastapi.testclient import TestClient

from dedup.integrations.http import create_app

TEXT = story(1)
BASE = "http://localhost:8731"


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
