"""What PostgreSQL says of a query when it prepares it, against what was inferred."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlwright.analysis.facts import QueryFacts
from sqlwright.catalog.catalog import Catalog
from sqlwright.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Difference:
    """A thing that PostgreSQL reports otherwise: `inferred` and `reported` are shown to people."""

    query: str
    what: str
    inferred: str
    reported: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """A query as PostgreSQL described it; types are named as `inspect` names them."""

    parameters: tuple[str, ...]
    columns: tuple[tuple[str, str], ...]


_NAMES = """
    SELECT t.oid, n.nspname, coalesce(e.typname, t.typname), e.oid IS NOT NULL
    FROM pg_type t
    LEFT JOIN pg_type e ON e.typarray = t.oid
    JOIN pg_namespace n ON n.oid = coalesce(e.typnamespace, t.typnamespace)
    WHERE t.oid = ANY ($1::oid[])
"""


async def described(connection: Any, statement: Any) -> Prepared:
    """The description that an asyncpg prepared statement carries. Its names are those of the base
    types of domains, so the server is asked for the names of what it reported."""
    parameters = [item.oid for item in statement.get_parameters()]
    columns = [(item.name, item.type.oid) for item in statement.get_attributes()]
    rows = await connection.fetch(_NAMES, [*parameters, *(oid for _, oid in columns)])
    names = {oid: _type_name(schema, name, array) for oid, schema, name, array in rows}
    return Prepared(
        tuple(names[oid] for oid in parameters),
        tuple((name, names[oid]) for name, oid in columns),
    )


def differences(catalog: Catalog, facts: QueryFacts, prepared: Prepared) -> Iterator[Difference]:
    """Where the inferred parameters and columns and the described ones are not the same."""
    parameters = [catalog.contract_type(item.type) for item in facts.parameters]
    yield from _pairwise(facts.name, "parameter $", parameters, prepared.parameters)
    columns = [f"{item.name} {catalog.contract_type(item.type)}" for item in facts.columns]
    reported = [f"{name} {type_}" for name, type_ in prepared.columns]
    yield from _pairwise(facts.name, "column ", columns, reported)


def _pairwise(
    query: str, what: str, inferred: Sequence[str], reported: Sequence[str]
) -> Iterator[Difference]:
    for at in range(max(len(inferred), len(reported))):
        ours = inferred[at] if at < len(inferred) else "nothing"
        theirs = reported[at] if at < len(reported) else "nothing"
        if ours != theirs:
            yield Difference(query, f"{what}{at + 1}", ours, theirs)


def _type_name(schema: str, name: str, array: bool) -> str:
    """A type as `inspect` names it: the schema left out for pg_catalog."""
    shown = f"{name}[]" if array else name
    if schema == "pg_catalog":
        return shown
    return f"{'pg_temp' if schema.startswith('pg_temp_') else schema}.{shown}"
