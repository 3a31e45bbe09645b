"""Pairs and clusters -> overlap (TF-IDF cosine), and the terms that members share or have alone.

Document frequencies are the archive's, not the cluster's, where every word is common; a word the archive
does not hold weighs most. Weights as scikit-learn defines them: (1 + ln tf) * (1 + ln((1 + n) / (1 + df))),
length 1. benchmarks/ranking.py chose 1 + ln tf: ROC AUC of near-duplicates 0.89, with plain tf 0.85. Stop
words count (without them 0.001 less) and are not shown.
Source: Salton and Buckley, "Term-weighting approaches in automatic text retrieval", 1988.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dedup.stages.rank.words import Tokeniser, general_tokeniser, is_persian, persian_tokeniser

TERMS = 6
"""Terms shown of each kind."""

_LOOKED_AT = 4 * TERMS
"""Weightiest terms that are examined for being shown; the rest of a long text is not."""

_DECIMALS = 6
"""Of what comes out: the last bits of a sum differ between machines."""

_COMMON_SHARE = 0.2
"""Share of the archive above which a word says nothing: function words and sign-offs, not yet names."""

_COMMON_FROM = 50
"""Documents from which such a share means something."""

_LONGEST_TERM = 40
"""Letters; what is longer is no word that people read."""

_PAIRS_AT_ONCE = 16_384

type _Sparse = Any  # scipy ships no types


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """How far documents overlap, and in which words; terms stand in folded spelling, weightiest first.

    Attributes:
        similarity: float64, shape (n_pairs,): cosine of the TF-IDF vectors of each pair, 0 to 1, 6 decimals.
        overlap: One tuple a cluster, one value a member as given: its cosine with the representative.
        shared_terms: One tuple a cluster: terms that each of its documents holds.
        own_terms: One tuple a cluster, one tuple a member as given: terms the representative lacks; for the
            representative, terms that every member lacks.
        tokenisers: Documents by the tokeniser that cut them: `hazm` or `unicode`.
    """

    similarity: NDArray[np.float64]
    overlap: tuple[tuple[float, ...], ...]
    shared_terms: tuple[tuple[str, ...], ...]
    own_terms: tuple[tuple[tuple[str, ...], ...], ...]
    tokenisers: Mapping[str, int]


@dataclass(frozen=True, slots=True, eq=False)
class _Weighed:
    """TF-IDF vectors: one row a document, one column a word; `shown` marks the words fit for people."""

    rows: Mapping[str, int]
    weights: _Sparse
    words: NDArray[np.object_]
    shown: NDArray[np.bool_]


def rank(
    texts: Mapping[str, str],
    *,
    pairs: Sequence[tuple[str, str]],
    clusters: Sequence[Sequence[str]],
    background: Sequence[str],
) -> Ranking:
    """Measure the overlap of pairs and of cluster members, and name what they share and do not.

    Args:
        texts: Folded text of every document named in `pairs` or `clusters`, by id.
        pairs: Ids of the documents to compare; an empty text has overlap 0 with any other.
        clusters: Ids, each representative first.
        background: Folded texts of a sample of the archive, for document frequencies; none: `texts` serve.

    Returns:
        The same numbers and terms whatever the order of `texts` and `background`.
    """
    named = {key: texts[key] for key in sorted({*chain.from_iterable(pairs), *chain.from_iterable(clusters)})}
    if any(named.values()):
        weighed, tokenisers = _weigh(named, background)
    else:
        weighed, tokenisers = None, {}
    shown = [_terms(weighed, cluster, named) for cluster in clusters]
    return Ranking(
        similarity=_cosines(weighed, pairs),
        overlap=tuple(_overlap(weighed, cluster) for cluster in clusters),
        shared_terms=tuple(shared for shared, _ in shown),
        own_terms=tuple(own for _, own in shown),
        tokenisers=tokenisers,
    )


def _weigh(named: Mapping[str, str], background: Sequence[str]) -> tuple[_Weighed, Mapping[str, int]]:
    """Cut every distinct text once, count its words, weigh them by the background's document frequencies."""
    from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer  # noqa: PLC0415

    row = {text: at for at, text in enumerate(dict.fromkeys(chain(named.values(), background)))}
    tokeniser = _tokenisers(row)
    vectorizer = CountVectorizer(analyzer=lambda text: tokeniser[text].cut(text), dtype=np.float64)
    counts = vectorizer.fit_transform(row)
    archive = counts[[row[text] for text in background or named.values()]]
    words = vectorizer.get_feature_names_out()
    weights = TfidfTransformer(sublinear_tf=True).fit(archive).transform(counts[: len(set(named.values()))])
    weights.sort_indices()
    shown = _fit_for_people(words, frozenset().union(*(each.stop_words for each in set(tokeniser.values()))))
    if archive.shape[0] >= _COMMON_FROM:
        frequency = np.bincount(archive.indices, minlength=words.size)
        is_number = np.fromiter(map(str.isdecimal, words), dtype=np.bool_, count=words.size)
        shown &= is_number | (frequency <= _COMMON_SHARE * archive.shape[0])
    weighed = _Weighed({key: row[text] for key, text in named.items()}, weights, words, shown)
    return weighed, dict(sorted(Counter(tokeniser[text].name for text in named.values()).items()))


def _tokenisers(texts: Iterable[str]) -> dict[str, Tokeniser]:
    """Choose a tokeniser for each text; hazm is loaded when one is Persian."""
    general = general_tokeniser()
    persian = {text for text in texts if is_persian(text)}
    hazm = persian_tokeniser() if persian else general
    return {text: hazm if text in persian else general for text in texts}


def _fit_for_people(words: Sequence[str], stop_words: frozenset[str]) -> NDArray[np.bool_]:
    """Tell words worth showing: no stop words, no single letters (numbers are), nothing endless."""
    return np.fromiter(
        (
            word not in stop_words and len(word) <= _LONGEST_TERM and (len(word) > 1 or word.isdecimal())
            for word in words
        ),
        dtype=np.bool_,
        count=len(words),
    )


def _cosines(weighed: _Weighed | None, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float64]:
    """Cosine of each pair; float64, shape (n_pairs,)."""
    cosines = np.zeros(len(pairs))
    if weighed is None:
        return cosines
    rows = np.array([(weighed.rows[a], weighed.rows[b]) for a, b in pairs], dtype=np.intp).reshape(-1, 2)
    for start in range(0, len(pairs), _PAIRS_AT_ONCE):
        left, right = rows[start : start + _PAIRS_AT_ONCE].T
        products = weighed.weights[left].multiply(weighed.weights[right])
        cosines[start : start + _PAIRS_AT_ONCE] = np.asarray(products.sum(axis=1)).ravel()
    return cosines.round(_DECIMALS)


def _overlap(weighed: _Weighed | None, cluster: Sequence[str]) -> tuple[float, ...]:
    return tuple(_cosines(weighed, [(cluster[0], member) for member in cluster]).tolist())


def _terms(
    weighed: _Weighed | None, cluster: Sequence[str], texts: Mapping[str, str]
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Give the shared terms of a cluster, and the own terms of each member."""
    if weighed is None:
        return (), ((),) * len(cluster)
    block = weighed.weights[[weighed.rows[key] for key in cluster]]
    held, at, holders = np.unique(block.indices, return_inverse=True, return_counts=True)
    shared = _weightiest(weighed, held, np.bincount(at, weights=block.data) * (holders == len(cluster)))
    first = block.indices[: block.indptr[1]]
    alone = np.isin(first, held[holders == 1])
    own = [_weightiest(weighed, first, block.data[: first.size] * alone)]
    for start, end in pairwise(block.indptr[1:]):
        lacked = ~np.isin(block.indices[start:end], first)
        own.append(_weightiest(weighed, block.indices[start:end], block.data[start:end] * lacked))
    representative, *members = (texts[key] for key in cluster)
    lacking = [_new_to(members, representative, own[0])]
    lacking += [_new_to([representative], *both) for both in zip(members, own[1:], strict=True)]
    return _apart(shared), tuple(map(_apart, lacking))


def _weightiest(weighed: _Weighed, columns: NDArray[np.int32], weights: NDArray[np.float64]) -> list[str]:
    """Give the words of the heaviest columns, those of weight 0 left out; ties alphabetical."""
    usable = weighed.shown[columns] & (weights > 0)
    columns, weights = columns[usable], weights[usable].round(_DECIMALS)
    heaviest = columns[np.lexsort((columns, -weights))[:_LOOKED_AT]]
    return [word.replace("_", " ") for word in weighed.words[heaviest]]


def _new_to(others: Iterable[str], text: str, terms: Sequence[str]) -> list[str]:
    """Keep the terms of `text` that no other holds, not even with a blank lost or added (آتشبس, آتش بس)."""
    kept = list(terms)
    for other in others:
        padded, letters = f" {other} ", other.replace(" ", "")
        kept = [term for term in kept if f" {term} " not in padded]
        kept = [term for term in kept if term not in letters or not _respaced(term, f" {text} ", padded)]
    return kept


def _respaced(term: str, text: str, other: str) -> bool:
    """Whether `other` holds the term as two words, or glued to its neighbour in `text`; both padded."""
    before, _, after = text.partition(f" {term} ")
    neighbours = (before.rpartition(" ")[2] + term, term + after.partition(" ")[0])
    parted = (f"{term[:cut]} {term[cut:]}" for cut in range(1, len(term)))
    return any(f" {spelling} " in other for spelling in chain(neighbours, parted))


def _apart(terms: Sequence[str]) -> tuple[str, ...]:
    """Give the first terms, without words that a verb of several parts among them already shows."""
    verbs = [f" {term} " for term in terms if " " in term]
    alone = (term for term in terms if not any(f" {term} " in verb != f" {term} " for verb in verbs))
    return tuple(islice(alone, TERMS))
