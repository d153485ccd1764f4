"""What PostgreSQL says of a query when it prepares it, against what was inferred."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlwright.analysis.facts import QueryFacts
from sqlwright.catalog.catalog import Catalog


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


def described(statement: Any) -> Prepared:
    """The description that an asyncpg prepared statement carries."""
    return Prepared(
        tuple(_type_name(item) for item in statement.get_parameters()),
        tuple((item.name, _type_name(item.type)) for item in statement.get_attributes()),
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


def _type_name(described_type: Any) -> str:
    """asyncpg's type as `inspect` names it: the schema left out for pg_catalog."""
    if described_type.schema == "pg_catalog":
        return str(described_type.name)
    return f"{described_type.schema}.{described_type.name}"
