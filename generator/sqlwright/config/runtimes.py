"""Where the packages are whose modules several generated ones share (`runtime`)."""

from __future__ import annotations

import posixpath
from pathlib import Path, PurePosixPath

from sqlwright.config.document import Document
from sqlwright.config.model import Config
from sqlwright.diagnostics import Diagnostic, DiagnosticError
from sqlwright.source import SourceFile


def runtime_folders(config: Config) -> tuple[str | None, ...]:
    """For each package the folder of its `runtime`, None without one; relative as `out` is.

    The folder follows from the dotted name and from `out`, which has to lie in a folder called as
    the first part of the name. Of several such folders that counts which leads along `out`
    furthest. A package that lies elsewhere has the folder that the others of its runtime have.

    Raises DiagnosticError `invalid-config` for a folder that is not known, or that of a package.
    """
    found: list[str | None] = []
    for package in config.packages:
        name = package.options.runtime
        folder = _folder(package.out, name) if name is not None else None
        if name is not None and folder is None:
            others = {_folder(other.out, name) for other in config.packages} - {None}
            if len(others) != 1:
                raise DiagnosticError(_unknown_place(config, package.out, name))
            folder = others.pop()
        found.append(folder)
    outs = {posixpath.normpath(package.out) for package in config.packages}
    for folder in found:
        if folder in outs:
            raise DiagnosticError(
                invalid_runtime(
                    config,
                    f"`runtime` and a package have the same folder, `{folder}`",
                    "give the runtime a folder of its own, beside the packages or in one of them",
                )
            )
    return tuple(found)


def invalid_runtime(config: Config, message: str, help: str) -> Diagnostic:
    """A report about the option, at its place."""
    path = config.origin or Path("sqlwright.toml")
    place = Document(SourceFile(path.as_posix(), config.text)).place("runtime")
    return Diagnostic("invalid-config", "error", message, place, help=help)


def _folder(out: str, runtime: str) -> str | None:
    parts = PurePosixPath(posixpath.normpath(out)).parts
    names = tuple(runtime.split("."))
    starts = [at for at, part in enumerate(parts) if part == names[0]]
    if not starts:
        return None
    start = max(starts, key=lambda at: (_shared(parts[at:], names), at))
    return posixpath.join(*parts[:start], *names)


def _shared(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    """How many of the first parts are the same."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _unknown_place(config: Config, out: str, runtime: str) -> Diagnostic:
    first = runtime.partition(".")[0]
    above = [name for name in PurePosixPath(out).parts if name.isidentifier()]
    such = f", such as `{above[-1]}.{runtime.rpartition('.')[2]}`" if above else ""
    return invalid_runtime(
        config,
        f"where `{runtime}` is cannot be told: no folder on the way to `{out}` is called `{first}`",
        f"begin the name with a folder on the way to `out` that Python imports from{such}",
    )
