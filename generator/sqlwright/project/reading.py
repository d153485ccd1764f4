"""From the texts of a package to the queries in them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from sqlwright.config import PackageConfig
from sqlwright.dataclass import dataclass
from sqlwright.diagnostics import Diagnostic
from sqlwright.processes import Beside
from sqlwright.project.sources import Sources
from sqlwright.source import SourceFile
from sqlwright.sql.reader import Memory, name_taken, read_with_memory
from sqlwright.sql.statements import QueryStatement, Remembered

Queries = Sequence[QueryStatement | Remembered]

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
    problems = list(sources.problems)
    queries: list[QueryStatement | Remembered] = []
    for source, memory in zip_longest(sources.queries, memories):
        read, found = read_with_memory(source, memory)
        queries.extend(read)
        problems.extend(found)
    queries, taken = _named_once(queries)
    problems.extend(taken)
    if not queries and not any(item.severity == "error" for item in problems):
        problems.append(_no_queries(package))
    return Read(sources.schema, tuple(queries), sources.unread, tuple(problems))


def read_beside(package: PackageConfig, sources: Sources) -> Beside[Read]:
    """The same with nothing remembered, by another process."""
    files = (*sources.schema, *sources.queries)
    return Beside(lambda: read_package(package, sources), files)


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
