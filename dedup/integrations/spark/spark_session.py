"""Start a Spark session with the settings of a run, or explain in one line why it cannot start."""

import os
import re
import shutil
import socket
import subprocess
import sys
import warnings
from importlib.metadata import version
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from dedup.integrations.spark.executor_tasks import error_line
from dedup.integrations.spark.user_settings import left_open, sets_log, user_settings
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

LOG = f"-Dlog4j2.configurationFile={Path(__file__).with_name('log4j2.properties').as_uri()}"
"""Option of Java that keeps Spark from announcing how it logs."""

LEAST_JAVA = 17
"""Of Spark 4."""

HADOOP = ("HADOOP_CONF_DIR", "YARN_CONF_DIR")
"""Variables of which Spark requires one with the master `yarn`."""

_PORTS = {"https": 443, "http": 80}

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
    sql = check_spark(master)
    if master.startswith("local"):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    warnings.filterwarnings(
        "ignore", "PySpark does not yet fully support pandas", FutureWarning
    )  # unused here
    builder = sql.SparkSession.builder
    if _is_running():
        return _running(builder)
    builder = builder.master(with_attempts(master)).appName("dedup")
    try:
        session: SparkSession = builder.config(map=settings_for(master, user_settings())).getOrCreate()
    except Exception as error:
        check_java_release()
        raise EngineError(
            f"Spark does not start with the master {master} ({error_line(error)}); its lines above say why"
        ) from error
    session.sparkContext.setLogLevel(log_level(master))
    return session


def _running(builder: "SparkSession.Builder") -> "SparkSession":
    """Return the running session.

    Raises:
        EngineError: It cannot be used, as when its Java has ended.
    """
    try:
        session: SparkSession = builder.config(map={**BATCHES}).getOrCreate()
    except Exception as error:
        raise EngineError(f"the running session of Spark cannot be used ({error_line(error)})") from error
    return session


def check_spark(master: str) -> ModuleType:
    """Refuse what keeps Spark from starting, in a moment; returns PySpark's module of sessions.

    Raises:
        EngineError: There is no Java, PySpark is too old, or the master is away.
        MissingLibraryError: PySpark is not installed.
    """
    sql = optional("pyspark.sql", what="a run on Spark", library="pyspark", extra="spark")
    check_pyspark(version("pyspark"))
    _check_java()
    check_master(master)
    return sql


def log_level(master: str) -> str:
    """Return what Spark may log: nothing of tasks that fail here, as this package reports each in a line."""
    return "FATAL" if master.startswith("local") else "ERROR"


def settings_for(master: str, configured: str) -> dict[str, str]:
    """Return the settings of a new session, without those that a user chose.

    Args:
        master: Its master; with `local[N]` the executors are threads of the driver.
        configured: What `user_settings` returns.
    """
    settings = {"spark.ui.showConsoleProgress": "false", **BATCHES}
    if master.startswith("local") and "PYSPARK_GATEWAY_PORT" not in os.environ:  # not by spark-submit
        options = JAVA if sets_log(configured) else f"{JAVA} {LOG}"
        settings |= {"spark.driver.defaultJavaOptions": options, "spark.ui.enabled": "false"}
        if "SPARK_DRIVER_MEMORY" not in os.environ and "SPARK_DRIVER_MEMORY" not in configured:
            settings["spark.driver.memory"] = f"{local_heap()}m"
    return left_open(settings, configured)


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


def _java() -> str | None:
    home = os.environ.get("JAVA_HOME")
    return shutil.which("java", path=os.path.join(home, "bin") if home else None)  # noqa: PTH118 - a search path


def _check_java() -> None:
    if _java() is None:
        home = os.environ.get("JAVA_HOME")
        where = f"in JAVA_HOME ({home})" if home else "in PATH"
        raise EngineError(
            f"Spark needs Java 17 or later, and there is none {where}; install it (on Debian the package "
            "default-jre-headless), or set JAVA_HOME"
        )


def check_java_release() -> None:
    """Refuse a Java that is too old for Spark, which does not start with it.

    Raises:
        EngineError: It is.
    """
    java = _java()
    if java is None:
        return
    try:
        answer = subprocess.run(  # noqa: S603 - Spark's own
            [java, "-version"], capture_output=True, text=True, errors="replace", check=False
        )
    except OSError:  # a program for another processor, for one: Spark has said so
        return
    named = re.search(r'version "(?:1\.)?(\d+)', answer.stderr)
    if named and int(named[1]) < LEAST_JAVA:
        raise EngineError(
            f"Java {named[1]} ({java}) is too old for Spark; install {LEAST_JAVA} or later (on Debian the "
            "package default-jre-headless), or set JAVA_HOME"
        )


def check_master(master: str) -> None:
    """Check that a URL names a master, and that it answers: of several standalone ones, one of them.

    Raises:
        EngineError: It names none, or it does not answer.
    """
    unknown = EngineError(
        f"{quoted(master)} names no Spark master; expected local[N], spark://HOST:PORT, yarn or k8s://URL"
    )
    if not re.match(r"local(\[.+\])?$|yarn$|spark://\S+:\d+$|k8s://.", master):
        raise unknown
    if master == "yarn" and not any(name in os.environ or name in user_settings() for name in HADOOP):
        raise EngineError(
            "the master yarn needs the configuration of Hadoop; set HADOOP_CONF_DIR to the folder that has "
            "yarn-site.xml"
        )
    try:
        addresses = master_addresses(master)
        if any(_answers(*address) for address in addresses):
            return
    except ValueError as error:  # such as a port that is not a number, or a host with an empty label
        raise unknown from error
    if addresses:
        raise EngineError(
            f"the Spark master {master} does not answer; start it, or name another with --master"
        )


def _answers(host: str, port: int) -> bool:
    """Whether a connection can be made.

    Raises:
        ValueError: The host is no name that can be looked up.
    """
    try:
        with socket.create_connection((host, port), timeout=_PATIENCE):
            return True
    except OSError:
        return False


def master_addresses(master: str) -> list[tuple[str, int]]:
    """Return host and port of standalone masters, or of the server of a Kubernetes cluster.

    Raises:
        ValueError: The URL is malformed.
    """
    if master.startswith("spark://"):
        addresses = re.findall(r"([^/,:]+):(\d+)", master)
        if not addresses:
            raise ValueError(master)
        return [(host, int(port)) for host, port in addresses]
    if master.startswith("k8s://"):
        url = urlsplit(re.sub(r"^k8s://(?!https?://)", "https://", master).removeprefix("k8s://"))
        port = url.port or _PORTS[url.scheme]
        if not url.hostname:
            raise ValueError(master)
        return [] if _has_proxy(f"{url.hostname}:{port}") else [(url.hostname, port)]
    return []


def _has_proxy(server: str) -> bool:
    """Whether a server, `HOST:PORT`, may be reached by a proxy alone."""
    return not {"http", "https", "all"}.isdisjoint(getproxies()) and not proxy_bypass(server)
