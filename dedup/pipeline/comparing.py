"""Two documents, explained."""

from dedup.documents import DocumentLike, as_document
from dedup.pipeline.preparing import prepare
from dedup.recipe import Recipe
from dedup.records import Comparison, Verdict
from dedup.stages.evidence import shared_passages
from dedup.stages.fold import fold
from dedup.stages.match import difference, match, words
from dedup.stages.verdict import IDENTICAL_REASONS, judge, reasons


def compare(left: DocumentLike, right: DocumentLike, *, recipe: Recipe | None = None) -> Comparison:
    """Measure two documents and explain the verdict that a report would give them.

    TF-IDF has no part in it: it needs the document frequencies of an archive.

    Raises:
        ReadingError: One of them has no text.
    """
    recipe = recipe or Recipe()
    one, other = as_document(left, position=0), as_document(right, position=1)
    ours, theirs = prepare(one.text, recipe), prepare(other.text, recipe)
    our_text, their_text = fold(one.text), fold(other.text)
    differs = difference(words(str(our_text)), words(str(their_text)))
    short = [
        f"the {side} document has {item.letters} letters, too short to compare "
        f"({recipe.min_letters} are needed)"
        for side, item in (("left", ours), ("right", theirs))
        if item.letters < recipe.min_letters
    ]
    if short:
        return Comparison(one, other, None, None, tuple(short), (), differs)
    overlap = match(ours.shingles, theirs.shingles)
    identical = ours.digest == theirs.digest
    return Comparison(
        one,
        other,
        Verdict.IDENTICAL if identical else judge(overlap, differs, recipe),
        overlap,
        IDENTICAL_REASONS if identical else reasons(overlap, differs),
        shared_passages(our_text, their_text, letters=recipe.letters),
        differs,
    )
