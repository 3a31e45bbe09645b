"""Labelled pairs of texts: JSON lines with two texts and their label."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from dedup.input.json_parsing import parse
from dedup.model import Document
from dedup.model.errors import ReadingError
from dedup.model.score import CONTAINED, LABEL_OF, NEAR, PARTIAL, TEMPLATE, UNRELATED

LABELS: Mapping[str, str] = MappingProxyType(
    {
        **{label: label for label in (NEAR, CONTAINED, PARTIAL, TEMPLATE, UNRELATED)},
        **{verdict.value: label for verdict, label in LABEL_OF.items() if verdict is not None},
    }
)
"""Accepted labels and verdicts, and the label of each."""
SIDES = (("a_text", "a_", "b_text", "b_"), ("left", "left_", "right", "right_"))
"""Names of the two texts, each followed by the prefix of its other fields."""


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """Two documents and their label.

    Attributes:
        left: One document.
        right: The other.
        label: One of the values of `LABELS`.
        other: The label of a second annotator; None if it does not differ.
    """

    left: Document = field(repr=False)
    right: Document = field(repr=False)
    label: str
    other: str | None = None


def labelled_pairs(content: bytes, *, name: str) -> Iterator[LabelledPair]:
    """Read JSON lines in UTF-8; blank lines are ignored.

    A line has `a_text` and `b_text`, or `left` and `right`; `label`; optionally `other_label`; and
    optionally a title, source and date of each side: `a_title`, `a_source`, `a_published` or `a_date`, or
    `left_title` and so on.

    Raises:
        ReadingError: A line is not such a pair; the message names the file and the line.
    """
    try:
        lines = content.decode("utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise ReadingError(f"{name}: not UTF-8; convert it first") from error
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _pair(line, where=f"{name} line {number}")


def _pair(line: str, *, where: str) -> LabelledPair:
    try:
        value = parse(line)
    except ReadingError as error:
        raise ReadingError(f"{where}: not JSON ({error})") from error
    if not isinstance(value, dict):
        raise ReadingError(f"{where}: not a JSON object; expected one pair per line")
    for left, of_left, right, of_right in SIDES:
        if isinstance(value.get(left), str) and isinstance(value.get(right), str):
            other = value.get("other_label")
            return LabelledPair(
                _document(value, left, of_left),
                _document(value, right, of_right),
                _label(value.get("label"), where),
                None if other is None else _label(other, where),
            )
    raise ReadingError(f"{where}: no two texts; name them a_text and b_text, or left and right")


def _document(value: Mapping[str, object], text: str, prefix: str) -> Document:
    """Make a document of one side; values that are not strings count as missing."""

    def field(name: str) -> str:
        part = value.get(prefix + name)
        return part if isinstance(part, str) else ""

    published = field("published") or field("date")
    return Document(text, str(value[text]), field("title"), field("source"), published)


def _label(value: object, where: str) -> str:
    if not isinstance(value, str) or value not in LABELS:
        raise ReadingError(f"{where}: label {value!r:.60} is not one of {', '.join(LABELS)}")
    return LABELS[value]
