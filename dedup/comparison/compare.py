"""Two documents, measured and explained."""

from dataclasses import dataclass
from functools import cached_property

from dedup.comparison.align import WordSequence, align, read_words
from dedup.comparison.decide import Ruling, judge
from dedup.comparison.overlap import difference, match
from dedup.comparison.passages import shared_passages
from dedup.comparison.reasons import IDENTICAL_REASONS, reasons
from dedup.model import (
    Alignment,
    Comparison,
    Difference,
    FoldedText,
    Overlap,
    Reason,
    ReasonKind,
    Verdict,
)
from dedup.model.document_like import DocumentLike, as_document
from dedup.model.recipe import Recipe
from dedup.text.fold import fold
from dedup.text.prepare import prepare_text


@dataclass(frozen=True, eq=False)
class Measured:
    """Two texts and all that a verdict on them is read from; it can be judged again with other bounds.

    Attributes:
        texts: The folded texts, left and right.
        words: Their words.
        letters: Letters of each.
        identical: Whether the folded texts are equal.
        overlap: Of their shingle sets; None when one of them has none.
        difference: Words and numbers that stand in one only.
    """

    texts: tuple[FoldedText, FoldedText]
    words: tuple[WordSequence, WordSequence]
    letters: tuple[int, int]
    identical: bool
    overlap: Overlap | None
    difference: Difference

    @cached_property
    def alignment(self) -> Alignment:
        """The texts word by word; made when first asked for."""
        return align(*self.words)

    def judged(self, recipe: Recipe) -> Ruling:
        """Judge them; a pair with a text too short to compare has no verdict."""
        if self.overlap is None or min(self.letters) < recipe.min_letters:
            return Ruling(None)
        if self.identical:
            return Ruling(Verdict.IDENTICAL)
        return judge(self.overlap, self.difference, recipe, align=lambda: self.alignment)


def measure(left: str, right: str, recipe: Recipe) -> Measured:
    """Measure two texts."""
    ours, theirs = prepare_text(left, recipe), prepare_text(right, recipe)
    texts = fold(left), fold(right)
    words = read_words(str(texts[0])), read_words(str(texts[1]))
    return Measured(
        texts,
        words,
        (ours.letters, theirs.letters),
        ours.digest == theirs.digest,
        match(ours.shingles, theirs.shingles) if ours.shingles.size and theirs.shingles.size else None,
        difference(*words),
    )


def compare(left: DocumentLike, right: DocumentLike, *, recipe: Recipe | None = None) -> Comparison:
    """Measure two documents and explain the verdict that a report would give them.

    TF-IDF has no part in it: it needs the document frequencies of an archive.

    Raises:
        ReadingError: One of them has no text.
    """
    recipe = recipe or Recipe()
    one, other = as_document(left, position=0), as_document(right, position=1)
    measured = measure(one.text, other.text, recipe)
    short = [
        Reason(ReasonKind.SIDE_TOO_SHORT, (side, letters, recipe.min_letters))
        for side, letters in zip(("left", "right"), measured.letters, strict=True)
        if letters < recipe.min_letters
    ]
    if short or measured.overlap is None:
        return Comparison(one, other, None, None, tuple(short), (), measured.difference)
    verdict, alignment = measured.judged(recipe)
    return Comparison(
        one,
        other,
        verdict,
        measured.overlap,
        IDENTICAL_REASONS
        if measured.identical
        else reasons(measured.overlap, measured.difference, alignment=alignment),
        shared_passages(*measured.texts, letters=recipe.letters),
        measured.difference,
    )
