"""Metrics of the service, for Prometheus."""

import re

import pytest

from tests.made_up_news import story

pytest.importorskip("fastapi")
pytest.importorskip("prometheus_client")
pytest.importorskip("httpx")


from fastapi.testclient import TestClient

TEXT = story(1)


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
