"""Folders that something is mounted on, which cannot change their place."""

from __future__ import annotations

import os
import re
from pathlib import Path

TABLE = Path("/proc/self/mountinfo")
"""Linux's own list (proc_pid_mountinfo(5)): the fifth field is the place, and knows of folders of
the same file system too."""


def mounted_within(folder: Path) -> bool:
    """Whether a folder or something in it is the place of a mount."""
    try:
        lines = TABLE.read_bytes().splitlines()
    except OSError:
        entries = [Path(entry.path) for entry in os.scandir(folder) if entry.is_dir()]
        return any(os.path.ismount(path) for path in (folder, *entries))
    return any(_place(line).is_relative_to(folder) for line in lines)


def _place(line: bytes) -> Path:
    field = line.split(b" ")[4]
    plain = re.sub(rb"\\([0-7]{3})", lambda found: bytes([int(found.group(1), 8)]), field)
    return Path(os.fsdecode(plain))
