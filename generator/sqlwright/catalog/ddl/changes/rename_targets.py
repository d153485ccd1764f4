"""What RENAME and SET SCHEMA name, and the renaming of relations and types."""

from __future__ import annotations

from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.ddl.context import Context
from sqlwright.catalog.ddl.creation import check_type_name
from sqlwright.catalog.ddl.lookup import find_relation
from sqlwright.catalog.ddl.naming import array_type_name
from sqlwright.catalog.model import Function, Relation, Type
from sqlwright.dataclass import replace
from sqlwright.sql import ddl_nodes as ddl
from sqlwright.sql import nodes

RELATION_KINDS: dict[str, tuple[str, ...]] = {
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


def relation_named(
    context: Context, reference: ddl.ObjectReference, missing_ok: bool
) -> Relation | None:
    place = nodes.RangeVar(start=reference.start, end=reference.end, name=reference.name)
    found = find_relation(context, place, missing_ok=missing_ok)
    allowed = RELATION_KINDS[reference.kind]
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
        catalog = renamed_type(catalog, catalog.type(relation.row_type), name)
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


def renamed_type(catalog: Catalog, found: Type, name: str) -> Catalog:
    """A type under another name, and the array type over it under the one made from that."""
    catalog = catalog.with_type(replace(found, name=name))
    array = catalog.get_type(found.array) if found.array else None
    if array is None:
        return catalog
    return catalog.with_type(replace(array, name=array_type_name(catalog, array.schema, name)))


def check_own_type(context: Context, found: Type, place: ddl.ObjectReference, instead: str) -> None:
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


def required_routine(found: Function | None) -> Function:
    """What a look-up that refuses missing functions found."""
    if found is None:
        raise LookupError("a function that was required is missing")
    return found


def check_no_function(context: Context, wanted: Function, place: ddl.ObjectName) -> None:
    for each in context.catalog.functions_named((wanted.schema, wanted.name)):
        if each.arguments == wanted.arguments and each.oid != wanted.oid:
            types = ", ".join(context.catalog.display_type(each) for each in wanted.arguments)
            context.refuse(
                "duplicate-function",
                f'function {wanted.name}({types}) already exists in schema "{wanted.schema}"',
                place,
                sqlstate="42723",
            )
