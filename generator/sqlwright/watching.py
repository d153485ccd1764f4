"""Waiting for changes of the inputs: SQL files, their folders, and the configuration."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from threading import Event

from sqlwright.config import Config
from sqlwright.diagnostics import Diagnostic, DiagnosticError
from sqlwright.patterns import pattern

QUIET_MS = 100
"""How long nothing may change before the inputs count as saved: editors and branch switches write
several files, or one in several steps."""
STEP_MS = 25
LOOK_MS = 1000
"""How often the inputs are looked at even if nothing is said to have changed."""
WILDCARD = pattern(r"[*?\[]")
FOREIGN = {"__pycache__", "build", "dist", "node_modules", "site-packages", "venv"}
"""Folders with a great many files that are not the project's own."""
CONFIGURATIONS = {"sqlwright.toml", "pyproject.toml", "sqlc.yaml", "sqlc.yml", "sqlc.json"}


def changes(config: Callable[[], Config], stop: Event | None = None) -> Iterator[list[str]]:
    """Yield at once, then each time an input of the configuration, as it is by then, has changed
    and stays quiet for a moment: the paths of what has, relative to the current folder.

    Folders are watched rather than files, so that a file replaced by a rename, or one that is new,
    is seen too. What the system does not tell, such as what happens in a folder that was removed
    and came back, is found by looking at the files now and then. Raises DiagnosticError where the
    library that watches is not installed.
    """
    _require_watchfiles()
    seen = _state(config())
    yield []
    while stop is None or not stop.is_set():
        folders = _folders(config())
        try:
            for changed in _changed_paths(folders, stop):
                now = _state(config())
                if now != seen:
                    different = {path for path, _ in seen.items() ^ now.items()}
                    seen = now
                    yield sorted(map(os.path.relpath, different))
                # A folder that was watched and has changed itself may be another one by now.
                if _folders(config()) != folders or not changed.isdisjoint(folders):
                    break
        except FileNotFoundError:
            time.sleep(STEP_MS / 1000)  # a folder went while it was about to be watched


def watched(config: Config) -> list[str]:
    """What is watched, as people name it."""
    paths = [path for package in config.packages for path in (*package.schema, *package.queries)]
    origin = [] if config.origin is None else [config.origin]
    named = [*(config.root / path for path in paths), *origin]
    return list(dict.fromkeys(path.as_posix() for path in named))


def _require_watchfiles() -> None:
    try:
        import watchfiles  # noqa: F401  # only whether it is there
    except ImportError as error:
        raise DiagnosticError(
            Diagnostic(
                "missing-package",
                "error",
                "watching needs the package watchfiles",
                help="install it with `pip install 'sqlwright[watch]'`",
            )
        ) from error


def _changed_paths(folders: set[Path], stop: Event | None) -> Iterator[set[Path]]:
    """What the system says has changed in the folders; now and then an empty set."""
    from watchfiles import watch

    for changed in watch(
        *sorted(folders),
        watch_filter=None,
        debounce=QUIET_MS,
        step=STEP_MS,
        rust_timeout=LOOK_MS,
        yield_on_timeout=True,
        stop_event=stop,
        recursive=False,
        raise_interrupt=True,
    ):
        yield {Path(path) for _, path in changed}


def _state(config: Config) -> dict[str, tuple[int, int, int]]:
    """What tells one state of the inputs from another, without reading them."""
    found = {}
    for folder in _folders(config):
        with suppress(OSError), os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.endswith(".sql") or entry.name in CONFIGURATIONS:
                    with suppress(OSError):
                        status = entry.stat()
                        found[entry.path] = (status.st_mtime_ns, status.st_size, status.st_ino)
    return found


def _folders(config: Config) -> set[Path]:
    """The folders to watch, each by itself (a project's root may hold a great many): that of the
    configuration, and of every input path the folder, or the nearest one above it that exists,
    with the folders in it."""
    found = {_existing(config.origin.parent if config.origin else config.root)}
    for package in config.packages:
        for path in (*package.schema, *package.queries):
            place = _existing(config.root / path)
            found.add(place)
            if (config.root / path).is_dir() or WILDCARD.search(path):
                found.update(_inner(place))
    return found


def _existing(place: Path) -> Path:
    place = place.resolve()
    while not place.is_dir():
        place = place.parent
    return place


def _inner(folder: Path) -> Iterator[Path]:
    """The folders in a folder that may be somebody's own."""
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False) and not _foreign(entry.name):
            yield Path(entry.path)
            yield from _inner(Path(entry.path))


def _foreign(name: str) -> bool:
    return name.startswith(".") or name in FOREIGN
