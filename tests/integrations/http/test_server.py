"""The service as a process: how it starts, and how it stops."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from dedup import PreFilter
from dedup.cli.main import main
from dedup.model.errors import SettingError
from tests.made_up_news import story

pytest.importorskip("fastapi")
pytest.importorskip("prometheus_client")
pytest.importorskip("httpx")


from fastapi import FastAPI

from dedup.integrations.http import check_host, known_hosts

TEXT = story(1)


def test_more_names_can_be_allowed() -> None:
    """Those of the machine and of the address are known; `*` allows any."""
    names = known_hosts("News.Invalid", ["proxy.invalid"])

    assert {"localhost", "news.invalid", "proxy.invalid", socket.gethostname().lower()} <= names


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
