"""The command in a folder of its own: run in this process, or in one of its own where the process
itself is what a test is about."""

from __future__ import annotations

import asyncio
import io
import os
import subprocess
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

from sqlwright.cli import main

COMMAND = [sys.executable, "-m", "sqlwright"]


def sqlwright(
    folder: Path, *arguments: str, **environment: str
) -> subprocess.CompletedProcess[str]:
    """What the command does and writes, without the start of a process; with one inside of a
    coroutine, since the command has a loop of its own."""
    if _is_in_a_loop():
        return sqlwright_process(folder, *arguments, **environment)
    written = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in ("output", "errors")]
    code: object = 0
    with (
        chdir(folder),
        patch.dict(os.environ, environment),
        redirect_stdout(written[0]),
        redirect_stderr(written[1]),
    ):
        try:
            main(list(arguments), prog_name="sqlwright")
        except SystemExit as end:
            code = end.code or 0
    assert isinstance(code, int), code
    output, errors = (_text(stream) for stream in written)
    return subprocess.CompletedProcess(["sqlwright", *arguments], code, output, errors)


def _is_in_a_loop() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


def _text(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()


def sqlwright_process(
    folder: Path, *arguments: str, **environment: str
) -> subprocess.CompletedProcess[str]:
    """The same of a process, as a shell starts it."""
    return subprocess.run(
        [*COMMAND, *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )
