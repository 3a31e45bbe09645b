"""Tasks for contributors: `nox -l` lists them, `nox -s lint types` runs two of them."""

import nox

nox.options.sessions = ["lint", "types", "tests"]
nox.options.reuse_existing_virtualenvs = True

FLOORS = ("quality", "recall", "keep", "page", "speed", "prefilter")
"""Benchmarks with bounds that must hold, most of them in benchmarks/floors.json."""


@nox.session
def lint(session: nox.Session) -> None:
    """Lint and check the format."""
    session.install("ruff>=0.12")
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")


@nox.session
def types(session: nox.Session) -> None:
    """Check types."""
    session.install("-e", ".[test]")
    session.run("mypy")


@nox.session
def tests(session: nox.Session) -> None:
    """Run the tests; arguments after `--` go to pytest."""
    session.install("-e", ".[test]")
    session.run("pytest", "-q", "-n", "auto", "--dist", "worksteal", *session.posargs)


@nox.session
def plain(session: nox.Session) -> None:
    """Run the tests of the computations on the numpy kernel."""
    session.install("-e", ".[test]")
    folders = [f"tests/{name}" for name in ("text", "comparison", "report")]
    session.run("pytest", "-q", "-m", "not once", *folders, *session.posargs, env={"DEDUP_KERNEL": "plain"})


@nox.session
def docs(session: nox.Session) -> None:
    """Build the documentation; warnings are errors."""
    session.install("-e", ".[docs]")
    session.run("sphinx-build", "-W", "--keep-going", "docs", "build/site")


@nox.session
def floors(session: nox.Session) -> None:
    """Compare benchmark results with their floors; those on real archives need DEDUP_DATA."""
    session.install("-e", ".[test]")
    for name in session.posargs or FLOORS:
        session.run("python", "-m", f"benchmarks.{name}", "--check")
