"""The driver of a run on Spark: the same steps as on one machine, the large ones on executors."""

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dedup.input import Fields
from dedup.integrations.spark.executor_tasks import Place, release_of_hazm
from dedup.integrations.spark.spark_documents import frame_parts, parts_on_spark, unusable
from dedup.integrations.spark.spark_runner import SparkRunner
from dedup.model import Problem, Report
from dedup.model.decisions import NO_DECISIONS, Decisions
from dedup.model.known_boilerplate import KnownPassage
from dedup.model.recipe import Recipe
from dedup.report.find_duplicates import report_on
from dedup.report.given_documents import DocumentInput, batches_of
from dedup.report.progress_notes import Progress, silent
from dedup.report.request import Request
from dedup.report.work.document_parts import Made
from dedup.report.work.folder_runner import take_in_parts
from dedup.report.work.run_settings import settings_of
from dedup.report.work.work_folder import WorkFolder

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


def find_duplicates(
    documents: "DataFrame | DocumentInput",
    *,
    spark: "SparkSession",
    work_dir: str | os.PathLike[str],
    reference: "DataFrame | DocumentInput" = (),
    cross_source: bool = False,
    fields: Mapping[str, str] | None = None,
    decisions: Decisions = NO_DECISIONS,
    boilerplate: Sequence[KnownPassage] = (),
    recipe: Recipe | None = None,
    progress: Progress = silent,
) -> Report:
    """Find the copies among documents, with the result that `dedup.find_duplicates` gives, byte for byte.

    Args:
        documents: A data frame of Spark with a column `text`, and perhaps `id`, `title`, `published` or
            `date`, `source` and `url`, in any order and number of partitions; a row without an id is named
            by a digest of its text. Or what `dedup.find_duplicates` takes, which the driver reads.
        spark: A session; `start` gives one.
        work_dir: A folder that the driver and all executors see under the same path. Intermediate results are
            kept in it, and an interrupted run continues from them.
        reference: Documents that are known already.
        cross_source: See `dedup.find_duplicates`.
        fields: Names of the columns of a document, such as `{"text": "body"}`.
        decisions: See `dedup.find_duplicates`.
        boilerplate: See `dedup.find_duplicates`.
        recipe: Every setting.
        progress: See `dedup.find_duplicates`.

    Raises:
        EngineError: An executor has another release, no compiled kernel, another hazm, or does not see the
            folder.
        ReadingError: A data frame has no column for the text.
        WorkFolderError: The folder belongs to another run, is in use or has no room.
    """
    recipe = recipe or Recipe()
    names = Fields.of(fields)
    problems: list[Problem] = []
    request = Request(recipe=recipe, cross_source=cross_source, decisions=decisions, boilerplate=boilerplate)
    with WorkFolder(Path(work_dir).absolute(), settings_of(request)) as folder:
        place = Place(str(folder.path), "run.json", release_of_hazm() if recipe.rank else None)
        make = _Making(spark, place, folder.documents, names, recipe, problems)
        return report_on(
            take_in_parts(
                make.parts(reference, prefix="reference:"),
                make.parts(documents),
                folder=folder,
                recipe=recipe,
                progress=progress,
            ),
            request,
            problems=problems,
            runner=SparkRunner(spark, folder, place),
            workers=os.cpu_count() or 1,
            progress=progress,
        )


@dataclass(frozen=True, slots=True)
class _Making:
    """Makes parts of what was given, on executors."""

    spark: "SparkSession"
    place: Place
    documents: Path
    fields: Fields
    recipe: Recipe
    problems: list[Problem]

    def parts(self, items: "DataFrame | DocumentInput", *, prefix: str = "") -> Iterable[Made]:
        from pyspark.sql import DataFrame  # noqa: PLC0415 - an extra

        if isinstance(items, DataFrame):
            self.problems.extend(unusable(items, self.fields))
            return frame_parts(
                items, fields=self.fields, place=self.place, documents=self.documents, recipe=self.recipe
            )
        return parts_on_spark(
            batches_of(items, self.problems, fields=self.fields, prefix=prefix),
            spark=self.spark,
            place=self.place,
            documents=self.documents,
            recipe=self.recipe,
        )
