"""A session starts with the settings of a run, or one line says why it does not."""

import os
from contextlib import nullcontext
from pathlib import Path
from urllib.request import getproxies_environment, proxy_bypass_environment

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
    [
        "",
        "nonsense",
        "local[]x",
        "spark://",
        "spark://host",
        "spark://,:7077",
        "spark://a..b:7077",
        f"spark://{'a' * 64}:7077",
        "k8s://[::1",
        "k8s://https://",
        "k8s://https://a..b",
        "k8s://https://host:port",
    ],
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
    """The server of a Kubernetes cluster is reached by HTTPS, unless its URL says HTTP."""
    pytest.importorskip("pyspark", reason="the extra `spark` is not installed")
    monkeypatch.setattr("dedup.integrations.spark.spark_session.shutil.which", lambda *_, **__: "java")
    monkeypatch.setattr("dedup.integrations.spark.spark_session.getproxies", dict)

    with pytest.raises(EngineError, match=f"the Spark master {master} does not answer; start it"):
        start(master)


def test_a_kubernetes_server_behind_a_proxy_is_left_to_spark(monkeypatch: pytest.MonkeyPatch) -> None:
    """It may be reached by the proxy alone, unless `no_proxy` names it."""
    monkeypatch.setattr("dedup.integrations.spark.spark_session.getproxies", getproxies_environment)
    monkeypatch.setattr("dedup.integrations.spark.spark_session.proxy_bypass", proxy_bypass_environment)
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    server = [("kube.example", 443)]
    assert spark_session.master_addresses("k8s://https://kube.example") == server

    monkeypatch.setenv("no_proxy", "other.example")
    assert spark_session.master_addresses("k8s://https://kube.example") == server

    monkeypatch.setenv("https_proxy", "http://proxy.example:3128")
    assert spark_session.master_addresses("k8s://https://kube.example") == []

    monkeypatch.setenv("no_proxy", "other.example,kube.example")
    assert spark_session.master_addresses("k8s://https://kube.example") == server


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
@pytest.mark.parametrize(("version", "named"), [("11.0.2", "Java 11 "), ("1.8.0_292", "Java 8 ")])
def test_an_old_java_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, version: str, named: str
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
            else pytest.raises(EngineError, match=f"{named}.*install 17 or later")
        ):
            spark_session.check_java_release()


@pytest.mark.skipif(os.name == "nt", reason="Windows finds no program of this name")
@pytest.mark.parametrize("content", [b"\x7fELF of another processor", b"#!/bin/sh\nprintf '\\377' >&2\n"])
def test_a_java_that_tells_no_release_is_not_blamed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: bytes
) -> None:
    """Then what Spark said of it stands."""
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_bytes(content)
    java.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))

    spark_session.check_java_release()


def test_a_running_session_that_cannot_be_used_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """As when its Java has ended."""
    sql = pytest.importorskip("pyspark.sql", reason="the extra `spark` is not installed")

    def refuse(_builder: object) -> None:
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr("dedup.integrations.spark.spark_session.shutil.which", lambda *_, **__: "java")
    monkeypatch.setattr("pyspark.SparkContext._active_spark_context", object())
    monkeypatch.setattr(sql.SparkSession.Builder, "getOrCreate", refuse)

    with pytest.raises(EngineError, match=r"running session of Spark cannot be used \(.*Connection refused"):
        start("local[1]")


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
