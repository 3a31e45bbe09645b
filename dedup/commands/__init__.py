"""The commands around the pre-filter, apart from those of the report to keep both short."""

from dedup.commands.filtering import add_filter
from dedup.commands.indexing import add_index
from dedup.commands.serving import add_serve

__all__ = ["add_filter", "add_index", "add_serve"]
