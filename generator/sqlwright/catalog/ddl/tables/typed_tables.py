"""Tables OF a composite type (manual, CREATE TABLE and ALTER TABLE: OF)."""

from __future__ import annotations

from sqlwright.catalog.ddl.context import Context
from sqlwright.catalog.ddl.lookup import type_named
from sqlwright.catalog.model import Relation
from sqlwright.sql import nodes


def stand_alone_type(context: Context, place: nodes.TypeName) -> Relation:
    """The attributes of a type that tables may be of, which no table has made."""
    found = type_named(context, place.names, place)
    relation = context.catalog.get_relation(found.relation) if found.relation else None
    if relation is None or relation.kind != "composite type":
        noun = context.catalog.display_type(found.oid)
        context.refuse(
            "wrong-object-type",
            f"type {noun} is not a composite type"
            if relation is None
            else f"type {noun} is the row type of another table",
            place,
            sqlstate="42809",
            detail=None
            if relation is None
            else "A typed table must use a stand-alone composite type created with CREATE TYPE.",
        )
    return relation


def check_fits_type(
    context: Context, table: Relation, composite: Relation, place: nodes.TypeName
) -> None:
    """A table that is to be of a type has its columns, in their order and no others."""
    if table.parents:
        message = "typed tables cannot inherit"
        context.refuse("wrong-object-type", message, place, sqlstate="42809")
    message = _difference(table, composite)
    if message:
        context.refuse("type-mismatch", message, place, sqlstate="42804")


def _difference(table: Relation, composite: Relation) -> str:
    for at, wanted in enumerate(composite.columns):
        if at >= len(table.columns):
            return f'table is missing column "{wanted.name}"'
        own = table.columns[at]
        if own.name != wanted.name:
            return f'table has column "{own.name}" where type requires "{wanted.name}"'
        if (own.type, own.modifier) != (wanted.type, wanted.modifier):
            return f'table "{table.name}" has different type for column "{own.name}"'
    extra = table.columns[len(composite.columns) :]
    return f'table has extra column "{extra[0].name}"' if extra else ""
