"""Two documents -> their verdict, with the measures and reasons behind it."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from dedup.comparison.changed_facts import changed_facts
from dedup.comparison.contributions import contributions
from dedup.comparison.difference import difference
from dedup.comparison.legible_words import Facts, spelt
from dedup.comparison.measure_pairs import NOTHING, MeasuredPairs, measure_pairs
from dedup.comparison.passages import shared_passages
from dedup.comparison.readable_text import ReadableText
from dedup.comparison.reasons import IDENTICAL_REASONS, pair_reasons
from dedup.comparison.verdict_model import NONE
from dedup.core.read_text import read_words
from dedup.model import Comparison, Contribution, Reason, ReasonKind
from dedup.model.document_like import DocumentLike, as_document
from dedup.model.errors import ReadingError, quoted
from dedup.model.file_names import is_there
from dedup.model.keyword_hints import names_keywords
from dedup.model.recipe import Recipe
from dedup.model.rows import VERDICTS
from dedup.text.fold import fold


@names_keywords
def compare(
    left: DocumentLike,
    right: DocumentLike,
    *,
    recipe: Recipe | None = None,
    boilerplate: NDArray[np.uint64] = NOTHING,
) -> Comparison:
    """Measure two documents and explain the verdict.

    The verdict is the one that a report on these two documents would give. A report on a whole archive may
    differ, because it also knows the archive's boilerplate. TF-IDF needs an archive and never affects a
    verdict.

    Args:
        left: The first document: a text, a mapping with `text`, a `Document`, or a member of a cluster.
        right: The second document.
        recipe: All settings that affect the result; None for the defaults.
        boilerplate: Shingles of the boilerplate of their archive, ascending.

    Raises:
        ReadingError: One of the documents has no text, or is the name of a file or folder.
    """
    recipe = recipe or Recipe()
    _refuse_names(left, right)
    one, other = as_document(left, position=0), as_document(right, position=1)
    measured = measure_pairs([one], [other], recipe, boilerplate=boilerplate)
    differs = difference(one.text, other.text)
    if short := _too_short(measured, recipe):
        return Comparison(one, other, None, None, short, (), differs)
    codes, confidence = measured.judged(recipe)
    code = int(codes[0])
    verdict = None if code == NONE else VERDICTS[code]
    changed: Facts = ()
    if verdict is not None and verdict.joins:
        changed = _changed(measured.alignments.examples[0], one.text, other.text)
        measured = replace(measured, alignments=replace(measured.alignments, examples=[changed]))
    return Comparison(
        one,
        other,
        verdict,
        measured.overlaps.record(0),
        _reasons(measured),
        shared_passages(fold(one.text), fold(other.text), letters=recipe.letters),
        differs,
        float(confidence[0]),
        changed,
        _contributions(measured, recipe),
    )


def _refuse_names(*given: DocumentLike) -> None:
    for each in given:
        if isinstance(each, str) and is_there(each):
            raise ReadingError(
                f"expected a text, got the name of a file or folder, {quoted(each)}; read a file with "
                "path.read_text(), or give a word that is the text as dedup.Document(id, text)"
            )


def _too_short(measured: MeasuredPairs, recipe: Recipe) -> tuple[Reason, ...]:
    """Name the sides that are too short to compare."""
    return tuple(
        Reason(ReasonKind.SIDE_TOO_SHORT, (side, letters, recipe.min_letters))
        for side, letters in zip(("left", "right"), measured.letters[:, 0].tolist(), strict=True)
        if letters < recipe.min_letters
    )


def _reasons(measured: MeasuredPairs) -> tuple[Reason, ...]:
    if measured.identical[0]:
        return IDENTICAL_REASONS
    return pair_reasons(measured.overlaps, measured.alignments, measured.contexts)[0]


def _contributions(measured: MeasuredPairs, recipe: Recipe) -> tuple[Contribution, ...]:
    if measured.identical[0]:
        return ()
    return contributions(measured.alignments, measured.contexts, measured.overlaps, recipe)


def _changed(facts: Facts, left: str, right: str) -> Facts:
    """Keep the facts that changed between the copies, spelt as in the texts."""
    if not facts:
        return ()
    one, other = ReadableText(left), ReadableText(right)
    texts = (lambda: one), (lambda: other)
    return spelt(changed_facts(facts, read_words(left).words, read_words(right).words, texts), *texts)
