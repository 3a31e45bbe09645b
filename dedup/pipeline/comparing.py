"""Two documents, explained: `dedup compare`."""

from dataclasses import dataclass

from dedup.documents import DocumentLike, as_document
from dedup.recipe import Recipe
from dedup.records import Difference, Document, Overlap, Passage
from dedup.stages.evidence import shared_passages
from dedup.stages.fold import fold
from dedup.stages.match import difference, match
from dedup.stages.shingle import shingle
from dedup.stages.verdict import IDENTICAL, Judgement, judge
