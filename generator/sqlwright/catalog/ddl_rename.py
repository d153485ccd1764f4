"""RENAME and SET SCHEMA of everything."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.creation import check_relation_name, check_schema, check_type_name
from sqlwright.catalog.ddl_alter_columns import check_typed_tables
from sqlwright.catalog.ddl_columns import check_column_name
from sqlwright.catalog.ddl_context import Context
from sqlwright.catalog.ddl_drop import NAMED_KINDS, part_of_table
from sqlwright.catalog.ddl_signatures import find_operator, find_routine
from sqlwright.catalog.inheritance import children_of, descendants_of
from sqlwright.catalog.lookup import find_relation, qualified, required, type_named
from sqlwright.catalog.model import Function, NamedThing, Relation, Type
from sqlwright.catalog.naming import array_type_name
from sqlwright.sql import ddl_nodes as ddl
from sqlwright.sql import nodes

_RELATION_KINDS: dict[str, tuple[str, ...]] = {
    "table": (),
    "view": ("view",),
    "materialized view": ("materialized view",),
    "sequence": ("sequence",),
    "index": ("index",),
    "foreign table": ("foreign table",),
}
_ARTICLES = {
    "view": "a view",
    "materialized view": "a materialized view",
    "sequence": "a sequence",
    "index": "an index",
    "foreign table": "a foreign table",
}
_ROUTINES = ("function", "procedure", "routine", "aggregate")


def rename(context: Context, statement: ddl.Rename) -> Context:
    """ALTER ... RENAME."""
    kind = statement.object.kind
    if statement.part is not None:
        return _rename_part(context, statement, statement.part)
    if kind in _RELATION_KINDS:
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
            return context.at(context.catalog.without_name(found).with_name(changed))
    return context


# Relations


def _relation(
    context: Context, reference: ddl.ObjectReference, missing_ok: bool
) -> Relation | None:
    place = nodes.RangeVar(start=reference.start, end=reference.end, name=reference.name)
    found = find_relation(context, place, missing_ok=missing_ok)
    allowed = _RELATION_KINDS[reference.kind]
    if found is None or not allowed or found.kind in allowed:
        if found is not None and found.kind == "composite type":
            context.refuse(
                "wrong-object-type",
                f'"{found.name}" is a composite type',
                reference,
                sqlstate="42809",
                hint="Use ALTER TYPE instead.",
            )
        return found
    if reference.kind == "index" or found.kind == "index":
        return found
    return context.refuse(
        "wrong-object-type",
        f'"{found.name}" is not {_ARTICLES[reference.kind]}',
        reference,
        sqlstate="42809",
    )


def _rename_relation(context: Context, statement: ddl.Rename) -> Context:
    found = _relation(context, statement.object, statement.if_exists)
    if found is None:
        return context
    name = statement.new_name.parts[0]
    return rename_relation(context, found, name, statement.new_name)


def rename_relation(
    context: Context, relation: Relation, name: str, place: ddl.ObjectName
) -> Context:
    """With a relation, its row type and array, and a constraint's index, under another name."""
    if context.catalog.find_relation((relation.schema, name)) is not None:
        context.refuse(
            "duplicate-relation",
            f'relation "{name}" already exists',
            place,
            sqlstate="42P07",
        )
    if relation.row_type:
        context = check_type_name(context, relation.schema, name, place)
    catalog = context.catalog.with_relation(replace(relation, name=name))
    if relation.row_type:
        catalog = _renamed_type(catalog, catalog.type(relation.row_type), name)
    if relation.kind == "index":
        catalog = _renamed_index_constraint(catalog, relation, name)
    return context.at(catalog)


def _renamed_index_constraint(catalog: Catalog, index: Relation, name: str) -> Catalog:
    table = catalog.get_relation(index.owner_table)
    if table is None:
        return catalog
    constraints = tuple(
        replace(each, name=name) if each.index == index.oid else each for each in table.constraints
    )
    return catalog.with_relation(replace(table, constraints=constraints))


def _renamed_type(catalog: Catalog, found: Type, name: str) -> Catalog:
    """A type under another name, and the array type over it under the one made from that."""
    catalog = catalog.with_type(replace(found, name=name))
    array = catalog.get_type(found.array) if found.array else None
    if array is None:
        return catalog
    return catalog.with_type(replace(array, name=array_type_name(catalog, array.schema, name)))


# Types


def _rename_type(context: Context, statement: ddl.Rename) -> Context:
    found = type_named(context, statement.object.name, statement.object)
    shown = context.catalog.display_type(found.oid)
    if statement.object.kind == "domain" and found.kind != "domain":
        context.refuse(
            "wrong-object-type", f"{shown} is not a domain", statement.object, sqlstate="42809"
        )
    _check_own_type(context, found, statement.object, "ALTER TABLE")
    name = statement.new_name.parts[0]
    if found.kind == "composite":
        relation = context.catalog.relation(found.relation)
        return rename_relation(context, relation, name, statement.new_name)
    context = check_type_name(context, found.schema, name, statement.new_name)
    return context.at(_renamed_type(context.catalog, found, name))


def _check_own_type(
    context: Context, found: Type, place: ddl.ObjectReference, instead: str
) -> None:
    """Refuse types that belong to something else: row types of tables, array types."""
    shown = context.catalog.display_type(found.oid)
    if found.kind == "composite" and found.relation:
        relation = context.catalog.relation(found.relation)
        if relation.kind != "composite type":
            context.refuse(
                "wrong-object-type",
                f"{shown} is a table's row type",
                place,
                sqlstate="42809",
                hint=f"Use {instead} instead.",
            )
    if found.is_array and found.element:
        element = context.catalog.display_type(found.element)
        context.refuse(
            "wrong-object-type",
            f"cannot alter array type {shown}",
            place,
            sqlstate="42809",
            hint=f"You can alter type {element}, which will alter the array type as well.",
        )


# Columns, attributes and constraints


def _rename_part(context: Context, statement: ddl.Rename, part: ddl.ObjectName) -> Context:
    if statement.object.kind in ("type", "domain"):
        found = type_named(context, statement.object.name, statement.object)
        if found.kind == "domain":
            return _rename_domain_constraint(context, found, statement, part)
        _check_own_type(context, found, statement.object, "ALTER TABLE")
        relation = context.catalog.get_relation(found.relation) if found.relation else None
        if relation is None:
            context.refuse(
                "wrong-object-type",
                f'"{found.name}" is not a composite type',
                statement.object,
                sqlstate="42809",
            )
    else:
        relation = _relation(context, statement.object, statement.if_exists)
    if relation is None:
        return context
    if statement.part_kind == "constraint":
        return _rename_constraint(context, relation, statement, part)
    return _rename_column(context, relation, statement, part)


def _rename_column(
    context: Context, relation: Relation, statement: ddl.Rename, part: ddl.ObjectName
) -> Context:
    old, new = part.parts[0], statement.new_name.parts[0]
    if relation.of_type and relation.kind != "composite type":
        context.refuse(
            "wrong-object-type", "cannot rename column of typed table", part, sqlstate="42809"
        )
    column = next((each for each in relation.columns if each.name == old), None)
    if column is None:
        context.refuse("unknown-column", f'column "{old}" does not exist', part, sqlstate="42703")
    if column.inherited and any(
        each.name == old
        for parent in relation.parents
        for each in context.catalog.relation(parent).columns
    ):
        context.refuse(
            "invalid-table-definition",
            f'cannot rename inherited column "{old}"',
            part,
            sqlstate="42P16",
        )
    check_column_name(context, new, (statement.new_name.start, statement.new_name.end))
    typed = check_typed_tables(context, relation, part, cascade=statement.cascade)
    for each in (relation, *descendants_of(context.catalog, relation.oid), *typed):
        if any(known.name == new for known in each.columns):
            context.refuse(
                "duplicate-column",
                f'column "{new}" of relation "{each.name}" already exists',
                statement.new_name,
                sqlstate="42701",
            )
        context = context.at(_with_renamed_column(context.catalog, each, old, new))
    return context


def _with_renamed_column(catalog: Catalog, relation: Relation, old: str, new: str) -> Catalog:
    """With a column under another name, wherever constraints, keys and views name it."""
    relation = catalog.relation(relation.oid)
    if all(each.name != old for each in relation.columns):
        return catalog

    def changed(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(new if each == old else each for each in names)

    columns = tuple(
        replace(each, name=new) if each.name == old else each for each in relation.columns
    )
    constraints = tuple(
        replace(
            each,
            columns=changed(each.columns),
            not_null_columns=changed(each.not_null_columns),
            referenced_columns=changed(each.referenced_columns)
            if each.referenced == relation.oid
            else each.referenced_columns,
        )
        for each in relation.constraints
    )
    catalog = catalog.with_relation(
        replace(
            relation,
            columns=columns,
            constraints=constraints,
            partition_key=changed(relation.partition_key),
        )
    )
    for other in catalog.relations():
        if any(
            each.referenced == relation.oid and old in each.referenced_columns
            for each in other.constraints
        ):
            catalog = catalog.with_relation(
                replace(
                    other,
                    constraints=tuple(
                        replace(each, referenced_columns=changed(each.referenced_columns))
                        if each.referenced == relation.oid
                        else each
                        for each in other.constraints
                    ),
                )
            )
    return catalog


def _rename_constraint(
    context: Context, relation: Relation, statement: ddl.Rename, part: ddl.ObjectName
) -> Context:
    old, new = part.parts[0], statement.new_name.parts[0]
    found = next(
        (each for each in relation.constraints if each.name == old and not each.is_index), None
    )
    if found is None:
        context.refuse(
            "unknown-constraint",
            f'constraint "{old}" for table "{relation.name}" does not exist',
            part,
            sqlstate="42704",
        )
    if found.inherited:
        context.refuse(
            "invalid-table-definition",
            f'cannot rename inherited constraint "{old}"',
            part,
            sqlstate="42P16",
        )
    if found.index:
        index = context.catalog.relation(found.index)
        return rename_relation(context, index, new, statement.new_name)
    if any(each.name == new for each in relation.constraints):
        context.refuse(
            "duplicate-constraint",
            f'constraint "{new}" for relation "{relation.name}" already exists',
            statement.new_name,
            sqlstate="42710",
        )
    constraints = tuple(
        replace(each, name=new) if each is found else each for each in relation.constraints
    )
    catalog = context.catalog.with_relation(replace(relation, constraints=constraints))
    context = context.at(catalog)
    if found.kind in ("check", "not null"):
        for child in children_of(catalog, relation.oid):
            own = next(
                (each for each in child.constraints if each.name == old and each.inherited), None
            )
            if own is not None:
                renamed = tuple(
                    replace(each, name=new) if each is own else each for each in child.constraints
                )
                context = context.at(
                    context.catalog.with_relation(replace(child, constraints=renamed))
                )
    return context


def _rename_domain_constraint(
    context: Context, domain: Type, statement: ddl.Rename, part: ddl.ObjectName
) -> Context:
    old, new = part.parts[0], statement.new_name.parts[0]
    if all(each.name != old for each in domain.constraints):
        context.refuse(
            "unknown-constraint",
            f'constraint "{old}" for domain {domain.name} does not exist',
            part,
            sqlstate="42704",
        )
    constraints = tuple(
        replace(each, name=new) if each.name == old else each for each in domain.constraints
    )
    return context.at(context.catalog.with_type(replace(domain, constraints=constraints)))


# Functions, parts of tables, schemas


def _rename_routine(context: Context, statement: ddl.Rename) -> Context:
    found = required_routine(find_routine(context, statement.object))
    changed = replace(found, name=statement.new_name.parts[0])
    _check_no_function(context, changed, statement.new_name)
    return context.at(context.catalog.with_function(changed))


def required_routine(found: Function | None) -> Function:
    """What a look-up that refuses missing functions found."""
    if found is None:
        raise LookupError("a function that was required is missing")
    return found


def _check_no_function(context: Context, wanted: Function, place: ddl.ObjectName) -> None:
    for each in context.catalog.functions_named((wanted.schema, wanted.name)):
        if each.arguments == wanted.arguments and each.oid != wanted.oid:
            types = ", ".join(context.catalog.display_type(each) for each in wanted.arguments)
            context.refuse(
                "duplicate-function",
                f'function {wanted.name}({types}) already exists in schema "{wanted.schema}"',
                place,
                sqlstate="42723",
            )


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


# SET SCHEMA


def set_schema(context: Context, statement: ddl.SetSchema) -> Context:
    """ALTER ... SET SCHEMA."""
    schema = statement.schema.parts[0]
    kind = statement.object.kind
    if kind == "extension":
        return context
    mover = _MOVERS.get(kind)
    if kind in _RELATION_KINDS:
        found = _relation(context, statement.object, statement.if_exists)
        if found is None:
            return context
        check_schema(context, schema, statement.schema)
        return _move_relation(context, found, schema, statement)
    check_schema(context, schema, statement.schema)
    return mover(context, statement, schema) if mover is not None else context


def _move_relation(
    context: Context, relation: Relation, schema: str, statement: ddl.SetSchema
) -> Context:
    if relation.schema == schema:
        return context
    if relation.kind == "sequence" and relation.owner_table:
        owner = context.catalog.relation(relation.owner_table).name
        context.refuse(
            "feature-not-supported",
            "cannot move an owned sequence into another schema",
            statement.object,
            sqlstate="0A000",
            detail=f'Sequence "{relation.name}" is linked to table "{owner}".',
        )
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
    _check_own_type(context, found, statement.object, "ALTER TABLE")
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
    _check_no_function(context, changed, statement.schema)
    return context.at(context.catalog.with_function(changed))


def _move_operator(context: Context, statement: ddl.SetSchema, schema: str) -> Context:
    found = find_operator(context, statement.object)
    if found is None:
        return context
    return context.at(context.catalog.with_operator(replace(found, schema=schema)))


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
