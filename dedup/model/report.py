"""The result of a run."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nsmallest
from os import PathLike
from typing import Any, Literal, overload

from dedup.model.document import Document, Problem
from dedup.model.errors import SettingError
from dedup.model.known_boilerplate import KnownPassage
from dedup.model.recipe import Recipe
from dedup.model.records import Cluster, Pair, Series
from dedup.model.rows import dropped_ids, member_ids, pair_figures
from dedup.model.source_figures import SourceFigures
from dedup.model.writer import writer


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """A passage shared by many documents that have little else in common; it is ignored.

    Attributes:
        text: As spelt in one of the documents, on one line.
        documents: Number of texts that contain it, counting copies once.
    """

    text: str
    documents: int


@dataclass(frozen=True, slots=True)
class DateOrder:
    """How the ambiguous dates of a source, such as 02/11/2024, were read.

    Attributes:
        source: Its name; empty for documents without a source.
        first: `day` or `month`.
        proof: The evidence: other dates of the `source`, such as 15/10/2024; of the whole `archive`, if they
            agree; the `setting`; or `none`: then the order that most dates prove, or the day first.
        dates: Number of documents with such a date.
        day_first: Number of dates of the source that prove that the day comes first.
        month_first: Number of dates of the source that prove that the month comes first.
    """

    source: str
    first: str
    proof: str
    dates: int
    day_first: int
    month_first: int


@dataclass(frozen=True, slots=True)
class ReportWarning:
    """Something to check before acting on a report.

    Attributes:
        kind: `source`: one source would lose most of its documents; `cluster`: one cluster holds a large
            share of all; `titles`: one text has unrelated titles, so it is a wall or stub page and is not
            compared; `one_source`, `no_source`: copies between sources were requested, but all documents have
            the same source, or none; `date_order`: nothing proves whether day or month is first in some
            dates; `mixed_date_orders`: a source writes the day first in some dates and the month in others;
            `assumed_zone`: dates name a time zone that several countries have, and one was assumed;
            `unknown_zone`: dates name a time zone that is not known, and were read as if they named none.
        name: The source, the representative of the cluster or text, or the zone; empty for `no_source` and
            `date_order`.
        documents: Number of documents concerned.
        of: The total: documents of the source, all documents, or the dated ones among these; for `titles`,
            the number of titles.
        reason: The same in plain words.
    """

    kind: str
    name: str
    documents: int
    of: int
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """The result of a run: a collection of clusters.

    `report[0]` is the largest cluster, `report["id"]` the cluster of that document.

    Attributes:
        recipe: Every setting that shaped the result.
        counts: Numbers of documents, clusters, pairs by verdict, problems by kind, and cut candidates.
        clusters: Largest first, then by representative.
        pairs: Measured pairs with a verdict, by left, then right id.
        problems: By path, then line.
        boilerplate: Passages ignored in matching, most frequent first.
        known_boilerplate: All boilerplate, given and learnt, with its shingles, made on request: pass it as
            `boilerplate` to a run on the kept documents.
        documents: The documents listed in `clusters` or `pairs`, by id, loaded on request.
        encodings: Number of documents by encoding.
        tokenisers: Number of ranked documents by the tokeniser of the shown terms; empty if ranking is off.
        warnings: Points to check before deleting copies.
        series: Documents that fill one template, largest first, then by representative.
        date_orders: Whether day or month comes first in all-numeric dates, by source, most dates first.
        scope: `reference`, its number of documents, and `cross_source`; empty if all pairs were compared.
        kept: The archive without copies and without the reference, in input order, loaded on request: every
            document that is not a copy of a kept one and, unless the recipe says otherwise, copies with a
            changed figure or a fact of their own. The order is ignored when reports are compared.
        sources: All sources, most documents first, then by name, computed on request.
        span: Publication times of the first and the last document, in seconds since 1970-01-01 UTC; None if
            no document is dated.
    """

    recipe: Recipe
    counts: Mapping[str, int]
    clusters: Sequence[Cluster]
    pairs: Sequence[Pair]
    problems: tuple[Problem, ...]
    boilerplate: tuple[Boilerplate, ...]
    documents: Mapping[str, Document]
    encodings: Mapping[str, int]
    tokenisers: Mapping[str, int]
    warnings: tuple[ReportWarning, ...] = ()
    series: Sequence[Series] = ()
    date_orders: tuple[DateOrder, ...] = ()
    scope: Mapping[str, int | bool] = field(default_factory=dict)
    kept: Sequence[Document] = field(default=(), compare=False, repr=False)
    sources: Sequence[SourceFigures] = ()
    span: tuple[int, int] | None = None
    known_boilerplate: Sequence[KnownPassage] = field(default=(), compare=False, repr=False)

    def __repr__(self) -> str:
        counts = {
            "documents": self.counts.get("documents", 0),
            "copies": len(self.copies),
            "clusters": len(self.clusters),
            "pairs": len(self.pairs),
            "problems": len(self.problems),
        }
        return f"Report({', '.join(f'{name}={count}' for name, count in counts.items())})"

    def _repr_html_(self) -> str:
        """Show the report in Jupyter and similar notebooks."""
        return str(writer("to_notebook")(self))

    def __len__(self) -> int:
        """Count the clusters."""
        return len(self.clusters)

    def __iter__(self) -> Iterator[Cluster]:
        """Iterate over the clusters, largest first."""
        return iter(self.clusters)

    def __contains__(self, document: object) -> bool:
        """Whether the document of this id is in a cluster."""
        return any(document in names for names in member_ids(self.clusters))

    @overload
    def __getitem__(self, document: str | int) -> Cluster: ...
    @overload
    def __getitem__(self, document: slice) -> Sequence[Cluster]: ...
    def __getitem__(self, document: str | int | slice) -> Cluster | Sequence[Cluster]:
        """Return the cluster of the document with this id; for a roundup, the first of its clusters.

        A number or a slice returns clusters by their place, the largest first; an id is always a string.

        Raises:
            KeyError: No document of this id is in a cluster.
            IndexError: There are fewer clusters.
        """
        if isinstance(document, int | slice):
            return self.clusters[document]
        for place, names in enumerate(member_ids(self.clusters)):
            if document in names:
                return self.clusters[place]
        if document in self.documents:
            raise KeyError(f"{document!r} is in no cluster, only in a listed pair or a series")
        raise KeyError(f"{document!r} is in no cluster, and in no listed pair or series")

    @property
    def copies(self) -> frozenset[str]:
        """Ids of redundant documents: all except those in `kept` and in the reference."""
        return frozenset(dropped_ids(self.clusters))

    def least_alike(self, count: int = 10) -> tuple[Pair, ...]:
        """Return the copies to check first: the joined pairs that share the least.

        Args:
            count: Maximum number of pairs.

        Returns:
            Pairs by ascending containment, then Jaccard, then ids.
        """
        joined = (
            (pair.containment, pair.jaccard, pair.left, pair.right, place)
            for place, pair in enumerate(pair_figures(self.pairs))
            if pair.verdict.joins
        )
        return tuple(self.pairs[place] for *_, place in nsmallest(count, joined))

    def summary(self) -> str:
        """Summarise in a few lines the results, and what to check before deleting copies."""
        return str(writer("summary_text")(self))

    def to_csv(
        self, path: str | PathLike[str] | None = None, rows: Literal["members", "pairs"] = "members"
    ) -> str | None:
        """Write members of clusters, or pairs, as CSV, see `dedup report --csv` and `--csv-pairs`.

        Args:
            path: The file; None to return the text.
            rows: What has a row.

        Raises:
            SettingError: There are no such rows.
            WritingError: The file cannot be written.
        """
        if rows not in {"members", "pairs"}:
            raise SettingError("rows", rows, "expected members or pairs")
        content = writer("to_csv")(self) if rows == "members" else b"".join(writer("pairs_to_csv")(self))
        return _written(content, path, encoding="utf-8-sig")

    def to_html(self, path: str | PathLike[str] | None = None, *, language: str | None = None) -> str | None:
        """Write an HTML page, in the language of most documents or another; without a path, return it."""
        return _written(writer("to_html")(self, language=language), path)

    def to_json(self, path: str | PathLike[str] | None = None) -> str | None:
        """Write everything as JSON, see `dedup report --json`; without a path, return the text."""
        return _written(writer("to_json")(self), path)

    def to_markdown(self, path: str | PathLike[str] | None = None) -> str | None:
        """Write the figures and the largest clusters as Markdown; without a path, return the text."""
        return _written(writer("to_markdown")(self), path)

    def to_parquet(self, path: str | PathLike[str]) -> None:
        """Write the members of clusters in typed columns, see `dedup report --parquet`."""
        _written(writer("to_parquet")(self), path)

    def to_frame(
        self,
        rows: Literal["members", "pairs"] = "members",
        *,
        backend: Literal["pandas", "polars", "pyarrow"] = "pandas",
    ) -> Any:  # noqa: ANN401 - a frame of the library that was asked for
        """Make a data frame, see `dedup.to_frame`."""
        return writer("to_frame")(self, rows, backend=backend)


def _written(content: bytes, path: str | PathLike[str] | None, *, encoding: str = "utf-8") -> str | None:
    if path is None:
        return content.decode(encoding)
    writer("write_together")([(path, lambda: [content])])
    return None
