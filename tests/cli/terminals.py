"""The installed command in a terminal of its own, as somebody sits before it."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import termios
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from command import COMMAND

PATIENCE = 60.0
CTRL_C = b"\x03"


class Terminal:
    """A command whose input, output and errors are a terminal, and all it has written so far."""

    def __init__(
        self, folder: Path, *arguments: str, columns: int = 80, **environment: str
    ) -> None:
        self.text = ""
        inherited = {
            name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "COLUMNS")
        }
        self._ours, self._theirs = pty.openpty()
        termios.tcsetwinsize(self._theirs, (24, columns))
        terminal = os.ttyname(self._theirs)
        # The first terminal that a new session opens is the one whose Ctrl-C it gets.
        self._process = subprocess.Popen(
            ["sh", "-c", 'exec "$@" <"$0" >"$0" 2>&1', terminal, *COMMAND, *arguments],
            cwd=folder,
            env={**inherited, "TERM": "xterm", **environment},
            start_new_session=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None
    ) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        os.close(self._ours)
        os.close(self._theirs)

    def press(self, keys: bytes) -> None:
        os.write(self._ours, keys)

    def wait_for(self, wanted: str, after: int = 0) -> None:
        """Read until a text is there, after so many characters."""
        end = time.monotonic() + PATIENCE
        while wanted not in self.text[after:]:
            assert time.monotonic() < end, f"{wanted!r} did not come: {self.text!r}"
            assert self._read() or wanted in self.text[after:], f"it ended: {self.text!r}"

    def exit_code(self) -> int:
        """Read to the end."""
        end = time.monotonic() + PATIENCE
        while self._read():
            assert time.monotonic() < end, f"it did not end: {self.text!r}"
        return self._process.wait(PATIENCE)

    def _read(self) -> bool:
        """Take what there is, after a moment; whether there may be more."""
        running = self._process.poll() is None
        ready, _, _ = select.select([self._ours], [], [], 0.1)
        if ready:
            self.text += os.read(self._ours, 65536).decode()
        return running or bool(ready)
