"""RENAME and SET SCHEMA of everything."""

from __future__ import annotations

from sqlwright.catalog.ddl.changes.drop import NAMED_KINDS, part_of_table
from sqlwright.catalog.ddl.changes.rename_parts import rename_part
from sqlwright.catalog.ddl.changes.rename_targets import (
    RELATION_KINDS,
    check_no_function,
    check_own_type,
    relation_named,
    rename_relation,
    renamed_type,
    required_routine,
)
from sqlwright.catalog.ddl.context import Context
from sqlwright.catalog.ddl.creation import check_schema, check_type_name
from sqlwright.catalog.ddl.lookup import check_not_system, find_relation, required, type_named
from sqlwright.catalog.ddl.routines.signatures import find_routine
from sqlwright.catalog.ddl.schemas import check_not_reserved
from sqlwright.dataclass import replace
from sqlwright.sql import ddl_nodes as ddl

_ROUTINES = ("function", "procedure", "routine", "aggregate")


def rename(context: Context, statement: ddl.Rename) -> Context:
    """ALTER ... RENAME."""
    kind = statement.object.kind
    if statement.part is not None:
        return rename_part(context, statement, statement.part)
    if kind in RELATION_KINDS:
        return _rename_relation(context, statement)
    if kind in ("type", "domain"):
        return _rename_type(context, statement)
    if kind in _ROUTINES:
        return _rename_routine(context, statement)
    if kind in ("trigger", "rule", "policy"):
        return _rename_table_part(context, statement)
    if kind == "schema":
        return _rename_schema(context, statement)
    named = NAMED_KINDS.get(kind)
    if named is not None:
        found = context.catalog.find_named(named, statement.object.name)
        if found is not None:
            changed = replace(found, name=statement.new_name.parts[0])
            catalog = context.catalog.without_name(found).with_name(changed)
            if named == "collation" and found.name in catalog.nondeterministic:
                catalog = catalog.with_nondeterministic(changed.name)
            return context.at(catalog)
    return context


# Relations


def _rename_relation(context: Context, statement: ddl.Rename) -> Context:
    found = relation_named(context, statement.object, statement.if_exists)
    if found is None:
        return context
    check_not_system(context, found, statement.object)
    name = statement.new_name.parts[0]
    return rename_relation(context, found, name, statement.new_name)


# Types


def _rename_type(context: Context, statement: ddl.Rename) -> Context:
    found = type_named(context, statement.object.name, statement.object)
    shown = context.catalog.display_type(found.oid)
    if statement.object.kind == "domain" and found.kind != "domain":
        context.refuse(
            "wrong-object-type", f"{shown} is not a domain", statement.object, sqlstate="42809"
        )
    check_own_type(context, found, statement.object, "ALTER TABLE")
    name = statement.new_name.parts[0]
    if found.kind == "composite":
        relation = context.catalog.relation(found.relation)
        return rename_relation(context, relation, name, statement.new_name)
    context = check_type_name(context, found.schema, name, statement.new_name)
    return context.at(renamed_type(context.catalog, found, name))


# Functions, parts of tables, schemas


def _rename_routine(context: Context, statement: ddl.Rename) -> Context:
    found = required_routine(find_routine(context, statement.object))
    changed = replace(found, name=statement.new_name.parts[0])
    check_no_function(context, changed, statement.new_name)
    return context.at(context.catalog.with_function(changed))


def _rename_table_part(context: Context, statement: ddl.Rename) -> Context:
    address = part_of_table(context, statement.object, missing_ok=statement.if_exists)
    place = statement.object.relation
    if address is None or place is None:
        return context
    table = required(find_relation(context, place))
    new = statement.new_name.parts[0]
    kind = statement.object.kind
    existing = {
        "trigger": [each.name for each in table.triggers],
        "rule": [each.name for each in table.rules],
        "policy": [each.name for each in table.policies],
    }[kind]
    if new in existing:
        noun = "table" if kind == "policy" else "relation"
        context.refuse(
            "duplicate-object",
            f'{kind} "{new}" for {noun} "{table.name}" already exists',
            statement.new_name,
            sqlstate="42710",
        )
    changed = replace(
        table,
        triggers=tuple(
            replace(each, name=new) if each.oid == address.oid else each for each in table.triggers
        ),
        rules=tuple(
            replace(each, name=new) if each.oid == address.oid else each for each in table.rules
        ),
        policies=tuple(
            replace(each, name=new) if each.oid == address.oid else each for each in table.policies
        ),
    )
    return context.at(context.catalog.with_relation(changed))


def _rename_schema(context: Context, statement: ddl.Rename) -> Context:
    old, new = statement.object.name[0], statement.new_name.parts[0]
    check_schema(context, old, statement.object)
    if context.catalog.has_schema(new):
        context.refuse(
            "duplicate-schema",
            f'schema "{new}" already exists',
            statement.new_name,
            sqlstate="42P06",
        )
    check_not_reserved(context, new, statement.new_name)
    catalog = context.catalog.with_schema(new)
    relations = [replace(each, schema=new) for each in catalog.relations() if each.schema == old]
    types = [replace(each, schema=new) for each in catalog.types() if each.schema == old]
    functions = [replace(each, schema=new) for each in catalog.functions() if each.schema == old]
    operators = [replace(each, schema=new) for each in catalog.user_operators if each.schema == old]
    names = [each for each in catalog.user_names.values() if each.schema == old]
    catalog = (
        catalog.with_relation(*relations)
        .with_type(*types)
        .with_function(*functions)
        .with_operator(*operators)
        .with_name(*(replace(each, schema=new) for each in names))
    )
    for thing in names:
        catalog = catalog.without_name(thing)
    return context.at(catalog.without_schema(old))
