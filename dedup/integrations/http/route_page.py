"""The page of the routes, made from their description; it loads nothing."""

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "h2{font:600 1rem monospace;margin:2rem 0 .2rem}table{border-collapse:collapse}"
    "td,th{border:1px solid #8886;padding:.2rem .6rem;text-align:left}"
)


def route_page(described: Mapping[str, Any]) -> str:
    """Write the page from an OpenAPI description."""
    info = described["info"]
    title = escape(f"{info['title']} {info['version']}")
    parts = [
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>',
        f"<style>{_STYLE}</style><h1>{title}</h1><p>{escape(info['description'])} ",
        'Machines read <a href="openapi.json">openapi.json</a>.</p>',
    ]
    for path, methods in described["paths"].items():
        for method, route in methods.items():
            parts += _route(f"{method.upper()} {path}", route)
    return "".join(parts) + "</html>"


def _route(name: str, route: Mapping[str, Any]) -> Iterator[str]:
    yield f"<h2>{escape(name)}</h2><p>{escape(route.get('description', ''))}</p>"
    rows = [
        (each["name"], "in the query", each["schema"].get("description") or each.get("description", ""))
        for each in route.get("parameters", ())
    ]
    content = route.get("requestBody", {}).get("content", {})
    body = content.get("application/json", {}).get("schema", {})
    needed = body.get("required", ())
    rows += [
        (field, "in the body", "required" if field in needed else "optional")
        for field in body.get("properties", {})
    ]
    if rows:
        cells = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in rows)
        yield "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"
