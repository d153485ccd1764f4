"""Which configuration applies: a file named on the command line, or the project's own."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlwright.config.document import Document
from sqlwright.config.documents import read_toml
from sqlwright.config.model import Config, PackageConfig
from sqlwright.config.native import read_packages
from sqlwright.config.reading import read_text
from sqlwright.config.runtimes import runtime_folders
from sqlwright.diagnostics import Diagnostic, DiagnosticError, Label
from sqlwright.source import SourceFile, Span
from sqlwright.store import NOTHING, Store

REPOSITORY = ".git"
SQLC_FILES = ("sqlc.yaml", "sqlc.yml", "sqlc.json")


def load_config(
    folder: Path, named: Path | None = None, *, upwards: bool = True, store: Store = NOTHING
) -> Config:
    """Read `named`, or what `folder` has, in this order: sqlwright.toml, [tool.sqlwright] in
    pyproject.toml, sqlc's own configuration. Where it has none, nor the folders of a project
    without one, the folders above it are asked in turn, up to the root of the repository; at last
    the defaults count.

    Raises DiagnosticError for a file that cannot be read or holds anything unknown.
    """
    config = _load(folder, named, store, upwards=upwards)
    _check_folders(config)
    return config


def _load(folder: Path, named: Path | None, store: Store, *, upwards: bool) -> Config:
    if named is not None:
        found = _read(named, store, required=True)
        return found or Config(named.parent, (PackageConfig(),), named)
    for place in _places(folder) if upwards else [folder]:
        if (found := _of_folder(place, store)) is not None:
            return found
    return Config(folder, (PackageConfig(),))


def _places(folder: Path) -> Iterator[Path]:
    """The folder and those above it that belong to the same repository."""
    yield folder
    defaults = PackageConfig()
    if any((folder / name).is_dir() for name in (*defaults.schema, *defaults.queries)):
        return
    whole = folder.resolve()
    if (whole / REPOSITORY).exists():
        return
    for steps, above in enumerate(whole.parents, start=1):
        yield folder.joinpath(*[".."] * steps)
        if (above / REPOSITORY).exists():
            return


def configured_above(folder: Path) -> Path | None:
    """The nearest folder above, of whatever repository, that has a file of a configuration."""
    for above in folder.resolve().parents:
        if any((above / name).is_file() for name in ("sqlwright.toml", *SQLC_FILES)):
            return above
    return None


def _of_folder(folder: Path, store: Store) -> Config | None:
    for name in ("sqlwright.toml", "pyproject.toml"):
        path = folder / name
        if path.is_file() and (found := _read(path, store)) is not None:
            return found
    of_sqlc = [folder / name for name in SQLC_FILES if (folder / name).is_file()]
    if len(of_sqlc) > 1 and of_sqlc[-1].suffix == ".json":
        raise DiagnosticError(
            Diagnostic(
                "invalid-config",
                "error",
                "both sqlc.json and sqlc.(yaml|yml) files present",
                help="keep one, or name it with --config",
            )
        )
    return _read(of_sqlc[0], store) if of_sqlc else None


def _check_folders(config: Config) -> None:
    """Each package has a folder of its own, or they would remove each other's files."""
    taken: dict[str, PackageConfig] = {}
    for package in config.packages:
        other = taken.setdefault(_real(config.root, package.out), package)
        if other is not package:
            spans = dict.fromkeys((package.out_span, other.out_span))
            raise DiagnosticError(
                Diagnostic(
                    "invalid-config",
                    "error",
                    f"{config.origin} has two packages with the folder "
                    f"`{posixpath.normpath(package.out)}`",
                    tuple(Label(span) for span in spans if span is not None),
                    help="give each an `out` of its own, or make them one with the queries of both",
                )
            )
    runtime_folders(config)


def _real(root: Path, out: str) -> str:
    """What tells a folder from others, whatever links lead to it."""
    try:
        return os.path.realpath(root / out)
    except (OSError, ValueError):  # a name that no folder can have
        return posixpath.normpath(out)


def _read(path: Path, store: Store, *, required: bool = False) -> Config | None:
    source = read_text(path)
    if path.suffix != ".toml":
        from sqlwright.config.sqlc import read_sqlc  # with a YAML reader, which few need

        packages, warnings = read_sqlc(source)
        return Config(path.parent, packages, path, warnings, source.text)
    try:
        document = read_toml(source.text, store)
    except (ValueError, RecursionError) as error:  # of a number too long as well
        raise DiagnosticError(_invalid_toml(source, error)) from error
    where = ("tool", "sqlwright") if path.name == "pyproject.toml" else ()
    section = _section(document) if where else document
    if section is None:
        if required:
            raise DiagnosticError(
                Diagnostic("invalid-config", "error", f"{path} has no section [tool.sqlwright]")
            )
        return None
    packages = read_packages(section, Document(source, where))
    return Config(path.parent, packages, path, text=source.text)


def _section(document: dict[str, Any]) -> Any:
    tool = document.get("tool")
    return tool.get("sqlwright") if isinstance(tool, dict) else None


def _invalid_toml(source: SourceFile, error: Exception) -> Diagnostic:
    """tomllib tells the place only in words before Python 3.14: `... (at line 3, column 7)`."""
    message, _, place = str(error).rpartition(" (at ")
    numbers = [int(word) for word in place.rstrip(")").replace(",", "").split() if word.isdigit()]
    labels: tuple[Label, ...] = ()
    if len(numbers) == 2:
        line, column = numbers
        start = sum(len(text) + 1 for text in source.text.split("\n")[: line - 1]) + column - 1
        labels = (Label(Span(source, start, start + 1)),)
    return Diagnostic("invalid-config", "error", f"invalid TOML: {message or error}", labels)
