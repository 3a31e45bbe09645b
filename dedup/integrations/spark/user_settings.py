"""What a user has already set for Spark and its Java: in variables, and in files of Spark's configuration."""

import os
import re
import shlex
from collections.abc import Iterator, Mapping
from contextlib import suppress
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

VARIABLES = (
    "PYSPARK_SUBMIT_ARGS",
    "SPARK_SUBMIT_OPTS",
    "JAVA_TOOL_OPTIONS",
    "JDK_JAVA_OPTIONS",
    "_JAVA_OPTIONS",
)
FILES = ("spark-defaults.conf", "spark-env.sh", "java-opts")
"""Files that Spark's launcher reads; the second sets variables, the third has options of Java."""

LOG_FILE = "log4j2.properties"
"""A file of Spark's configuration that says what is logged."""

SUBMIT_OPTIONS = {"spark.driver.memory": "--driver-memory", "spark.driver.defaultJavaOptions": "-XX:"}
"""How a setting may be spelt besides its name. Whoever gives Java one such option chooses them all: a second
garbage collector would keep it from starting."""

_ARGUMENT_FILE = re.compile(r"""(?:^|[\s"'=])@[^\s"']""", re.MULTILINE)
"""A file of options of Java, which may have anything."""


def left_open(settings: Mapping[str, str], configured: str) -> dict[str, str]:
    """Return the settings that a user left open.

    Args:
        settings: Values by the name of the setting.
        configured: What `user_settings` returns.
    """
    return {name: value for name, value in settings.items() if not _is_set(name, configured)}


def user_settings() -> str:
    """Return everything a user set, as it is written, without comments."""
    configured = [os.environ.get(name, "") for name in VARIABLES]
    configured += [_without_comments(path) for path in _files(os.environ.get("PYSPARK_SUBMIT_ARGS", ""))]
    return "\n".join(configured)


def sets_log(configured: str) -> bool:
    """Whether a user chose what Spark logs: by an option of Java, or by a file beside Spark's configuration.

    Args:
        configured: What `user_settings` returns.
    """
    return "log4j" in configured or any(Path(folder, LOG_FILE).exists() for folder in _folders())


def _is_set(name: str, configured: str) -> bool:
    if re.search(rf"(?<![\w.]){re.escape(name)}(?![\w.])", configured):
        return True
    if name == "spark.driver.defaultJavaOptions" and _ARGUMENT_FILE.search(configured):
        return True
    return name in SUBMIT_OPTIONS and SUBMIT_OPTIONS[name] in configured


def _files(submit_arguments: str) -> Iterator[Path]:
    """Name the files of the configuration, whether they exist or not."""
    yield from (Path(folder, name) for folder in _folders() for name in FILES)
    with suppress(ValueError):  # a quotation mark is missing: Spark says so
        words = shlex.split(submit_arguments.replace("--properties-file=", "--properties-file "))
        yield from (Path(path) for option, path in pairwise(words) if option == "--properties-file")


def _folders() -> list[str]:
    """Return where Spark's configuration may be."""
    folder = os.environ.get("SPARK_CONF_DIR")
    return [folder] if folder else [f"{home}/conf" for home in _homes()]


def _homes() -> list[Path]:
    """Return where Spark may be installed, as PySpark looks for it."""
    home = os.environ.get("SPARK_HOME")
    module = None if home else find_spec("pyspark")
    if module is None or module.origin is None:
        return [Path(home)] if home else []
    package = Path(module.origin).parent
    return [package / "spark-distribution", package]


def _without_comments(path: Path) -> str:
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:  # there is none; one that cannot be read Spark reports
        return ""
    return "\n".join(line for line in lines if not line.lstrip().startswith(("#", "!")))
