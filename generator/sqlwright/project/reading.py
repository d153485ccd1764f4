"""From the texts of a package to the queries in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest

from sqlwright.config import PackageConfig
from sqlwright.dataclass import dataclass
from sqlwright.diagnostics import Diagnostic
from sqlwright.processes import Work
from sqlwright.project.sources import Sources
from sqlwright.source import SourceFile
from sqlwright.sql.reader import Memory, name_taken, read_with_memory
from sqlwright.sql.statements import QueryStatement, Remembered

Queries = Sequence[QueryStatement | Remembered]
ReadFile = tuple[list[QueryStatement | Remembered], list[Diagnostic]]
"""The statements of a file, and what is wrong with it."""
Reading = Work[SourceFile, ReadFile]
"""Files that other processes have begun to read."""

MUCH = 60_000
"""Characters of queries that take longer to be read than another process to start and to answer."""


@dataclass(frozen=True, slots=True)
class Read:
    """The files of one package. `unread` are schema files that could not be read, without which
    little can be said; `problems` are those of the query files."""

    schema: tuple[SourceFile, ...]
    queries: tuple[QueryStatement | Remembered, ...]
    unread: tuple[Diagnostic, ...] = ()
    problems: tuple[Diagnostic, ...] = ()

    @property
    def statements(self) -> tuple[QueryStatement, ...]:
        """The queries, without those that are remembered."""
        return tuple(each for each in self.queries if isinstance(each, QueryStatement))


def read_package(
    package: PackageConfig, sources: Sources, memories: Sequence[Memory | None] = ()
) -> Read:
    """Every schema file, and every annotated statement of the query files, of which some may be
    remembered."""
    files = [read_with_memory(*each) for each in zip_longest(sources.queries, memories)]
    return read_from(package, sources, files)


def read_beside(sources: Sources, jobs: int) -> Reading:
    """The same of each file, with nothing remembered, as all but one of so many processes begin to
    read them."""
    copies = min(jobs - 1, len(sources.queries))
    return Work(_read_file, sources.queries, copies, shared=(*sources.schema, *sources.queries))


def _read_file(source: SourceFile) -> ReadFile:
    return read_with_memory(source, None)


def read_from(package: PackageConfig, sources: Sources, files: Iterable[ReadFile]) -> Read:
    """What was read of each query file, together."""
    problems = list(sources.problems)
    queries: list[QueryStatement | Remembered] = []
    for read, found in files:
        queries.extend(read)
        problems.extend(found)
    queries, taken = _named_once(queries)
    problems.extend(taken)
    if not queries and not any(item.severity == "error" for item in problems):
        problems.append(_no_queries(package))
    return Read(sources.schema, tuple(queries), sources.unread, tuple(problems))


def _named_once(
    statements: Queries,
) -> tuple[list[QueryStatement | Remembered], list[Diagnostic]]:
    """The first query of each name, and the reports of the others."""
    first: dict[str, QueryStatement | Remembered] = {}
    taken = []
    for statement in statements:
        name = statement.annotation.name
        if (earlier := first.setdefault(name, statement)) is not statement:
            taken.append(name_taken(statement.annotation, earlier.annotation))
    return list(first.values()), taken


def _no_queries(package: PackageConfig) -> Diagnostic:
    paths = ", ".join(package.queries)
    return Diagnostic(
        "no-queries",
        "error",
        f"no queries contained in {paths}",
        help="start each query with a line such as `-- name: GetAuthor :one`",
    )
