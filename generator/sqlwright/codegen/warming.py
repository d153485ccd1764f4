"""The statement that makes a new connection learn the package's types at once."""

from __future__ import annotations

from collections.abc import Iterable

from sqlwright.analysis.facts import QueryFacts
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.model import Type
from sqlwright.codegen.types.carriage import Carriage

_LEARNED = frozenset({"enum", "composite", "range", "multirange", "base"})


def warm_up(catalog: Catalog, queries: Iterable[QueryFacts]) -> str | None:
    """A SELECT of a NULL of every type in the queries that asyncpg has to ask the server about the
    first time it meets one, and that it can take; None if there is no such type."""
    found: dict[int, str] = {}
    carriage = Carriage(catalog, lambda _: False)
    for query in queries:
        used = [item.type for item in query.parameters] + [item.type for item in query.columns]
        for oid in used:
            item = catalog.type(oid)
            if _is_learned(catalog, item) and carriage.can_be_learned(oid):
                found[oid] = catalog.display_type(oid)
    if not found:
        return None
    nulls = ",\n    ".join(f"NULL::{name}" for name in sorted(found.values()))
    return f"SELECT\n    {nulls}\n"


def _is_learned(catalog: Catalog, item: Type) -> bool:
    if item.is_array and item.element:
        return _is_learned(catalog, catalog.type(item.element))
    return item.schema not in ("pg_catalog", "information_schema") and item.kind in _LEARNED
