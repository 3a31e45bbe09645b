"""A PostgreSQL server of its own for a test or a measurement: in a temporary folder, without a network."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

OWNER = "owner"
"""The superuser of the server."""
PATIENCE = 60.0
"""Seconds until a server that does not start or end is given up."""


_MADE = ("--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
_PROGRAMS = ("initdb", "postgres", "pg_isready")


class ServerError(RuntimeError):
    """The server did not start."""


class PostgresServer:
    """A server that can be stopped and started again."""

    def __init__(self, binaries: Path, folder: Path, settings: Sequence[str] = ()) -> None:
        """Make the files of a server in a folder; its programs refuse to run as root."""
        self._binaries = binaries
        self._folder = folder
        self._settings = settings
        self._user = _unprivileged()
        self._process: subprocess.Popen[bytes] | None = None
        if self._user is not None:
            os.chown(folder, *self._user)
        self._run("initdb", f"--pgdata={folder / 'db'}", f"--username={OWNER}", *_MADE)

    def address(self, database: str = "postgres", *, user: str = OWNER, more: str = "") -> str:
        """Return the address of a database."""
        return f"postgresql://{user}@/{database}?host={quote(str(self._folder), safe='')}{more}"

    def start(self) -> None:
        """Start the server and wait until it answers.

        Raises:
            ServerError: It does not.
        """
        settings = ("listen_addresses=", f"unix_socket_directories={self._folder}", *self._settings)
        options = [part for setting in settings for part in ("-c", setting)]
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [self._binaries / "postgres", "-D", self._folder / "db", *options],
                stdout=log,
                stderr=log,
                **self._as_user(),
            )
        deadline = time.monotonic() + PATIENCE
        while self._run("pg_isready", "-q", "-h", str(self._folder), check=False):
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.stop(signal.SIGKILL)
                raise ServerError((self._folder / "log").read_text(encoding="utf-8", errors="replace"))
            time.sleep(0.05)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """End the server: SIGINT ends all sessions, SIGQUIT is a crash."""
        process, self._process = self._process, None
        if process is None:
            return
        process.send_signal(how)
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _run(self, program: str, *arguments: str, check: bool = True) -> int:
        command = [str(self._binaries / program), *arguments]
        done: subprocess.CompletedProcess[bytes] = subprocess.run(
            command, check=False, capture_output=True, cwd=self._folder, timeout=PATIENCE, **self._as_user()
        )
        if check and done.returncode:
            raise ServerError(done.stderr.decode(errors="replace"))
        return done.returncode

    def _as_user(self) -> dict[str, Any]:
        if self._user is None:
            return {}
        user, group = self._user
        return {"user": user, "group": group, "extra_groups": []}


def binaries() -> Path | None:
    """Find the programs of the newest installed server; None if there is none."""
    on_path = shutil.which("initdb")
    found = [Path(on_path).resolve().parent] if on_path else []
    debian = Path("/usr/lib/postgresql").glob("*/bin")
    found += sorted(debian, key=lambda each: int(each.parent.name), reverse=True)
    return next((each for each in found if all((each / name).exists() for name in _PROGRAMS)), None)


@contextmanager
def postgres_server(*settings: str) -> Iterator[PostgresServer | None]:
    """Run a server for the duration of a `with` block; yield None if none is installed."""
    found = binaries()
    if found is None:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="dedup-") as folder:
        server = PostgresServer(found, Path(folder), settings)
        server.start()
        try:
            yield server
        finally:
            server.stop()


def _unprivileged() -> tuple[int, int] | None:
    """Choose the user and the group of the server when this runs as root."""
    if os.geteuid():
        return None
    import pwd

    names = {each.pw_name: each for each in pwd.getpwall()}
    chosen = names.get("postgres") or names["nobody"]
    return chosen.pw_uid, chosen.pw_gid
