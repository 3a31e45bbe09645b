"""The error tree: one root, drawn in one docstring."""

import inspect
import re

import pytest

from dedup.model import errors
from dedup.model.errors import QUOTED, DedupError, ReadingError, SettingError, WritingError, quoted

CLASSES = {
    name: value
    for name, value in vars(errors).items()
    if inspect.isclass(value) and value.__module__ == errors.__name__
}


def drawn_tree() -> dict[str, str]:
    """Read each class of the docstring's tree with its parent."""
    parents, path = {}, ["DedupError"]
    for line in str(errors.__doc__).splitlines():
        branch = re.match(r"((?:│   |    )*)[├└]── (\w+)", line)
        if branch:
            depth = len(branch[1]) // 4 + 1
            parents[branch[2]] = path[depth - 1]
            path[depth:] = [branch[2]]
    return parents


def test_the_drawn_tree_is_the_real_one() -> None:
    """The docstring lists every class under the class it derives from, and no others."""
    real = {name: each.__bases__[0].__name__ for name, each in CLASSES.items() if each is not DedupError}

    assert drawn_tree() == real


@pytest.mark.parametrize("name", CLASSES)
def test_every_error_is_a_dedup_error(name: str) -> None:
    """Catching the root catches whatever the package raises on purpose."""
    assert issubclass(CLASSES[name], DedupError)


@pytest.mark.parametrize(("error", "builtin"), [(SettingError, ValueError)])
def test_an_error_is_also_what_python_calls_it(error: type[Exception], builtin: type[Exception]) -> None:
    """Callers that know nothing of this package catch the usual class."""
    assert issubclass(error, builtin)


def test_a_setting_error_names_setting_value_and_what_is_allowed() -> None:
    """The value is written as Python writes it, so that text and numbers differ."""
    assert str(SettingError("rows", "4", "1 to 128")) == "rows='4' is not usable: 1 to 128"
    assert str(SettingError("seed", -1, "0 or more")) == "seed=-1 is not usable: 0 or more"


@pytest.mark.parametrize("error", [ReadingError, WritingError])
def test_an_error_of_a_file_keeps_its_words(error: type[DedupError]) -> None:
    """What the raiser wrote is what the reader sees."""
    assert str(error("news.zip: not an archive")) == "news.zip: not an archive"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a'b", '"a\'b"'),
        ("\x1b[31m\n", r"'\x1b[31m\n'"),
        ("x" * QUOTED, f"'{'x' * QUOTED}'"),
        ("x" * 100_000, f"'{'x' * (QUOTED - 1)}\u2026'"),
    ],
    ids=["quotes", "controls", "just fits", "long"],
)
def test_what_is_quoted_is_spelt_out_and_cut(text: str, said: str) -> None:
    """An id may have any characters and any length; a message stays one line."""
    assert quoted(text) == said
