"""What TF-IDF should count for its cosine to tell copies from the rest, and whether Persian is recognised.

    python -m benchmarks.ranking

The first table has the ROC AUC of near-duplicate against all other labels, and its difference from the
first row with the standard deviation over 200 resamplings of the pairs; the second the share of texts
recognised as Persian; the third what ranking costs.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import batched, product
from time import process_time
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.archives import leave_without_data, load, present
from dedup import core
from dedup.report.pair import SketchStore
from dedup.report.rank import Ranking, rank
from dedup.report.rank.language import are_persian
from dedup.report.rank.stop_words import persian_vocabulary
from dedup.report.run_steps import Material, ThreadRunner
from dedup.text.fold import fold

WORD = re.compile(r"[0-9]+|[^0-9 ]+")
PAIRS = "persian_pairs_dev.jsonl"
SAMPLE = 2000
LANGUAGES = {
    "isna_2019": "Persian",
    "aut_2019": "Persian",
    "farex_dev": "Persian",
    "telegram_fa_2026": "Persian",
    "saudinews_2015": "Arabic",
    "counter_dev": "Urdu",
}


class GivenTexts:
    """Texts that are ranked without an archive."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts

    def texts(self, rows: NDArray[np.int64]) -> core.TextColumn:
        """Return some of them, by row."""
        return core.as_column([self._texts[row] for row in rows.tolist()])

    def rank(
        self,
        pairs: Sequence[tuple[int, ...]],
        clusters: Sequence[Sequence[int]] = (),
        *,
        background: Sequence[int],
    ) -> Ranking:
        """Rank pairs and clusters of them, in one thread."""
        documents: Any = self
        material = Material(SketchStore().view(np.empty(0, np.int64)), documents, np.arange(len(self._texts)))
        return rank(
            material,
            pairs=pairs,
            clusters=clusters,
            background=background,
            letters=np.array([len(text) for text in self._texts], dtype=np.int64),
            runner=ThreadRunner(1),
        )


def archive(name: str) -> list[str]:
    """Folded texts of one archive, empty ones left out."""
    folded = [str(fold(record["text"])) for record in load(f"{name}.jsonl.gz")]
    return [text for text in folded if text]


def labelled_pairs() -> tuple[dict[str, str], list[tuple[str, str]], NDArray[np.bool_]]:
    """Return texts by id, the pairs on which readers agree, and whether each is a near-duplicate."""
    texts, pairs, copies = {}, [], []
    for pair in load(PAIRS):
        copy = pair["label"] == "near-duplicate"
        if copy != (pair.get("other_label", pair["label"]) == "near-duplicate"):
            continue
        for side in "ab":
            texts[pair[f"{side}_id"]] = str(fold(pair[f"{side}_text"]))
        pairs.append((pair["a_id"], pair["b_id"]))
        copies.append(copy)
    return texts, pairs, np.array(copies)


def ways_to_cut() -> Iterator[tuple[str, Callable[[str], list[str]]]]:
    """Yield every combination of words, stop words and stems, by name; `blanks` alone is what dedup uses."""
    import hazm  # noqa: PLC0415 - takes 1.4 s

    vocabulary, stem = persian_vocabulary(), hazm.Stemmer().stem

    def blanks(text: str) -> list[str]:
        return WORD.findall(text)

    def joined(text: str) -> list[str]:
        return vocabulary.join(blanks(text))

    for (words, cut), stops, stems in product(
        {"blanks": blanks, "hazm": joined}.items(), (False, True), (False, True)
    ):

        def analyse(
            text: str, cut: Callable[[str], list[str]] = cut, *, stops: bool = stops, stems: bool = stems
        ) -> list[str]:
            tokens = [word for word in cut(text) if not (stops and word in vocabulary.stop_words)]
            return [stem(word) for word in tokens] if stems else tokens

        yield f"{words:7}{'  -stop' if stops else '':8}{'stems' if stems else '':6}", analyse


def cosines(
    texts: dict[str, str], pairs: Sequence[tuple[str, str]], background: Sequence[str]
) -> Iterator[tuple[str, NDArray[np.float64]]]:
    """Cosines of the pairs, by the name of the way they were counted."""
    from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer  # noqa: PLC0415

    row = {key: at for at, key in enumerate(texts)}
    left, right = ([row[pair[side]] for pair in pairs] for side in (0, 1))
    for name, cut in ways_to_cut():
        vectorizer = CountVectorizer(analyzer=cut)
        counts = vectorizer.fit_transform(texts.values())
        frequencies = vectorizer.transform(background)
        for sublinear in (False, True):
            weights = TfidfTransformer(sublinear_tf=sublinear).fit(frequencies).transform(counts)
            products = weights[left].multiply(weights[right])
            yield f"{name} {'1+ln tf' if sublinear else 'tf':7}", np.asarray(products.sum(axis=1)).ravel()
    known = GivenTexts([*texts.values(), *background])
    rows = range(len(texts), len(texts) + len(background))
    similarity = known.rank([(row[one], row[other]) for one, other in pairs], background=rows).similarity
    yield f"{'as shipped':29}", similarity


def compare() -> None:
    """Print how well each way of counting separates near-duplicates."""
    from sklearn.metrics import roc_auc_score  # noqa: PLC0415

    texts, pairs, copies = labelled_pairs()
    generator = np.random.default_rng(1)
    draws = generator.integers(len(pairs), size=(200, len(pairs)))
    for name in ("isna_2019", "aut_2019"):
        stories = archive(name)
        background = [stories[at] for at in sorted(generator.permutation(len(stories))[:SAMPLE])]
        print(f"\n{len(pairs)} pairs, {copies.sum()} near-duplicates, background {len(background)} of {name}")
        first = None
        for way, values in cosines(texts, pairs, background):
            resampled = np.array([roc_auc_score(copies[draw], values[draw]) for draw in draws])
            first = resampled if first is None else first
            gain = resampled - first
            auc = roc_auc_score(copies, values)
            print(f"{way}  AUC {auc:.4f}  {gain.mean():+.4f} ± {gain.std():.4f}")


def languages() -> None:
    """Print the share of each archive that is recognised as Persian."""
    print("\ntaken for Persian")
    for name, language in LANGUAGES.items():
        stories = archive(name)
        share = are_persian(stories).mean()
        print(f"{name:17} {language:8} {len(stories):6} texts {share:8.2%}")


def cost() -> None:
    """Print the time for a background, a pair, and a member of a cluster of three."""
    stories = archive("isna_2019")
    known = GivenTexts(stories)
    everything = range(len(stories) // 3 * 3)
    pairs, clusters = list(batched(everything, 2)), list(batched(everything, 3))

    def seconds(pairs: Sequence[tuple[int, ...]], clusters: Sequence[tuple[int, ...]]) -> float:
        started = process_time()
        known.rank(pairs, clusters, background=range(SAMPLE))
        return process_time() - started

    print(f"\nmicroseconds of processor time a document (isna_2019, {len(everything)} documents)")
    seconds(pairs[:1], clusters[:1])  # loads the libraries
    learnt = seconds(pairs[:1], clusters[:1])
    print(f"background {1e6 * learnt / SAMPLE:6.1f} of {SAMPLE}")
    print(f"pairs      {1e6 * (seconds(pairs, clusters[:1]) - learnt) / len(everything):6.1f}")
    print(f"clusters   {1e6 * (seconds(pairs[:1], clusters) - learnt) / len(everything):6.1f}")


def main() -> None:
    """Print the three tables, or what is missing."""
    if not present(PAIRS, *(f"{name}.jsonl.gz" for name in LANGUAGES)):
        leave_without_data()
    compare()
    languages()
    cost()


if __name__ == "__main__":
    main()
