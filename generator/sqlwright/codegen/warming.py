"""The statement that makes a new connection learn the package's types at once."""

from __future__ import annotations

from collections.abc import Iterable

from sqlwright.analysis.facts import QueryFacts
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.model import Type
from sqlwright.codegen.types.carriage import Carriage

_LEARNED = frozenset({"enum", "composite", "range", "multirange", "base"})


def warm_up(catalog: Catalog, queries: Iterable[QueryFacts]) -> str:
    """A SELECT of a NULL of every type in the queries that asyncpg has to ask the server about the
    first time it meets one, and that it can take; nothing if there is no such type."""
    carriage = Carriage(catalog, lambda _: False)
    used: set[int] = set()
    found: set[int] = set()
    for query in queries:
        used.update([item.type for item in query.parameters])
        used.update([item.type for item in query.columns])
        for column in query.columns:
            if column.fields and column.json is None:
                found |= carriage.to_be_known(column.fields)
    found.update(
        oid
        for oid in used
        if _is_learned(catalog, catalog.type(oid)) and carriage.can_be_learned(oid)
    )
    if not found:
        return ""
    nulls = ",\n    ".join(f"NULL::{name}" for name in sorted(map(catalog.display_type, found)))
    return f"SELECT\n    {nulls}\n"


def _is_learned(catalog: Catalog, item: Type) -> bool:
    if item.is_array and item.element:
        return _is_learned(catalog, catalog.type(item.element))
    return item.schema not in ("pg_catalog", "information_schema") and item.kind in _LEARNED
