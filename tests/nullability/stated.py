"""What the query files state of NULLs and rows, in the comment of each query.

    -- columns: id NOT NULL (key), nick NULL (no constraint), lead NULL? (not provable: ...)
    -- elements: tags NULL (...)
    -- parameters: name NOT NULL (...)
    -- given: names NOT NULL (...)
    -- rows: at-most-one

`elements` are those of result columns, `given` those of all parameters that are arrays.
`NULL?` is a column that is never NULL, for a reason we do not prove: it counts as imprecise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sqlwright.analysis.facts import QueryFacts
from sqlwright.analysis.query import infer_query
from sqlwright.analysis.schema import analyser
from sqlwright.catalog.building import build_catalog
from sqlwright.catalog.catalog import Catalog, initial_catalog
from sqlwright.diagnostics import Diagnostic
from sqlwright.source import SourceFile
from sqlwright.sql.reader import read_queries
from sqlwright.sql.statements import QueryStatement

FOLDER = Path(__file__).parent
SCHEMA = FOLDER / "schema.sql"

_ITEM = re.compile(r"(\S+) (NOT NULL|NULL\?|NULL) \(([^()]*(?:\([^()]*\)[^()]*)*)\)(?:, |$)")


@dataclass(frozen=True)
class Stated:
    """One item: a name, `NOT NULL`, `NULL` or `NULL?`, and the reason."""

    name: str
    claim: str
    reason: str

    @property
    def nullable(self) -> bool:
        return self.claim != "NOT NULL"


@dataclass(frozen=True)
class Case:
    """A query with what is inferred of it and what is stated."""

    file: str
    facts: QueryFacts
    columns: tuple[Stated, ...] | None = None
    elements: tuple[Stated, ...] = ()
    parameters: tuple[Stated, ...] | None = None
    given: tuple[Stated, ...] | None = None
    rows: str | None = None
    warnings: tuple[Diagnostic, ...] = field(default=())


def catalog_of(path: Path) -> Catalog:
    """The catalog of a schema file, which must be without fault."""
    source = SourceFile(path.name, path.read_text(encoding="utf-8"))
    problems: list[Diagnostic] = []
    catalog = build_catalog(initial_catalog(), [source], analyser, problems)
    assert not problems, problems
    return catalog


def statements() -> Iterator[tuple[str, QueryStatement]]:
    """Every query of the folder, with the name of its file."""
    for path in sorted((FOLDER / "queries").glob("*.sql")):
        source = SourceFile(f"queries/{path.name}", path.read_text(encoding="utf-8"))
        found, problems = read_queries(source)
        assert not problems, problems
        yield from ((path.name, each) for each in found)


def cases(catalog: Catalog) -> list[Case]:
    """Every query of the folder; each must be inferred."""
    found: list[Case] = []
    for file, statement in statements():
        facts, diagnostics = infer_query(catalog, statement)
        assert facts is not None, diagnostics
        found.append(_case(file, facts, tuple(diagnostics)))
    return found


def _case(file: str, facts: QueryFacts, warnings: tuple[Diagnostic, ...]) -> Case:
    stated = dict(line.strip().split(": ", 1) for line in facts.comment if ": " in line)
    return Case(
        file,
        facts,
        _items(stated.get("columns")),
        _items(stated.get("elements")) or (),
        _items(stated.get("parameters")),
        _items(stated.get("given")),
        stated.get("rows"),
        warnings,
    )


def _items(text: str | None) -> tuple[Stated, ...] | None:
    if text is None:
        return None
    items = tuple(Stated(*match.groups()) for match in _ITEM.finditer(text))
    shown = ", ".join(f"{item.name} {item.claim} ({item.reason})" for item in items)
    assert shown == text, f"cannot read: {text}"
    return items
