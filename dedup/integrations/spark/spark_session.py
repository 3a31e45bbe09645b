"""Start a Spark session with the settings of a run, or explain in one line why it cannot start."""

import os
import re
import shutil
import socket
import sys
import warnings
from contextlib import suppress
from importlib.metadata import version
from typing import TYPE_CHECKING

from dedup.integrations.spark.executor_tasks import error_line
from dedup.integrations.spark.user_settings import left_open, user_settings
from dedup.model.errors import EngineError, quoted
from dedup.model.extras import optional

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

LEAST = 4
"""Major version of PySpark: earlier ones fail on Python 3.13, and make no Arrow tables."""

ROWS = 1024
"""Rows per batch that Spark passes to Python; 10,000 long texts, its default, would fill an executor."""

BATCH_BYTES = 1 << 25
"""Bytes of such a batch, unless a single text has more."""

BATCHES = {
    "spark.sql.execution.arrow.maxRecordsPerBatch": str(ROWS),
    "spark.sql.execution.arrow.maxBytesPerBatch": str(BATCH_BYTES),
}

HEAP = 4096
"""Most MB of Java's heap where executors are threads of the driver; Spark's default of 1 GB ends at a text of
200 MB, of which Java makes several copies."""

ATTEMPTS = 4
"""How often a task is tried, as on a cluster; with plain `local[N]` one dead worker ends the run."""

JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""Options of Java on one machine, where it only starts executors and passes rows: it neither optimises code
that runs once nor collects garbage in threads of their own."""

_PATIENCE = 5.0
"""Seconds to wait for a master to answer; Spark itself would try for a minute."""


def start(master: str = "local[*]") -> "SparkSession":
    """Start a session, or return the running one.

    What a user set, in Spark's configuration or in variables, takes precedence over settings of this package.

    Args:
        master: In Spark's notation: `local[2]`, `spark://host:7077`, `yarn`, `k8s://...`.

    Raises:
        EngineError: There is no Java, PySpark is too old, the master is away, or Spark fails to start.
        MissingLibraryError: PySpark is not installed.
    """
    sql = optional("pyspark.sql", what="a run on Spark", library="pyspark", extra="spark")
    check_pyspark(version("pyspark"))
    _check_java()
    _check_master(master)
    if master.startswith("local"):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    warnings.filterwarnings(
        "ignore", "PySpark does not yet fully support pandas", FutureWarning
    )  # unused here
    builder = sql.SparkSession.builder
    if _is_running():
        builder = builder.config(map=BATCHES)
    else:
        builder = builder.master(with_attempts(master)).appName("dedup")
        builder = builder.config(map=settings_for(master, user_settings()))
    try:
        session: SparkSession = builder.getOrCreate()
    except Exception as error:
        raise EngineError(
            f"Spark does not start with the master {master} ({error_line(error)}); its lines above say why"
        ) from error
    session.sparkContext.setLogLevel("ERROR")
    return session


def settings_for(master: str, said: str) -> dict[str, str]:
    """Return the settings of a new session, without those that a user chose.

    Args:
        master: Its master; with `local[N]` the executors are threads of the driver.
        said: What `user_settings` returns.
    """
    settings = {"spark.ui.showConsoleProgress": "false", **BATCHES}
    if master.startswith("local") and "PYSPARK_GATEWAY_PORT" not in os.environ:  # not by spark-submit
        settings |= {"spark.driver.defaultJavaOptions": JAVA, "spark.ui.enabled": "false"}
        if "SPARK_DRIVER_MEMORY" not in os.environ and "SPARK_DRIVER_MEMORY" not in said:
            settings["spark.driver.memory"] = f"{local_heap()}m"
    return left_open(settings, said)


def _is_running() -> bool:
    """Whether there is a session already, whose settings are its owner's."""
    from pyspark import SparkContext  # noqa: PLC0415 - an extra

    return SparkContext._active_spark_context is not None  # noqa: SLF001 - nothing public tells without starting one


def local_heap() -> int:
    """Return MB for Java's heap on one machine: a quarter of its memory, as Java itself would take."""
    try:
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):  # not POSIX, or not told
        return HEAP // 4
    return max(min(memory >> 22, HEAP), HEAP // 4)


def with_attempts(master: str) -> str:
    """Let Spark on this machine try a task again: `local[2]` gives `local[2,4]`."""
    named = re.fullmatch(r"local(?:\[(\d+|\*)\])?", master)
    return f"local[{named[1] or 1},{ATTEMPTS}]" if named else master


def check_pyspark(installed: str) -> None:
    """Refuse a release that is too old.

    Raises:
        EngineError: It is.
    """
    if int(installed.partition(".")[0]) < LEAST:
        raise EngineError(
            f"PySpark {installed} is too old; install {LEAST} or later: pip install 'newsdedup[spark]'"
        )


def _check_java() -> None:
    home = os.environ.get("JAVA_HOME")
    places = os.path.join(home, "bin") if home else None  # noqa: PTH118 - a search path
    if shutil.which("java", path=places) is None:
        where = f"in JAVA_HOME ({home})" if home else "in PATH"
        raise EngineError(
            f"Spark needs Java 17 or later, and there is none {where}; install it (on Debian the package "
            "default-jre-headless), or set JAVA_HOME"
        )


def _check_master(master: str) -> None:
    """Check that a URL names a master and that a standalone master, or one of several, answers."""
    if not re.match(r"local(\[.+\])?$|yarn$|(spark|k8s)://.", master):
        raise EngineError(
            f"{quoted(master)} names no Spark master; expected local[N], spark://HOST:PORT, yarn or k8s://URL"
        )
    addresses = re.findall(r"([^/,:]+):(\d+)", master) if master.startswith("spark://") else []
    for host, port in addresses:
        with suppress(OSError), socket.create_connection((host, int(port)), timeout=_PATIENCE):
            return
    if addresses:
        raise EngineError(
            f"the Spark master {master} does not answer; start it, or name another with --master"
        )
