"""The routes of the HTTP service."""

import threading

import pytest

from tests.made_up_news import reworded, story

pytest.importorskip("fastapi")
pytest.importorskip("prometheus_client")
pytest.importorskip("httpx")


from fastapi.testclient import TestClient

TEXT = story(1)


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
    assert "expected an object, got a number" in result["bad_items"][0]["reason"]


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
        ("/v1/check-and-add?hold=5&hold=60", "the parameter 'hold' is given 2 times; give it once"),
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


def test_a_batch_has_a_limit(client: TestClient) -> None:
    """A thousand stories."""
    answer = client.post("/v1/check-and-add/batch", json={"stories": [{"text": "x"}] * 1001})

    assert (answer.status_code, answer.json()["detail"]) == (422, "1001 stories; a batch has at most 1000")


def test_a_wrong_method_is_told_the_right_one(client: TestClient) -> None:
    """In the header that RFC 9110 asks for."""
    answer = client.request("TRACE", "/health")

    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET")
