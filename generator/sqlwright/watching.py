"""Waiting for changes of the inputs: SQL files, their folders, and the configuration."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

from sqlwright.config import Config
from sqlwright.diagnostics import Diagnostic, DiagnosticError

QUIET_MS = 100
"""How long nothing may change before the inputs count as saved: editors and branch switches write
several files, or one in several steps."""
STEP_MS = 25
CONFIGURATIONS = {"sqlwright.toml", "pyproject.toml", "sqlc.yaml", "sqlc.yml", "sqlc.json"}


def changes(config: Callable[[], Config], stop: Event | None = None) -> Iterator[None]:
    """Yield each time an input of the configuration, as it is by then, has changed and stays quiet
    for a moment.

    Folders are watched rather than files, so that a file replaced by a rename, or one that is new,
    is seen too. Raises DiagnosticError where the library that watches is not installed.
    """
    try:
        from watchfiles import DefaultFilter, watch
    except ImportError as error:
        raise DiagnosticError(
            Diagnostic(
                "missing-package",
                "error",
                "watching needs the package watchfiles",
                help="install it with `pip install 'sqlwright[watch]'`",
            )
        ) from error

    inputs = DefaultFilter()

    def relevant(change: object, path: str) -> bool:
        name = Path(path).name
        wanted = name.endswith(".sql") or name in CONFIGURATIONS or Path(path).is_dir()
        return wanted and inputs(change, path)  # type: ignore[arg-type]

    while stop is None or not stop.is_set():
        folders = _folders(config())
        for _ in watch(
            *sorted(folders),
            watch_filter=relevant,
            debounce=QUIET_MS,
            step=STEP_MS,
            stop_event=stop,
            recursive=False,
            raise_interrupt=False,
        ):
            yield
            if _folders(config()) != folders:
                break
        else:
            return


def _folders(config: Config) -> set[Path]:
    """The folders to watch, each by itself (a project's root may hold a great many): that of the
    configuration, and of every input path the folder, or the nearest one above it that exists,
    with the folders in it."""
    found = {(config.origin.parent if config.origin else config.root).resolve()}
    for package in config.packages:
        for path in (*package.schema, *package.queries):
            place = (config.root / path).resolve()
            if place.is_dir():
                found.update(inner for inner in place.rglob("*/") if inner.is_dir())
            while not place.is_dir():
                place = place.parent
            found.add(place)
    return found
