"""Load functions by name, so that `dedup --help` does not load the commands."""

from importlib import import_module

TYPE_CHECKING = False  # as in typing, whose import would be half of what `dedup --help` takes
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


def load(name: str) -> "Callable[..., Any]":
    """Import `package.module:function` and return the function."""
    module, _, function = name.partition(":")
    loaded: Callable[..., Any] = getattr(import_module(module), function)
    return loaded
