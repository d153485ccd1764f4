"""What the configuration's paths stand for: schema files, and the queries of the query files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlwright.config import Config, PackageConfig
from sqlwright.dataclass import dataclass
from sqlwright.diagnostics import Diagnostic, Label
from sqlwright.source import SourceFile
from sqlwright.sql.files import is_folder, read_sources
from sqlwright.sql.reader import read_queries
from sqlwright.sql.schema.files import read_schema_sources
from sqlwright.sql.statements import QueryStatement


@dataclass(frozen=True, slots=True)
class Read:
    """The files of one package. `unread` are schema files that could not be read, without which
    little can be said; `problems` are those of the query files."""

    schema: tuple[SourceFile, ...]
    statements: tuple[QueryStatement, ...]
    unread: tuple[Diagnostic, ...] = ()
    problems: tuple[Diagnostic, ...] = ()


def read_package(config: Config, package: PackageConfig) -> Read:
    """Every schema file, and every annotated statement of the query files."""
    schema, unread = read_schema_sources(package.schema, config.root)
    sources, problems = read_sources(package.queries, "queries", config.root)
    statements: list[QueryStatement] = []
    for source in sources:
        read, found = read_queries(source)
        statements.extend(read)
        problems.extend(found)
    problems.extend(_duplicates(statements))
    if not statements and not any(item.severity == "error" for item in problems):
        problems.append(_no_queries(package))
    return Read(tuple(schema), tuple(statements), tuple(unread), tuple(problems))


def no_project(config: Config, package: PackageConfig) -> Diagnostic | None:
    """What to say in a folder that has nothing of a project."""
    defaults = PackageConfig()
    paths = (*package.schema, *package.queries)
    given = config.origin is not None or paths != (*defaults.schema, *defaults.queries)
    if given or any(is_folder(config.root / path) for path in paths):
        return None
    return Diagnostic(
        "missing-path",
        "error",
        f"there is no project in {config.root.resolve()}: no configuration, schema or queries",
        help="`sqlwright init` starts one",
    )


def _duplicates(statements: Sequence[QueryStatement]) -> Iterator[Diagnostic]:
    first: dict[str, QueryStatement] = {}
    for statement in statements:
        name = statement.annotation.name
        if (earlier := first.setdefault(name, statement)) is not statement:
            yield Diagnostic(
                "duplicate-query",
                "error",
                f"duplicate query name: {name}",
                (
                    Label(statement.annotation.name_span),
                    Label(earlier.annotation.name_span, "first used here"),
                ),
                help="every query of a package needs a name of its own",
                query=name,
            )


def _no_queries(package: PackageConfig) -> Diagnostic:
    paths = ", ".join(package.queries)
    return Diagnostic(
        "no-queries",
        "error",
        f"no queries contained in {paths}",
        help="start each query with a line such as `-- name: GetAuthor :one`",
    )
