"""Objects of which only the name matters: collations, text search, statistics, languages ..."""

from __future__ import annotations

from sqlwright.catalog.ddl.changes.drop import NAMED_KINDS
from sqlwright.catalog.ddl.context import Context
from sqlwright.catalog.ddl.creation import creation_schema
from sqlwright.catalog.ddl.lookup import find_relation, qualified, required
from sqlwright.catalog.model import NamedThing
from sqlwright.sql import ddl_nodes as ddl

_WITHOUT_SCHEMA = ("role", "language", "access method", "foreign data wrapper")
_LENIENT = ("role", "foreign data wrapper")


def create_named(context: Context, statement: ddl.CreateObject) -> Context:
    """CREATE of an object that lends only its name to queries, or nothing at all."""
    if statement.kind == "statistics":
        return _check_statistics(context, statement)
    kind = NAMED_KINDS.get(statement.kind)
    name = statement.name
    if kind is None or name is None:
        return context
    schema = "" if kind in _WITHOUT_SCHEMA else creation_schema(context, name.parts, name)
    thing = NamedThing(kind, schema, name.parts[-1])
    known = context.catalog.find_named(kind, (schema, thing.name) if schema else (thing.name,))
    if known is not None and known.schema == schema:
        if statement.if_not_exists or statement.replace or kind in _LENIENT:
            return context
        suffix = ' for encoding "UTF8"' if kind == "collation" else ""
        context.refuse(
            "duplicate-object",
            f'{kind} "{thing.name}"{suffix} already exists',
            name,
            sqlstate="42710",
        )
    if statement.source is not None and kind == "collation":
        source = statement.source
        if context.catalog.find_collation(source.parts) is None:
            context.refuse(
                "unknown-object",
                f'collation "{qualified(source.parts)}" for encoding "UTF8" does not exist',
                source,
                sqlstate="42704",
            )
    return context.at(context.catalog.with_name(thing))


def _check_statistics(context: Context, statement: ddl.CreateObject) -> Context:
    """CREATE STATISTICS makes nothing that a query sees, but its columns must exist."""
    if statement.relation is None:
        return context
    relation = required(find_relation(context, statement.relation))
    for expr in statement.expressions:
        context.expression(expr, "statistics expression", relation)
    return context
