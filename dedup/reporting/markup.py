"""Elements of a page, safe by construction: a tree, never a string, and document text only through here."""

import re
from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement

from dedup.records import Verdict
from dedup.reporting.inert import inert
from dedup.reporting.wording import percentage
from dedup.stages.verdict import percent

_WEB_ADDRESS = re.compile(r"https?://[^\s\"'<>\\^`{|}/?#]+[^\s\"'<>\\^`{|}]*", re.IGNORECASE)
_LONGEST_ADDRESS = 2_000
_SHOWN_ADDRESS = 70


def add(parent: Element, tag: str, text: str = "", **attributes: str) -> Element:
    """Append an element that holds our own words or `text` made inert.

    Attribute names take a hyphen for an underscore (`data_label`) and lose a last one (`class_`). Their
    values are ours, never a document's.
    """
    named = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
    element = SubElement(parent, tag, named)
    element.text = inert(text)
    return element


def after(element: Element, text: str) -> None:
    """Put our own words behind `element`."""
    element.tail = text


def foreign(parent: Element, text: str) -> Element:
    """Append document text: inert, in its own direction, isolated from what stands around it."""
    return add(parent, "bdi", text, dir="auto")


def address(parent: Element, url: str) -> None:
    """Append `url`, as a link when it is plain http or https, else as text."""
    if url == inert(url, limit=_LONGEST_ADDRESS) and _WEB_ADDRESS.fullmatch(url):
        parent = SubElement(parent, "a", {"href": url, "rel": "noreferrer noopener"})
    add(parent, "bdi", inert(url, limit=_SHOWN_ADDRESS), dir="ltr")


def named(parent: Element, name: str, *, title: str, class_: str = "") -> Element:
    """Append a document by its title, its id small below; by its id alone where it has no title."""
    block = add(parent, "div", **({"class_": class_} if class_ else {}))
    if title.strip():
        foreign(block, title)
        foreign(add(block, "span", class_="small"), name)
    else:
        foreign(block, name)
    return block


def terms(parent: Element, found: Iterable[str], *, label: str) -> None:
    """Append document words as a list in a row."""
    row = add(parent, "ul", class_="terms", aria_label=label)
    for term in found:
        foreign(add(row, "li"), term)


def share(row: Element, value: float | None, *, label: str) -> None:
    """Append a cell with a share from 0 to 1 as a percentage and a bar."""
    cell = add(row, "td", class_="share", data_label=label)
    block = add(cell, "span", percentage(value))
    if value is not None:
        bar = add(block, "span", class_="bar", aria_hidden="true")
        add(bar, "span", class_=f"fill w{percent(value)}")


def verdict(parent: Element, found: Verdict | None) -> None:
    """Append a verdict as a badge; None is the representative."""
    name = "represents" if found is None else found.value
    add(parent, "span", name, class_=f"verdict {name}")


def table(parent: Element, caption: str, columns: Iterable[str]) -> Element:
    """Append a table with its caption and column heads, and give its body."""
    whole = add(parent, "table")
    add(whole, "caption", caption)
    heads = add(add(whole, "thead"), "tr")
    for column in columns:
        add(heads, "th", column, scope="col")
    return add(whole, "tbody")
