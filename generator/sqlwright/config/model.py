"""The configuration as frozen values, whatever file it came from."""

from __future__ import annotations

from keyword import iskeyword
from pathlib import Path, PurePosixPath
from typing import Literal
from unicodedata import normalize

from sqlwright.codegen.options import PackageOptions
from sqlwright.dataclass import dataclass, field, replace
from sqlwright.diagnostics import Diagnostic, DiagnosticError
from sqlwright.diagnostics.severities import Weight
from sqlwright.source import Span


@dataclass(frozen=True, slots=True)
class PackageConfig:
    """One generated package: where its SQL is, where its Python goes, and how that looks.

    Paths are as written, relative to the configuration's folder. `postgresql` is the major version
    whose catalog is used, `out_span` where `out` was read.
    """

    schema: tuple[str, ...] = ("schema",)
    queries: tuple[str, ...] = ("queries",)
    out: str = "generated"
    postgresql: int = 18
    schema_order: Literal["any", "strict"] = "any"
    diagnostics: tuple[tuple[str, Weight], ...] = ()
    unknown_functions: Literal["error", "warn"] = "error"
    required_version: str | None = None
    options: PackageOptions = field(default_factory=PackageOptions)
    out_span: Span | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Config:
    """A project's configuration. `origin` is the file it was read from, None for the defaults, and
    `text` what stands in it; `strict` makes errors of the warnings about the project."""

    root: Path
    packages: tuple[PackageConfig, ...]
    origin: Path | None = None
    warnings: tuple[Diagnostic, ...] = ()
    text: str = field(default="", repr=False, compare=False)
    strict: bool = False

    @property
    def of_sqlc(self) -> bool:
        """Whether it is a configuration of sqlc's."""
        return self.origin is not None and self.origin.suffix != ".toml"

    def overridden(
        self, folder: Path, schema: tuple[str, ...], queries: tuple[str, ...], out: str | None
    ) -> Config:
        """The single package with paths of the command line, which are relative to `folder`;
        those that stay are made relative to it too."""
        package = self.packages[0]
        if out is not None and is_keyword_folder(out):
            raise DiagnosticError(
                Diagnostic("invalid-config", "error", unimportable(out), help=OTHER_FOLDER)
            )
        changed = replace(
            package,
            schema=schema or self._from(package.schema),
            queries=queries or self._from(package.queries),
            out=out or self._from((package.out,))[0],
        )
        return replace(self, root=folder, packages=(changed,))

    def _from(self, paths: tuple[str, ...]) -> tuple[str, ...]:
        return tuple((self.root / path).as_posix() for path in paths)


OTHER_FOLDER = "give the package a folder whose name is one in Python, such as `generated`"


def unimportable(out: str) -> str:
    """What is wrong with a folder that is no package's."""
    name = PurePosixPath(out).name
    why = "a word of Python's own" if iskeyword(name) else "no name in Python"
    return f"a package in `{out}` could not be imported: `{name}` is {why}"


def is_keyword_folder(out: str) -> bool:
    """Whether a folder has the name of a keyword, which no import statement takes."""
    return iskeyword(PurePosixPath(out).name)


def is_importable_folder(out: str) -> bool:
    """Whether a folder can be imported as a package. Python reads names in their NFKC form; what is
    a path upwards (`..`) has its name elsewhere."""
    name = PurePosixPath(out).name
    if name in ("", ".."):
        return True
    return name.isidentifier() and not iskeyword(name) and normalize("NFKC", name) == name
