"""A session starts with the settings of a run, or one line says why it does not."""

import os
from contextlib import nullcontext
from pathlib import Path

import pytest

from dedup.integrations.spark import spark_session
from dedup.integrations.spark.spark_session import check_pyspark, local_heap, log_level, start, with_attempts
from dedup.model.errors import EngineError


def test_java_gets_a_quarter_of_the_memory_of_one_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """At least Spark's default of 1 GB, at most 4 GB; where the memory is unknown, the default."""
    sizes = {"SC_PAGE_SIZE": 4096, "SC_PHYS_PAGES": 2 << 20}  # 8 GB
    monkeypatch.setattr(os, "sysconf", sizes.__getitem__)
    assert local_heap() == 2048

    sizes["SC_PHYS_PAGES"] = 16 << 20
    assert local_heap() == 4096

    sizes["SC_PHYS_PAGES"] = 1 << 18
    assert local_heap() == 1024

    monkeypatch.delattr(os, "sysconf")
    assert local_heap() == 1024


def test_an_old_pyspark_is_refused() -> None:
    """With the version and the remedy."""
    with pytest.raises(EngineError, match=r"PySpark 3\.5\.4 is too old; install 4 or later"):
        check_pyspark("3.5.4")


def test_no_java_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """With where it was looked for, and what to install."""
    pytest.importorskip("pyspark", reason="the extra `spark` is not installed")
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))

    with pytest.raises(EngineError, match=r"none in JAVA_HOME .* default-jre-headless"):
        start("local[1]")


def test_a_master_that_is_away_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """At once: Spark itself would try for a minute."""
    pytest.importorskip("pyspark", reason="the extra `spark` is not installed")
    monkeypatch.setattr("dedup.integrations.spark.spark_session.shutil.which", lambda *_, **__: "java")

    with pytest.raises(EngineError, match=r"spark://127\.0\.0\.1:1 does not answer"):
        start("spark://127.0.0.1:1")


@pytest.mark.parametrize(
    "master",
    ["nonsense", "local[]x", "spark://", "spark://host", "k8s://[::1", "k8s://https://host:port", ""],
)
def test_what_names_no_master_is_refused(monkeypatch: pytest.MonkeyPatch, master: str) -> None:
    """With what a master looks like; Spark itself would end with a trace."""
    pytest.importorskip("pyspark", reason="the extra `spark` is not installed")
    monkeypatch.setattr("dedup.integrations.spark.spark_session.shutil.which", lambda *_, **__: "java")

    with pytest.raises(EngineError, match=r"names no Spark master; expected local\[N\], spark://HOST:PORT"):
        start(master)


@pytest.mark.parametrize(
    "master", ["k8s://https://127.0.0.1:1", "k8s://127.0.0.1:1", "spark://127.0.0.1:1,127.0.0.1:2"]
)
def test_every_kind_of_master_that_is_away_is_told(monkeypatch: pytest.MonkeyPatch, master: str) -> None:
    """The server of a Kubernetes cluster is reached by HTTP, unless its URL says otherwise by HTTPS."""
    pytest.importorskip("pyspark", reason="the extra `spark` is not installed")
    monkeypatch.setattr("dedup.integrations.spark.spark_session.shutil.which", lambda *_, **__: "java")
    monkeypatch.setattr("dedup.integrations.spark.spark_session.getproxies", dict)

    with pytest.raises(EngineError, match=f"the Spark master {master} does not answer; start it"):
        start(master)


def test_a_kubernetes_server_behind_a_proxy_is_left_to_spark(monkeypatch: pytest.MonkeyPatch) -> None:
    """It may be reached by the proxy alone."""
    assert spark_session.master_addresses("k8s://https://kube.example") == [("kube.example", 443)]

    monkeypatch.setenv("https_proxy", "http://proxy.example:3128")

    assert spark_session.master_addresses("k8s://https://kube.example") == []


def test_yarn_without_the_configuration_of_hadoop_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Unless a variable or Spark's own configuration names its folder."""
    monkeypatch.setenv("SPARK_CONF_DIR", str(tmp_path))
    for name in spark_session.HADOOP:
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(EngineError, match=r"set HADOOP_CONF_DIR to the folder that has yarn-site\.xml"):
        spark_session.check_master("yarn")

    (tmp_path / "spark-env.sh").write_text("export YARN_CONF_DIR=/etc/hadoop\n", encoding="utf-8")

    spark_session.check_master("yarn")


@pytest.mark.skipif(os.name == "nt", reason="a script of a shell stands for Java")
@pytest.mark.parametrize(("version", "said"), [("11.0.2", "Java 11 "), ("1.8.0_292", "Java 8 ")])
def test_an_old_java_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, version: str, said: str
) -> None:
    """Once Spark has failed to start with it; a release that it accepts is not blamed."""
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    for each in (version, "17.0.15"):
        java.write_text(f"#!/bin/sh\necho 'openjdk version \"{each}\"' >&2\n", encoding="utf-8")
        java.chmod(0o755)
        with (
            nullcontext()
            if each != version
            else pytest.raises(EngineError, match=f"{said}.*install 17 or later")
        ):
            spark_session.check_java_release()


def test_tasks_that_fail_on_this_machine_leave_no_trace_of_java() -> None:
    """What became of each stands in the report; on a cluster the log also says which executors are lost."""
    assert log_level("local[2]") == "FATAL"
    assert log_level("spark://host:7077") == "ERROR"


@pytest.mark.parametrize(
    ("master", "started"),
    [
        ("local", "local[1,4]"),
        ("local[*]", "local[*,4]"),
        ("local[2,7]", "local[2,7]"),
        ("spark://host:7077", "spark://host:7077"),
    ],
)
def test_a_task_is_tried_again_on_one_machine_too(master: str, started: str) -> None:
    """Four times, as on a cluster, unless the master says how often."""
    assert with_attempts(master) == started
