"""A query and candidates -> their overlaps and verdicts; no pair is compared twice."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from dedup.comparison.contexts import contexts_of
from dedup.comparison.judge_pairs import judge_pairs
from dedup.comparison.overlap import match
from dedup.comparison.pair_columns import Overlaps
from dedup.comparison.reasons import pair_reasons
from dedup.comparison.verdict_model import repeats
from dedup.core import WordColumn
from dedup.model import Document, Overlap
from dedup.model.recipe import Recipe
from dedup.prefilter.answer import PLACES, Match
from dedup.prefilter.comparisons import Measured
from dedup.prefilter.index_keys import Query, shingles_of
from dedup.story_index.index_boilerplate import IndexBoilerplate
from dedup.story_index.protocol import Stored, View


def measure(query: Query, view: View, recipe: Recipe, *, candidates: Sequence[Stored]) -> list[Measured]:
    """Measure the candidates on their texts; keep those above the lowest bound of a verdict."""
    known = query.comparisons.measured
    fresh = [candidate for candidate in candidates if candidate.seq not in known]
    if fresh:
        by_seq = view.texts([candidate.seq for candidate in fresh])
        texts = [by_seq[candidate.seq] for candidate in fresh]
        shingles = shingles_of([each.text for each in texts], recipe)
        for candidate, text, those in zip(fresh, texts, shingles, strict=True):
            overlap = match(those, query.shingles)
            is_likely = overlap.containment >= recipe.partial
            known[candidate.seq] = Measured(candidate, overlap, text) if is_likely else None
    measured = ((candidate, known[candidate.seq]) for candidate in candidates)
    return [replace(each, stored=candidate) for candidate, each in measured if each is not None]


def judge(
    query: Query, measured: Sequence[Measured], recipe: Recipe, boilerplate: IndexBoilerplate
) -> list[Match]:
    """Judge stored stories against the query; drop those without a verdict."""
    known = query.comparisons.judged
    edition = boilerplate.edition
    fresh = [each for each in measured if (each.stored.seq, edition) not in known]
    if fresh:
        known.update(((each.stored.seq, edition), None) for each in fresh)
        for judged in judge_query(query, fresh, recipe, boilerplate):
            known[judged.stored.seq, edition] = judged
    matches = ((each.stored, known[each.stored.seq, edition]) for each in measured)
    return [replace(each, stored=stored) for stored, each in matches if each is not None]


def judge_query(
    query: Query, measured: Sequence[Measured], recipe: Recipe, boilerplate: IndexBoilerplate
) -> list[Match]:
    """Compare the text of a query with those of measured stories, and give each a verdict."""
    offered, stored = query.document, [_document(each) for each in measured]
    places = np.arange(len(measured))
    judged = judge_pairs(
        WordColumn(
            [*(each.text for each in stored), offered.text],
            boilerplate=boilerplate.shingles,
            window=recipe.letters,
        ),
        places,
        np.full(places.size, places.size),
        overlaps=Overlaps(*np.array([_sizes(each.overlap) for each in measured], dtype=np.int64).T),
        contexts=contexts_of(stored, [offered] * places.size, recipe),
        recipe=recipe,
    )
    drops = judged.drops if recipe.keep_changed else judged.joins
    repeating = drops | (judged.joins & repeats(judged.alignments)[:, 1])
    reasons = pair_reasons(
        judged.overlaps, judged.alignments, judged.contexts, left="stored", right="offered"
    )
    return [
        Match(
            measured[place].stored,
            judged.verdict(row),
            measured[place].overlap,
            why,
            round(float(judged.confidence[row]), PLACES),
            judged.alignments.examples[row] if judged.joins[row] else (),
            bool(drops[row]),
            bool(repeating[row]),
        )
        for row, (place, why) in enumerate(zip(judged.left.tolist(), reasons, strict=True))
    ]


def _document(each: Measured) -> Document:
    stored = each.stored
    return Document(stored.id, each.text.text, each.text.title, stored.source, stored.published)


def _sizes(overlap: Overlap) -> tuple[int, int, int]:
    return overlap.shared, overlap.left, overlap.right
