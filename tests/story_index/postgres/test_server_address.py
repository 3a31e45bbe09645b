"""Addresses of shared indexes: what they say, and that no message tells their password."""

import sys
import traceback
from pathlib import Path

import pytest

from dedup import PreFilter
from dedup.cli.main import main
from dedup.model.errors import DedupError, IndexServerError, SettingError
from dedup.model.extras import MissingLibraryError
from dedup.story_index.open_index import is_address

pytest.importorskip("psycopg")

from dedup.story_index.postgres.server_address import read_address


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("postgresql://db.invalid/news", "postgresql://db.invalid/news"),
        ("postgres://ann:s3cret@db.invalid:5433/news", "postgresql://ann@db.invalid:5433/news"),
        ("postgresql://ann:p%40ss%2F@a.invalid,b.invalid/news", "postgresql://ann@a.invalid,b.invalid/news"),
        (
            "postgresql:///news?user=ann&password=s3cret&host=%2Frun%2Fdb",
            "postgresql://ann@%2Frun%2Fdb/news",
        ),
        ("postgresql://[::1]:5433/news?sslpassword=s3cret", "postgresql://[::1]:5433/news"),
        (
            "postgresql://h.invalid/news?schema=wire%20service",
            "postgresql://h.invalid/news?schema=wire%20service",
        ),
    ],
)
def test_an_address_is_shown_without_its_password(address: str, shown: str) -> None:
    """In words and when it is printed."""
    read = read_address(address)

    assert read.shown == shown
    assert repr(read) == f"Address({shown!r})"


def test_the_schema_is_ours_and_the_rest_the_client_library_s() -> None:
    """Its default is `dedup`; another is named in the address."""
    plain = read_address("postgresql://ann@h.invalid/news?sslmode=require")
    named = read_address("postgresql://h.invalid/news?schema=wire&connect_timeout=3")

    assert (plain.schema, plain.settings["sslmode"], plain.settings["user"]) == ("dedup", "require", "ann")
    assert (named.schema, named.settings["connect_timeout"]) == ("wire", "3")
    assert "schema" not in named.settings


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://ann:s3c@ret@db.invalid/news",
        "postgresql://ann:s3c/ret@db.invalid/news",
        "postgresql://ann:s3c?ret@db.invalid/news",
        "postgresql://ann:s3c:ret@db.invalid/news",
        "postgresql://ann:s3c%ret@db.invalid/news",
        "postgresql://db.invalid:s3cret/news",
        "postgresql://db.invalid/news?s3cret=1",
    ],
)
def test_an_address_that_may_be_misread_is_refused_unquoted(address: str) -> None:
    """A password whose signs are not escaped would be taken for a host, a port or a database."""
    with pytest.raises(SettingError, match="written %40 %3A %2F") as caught:
        read_address(address)

    assert "s3c" not in str(caught.value)
    assert "ret" not in str(caught.value).replace("written", "")


@pytest.mark.parametrize("schema", ["", "x" * 64, "%00", "\udcff", "$user"])
def test_a_schema_that_the_server_would_change_is_refused(schema: str) -> None:
    """Two long names could become one; `$user` is the name of the user who connects."""
    with pytest.raises(SettingError, match="a name of 1 to 63 UTF-8 bytes"):
        read_address(f"postgresql://h.invalid/news?schema={schema}")


def test_a_server_that_is_not_there_is_named_without_the_password(capsys: pytest.CaptureFixture[str]) -> None:
    """By every command, in one line."""
    address = "postgresql://ann:s3cret@127.0.0.1:9/news"
    with pytest.raises(
        IndexServerError, match=r"postgresql://ann@127.0.0.1:9/news: the server cannot be"
    ) as caught:
        PreFilter.open(address)
    codes = [main(["index", "info", address]), main(["filter", "--index", address])]
    said = capsys.readouterr()

    assert codes == [2, 2]
    assert said.err.count("ann@127.0.0.1:9/news: the server cannot be reached") == 2
    assert "s3cret" not in said.out + said.err + "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize(
    "arguments",
    [
        ["filter", "--index", "postgresql+psycopg2://ann:s3cret@h.invalid/news"],
        ["filter", "--index", "POSTGRESQL://ann:s3cret@h.invalid/news"],
        ["filter", "--index", "postgresql:/ann:s3cret@h.invalid/news"],
        ["index", "info", "redis://:s3cret@h.invalid/0"],
        ["filter", "postgresql://ann:s3cret@h.invalid/news"],
        ["index", "import", "news.dedup", "postgresql://ann:s3cret@h.invalid/news"],
        ["index", "export", "news.dedup", "postgresql://ann:s3cret@h.invalid/news"],
    ],
)
def test_an_address_in_the_wrong_place_is_no_file_and_unquoted(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of another kind, misspelt, or where a file is named."""
    monkeypatch.chdir(tmp_path)

    assert main(arguments) == 2
    assert "s3cret" not in capsys.readouterr().err
    assert not list(tmp_path.rglob("*s3cret*"))


def test_a_path_with_a_drive_or_a_colon_is_a_path() -> None:
    """Only what has a scheme of two letters or more is an address."""
    assert not is_address("C:/news.dedup")
    assert not is_address("news:2024.dedup")


def test_without_the_client_library_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is imported only for an address."""
    monkeypatch.setitem(sys.modules, "psycopg", None)

    with pytest.raises(MissingLibraryError, match=r"pip install 'newsdedup\[postgres\]'"):
        PreFilter.open("postgresql://h.invalid/news")


def test_a_password_is_not_told_however_the_index_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even when the client library quotes it."""
    import psycopg

    def refuse(**settings: object) -> None:
        raise psycopg.OperationalError(f"no entry for {settings}")

    monkeypatch.setattr(psycopg, "connect", refuse)
    with pytest.raises(DedupError) as caught:
        PreFilter.open("postgresql://ann:s3cret@h.invalid/news")

    assert "no entry for" in str(caught.value)
    assert "s3cret" not in str(caught.value)
