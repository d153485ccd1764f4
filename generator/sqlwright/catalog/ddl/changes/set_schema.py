"""SET SCHEMA of everything."""

from __future__ import annotations

from collections.abc import Callable

from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.ddl.changes.drop import NAMED_KINDS
from sqlwright.catalog.ddl.changes.rename_targets import (
    RELATION_KINDS,
    check_no_function,
    check_own_type,
    relation_named,
    required_routine,
)
from sqlwright.catalog.ddl.context import Context
from sqlwright.catalog.ddl.creation import check_relation_name, check_schema
from sqlwright.catalog.ddl.lookup import qualified, type_named
from sqlwright.catalog.ddl.routines.signatures import find_operator, find_routine
from sqlwright.catalog.model import NamedThing, Relation
from sqlwright.dataclass import replace
from sqlwright.sql import ddl_nodes as ddl


def set_schema(context: Context, statement: ddl.SetSchema) -> Context:
    """ALTER ... SET SCHEMA."""
    schema = statement.schema.parts[0]
    kind = statement.object.kind
    if kind == "extension":
        return _move_extension(context, statement, schema)
    mover = _MOVERS.get(kind)
    if kind in RELATION_KINDS:
        found = relation_named(context, statement.object, statement.if_exists)
        if found is None:
            return context
        check_schema(context, schema, statement.schema)
        return _move_relation(context, found, schema, statement)
    check_schema(context, schema, statement.schema)
    return mover(context, statement, schema) if mover is not None else context


def _move_relation(
    context: Context, relation: Relation, schema: str, statement: ddl.SetSchema
) -> Context:
    if relation.kind == "sequence" and relation.owner_table:
        owner = context.catalog.relation(relation.owner_table).name
        context.refuse(
            "feature-not-supported",
            "cannot move an owned sequence into another schema",
            statement.object,
            sqlstate="0A000",
            detail=f'Sequence "{relation.name}" is linked to table "{owner}".',
        )
    if relation.schema == schema:
        return context
    place = statement.schema
    if context.catalog.find_relation((schema, relation.name)) is not None:
        context.refuse(
            "duplicate-relation",
            f'relation "{relation.name}" already exists in schema "{schema}"',
            place,
            sqlstate="42P07",
        )
    context = check_relation_name(context, schema, relation.name, place)
    catalog = _moved(context.catalog, relation, schema)
    for each in catalog.relations():
        if each.owner_table == relation.oid:
            catalog = _moved(catalog, each, schema)
    return context.at(catalog)


def _moved(catalog: Catalog, relation: Relation, schema: str) -> Catalog:
    catalog = catalog.with_relation(replace(relation, schema=schema))
    return _moved_type(catalog, relation.row_type, schema) if relation.row_type else catalog


def _moved_type(catalog: Catalog, oid: int, schema: str) -> Catalog:
    found = catalog.type(oid)
    catalog = catalog.with_type(replace(found, schema=schema))
    array = catalog.get_type(found.array) if found.array else None
    return catalog.with_type(replace(array, schema=schema)) if array is not None else catalog


def _move_type(context: Context, statement: ddl.SetSchema, schema: str) -> Context:
    found = type_named(context, statement.object.name, statement.object)
    check_own_type(context, found, statement.object, "ALTER TABLE")
    if found.schema == schema:
        return context
    if context.catalog.find_type((schema, found.name)) is not None:
        context.refuse(
            "duplicate-type",
            f'type "{found.name}" already exists in schema "{schema}"',
            statement.schema,
            sqlstate="42710",
        )
    if found.kind == "composite":
        relation = context.catalog.relation(found.relation)
        return context.at(_moved(context.catalog, relation, schema))
    return context.at(_moved_type(context.catalog, found.oid, schema))


def _move_routine(context: Context, statement: ddl.SetSchema, schema: str) -> Context:
    found = required_routine(find_routine(context, statement.object))
    changed = replace(found, schema=schema)
    check_no_function(context, changed, statement.schema)
    return context.at(context.catalog.with_function(changed))


def _move_operator(context: Context, statement: ddl.SetSchema, schema: str) -> Context:
    found = find_operator(context, statement.object)
    if found is None:
        return context
    return context.at(context.catalog.with_operator(replace(found, schema=schema)))


def _move_extension(context: Context, statement: ddl.SetSchema, schema: str) -> Context:
    """The objects of an extension, as far as they are where the extension is."""
    name = statement.object.name[-1]
    extension = context.catalog.extensions.get(name)
    if extension is None:
        context.refuse(
            "unknown-object",
            f'extension "{name}" does not exist',
            statement.object,
            sqlstate="42704",
        )
    check_schema(context, schema, statement.schema)
    catalog = context.catalog
    home = extension.schema
    types = [each for each in map(catalog.type, extension.types) if each.schema == home]
    relations = [each for each in map(catalog.relation, extension.relations) if each.schema == home]
    functions = [each for each in map(catalog.function, extension.functions) if each.schema == home]
    operators = [each for each in map(catalog.operator, extension.operators) if each.schema == home]
    catalog = (
        catalog.with_type(*(replace(each, schema=schema) for each in types))
        .with_relation(*(replace(each, schema=schema) for each in relations))
        .with_function(*(replace(each, schema=schema) for each in functions))
        .with_operator(*(replace(each, schema=schema) for each in operators))
    )
    return context.at(catalog.with_extension(replace(extension, schema=schema)))


def _move_named(context: Context, statement: ddl.SetSchema, schema: str) -> Context:
    kind = NAMED_KINDS[statement.object.kind]
    found = context.catalog.find_named(kind, statement.object.name)
    if found is None:
        context.refuse(
            "unknown-object",
            f'{kind} "{qualified(statement.object.name)}" does not exist',
            statement.object,
            sqlstate="42704",
        )
    moved = NamedThing(found.kind, schema, found.name)
    return context.at(context.catalog.without_name(found).with_name(moved))


_MOVERS: dict[str, Callable[[Context, ddl.SetSchema, str], Context]] = {
    "type": _move_type,
    "domain": _move_type,
    "function": _move_routine,
    "procedure": _move_routine,
    "routine": _move_routine,
    "aggregate": _move_routine,
    "operator": _move_operator,
    "collation": _move_named,
    "text search parser": _move_named,
    "text search dictionary": _move_named,
    "text search template": _move_named,
    "text search configuration": _move_named,
}
