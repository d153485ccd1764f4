"""The configuration as frozen values, whatever file it came from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from sqlwright.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True)
class PackageConfig:
    """One generated package: where its SQL is and where its Python goes.

    Paths are as written, relative to the configuration's folder.
    """

    schema: tuple[str, ...] = ("schema",)
    queries: tuple[str, ...] = ("queries",)
    out: str = "generated"


@dataclass(frozen=True, slots=True)
class Config:
    """A project's configuration. `origin` is the file it was read from, None for the defaults."""

    root: Path
    packages: tuple[PackageConfig, ...]
    origin: Path | None = None
    warnings: tuple[Diagnostic, ...] = ()

    def overridden(
        self, folder: Path, schema: tuple[str, ...], queries: tuple[str, ...], out: str | None
    ) -> Config:
        """The single package with paths of the command line, which are relative to `folder`;
        those that stay are made relative to it too."""
        package = self.packages[0]
        changed = replace(
            package,
            schema=schema or self._from(package.schema),
            queries=queries or self._from(package.queries),
            out=out or self._from((package.out,))[0],
        )
        return replace(self, root=folder, packages=(changed,))

    def _from(self, paths: tuple[str, ...]) -> tuple[str, ...]:
        return tuple((self.root / path).as_posix() for path in paths)
