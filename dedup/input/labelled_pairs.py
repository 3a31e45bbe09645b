"""Labelled pairs of texts: JSON lines with two texts and what people said of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from dedup.input.json_parsing import parse
from dedup.model.errors import ReadingError
from dedup.model.score import LABEL_OF, NEAR, PARTIAL, TEMPLATE, UNRELATED

LABELS: Mapping[str, str] = MappingProxyType(
    {
        **{label: label for label in (NEAR, PARTIAL, TEMPLATE, UNRELATED)},
        **{verdict.value: label for verdict, label in LABEL_OF.items() if verdict is not None},
    }
)
"""The labels and the verdicts that are understood, and the label each stands for."""
TEXTS = (("a_text", "b_text"), ("left", "right"))


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """Two texts and what people said of them.

    Attributes:
        left: One text.
        right: The other.
        label: One of the values of `LABELS`.
        other: What a second annotator said instead; None when nobody differed.
    """

    left: str = field(repr=False)
    right: str = field(repr=False)
    label: str
    other: str | None = None


def labelled_pairs(content: bytes, *, name: str) -> Iterator[LabelledPair]:
    """Read JSON lines in UTF-8, blank lines aside.

    A line holds `a_text` and `b_text`, or `left` and `right`; `label`; and may hold `other_label`.

    Raises:
        ReadingError: A line is no such pair; the message names the file and the line.
    """
    try:
        lines = content.decode("utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise ReadingError(f"{name}: is not UTF-8; convert it first") from error
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _pair(line, where=f"{name} line {number}")


def _pair(line: str, *, where: str) -> LabelledPair:
    try:
        value = parse(line)
    except ReadingError as error:
        raise ReadingError(f"{where}: not JSON ({error})") from error
    if not isinstance(value, dict):
        raise ReadingError(f"{where}: not a JSON object; give one pair a line")
    for names in TEXTS:
        texts = [value[name] for name in names if isinstance(value.get(name), str)]
        if len(texts) == len(names):
            other = value.get("other_label")
            return LabelledPair(
                texts[0],
                texts[1],
                _label(value.get("label"), where),
                None if other is None else _label(other, where),
            )
    raise ReadingError(f"{where}: no two texts; name them a_text and b_text, or left and right")


def _label(value: object, where: str) -> str:
    if not isinstance(value, str) or value not in LABELS:
        raise ReadingError(f"{where}: label {value!r:.60} is none of {', '.join(LABELS)}")
    return LABELS[value]
