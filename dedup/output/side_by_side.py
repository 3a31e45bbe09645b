"""Write a comparison as an HTML fragment: the verdict, its reasons, and the texts in two columns.

It needs no style sheet or script, see `to_notebook`; `comparison_page` makes a page of it.
"""

from collections.abc import Iterator
from html import escape
from itertools import groupby

from rapidfuzz.distance import LCSseq

from dedup.comparison.passages import shared_passages
from dedup.core.read_text import WINDOW, ReadText, read_text
from dedup.model import Comparison, Document
from dedup.output.explain import verdict_line
from dedup.output.legible_reasons import reasons_of_comparison
from dedup.output.phrases import changes
from dedup.output.sanitize import ELLIPSIS, sanitize_line, sanitize_text
from dedup.text.fold import fold

CHARACTERS = 20_000
"""Maximum number of characters shown of each text."""

_CLASSES = "dedup-comparison tex2jax_ignore mathjax_ignore"
_WHOLE = ' style="display: inline-block"'
_HEAD = ' style="width: 50%; text-align: start"'
_BODY = ' style="vertical-align: top; text-align: start; white-space: pre-wrap; padding: 0.5em"'


def side_by_side(comparison: Comparison) -> str:
    """Write a comparison as a `div` that can be placed anywhere in a page, such as a notebook.

    Words that are only in one text are marked. The first 20,000 characters of each text are shown. Document
    text is sanitized and escaped, and keeps its own direction.
    """
    left, right = comparison.left, comparison.right
    reasons = [*map(str, reasons_of_comparison(comparison))]
    if comparison.changed:
        reasons.insert(0, f"changed: {'; '.join(changes(comparison.changed))}")
    why = "".join(f'<li dir="auto">{escape(sanitize_line(reason))}</li>' for reason in reasons)
    heads = "".join(f'<th scope="col" dir="auto"{_HEAD}>{_named(each)}</th>' for each in (left, right))
    texts = "".join(f'<td dir="auto"{_BODY}>{text}</td>' for text in _marked(comparison))
    return (
        f'<div class="{_CLASSES}"><p><strong>{escape(verdict_line(comparison))}</strong></p>'
        f"<ul>{why}</ul><p>Marked: in this text only.</p>"
        f"<table><thead><tr>{heads}</tr></thead><tbody><tr>{texts}</tr></tbody></table></div>"
    )


def _named(document: Document) -> str:
    known = (document.title, document.source, document.published, document.id)
    first, *others = (escape(sanitize_line(text)) for text in known if text.strip())
    # The first item sets the direction, since the text of a bdi element does not count for it. A date that is
    # broken across two lines of a right-to-left heading would be unreadable.
    return " \u00b7 ".join([first, *(f"<small><bdi{_WHOLE}>{other}</bdi></small>" for other in others)])


def _marked(comparison: Comparison) -> Iterator[str]:
    """Yield both texts as HTML; words in the same order, or in a shared passage, are not marked."""
    documents = (comparison.left, comparison.right)
    texts = [sanitize_text(document.text, limit=CHARACTERS).strip() for document in documents]
    left, right = map(read_text, texts)
    common: tuple[set[int], set[int]] = (set(), set())
    for block in LCSseq.opcodes(left.words, right.words):
        if block.tag == "equal":
            common[0].update(range(block.src_start, block.src_end))
            common[1].update(range(block.dest_start, block.dest_end))
    for passage in shared_passages(*map(fold, texts), letters=WINDOW):
        common[0].update(_inside(left, passage.left_start, passage.left_end))
        common[1].update(_inside(right, passage.right_start, passage.right_end))
    for document, text, read, kept in zip(documents, texts, (left, right), common, strict=True):
        yield "".join(_pieces(text, read, kept)) + (ELLIPSIS if len(document.text) > CHARACTERS else "")


def _inside(read: ReadText, start: int, end: int) -> Iterator[int]:
    return (number for number, (first, last) in enumerate(read.spans) if start <= first and last <= end)


def _pieces(text: str, read: ReadText, common: set[int]) -> Iterator[str]:
    """Yield the pieces of a text; adjacent words that are not common share a mark."""
    done = 0
    for alike, run in groupby(range(len(read.words)), key=common.__contains__):
        if not alike:
            numbers = [*run]
            start, end = read.spans[numbers[0]][0], read.spans[numbers[-1]][1]
            yield f"{escape(text[done:start])}<mark>{escape(text[start:end])}</mark>"
            done = end
    yield escape(text[done:])
