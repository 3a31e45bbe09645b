"""The labelled pairs of real stories: read, measured as a report would, and scored.

A file of pairs holds JSON lines with `a_text`, `b_text` and `label` (near-duplicate, contained, partial
reuse, same-template-but-different, unrelated), and may hold `other_label` of a second reader, titles, sources
and dates of both, `language`, and the `archive` of the data folder whose boilerplate is ignored.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.archives import load, present
from dedup import Document, Recipe
from dedup.comparison.contexts import Contexts, joined_contexts
from dedup.comparison.measure_pairs import NOTHING, MeasuredPairs, measure_pairs
from dedup.comparison.pair_columns import joined_alignments, joined_overlaps
from dedup.comparison.verdict_model import NONE, Decisions
from dedup.model.rows import VERDICTS
from dedup.model.score import CONTAINED, JOINED, LABEL_OF, NEAR, macro, scores
from dedup.report.find_duplicates import learn_boilerplate
from dedup.tune.stories import number_stories

READ, PERSIAN = "read_pairs_dev.jsonl", "persian_pairs_dev.jsonl"
RECIPE = Recipe()
SEEDS = Path(__file__).parents[1] / "seeds"

_CODES = {
    "Arabic": "ar",
    "Chinese": "zh",
    "English": "en",
    "French": "fr",
    "Japanese": "ja",
    "Persian": "fa",
    "Turkish": "tr",
}
"""Languages that some pairs name in words."""
_ARCHIVES = {
    "isna": "isna_2019",
    "aut": "aut_2019",
    "tg": "telegram_fa_2026",
    "snn": "saudinews_2015",
}
"""Archives of the Persian pairs, by what the ids of their documents begin with."""


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled pair.

    Attributes:
        left: One document.
        right: The other.
        label: The label of a reader.
        other: The label of a second reader who disagrees; either counts as right.
        archive: Name in the data folder; empty if the two are of different archives.
        language: Language of the texts.
    """

    left: Document
    right: Document
    label: str
    other: str | None
    archive: str
    language: str

    def right_with(self, label: str) -> bool:
        """Return whether a reader gave this label."""
        return label in {self.label, self.other}


def document_of(record: dict[str, Any]) -> Document:
    """Make a document from a record of the data folder."""
    published = record.get("published") or record.get("date") or ""
    return Document(
        record["id"], record["text"], record.get("title") or "", record.get("source") or "", published
    )


def examples(*names: str) -> list[Example]:
    """Read the pairs of some files of the data folder; if none is named, of both sets and the seeds."""
    found = [_example(pair) for name in names or (READ, PERSIAN) for pair in load(name)]
    return found if names else [*found, _letter_stories()]


def _letter_stories() -> Example:
    """Return the known pair of the seeds: one story contains the letters that make up the other."""
    longer, shorter = (
        Document(path.name, path.read_text(encoding="utf-8")) for path in sorted(SEEDS.iterdir())[:2]
    )
    return Example(longer, shorter, CONTAINED, NEAR, "", "fa")


def _example(pair: dict[str, Any]) -> Example:
    left, right = (
        Document(
            str(pair.get(f"{side}_id") or side),
            pair[f"{side}_text"],
            pair.get(f"{side}_title") or "",
            pair.get(f"{side}_source") or "",
            pair.get(f"{side}_date") or "",
        )
        for side in "ab"
    )
    prefixes = {document.id.split(":")[0] for document in (left, right)}
    archive = pair.get("archive") or (_ARCHIVES.get(prefixes.pop(), "") if len(prefixes) == 1 else "")
    # The older Persian pairs have a label of four kinds, and beside it one of five kinds.
    label = pair.get("label5") or pair["label"]
    language = pair.get("language") or "fa"
    return Example(left, right, label, pair.get("other_label"), archive, _CODES.get(language, language))


def measured(known: Sequence[Example], *, recipe: Recipe = RECIPE) -> MeasuredPairs:
    """Measure examples, each with the boilerplate of its archive."""
    order: list[int] = []
    parts: list[MeasuredPairs] = []
    for archive in sorted({example.archive for example in known}):
        rows = [row for row, example in enumerate(known) if example.archive == archive]
        order += rows
        parts.append(
            measure_pairs(
                [known[row].left for row in rows],
                [known[row].right for row in rows],
                recipe,
                boilerplate=boilerplate_of(archive),
            )
        )
    together = MeasuredPairs(
        np.concatenate([part.letters for part in parts], axis=1),
        np.concatenate([part.identical for part in parts]),
        joined_overlaps([part.overlaps for part in parts]),
        joined_alignments([part.alignments for part in parts]),
        joined_contexts([part.contexts for part in parts]),
    )
    return chosen(together, np.argsort(order))


def chosen(pairs: MeasuredPairs, rows: NDArray[np.int64]) -> MeasuredPairs:
    """Return some rows of measured pairs, in the order given."""
    return MeasuredPairs(
        pairs.letters[:, rows],
        pairs.identical[rows],
        pairs.overlaps.where(rows),
        pairs.alignments.where(rows),
        pairs.contexts.where(rows),
    )


@cache
def boilerplate_of(archive: str) -> NDArray[np.uint64]:
    """Find the boilerplate of an archive as a report does; none if the archive is absent."""
    if not archive or not present(f"{archive}.jsonl.gz"):
        return NOTHING
    documents = (document_of(record) for record in load(f"{archive}.jsonl.gz"))
    return learn_boilerplate(documents, recipe=RECIPE).shingles


def bare(pairs: MeasuredPairs, *, of: Iterable[str] = ("hours", "title", "other_source")) -> MeasuredPairs:
    """Return the pairs without what is known of their contexts."""
    unknown = Contexts.unknown(pairs.identical.size)
    return replace(pairs, contexts=replace(pairs.contexts, **{name: getattr(unknown, name) for name in of}))


def stories(known: Sequence[Example]) -> list[int]:
    """Number the stories of examples."""
    return number_stories((example.left.text, example.right.text) for example in known)


def labels_of(decisions: Decisions) -> list[str]:
    """Return the label that each verdict answers to."""
    return [LABEL_OF[None if code == NONE else VERDICTS[code]] for code in decisions.codes.tolist()]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How judged pairs agree with their readers.

    Attributes:
        pairs: How many pairs.
        agreement: Share of pairs whose verdict a reader also gave.
        macro_f1: Mean F1 of the kinds that occur.
        join_precision: Share of joined pairs that a reader joins.
        join_recall: Share of the pairs that all readers join which are joined.
        across: Share of joined pairs of two sources that a reader joins.
        kinds: F1 of each kind.
    """

    pairs: int
    agreement: float
    macro_f1: float
    join_precision: float
    join_recall: float
    across: float
    kinds: dict[str, float]

    def __str__(self) -> str:
        kinds = "  ".join(f"{kind[:9]} {f1:.2f}" for kind, f1 in self.kinds.items())
        return (
            f"{self.pairs:4} pairs  agree {self.agreement:.3f}  macro F1 {self.macro_f1:.3f}  "
            f"joins P {self.join_precision:.3f} R {self.join_recall:.3f} across {self.across:.3f}   {kinds}"
        )


def figures(known: Sequence[Example], ours: Sequence[str]) -> Agreement:
    """Score labels against those of the readers."""
    judged = list(zip(known, ours, strict=True))
    outcome = [(label if example.right_with(label) else example.label, label) for example, label in judged]
    scored = scores(outcome)
    joined = [example for example, label in judged if label in JOINED]
    wanted = [label in JOINED for example, label in judged if _readers(example) <= JOINED]
    across = [example for example in joined if _differ(example)]
    return Agreement(
        len(judged),
        _share(example.right_with(label) for example, label in judged),
        macro(scored),
        _share(bool(_readers(example) & JOINED) for example in joined),
        _share(wanted),
        _share(bool(_readers(example) & JOINED) for example in across),
        {kind: f1 for kind, (_, _, f1) in scored.items()},
    )


def _readers(example: Example) -> set[str]:
    return {example.label, example.other or example.label}


def _differ(example: Example) -> bool:
    one, other = example.left.source, example.right.source
    return bool(one and other and one != other)


def _share(hits: Iterable[bool]) -> float:
    values = list(hits)
    return sum(values) / max(len(values), 1)


def print_by(
    known: Sequence[Example], labels: Sequence[str], key: Callable[[Example], str], *, what: str
) -> None:
    """Print the figures of each language, archive or the like."""
    print(f"by {what}")
    for name in sorted(set(map(key, known))):
        rows = [row for row, example in enumerate(known) if key(example) == name]
        print(f"  {name or 'mixed':18}", figures([known[row] for row in rows], [labels[row] for row in rows]))
