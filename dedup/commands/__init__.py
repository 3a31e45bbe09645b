"""The commands, a module or two apart from each other to keep each short."""

from dedup.commands.comparing import add_compare, add_tune
from dedup.commands.completing import add_completion
from dedup.commands.filtering import add_filter
from dedup.commands.indexing import add_index
from dedup.commands.reporting import add_report
from dedup.commands.serving import add_serve

__all__ = ["add_compare", "add_completion", "add_filter", "add_index", "add_report", "add_serve", "add_tune"]
