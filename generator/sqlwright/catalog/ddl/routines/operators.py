"""CREATE OPERATOR, OPERATOR CLASS, OPERATOR FAMILY and CAST (manual 36.14 to 36.16)."""

from __future__ import annotations

from typing import Literal

from sqlwright.catalog.ddl.constraints.indexes import check_access_method
from sqlwright.catalog.ddl.context import Context
from sqlwright.catalog.ddl.creation import creation_schema
from sqlwright.catalog.ddl.lookup import qualified
from sqlwright.catalog.ddl.routines.signatures import (
    argument_oids,
    exact_function,
    find_operator,
    find_routine,
)
from sqlwright.catalog.dependencies import Address
from sqlwright.catalog.identity import is_own, is_own_oid
from sqlwright.catalog.model import (
    Cast,
    Operator,
    OperatorClass,
    OperatorClassMember,
    OperatorFamily,
    SupportFunction,
)
from sqlwright.catalog.references import type_addresses
from sqlwright.catalog.types.layouts import layout_of
from sqlwright.catalog.types.resolution import typename_type_id_and_mod
from sqlwright.sql import ddl_nodes as ddl
from sqlwright.sql import nodes

_FUNCTION_OPTIONS = ("procedure", "function")


def create_operator(context: Context, statement: ddl.CreateOperator) -> Context:
    """CREATE OPERATOR."""
    schema = creation_schema(context, statement.name.parts, statement.name)
    options = {each.name: each for each in statement.options}
    function_option = next((options[each] for each in _FUNCTION_OPTIONS if each in options), None)
    names = _name_of(function_option)
    if function_option is None or not names:
        _refuse(context, "operator function must be specified", statement.name)
    left = _operand(context, options.get("leftarg"))
    right = _operand(context, options.get("rightarg"))
    if not left and not right:
        _refuse(context, "operator argument types must be specified", statement.name)
    if not right:
        context.refuse(
            "invalid-function-definition",
            "operator right argument type must be specified",
            statement.name,
            sqlstate="42P13",
            detail="Postfix operators are not supported.",
        )
    types = (left, right) if left else (right,)
    function = exact_function(context, names, types, function_option or statement.name)
    catalog = context.catalog
    name = statement.name.parts[-1]
    existing = catalog.find_operator((schema, name), left, right)
    if existing is not None and existing.function:
        context.refuse(
            "duplicate-operator",
            f"operator {qualified(statement.name.parts)} already exists",
            statement.name,
            sqlstate="42723",
        )
    operator = Operator(
        oid=catalog.next_oid,
        schema=schema,
        name=name,
        left=left,
        right=right,
        result=function.result,
        function=function.oid,
        mergeable="merges" in options,
        hashable="hashes" in options,
        commutator=_related(context, options.get("commutator"), right, left),
        negator=_related(context, options.get("negator"), left, right),
    )
    catalog = catalog.with_operator(operator)
    address = Address("operator", operator.oid)
    dependencies = catalog.dependencies
    if not is_own(function):
        dependencies = dependencies.add(address, [Address("function", function.oid)])
    for oid in (left, right, operator.result):
        dependencies = dependencies.add(address, type_addresses(catalog, oid))
    return context.at(catalog.with_dependencies(dependencies))


def _refuse(context: Context, message: str, place: nodes.Node) -> None:
    context.refuse("invalid-function-definition", message, place, sqlstate="42P13")


def _name_of(option: ddl.Option | None) -> tuple[str, ...]:
    if option is None:
        return ()
    if isinstance(option.value, nodes.TypeName):
        return option.value.names
    return option.value.parts if isinstance(option.value, ddl.ObjectName) else ()


def _operand(context: Context, option: ddl.Option | None) -> int:
    if option is None or not isinstance(option.value, nodes.TypeName):
        return 0
    if option.value.setof:
        _refuse(context, "SETOF type not allowed for operator argument", option)
    oid, _ = typename_type_id_and_mod(
        context.catalog, context.source, option.value, allow_shell=True
    )
    return oid


def _related(context: Context, option: ddl.Option | None, left: int, right: int) -> int:
    """The commutator or negator, if it exists already."""
    names = _name_of(option)
    found = context.catalog.find_operator(names, left, right) if names else None
    return found.oid if found is not None else 0


# Operator classes and families


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


def create_cast(context: Context, statement: ddl.CreateCast) -> Context:
    """CREATE CAST."""
    catalog = context.catalog
    source, _ = typename_type_id_and_mod(
        catalog, context.source, statement.source, allow_shell=True
    )
    target, _ = typename_type_id_and_mod(
        catalog, context.source, statement.target, allow_shell=True
    )
    for oid, noun, place in (
        (source, "source", statement.source),
        (target, "target", statement.target),
    ):
        if catalog.type(oid).kind == "pseudo" and catalog.type(oid).defined:
            context.refuse(
                "wrong-object-type",
                f"{noun} data type {catalog.display_type(oid)} is a pseudo-type",
                place,
                sqlstate="42809",
            )
    function_oid = 0
    if statement.method == "function" and statement.function is not None:
        function = find_routine(context, statement.function)
        if function is not None:
            _check_cast_function(context, statement, source, target, function.arguments)
            function_oid = function.oid
    elif statement.method == "binary" and source == target:
        context.refuse(
            "invalid-object-definition",
            "source data type and target data type are the same",
            statement.target,
            sqlstate="42P17",
        )
    elif statement.method == "binary":
        _check_binary_cast(context, statement, source, target)
    if catalog.cast(source, target) is not None:
        context.refuse(
            "duplicate-object",
            f"cast from type {catalog.display_type(source)} to type "
            f"{catalog.display_type(target)} already exists",
            statement,
            sqlstate="42710",
        )
    cast = Cast(source, target, statement.context, statement.method, function_oid)
    catalog = catalog.with_cast(cast)
    address = Address("cast", key=(str(source), str(target)))
    dependencies = catalog.dependencies
    for oid in (source, target):
        dependencies = dependencies.add(address, type_addresses(catalog, oid))
    if not is_own_oid(function_oid):
        dependencies = dependencies.add(address, [Address("function", function_oid)])
    return context.at(catalog.with_dependencies(dependencies))


_OF_OWN_FORM = (
    ("composite", "composite data types are not binary-compatible"),
    ("array", "array data types are not binary-compatible"),
    ("range", "range data types are not binary-compatible"),
    ("multirange", "multirange data types are not binary-compatible"),
    ("enum", "enum data types are not binary-compatible"),
    ("domain", "domain data types must not be marked binary-compatible"),
)
"""Types whose values carry OIDs or constraints of their own, in PostgreSQL's order."""


def _check_binary_cast(
    context: Context, statement: ddl.CreateCast, source: int, target: int
) -> None:
    layouts = [layout_of(context.catalog, oid) for oid in (source, target)]
    if None not in layouts and layouts[0] != layouts[1]:
        context.refuse(
            "invalid-object-definition",
            "source and target data types are not physically compatible",
            statement,
            sqlstate="42P17",
        )
    types = [context.catalog.type(oid) for oid in (source, target)]
    kinds = {"array" if each.is_array else each.kind for each in types}
    message = next((message for kind, message in _OF_OWN_FORM if kind in kinds), None)
    if message is not None:
        context.refuse("invalid-object-definition", message, statement, sqlstate="42P17")


def _check_cast_function(
    context: Context,
    statement: ddl.CreateCast,
    source: int,
    target: int,
    arguments: tuple[int, ...],
) -> None:
    place = statement.function or statement
    if not 1 <= len(arguments) <= 3:
        context.refuse(
            "invalid-object-definition",
            "cast function must take one to three arguments",
            place,
            sqlstate="42P17",
        )
    if not context.catalog.is_binary_coercible(source, arguments[0]):
        context.refuse(
            "invalid-object-definition",
            "argument of cast function must match or be binary-coercible from source data type",
            place,
            sqlstate="42P17",
        )
