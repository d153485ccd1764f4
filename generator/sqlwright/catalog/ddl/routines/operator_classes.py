"""CREATE OPERATOR CLASS and OPERATOR FAMILY (manual 36.16)."""

from __future__ import annotations

from typing import Literal

from sqlwright.catalog.ddl.constraints.indexes import check_access_method
from sqlwright.catalog.ddl.context import Context
from sqlwright.catalog.ddl.creation import creation_schema
from sqlwright.catalog.ddl.lookup import qualified
from sqlwright.catalog.ddl.routines.signatures import (
    argument_oids,
    find_operator,
    find_routine,
)
from sqlwright.catalog.dependencies import Address
from sqlwright.catalog.identity import is_own
from sqlwright.catalog.model import Operator
from sqlwright.catalog.operator_families import (
    OperatorClass,
    OperatorClassMember,
    OperatorFamily,
    SupportFunction,
)
from sqlwright.catalog.references import type_addresses
from sqlwright.catalog.types.resolution import typename_type_id_and_mod
from sqlwright.sql import ddl_nodes as ddl


def create_operator_class(context: Context, statement: ddl.CreateOperatorClass) -> Context:
    """CREATE OPERATOR CLASS, with its family unless it names one."""
    method = statement.access_method
    check_access_method(context, method, statement)
    schema = creation_schema(context, statement.name.parts, statement.name)
    name = statement.name.parts[-1]
    type_oid, _ = typename_type_id_and_mod(context.catalog, context.source, statement.type_name)
    if context.catalog.find_operator_class((schema, name), method) is not None:
        context.refuse(
            "duplicate-object",
            f'operator class "{name}" for access method "{method}" already exists',
            statement.name,
            sqlstate="42710",
        )
    _check_default(context, statement, type_oid)
    context, family = _family(context, statement, schema, name)
    catalog = context.catalog
    made = OperatorClass(
        oid=catalog.next_oid,
        schema=schema,
        name=name,
        method=method,
        family=family.oid,
        type=type_oid,
        default=statement.default,
    )
    catalog = catalog.with_operator_class(made)
    address = Address("operator class", made.oid)
    dependencies = catalog.dependencies
    if not is_own(family):
        dependencies = dependencies.add(address, [Address("operator family", family.oid)], "auto")
    dependencies = dependencies.add(address, type_addresses(catalog, type_oid))
    context = context.at(catalog.with_dependencies(dependencies))
    return _with_items(context, family, statement.items, type_oid)


def _check_default(context: Context, statement: ddl.CreateOperatorClass, type_oid: int) -> None:
    if not statement.default:
        return
    for each in context.catalog.operator_classes(statement.access_method):
        if each.default and each.type == type_oid:
            shown = context.catalog.display_type(type_oid)
            context.refuse(
                "duplicate-object",
                f'could not make operator class "{statement.name.parts[-1]}" be default for type '
                f"{shown}",
                statement.name,
                sqlstate="42710",
                detail=f'Operator class "{each.name}" already is the default.',
            )


def _family(
    context: Context, statement: ddl.CreateOperatorClass, schema: str, name: str
) -> tuple[Context, OperatorFamily]:
    names = statement.family.parts if statement.family is not None else (schema, name)
    found = find_family(context, names, statement.access_method)
    if found is not None:
        return context, found
    if statement.family is not None:
        context.refuse(
            "unknown-object",
            f'operator family "{qualified(names)}" does not exist for access method '
            f'"{statement.access_method}"',
            statement.family,
            sqlstate="42704",
        )
    family = OperatorFamily(context.catalog.next_oid, schema, name, statement.access_method)
    return context.at(context.catalog.with_operator_family(family)), family


def find_family(context: Context, names: tuple[str, ...], method: str) -> OperatorFamily | None:
    """The operator family of that name for an index method."""
    catalog = context.catalog
    families: tuple[OperatorFamily, ...] = (*catalog.user_families, *catalog.builtin.families)
    for each in families:
        if each.name != names[-1] or each.method != method:
            continue
        path = (names[-2],) if len(names) > 1 else catalog.object_path
        if each.schema in path:
            return each
    return None


def change_operator_family(context: Context, statement: ddl.CreateOperatorFamily) -> Context:
    """CREATE OPERATOR FAMILY and ALTER OPERATOR FAMILY."""
    method = statement.access_method
    check_access_method(context, method, statement)
    if not statement.alter:
        schema = creation_schema(context, statement.name.parts, statement.name)
        name = statement.name.parts[-1]
        if find_family(context, (schema, name), method) is not None:
            context.refuse(
                "duplicate-object",
                f'operator family "{name}" for access method "{method}" already exists',
                statement.name,
                sqlstate="42710",
            )
        family = OperatorFamily(context.catalog.next_oid, schema, name, method)
        return context.at(context.catalog.with_operator_family(family))
    found = find_family(context, statement.name.parts, method)
    if found is None:
        context.refuse(
            "unknown-object",
            f'operator family "{qualified(statement.name.parts)}" does not exist for access '
            f'method "{method}"',
            statement.name,
            sqlstate="42704",
        )
    if statement.drop:
        return context
    return _with_items(context, found, statement.items, 0)


def _with_items(
    context: Context,
    family: OperatorFamily,
    items: tuple[ddl.OperatorItem, ...],
    type_oid: int,
) -> Context:
    """The members of a btree or hash family; other methods compare nothing that a query sees."""
    method: Literal["btree", "hash"]
    if family.method == "btree":
        method = "btree"
    elif family.method == "hash":
        method = "hash"
    else:
        return context
    members: list[OperatorClassMember] = []
    support: list[SupportFunction] = []
    for item in items:
        if item.kind == "operator" and item.name is not None:
            operator = _operator_of(context, item, item.name, type_oid)
            members.append(
                OperatorClassMember(
                    family.oid, operator.left, operator.right, item.number, operator.oid, method
                )
            )
        elif item.kind == "function" and item.name is not None:
            function = find_routine(context, item.name)
            if function is None:
                continue
            left, right = _support_types(context, item, function.arguments, type_oid)
            support.append(
                SupportFunction(family.oid, left, right, item.number, function.oid, method)
            )
    return context.at(context.catalog.with_family_members(members, support))


def _operator_of(
    context: Context, item: ddl.OperatorItem, name: ddl.ObjectReference, type_oid: int
) -> Operator:
    if name.args is not None:
        found = find_operator(context, name)
    else:
        found = context.catalog.find_operator(name.name, type_oid, type_oid)
    if found is None:
        shown = context.catalog.display_type(type_oid)
        context.refuse(
            "unknown-operator",
            f"operator does not exist: {shown} {qualified(name.name)} {shown}",
            item,
            sqlstate="42883",
        )
    return found


def _support_types(
    context: Context, item: ddl.OperatorItem, arguments: tuple[int, ...], type_oid: int
) -> tuple[int, int]:
    types = argument_oids(context, item.types) or ()
    if len(types) == 2:
        return types[0], types[1]
    if len(types) == 1:
        return types[0], types[0]
    if type_oid:
        return type_oid, type_oid
    return (arguments[0], arguments[-1]) if arguments else (0, 0)


# Casts
