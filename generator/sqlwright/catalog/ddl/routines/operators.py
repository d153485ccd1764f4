"""CREATE OPERATOR (manual 36.14)."""

from __future__ import annotations

from sqlwright.catalog.ddl.context import Context
from sqlwright.catalog.ddl.creation import creation_schema
from sqlwright.catalog.ddl.lookup import qualified
from sqlwright.catalog.ddl.routines.signatures import (
    exact_function,
)
from sqlwright.catalog.dependencies import Address
from sqlwright.catalog.identity import is_own
from sqlwright.catalog.model import (
    Operator,
)
from sqlwright.catalog.references import type_addresses
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
