"""What a run found."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nsmallest
from os import PathLike
from typing import Any, Literal

from dedup.model.document import Document, Problem
from dedup.model.known_boilerplate import KnownPassage
from dedup.model.recipe import Recipe
from dedup.model.records import Cluster, Pair, Series
from dedup.model.rows import dropped_ids, member_ids, pair_figures
from dedup.model.source_figures import SourceFigures
from dedup.model.writer import writer


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """A passage that stands in many documents which share little else, and counts for nothing.

    Attributes:
        text: As one of the documents spells it, on one line.
        documents: Texts that hold it, copies counted once.
    """

    text: str
    documents: int


@dataclass(frozen=True, slots=True)
class DateOrder:
    """How the dates of a source were read of which the day might be the month, such as 02/11/2024.

    Attributes:
        source: Its name; empty for documents without a source.
        first: `day` or `month`.
        proof: Who says so: other dates of the `source`, such as 15/10/2024; of the whole `archive`, if they
            agree; the `setting`; or `none`: then it is what most dates prove, or the day.
        dates: How many documents have such a date.
        day_first: Dates of the source that prove that the day is first.
        month_first: Dates of the source that prove that the month is first.
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
            share of all; `titles`: one text stands under unrelated titles, so it is a wall or stub
            page, not compared; `one_source`,
            `no_source`: copies between sources were asked for, and all documents are of one source, or none
            names any; `date_order`: nothing proves whether day or month is first in some dates;
            `mixed_date_orders`: a source writes the day first in some dates and the month in others.
        name: The source, or the representative of the cluster or text; empty for `no_source` and
            `date_order`.
        documents: How many documents that concerns.
        of: Of how many: those of the source, all, or those of them with a date;
            for `titles`, how many titles.
        reason: The same in plain words.
    """

    kind: str
    name: str
    documents: int
    of: int
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """All that one run found: a collection of clusters, `report["id"]` is the one of that document.

    Attributes:
        recipe: Every setting that shaped the result.
        counts: How many documents, clusters, pairs of each verdict, problems of each kind, cut candidates.
        clusters: Largest first, then by representative.
        pairs: Every measured pair that has a verdict, by left, then right id.
        problems: By path, then line.
        boilerplate: What was left out of the match, the most frequent first.
        known_boilerplate: All of it, given and learnt, with its shingles, made when asked for: what a run on
            the kept documents takes as `boilerplate`.
        documents: The documents named in `clusters` or `pairs`, by id, loaded when asked for.
        encodings: Documents by the encoding their bytes were read in.
        tokenisers: Ranked documents by whose words chose the terms that are shown; empty when ranking is off.
        warnings: What to look at before copies are thrown away.
        series: Documents that fill one template, largest first, then by representative.
        date_orders: What stands first in dates of numbers alone, by source, most dates first.
        scope: `reference`, how many documents that is, and `cross_source`; empty when all were compared.
        kept: The archive without its copies, references aside, in the order of the input, loaded when asked
            for: every document that is no copy of a kept one, and, unless the recipe says otherwise, those
            with a changed figure or a fact of their own. Two reports are equal whatever their order was.
        sources: All sources, most documents first, then by name, counted when asked for.
        span: When the first and the last document of the archive were published, in seconds since 1970-01-01
            UTC; None without dates.
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
        """Show the report in Jupyter and its kin."""
        return str(writer("to_notebook")(self))

    def __len__(self) -> int:
        """Count the clusters."""
        return len(self.clusters)

    def __iter__(self) -> Iterator[Cluster]:
        """Return the clusters, the largest first."""
        return iter(self.clusters)

    def __contains__(self, document: object) -> bool:
        """Whether the document of this id is in a cluster."""
        return any(document in names for names in member_ids(self.clusters))

    def __getitem__(self, document: str) -> Cluster:
        """Return the cluster that the document of this id is in; of several, which a roundup has, the first.

        Raises:
            KeyError: It is in none.
        """
        for place, names in enumerate(member_ids(self.clusters)):
            if document in names:
                return self.clusters[place]
        raise KeyError(f"{document!r} is in no cluster; `documents` has those of listed pairs too")

    @property
    def copies(self) -> frozenset[str]:
        """Ids of the documents that are not needed: all but those in `kept`, and those of the reference."""
        return frozenset(dropped_ids(self.clusters))

    def least_alike(self, count: int = 10) -> tuple[Pair, ...]:
        """Return the copies to look at first: pairs of documents that joined although they share the least.

        Args:
            count: How many pairs, at most.

        Returns:
            Pairs of which the shorter text shares the least with the longer one first; of equals, the smaller
            Jaccard, then the ids.
        """
        joined = (
            (pair.containment, pair.jaccard, pair.left, pair.right, place)
            for place, pair in enumerate(pair_figures(self.pairs))
            if pair.verdict.joins
        )
        return tuple(self.pairs[place] for *_, place in nsmallest(count, joined))

    def summary(self) -> str:
        """Say in a few lines what was found, and what to look at before copies are thrown away."""
        return str(writer("summary_text")(self))

    def to_csv(self, path: str | PathLike[str] | None = None) -> str | None:
        """Write the members of clusters as CSV, see `dedup report --csv`; without a path, give the text."""
        return _written(writer("to_csv")(self), path, encoding="utf-8-sig")

    def to_html(self, path: str | PathLike[str] | None = None, *, language: str | None = None) -> str | None:
        """Write a page to read, in the language of most documents or another; without a path, give it."""
        return _written(writer("to_html")(self, language=language), path)

    def to_json(self, path: str | PathLike[str] | None = None) -> str | None:
        """Write everything as JSON, see `dedup report --json`; without a path, give the text."""
        return _written(writer("to_json")(self), path)

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
