"""The recipes of docs/how-to/pipelines.md whose servers no test has, with stubs for their libraries."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from dedup import PreFilter
from tests.made_up_news import reworded, story
from tests.test_docs import DOCS, blocks

PAGE = (DOCS / "how-to" / "pipelines.md").read_text(encoding="utf-8")
FILES = {block.title: block.body for block in blocks(PAGE) if block.title}
type Task = Callable[..., object]
ITEMS = [
    {"id": "a", "text": story(1)},
    {"id": "b", "text": reworded(story(1), every=30)},
    {"id": "c", "text": story(2)},
]


@pytest.fixture(autouse=True)
def _in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run_file(name: str, **replaced: str) -> dict[str, Any]:
    """Run a file of the page, with some words replaced; gives its names."""
    body = FILES[name]
    for old, new in replaced.items():
        assert old in body
        body = body.replace(old, new)
    names: dict[str, Any] = {}
    exec(compile(body, name, "exec"), names)  # noqa: S102 - our own page
    return names


def stub(monkeypatch: pytest.MonkeyPatch, name: str, **parts: object) -> None:
    """Put a module in the place of a library."""
    module = ModuleType(name)
    vars(module).update(parts)
    monkeypatch.setitem(sys.modules, name, module)


@pytest.mark.parametrize("dies", [False, True])
def test_a_consumer_passes_each_story_once(monkeypatch: pytest.MonkeyPatch, *, dies: bool) -> None:
    """Also if it dies before it commits, and the same messages come again: then those it kept do not pass."""
    log: list[str] = []
    messages = [SimpleNamespace(value=json.dumps(item).encode()) for item in ITEMS]

    class Consumer:
        def __init__(self, *_: object, **settings: object) -> None:
            assert settings["enable_auto_commit"] is False
            self.batches = [{"scraped-0": messages}]

        def poll(self, **_: object) -> dict[str, list[SimpleNamespace]]:
            return self.batches.pop() if self.batches else {}

        def commit(self) -> None:
            if dies and "committed" not in log and "died" not in log:
                log.append("died")
                raise KeyboardInterrupt
            log.append("committed")

    class Producer:
        def send(self, topic: str, value: bytes) -> None:
            log.append(f"{topic} {json.loads(value)['id']}")

        def flush(self) -> None:
            log.append("flushed")

    stub(monkeypatch, "kafka", KafkaConsumer=Consumer, KafkaProducer=Producer)
    place = {"postgresql://db.example/news": "news.dedup"}
    if dies:
        with pytest.raises(KeyboardInterrupt):
            run_file("consumer.py", **place)
    run_file("consumer.py", **place)

    sent = ["new-stories a", "new-stories c", "flushed"]
    assert log == ([*sent, "died", "flushed", "committed"] if dies else [*sent, "committed"])


def test_a_task_keeps_what_another_stored(monkeypatch: pytest.MonkeyPatch) -> None:
    """The ticket goes with the story; one that fails is tried again, and its copy passes in the end."""
    queue: list[tuple[Any, ...]] = []
    request = SimpleNamespace(retries=0)

    class RetryError(Exception):
        pass

    class Celery:
        def __init__(self, *_: object, **__: object) -> None:
            pass

        def task(
            self, function: Callable[..., object] | None = None, **settings: object
        ) -> Callable[..., object]:
            def wrap(body: Callable[..., object]) -> Callable[..., object]:
                def call(*given: object) -> object:
                    return body(*([call] if settings.get("bind") else []), *given)

                call.delay = lambda *given: queue.append(given)  # type: ignore[attr-defined]
                call.retry = lambda **_: RetryError()  # type: ignore[attr-defined]
                call.max_retries = settings.get("max_retries")  # type: ignore[attr-defined]
                call.request = request  # type: ignore[attr-defined]
                return call

            return wrap if function is None else wrap(function)

    stub(monkeypatch, "celery", Celery=Celery)
    tasks = run_file("tasks.py")
    tasks["scraped"](ITEMS[0])
    with pytest.raises(RetryError):
        tasks["scraped"](ITEMS[1])
    request.retries = tasks["scraped"].max_retries
    for item in ITEMS[1:]:
        tasks["scraped"](item)
    assert [item["id"] for item, _ in queue] == ["a", "b", "c"]
    tasks["save"] = fails
    with pytest.raises(RetryError):
        tasks["store"](*queue[0])
    tasks["save"] = dict
    for each in queue:
        tasks["store"](*each)
    with PreFilter.open("news.dedup") as prefilter:
        assert [prefilter.find(name)[0].on_hold for name in ("a", "c")] == [False, False]
    tasks["scraped"]({**ITEMS[0], "id": "late"})
    assert len(queue) == 3


def fails(_: object) -> None:
    """Stand for a store that is down."""
    raise OSError("down")


def test_an_application_for_gunicorn_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Under the name that clients use, with the token."""
    testclient = pytest.importorskip("fastapi.testclient")
    monkeypatch.setenv("DEDUP_TOKEN", "secret")
    app = run_file("app.py")["app"]
    headers = {"Authorization": "Bearer secret"}
    with testclient.TestClient(app, base_url="http://news.example", headers=headers) as client:
        assert client.post("/v1/check-and-add", json=ITEMS[0]).json()["stored"] is True
