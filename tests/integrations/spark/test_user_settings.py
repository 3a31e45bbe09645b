"""What a user set for Spark and its Java takes precedence over settings of this package."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dedup.integrations.spark.spark_session import JAVA, LOG, settings_for
from dedup.integrations.spark.user_settings import FILES, VARIABLES, user_settings

JAVA_OPTIONS, MEMORY, PAGE = "spark.driver.defaultJavaOptions", "spark.driver.memory", "spark.ui.enabled"


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Return the folder of an installation of Spark, about which nothing is set."""
    for name in (*VARIABLES, "SPARK_CONF_DIR", "SPARK_DRIVER_MEMORY", "PYSPARK_GATEWAY_PORT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SPARK_HOME", str(tmp_path))
    (tmp_path / "conf").mkdir()
    return tmp_path


def test_where_nothing_is_set_java_gets_options_and_memory() -> None:
    """And there is no page of Spark."""
    settings = settings_for("local[2]", user_settings())

    assert settings[JAVA_OPTIONS] == f"{JAVA} {LOG}"
    assert settings[MEMORY].endswith("m")
    assert settings[PAGE] == "false"


def test_what_a_user_lets_spark_log_is_left_alone(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """Be it named in a variable, or a file beside Spark's configuration."""
    monkeypatch.setenv("SPARK_SUBMIT_OPTS", "-Dlog4j2.configurationFile=mine.xml")
    assert settings_for("local[2]", user_settings())[JAVA_OPTIONS] == JAVA
    monkeypatch.delenv("SPARK_SUBMIT_OPTS")

    (home / "conf" / "log4j2.properties").write_text("rootLogger.level = info\n", encoding="utf-8")

    assert settings_for("local[2]", user_settings())[JAVA_OPTIONS] == JAVA


@pytest.mark.parametrize("name", VARIABLES)
def test_a_collector_in_a_variable_is_the_only_one(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Java does not start with two."""
    monkeypatch.setenv(name, "-XX:+UseParallelGC")

    settings = settings_for("local[2]", user_settings())
    assert JAVA_OPTIONS not in settings
    assert MEMORY in settings


@pytest.mark.parametrize("name", FILES)
def test_a_collector_in_a_file_is_the_only_one(home: Path, name: str) -> None:
    """Be it in the folder that a variable names or in that of Spark."""
    (home / "conf" / name).write_text("spark.driver.extraJavaOptions=-XX:+UseZGC\n", encoding="utf-8")

    assert JAVA_OPTIONS not in settings_for("local[2]", user_settings())


@pytest.mark.parametrize(
    ("given", "gone"),
    [
        ("--conf spark.driver.extraJavaOptions=-XX:+UseG1GC pyspark-shell", JAVA_OPTIONS),
        ("--driver-java-options @options.txt pyspark-shell", JAVA_OPTIONS),
        ("--conf spark.driver.defaultJavaOptions=-Dmine=1 pyspark-shell", JAVA_OPTIONS),
        ("--driver-memory 9g pyspark-shell", MEMORY),
        ("--conf spark.ui.enabled=true pyspark-shell", PAGE),
        ("--conf spark.driver.memoryOverhead=1g --conf spark.my@name=1 pyspark-shell", None),
    ],
)
def test_arguments_of_submission_count(monkeypatch: pytest.MonkeyPatch, given: str, gone: str | None) -> None:
    """What they name is left to them, and nothing else is."""
    monkeypatch.setenv("PYSPARK_SUBMIT_ARGS", given)

    left = settings_for("local[2]", user_settings())
    assert {JAVA_OPTIONS, MEMORY, PAGE} - left.keys() == ({gone} if gone else set())


def test_a_file_of_properties_counts(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """In each of Java's spellings, but not what is commented out."""
    properties = home / "my own.conf"
    properties.write_text(
        f"# {MEMORY} 5g\n! {MEMORY}=5g\n{PAGE}:true\n{JAVA_OPTIONS}\t-Dmine=1\n", encoding="utf-8"
    )
    for option in ("--properties-file ", "--properties-file="):
        monkeypatch.setenv("PYSPARK_SUBMIT_ARGS", f"{option}'{properties}' pyspark-shell")

        left = settings_for("local[2]", user_settings())
        assert {JAVA_OPTIONS, MEMORY, PAGE} & left.keys() == {MEMORY}


def test_memory_in_a_variable_of_sparks_environment_is_left(home: Path) -> None:
    """Its launcher reads that file."""
    (home / "conf" / "spark-env.sh").write_text("export SPARK_DRIVER_MEMORY=9g\n", encoding="utf-8")

    assert MEMORY not in settings_for("local[2]", user_settings())


def test_batches_of_a_user_are_left() -> None:
    """On a cluster too, where nothing is set for the driver."""
    name = "spark.sql.execution.arrow.maxRecordsPerBatch"

    assert name in settings_for("yarn", "")
    assert name not in settings_for("yarn", f"{name} 500")
    assert not {JAVA_OPTIONS, MEMORY, PAGE} & settings_for("yarn", "").keys()


STARTED = """
from dedup.integrations.spark import start

session = start("local[1]")
print(*map(session.conf.get, ("spark.driver.memory", "spark.driver.extraJavaOptions")))
session.stop()
"""


def test_spark_starts_with_another_collector(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A file of Spark's configuration chooses the collector and the memory."""
    if os.environ.get("DEDUP_EXPECT_SPARK") != "1":
        pytest.importorskip("pyspark", reason="the extra `spark` is not installed")
        if shutil.which("java") is None:
            pytest.skip("there is no Java: apt-get install default-jre-headless")
    chosen = "spark.driver.memory 700m\nspark.driver.extraJavaOptions -XX:+UseG1GC -XX:TieredStopAtLevel=1\n"
    (tmp_path / "spark-defaults.conf").write_text(chosen, encoding="utf-8")
    monkeypatch.delenv("SPARK_HOME")
    monkeypatch.setenv("SPARK_CONF_DIR", str(tmp_path))

    command = [sys.executable, "-c", STARTED]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)

    assert done.returncode == 0, done.stderr
    memory, options = done.stdout.splitlines()[-1].split(maxsplit=1)
    assert memory == "700m"
    assert "-XX:+UseG1GC" in options
