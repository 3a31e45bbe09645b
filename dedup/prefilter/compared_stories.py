"""A query and candidates -> their overlaps and verdicts; no pair is compared twice."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import batched

import numpy as np

from dedup.comparison.contexts import contexts_of
from dedup.comparison.judge_pairs import JudgedPairs, judge_pairs
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

type Pair = tuple[Query, Measured]

AT_ONCE = 128
"""Most pairs that are judged at once: more take as long each, and their words take memory."""


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
    judge_ahead([(query, each) for each in measured], recipe, boilerplate)
    known, edition = query.comparisons.judged, boilerplate.edition
    matches = ((each.stored, known[each.stored.seq, edition]) for each in measured)
    return [replace(each, stored=stored) for stored, each in matches if each is not None]


def judge_ahead(pairs: Iterable[Pair], recipe: Recipe, boilerplate: IndexBoilerplate) -> None:
    """Judge stored stories against several queries, some pairs at once: that takes little longer than one."""
    edition = boilerplate.edition
    fresh = [
        (query, each) for query, each in pairs if (each.stored.seq, edition) not in query.comparisons.judged
    ]
    for some in batched(fresh, AT_ONCE):
        found = judge_together(some, recipe, boilerplate)
        for (query, each), judged in zip(some, found, strict=True):
            query.comparisons.judged[each.stored.seq, edition] = judged


def judge_together(
    pairs: Sequence[Pair], recipe: Recipe, boilerplate: IndexBoilerplate
) -> list[Match | None]:
    """Compare the texts of queries with those of measured stories; None for a pair without a verdict."""
    judged = _judged(pairs, recipe, boilerplate)
    drops = judged.drops if recipe.keep_changed else judged.joins
    repeating = drops | (judged.joins & repeats(judged.alignments, judged.contexts)[:, 1])
    reasons = pair_reasons(
        judged.overlaps, judged.alignments, judged.contexts, left="stored", right="offered"
    )
    matches: list[Match | None] = [None] * len(pairs)
    for row, (place, why) in enumerate(zip(judged.left.tolist(), reasons, strict=True)):
        measured = pairs[place][1]
        matches[place] = Match(
            measured.stored,
            judged.verdict(row),
            measured.overlap,
            why,
            round(float(judged.confidence[row]), PLACES),
            judged.alignments.examples[row] if judged.joins[row] else (),
            bool(drops[row]),
            bool(repeating[row]),
        )
    return matches


def _judged(pairs: Sequence[Pair], recipe: Recipe, boilerplate: IndexBoilerplate) -> JudgedPairs:
    queries = list(dict.fromkeys(query for query, _ in pairs))
    places = {query: place for place, query in enumerate(queries, start=len(pairs))}
    stored = [_document(each) for _, each in pairs]
    return judge_pairs(
        WordColumn(
            [*(each.text for each in stored), *(query.document.text for query in queries)],
            boilerplate=boilerplate.shingles,
            window=recipe.letters,
        ),
        np.arange(len(pairs)),
        np.array([places[query] for query, _ in pairs], dtype=np.int64),
        overlaps=Overlaps(*np.array([_sizes(each.overlap) for _, each in pairs], dtype=np.int64).T),
        contexts=contexts_of(stored, [query.document for query, _ in pairs], recipe),
        recipe=recipe,
    )


def _document(each: Measured) -> Document:
    stored = each.stored
    return Document(stored.id, each.text.text, each.text.title, stored.source, stored.published)


def _sizes(overlap: Overlap) -> tuple[int, int, int]:
    return overlap.shared, overlap.left, overlap.right
