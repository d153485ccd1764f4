"""Finding the objects that a statement names, or refusing as PostgreSQL does."""

from __future__ import annotations

from typing import NoReturn

from sqlwright.catalog.ddl.context import Context, Place
from sqlwright.catalog.identity import is_system_catalog
from sqlwright.catalog.model import Column, Relation, RelationKind, Type
from sqlwright.catalog.similar_names import (
    similar_column,
    similar_relation,
    similar_schema,
    similar_type,
)
from sqlwright.sql import nodes
from sqlwright.sql.lexing.keywords import quote_identifier

_NOUNS: dict[str, str] = {
    "table": "a table",
    "partitioned table": "a table",
    "view": "a view",
    "materialized view": "a materialized view",
    "sequence": "a sequence",
    "index": "an index",
    "foreign table": "a foreign table",
    "composite type": "a composite type",
}

FROM_EXTENSION = "if an extension has it, add its CREATE EXTENSION to the schema files"
"""Advice on what only PostgreSQL or an extension can have."""


def plural(kind: str) -> str:
    """A kind of relation in the plural, as messages have it."""
    return f"{kind}es" if kind.endswith("index") else f"{kind}s"


def qualified(names: tuple[str, ...]) -> str:
    """A name as messages show it."""
    return ".".join(names[-2:])


def find_relation(
    context: Context, relation: nodes.RangeVar, *, missing_ok: bool = False
) -> Relation | None:
    """The relation of that name. Unless `missing_ok`, 42P01 for none, 3F000 for no such schema."""
    names = relation.name
    found = context.catalog.find_relation(names)
    if found is not None or missing_ok:
        return found
    if len(names) > 1 and not context.catalog.has_schema(names[-2]):
        refuse_schema(context, names[-2], relation)
    advice = similar_relation(context.catalog, names)
    return context.refuse(
        "unknown-relation",
        f'relation "{qualified(names)}" does not exist',
        relation,
        sqlstate="42P01",
        help=advice.help,
        labels=advice.labels,
        cause=context.catalog.failure("relation", names[-1]),
    )


def refuse_schema(context: Context, name: str, place: Place) -> NoReturn:
    """3F000: there is no such schema."""
    context.refuse(
        "unknown-schema",
        f'schema "{name}" does not exist',
        place,
        sqlstate="3F000",
        help=similar_schema(context.catalog, name).help
        or f"create it with `CREATE SCHEMA {quote_identifier(name)};`",
        cause=context.catalog.failure("schema", name),
    )


def check_not_system(context: Context, relation: Relation, place: Place) -> None:
    """Refuse to change a table of PostgreSQL's own."""
    if is_system_catalog(relation):
        context.refuse(
            "insufficient-privilege",
            f'permission denied: "{relation.name}" is a system catalog',
            place,
            sqlstate="42501",
        )


def relation_for(
    context: Context,
    relation: nodes.RangeVar,
    kinds: tuple[RelationKind, ...],
    *,
    missing_ok: bool = False,
) -> Relation | None:
    """The relation of that name if it is of one of these kinds, else 42809; see `find_relation`."""
    found = find_relation(context, relation, missing_ok=missing_ok)
    if found is not None and found.kind not in kinds:
        context.refuse(
            "wrong-object-type",
            f'"{found.name}" is not {_NOUNS[kinds[0]]}',
            relation,
            sqlstate="42809",
        )
    return found


def required(found: Relation | None) -> Relation:
    """What a look-up that refuses missing relations found."""
    if found is None:
        raise LookupError("a relation that was required is missing")
    return found


def column_of(context: Context, relation: Relation, name: str, place: Place) -> Column:
    """A relation's column of that name, 42703 if there is none."""
    found = next((each for each in relation.columns if each.name == name), None)
    if found is None:
        refuse_column(
            context,
            relation,
            name,
            f'column "{name}" of relation "{relation.name}" does not exist',
            place,
        )
    return found


def refuse_column(
    context: Context, relation: Relation, name: str, message: str, place: Place
) -> NoReturn:
    """42703, in words of the caller's: a relation has no such column."""
    advice = similar_column(relation, name)
    context.refuse(
        "unknown-column",
        message,
        place,
        sqlstate="42703",
        help=advice.help,
        labels=advice.labels,
        cause=context.catalog.failure("column", relation.name, name),
    )


def type_named(context: Context, names: tuple[str, ...], place: Place) -> Type:
    """The type of that name, 42704 if there is none."""
    found = context.catalog.find_type(names)
    if found is None:
        if len(names) > 1 and not context.catalog.has_schema(names[-2]):
            refuse_schema(context, names[-2], place)
        advice = similar_type(context.catalog, names)
        context.refuse(
            "unknown-type",
            f'type "{qualified(names)}" does not exist',
            place,
            sqlstate="42704",
            help=advice.help,
            labels=advice.labels,
            cause=context.catalog.failure("type", names[-1]),
        )
    return found
