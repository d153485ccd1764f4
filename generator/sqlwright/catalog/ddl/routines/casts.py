"""CREATE CAST."""

from __future__ import annotations

from sqlwright.catalog.ddl.context import Context
from sqlwright.catalog.ddl.routines.signatures import (
    find_routine,
)
from sqlwright.catalog.dependencies import Address
from sqlwright.catalog.identity import is_own_oid
from sqlwright.catalog.model import (
    Cast,
)
from sqlwright.catalog.references import type_addresses
from sqlwright.catalog.types.layouts import layout_of
from sqlwright.catalog.types.resolution import typename_type_id_and_mod
from sqlwright.sql import ddl_nodes as ddl


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
    elif statement.method != "function" and source == target:
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
