"""The report's main road, and the parts of it that the pre-filter shares."""

from dedup.pipeline.comparing import compare
from dedup.pipeline.road import find_duplicates

__all__ = ["compare", "find_duplicates"]
