"""Error messages for wrong keyword arguments that name the right one."""

from collections.abc import Callable
from dataclasses import fields
from difflib import get_close_matches
from functools import wraps

from dedup.model.recipe import Recipe

_PARTS = frozenset({"id", "title", "source", "published", "url", "html", "version"})
"""Parts of a document, which people name as they name `text`."""


def names_keywords[**P, R](function: Callable[P, R]) -> Callable[P, R]:
    """Make a function propose the right keyword if a call has a wrong one.

    For a setting of the recipe the message explains that it belongs into the argument `recipe`.
    """
    code = function.__code__
    known = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]

    @wraps(function)
    def called(*args: P.args, **kwargs: P.kwargs) -> R:
        for name, value in kwargs.items():
            if name not in known:
                raise TypeError(f"{function.__name__}() has no keyword {name!r}; {_hint(name, value, known)}")
        return function(*args, **kwargs)

    return called


def _hint(name: str, value: object, known: tuple[str, ...]) -> str:
    if name in {field.name for field in fields(Recipe)}:
        return f"it is a setting: recipe=dedup.Recipe({name}={value!r})"
    if name in _PARTS and "fields" in known:
        return f"did you mean fields={{{name!r}: {value!r}}}?"
    if close := get_close_matches(name, known, n=1):
        return f"did you mean {close[0]!r}?"
    if settings := get_close_matches(name, [field.name for field in fields(Recipe)], n=1):
        return f"did you mean recipe=dedup.Recipe({settings[0]}={value!r})?"
    return f"it takes {', '.join(known)}"
