"""The texts that a configuration's paths stand for, before anything is read from them."""

from __future__ import annotations

from sqlwright.config import Config, PackageConfig
from sqlwright.config.find import configured_above
from sqlwright.dataclass import dataclass, replace
from sqlwright.diagnostics import Diagnostic
from sqlwright.source import SourceFile
from sqlwright.sql.files import is_folder, read_sources
from sqlwright.sql.schema.files import read_schema_sources


@dataclass(frozen=True, slots=True)
class Sources:
    """The files of one package. `unread` are schema files that could not be read, without which
    little can be said; `problems` are query files that could not; `absent` says that there is
    nothing of a project."""

    schema: tuple[SourceFile, ...]
    queries: tuple[SourceFile, ...]
    unread: tuple[Diagnostic, ...] = ()
    problems: tuple[Diagnostic, ...] = ()
    absent: Diagnostic | None = None

    @property
    def complete(self) -> bool:
        """Whether all is there that was asked for."""
        return not self.unread and not self.problems and self.absent is None

    @property
    def size(self) -> int:
        """How many characters of queries there are."""
        return sum(len(each.text) for each in self.queries)


def read_texts(config: Config) -> list[Sources]:
    """The files of every package; one that several packages have is the same object in each."""
    known: dict[tuple[str, str], SourceFile] = {}

    def only(source: SourceFile) -> SourceFile:
        return known.setdefault((source.path, source.text), source)

    found = [_of_package(config, package) for package in config.packages]
    return [
        replace(
            each,
            schema=tuple(map(only, each.schema)),
            queries=tuple(map(only, each.queries)),
        )
        for each in found
    ]


def _of_package(config: Config, package: PackageConfig) -> Sources:
    if (nothing := _no_project(config, package)) is not None:
        return Sources((), (), absent=nothing)
    schema, unread = read_schema_sources(package.schema, config.root)
    queries, problems = read_sources(package.queries, "queries", config.root)
    return Sources(tuple(schema), tuple(queries), tuple(unread), tuple(problems))


def _no_project(config: Config, package: PackageConfig) -> Diagnostic | None:
    """What to say in a folder that has nothing of a project."""
    defaults = PackageConfig()
    paths = (*package.schema, *package.queries)
    given = config.origin is not None or paths != (*defaults.schema, *defaults.queries)
    if given or any(is_folder(config.root / path) for path in paths):
        return None
    above = configured_above(config.root)
    advice = f"there is a configuration in {above}: run the command there; or " if above else ""
    return Diagnostic(
        "missing-path",
        "error",
        f"there is no project in {config.root.resolve()}: no configuration, schema or queries",
        help=f"{advice}`sqlwright init` starts one",
    )
