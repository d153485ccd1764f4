"""Data files that are extracted from a live server: written, or compared with what is there."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Awaitable, Callable
from contextlib import nullcontext
from pathlib import Path

from .servers import embedded_server


def extract(about: str, file: Path, read: Callable[[str], Awaitable[str]]) -> int:
    """The command of a tool that makes one file: `read` gives its text, of the server with that
    URI. Returns the exit code."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--database-url", help="a running server; by default the embedded one")
    parser.add_argument("--check", action="store_true", help="compare only; exit 1 if it differs")
    options = parser.parse_args()
    server = nullcontext(options.database_url) if options.database_url else embedded_server()
    with server as uri:
        text = asyncio.run(_awaited(read, uri))
    return write_files({file.name: text}, file.parent, options.check)


async def _awaited(read: Callable[[str], Awaitable[str]], uri: str) -> str:
    return await read(uri)


def write_files(files: dict[str, str], directory: Path, check: bool) -> int:
    """Write what differs and say so; with `check` only say so. Returns the exit code."""
    stale = [
        path
        for path, text in files.items()
        if not (directory / path).exists() or (directory / path).read_text(encoding="utf-8") != text
    ]
    for path in stale:
        print(f"{'differs' if check else 'wrote'} {path}")
        if not check:
            (directory / path).parent.mkdir(parents=True, exist_ok=True)
            (directory / path).write_text(files[path], encoding="utf-8")
    return 1 if check and stale else 0
