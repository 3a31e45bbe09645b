"""The description of the routes, for people and for programs."""

import re

import pytest

pytest.importorskip("fastapi")
pytest.importorskip("prometheus_client")
pytest.importorskip("httpx")


from fastapi.testclient import TestClient


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
