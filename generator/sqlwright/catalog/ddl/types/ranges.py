"""CREATE TYPE ... AS RANGE, with the multirange and the constructor functions (manual 8.17)."""

from __future__ import annotations

from sqlwright.catalog import oids
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.ddl.constraints.index_keys import check_named_class
from sqlwright.catalog.ddl.context import Context
from sqlwright.catalog.ddl.creation import (
    check_type_name,
    creation_schema,
    move_array_type,
    with_array,
)
from sqlwright.catalog.ddl.naming import multirange_type_name, type_named
from sqlwright.catalog.ddl.tables.columns import check_collation
from sqlwright.catalog.ddl.types.types import with_type_references
from sqlwright.catalog.dependencies import Address
from sqlwright.catalog.model import Cast, Function, Type
from sqlwright.catalog.types.resolution import typename_type_id_and_mod
from sqlwright.dataclass import replace
from sqlwright.sql import ddl_nodes as ddl
from sqlwright.sql import nodes

_KNOWN = (
    "subtype",
    "subtype_opclass",
    "collation",
    "canonical",
    "subtype_diff",
    "multirange_type_name",
)


def create_range(context: Context, statement: ddl.CreateRange) -> Context:
    """CREATE TYPE ... AS RANGE."""
    schema = creation_schema(context, statement.name.parts, statement.name)
    name = statement.name.parts[-1]
    existing = context.catalog.find_type((schema, name))
    if existing is None or existing.defined:
        context = check_type_name(context, schema, name, statement.name)
        existing = None
    options = _options(context, statement)
    subtype = _subtype(context, statement, options)
    multirange_schema, multirange = schema, multirange_type_name(name)
    named = options.get("multirange_type_name")
    if named is not None and isinstance(named.value, nodes.TypeName):
        multirange_schema = creation_schema(context, named.value.names, named)
        multirange = named.value.names[-1]
    context = _check_multirange_name(
        context, statement, multirange_schema, multirange, named=named is not None
    )
    oid = existing.oid if existing is not None else context.catalog.next_oid
    made = Type(
        oid=oid,
        schema=schema,
        name=name,
        kind="range",
        category="R",
        subtype=subtype,
        declared=context.span(statement.name),
    )
    catalog = context.catalog.with_type(made)
    multi = Type(
        oid=catalog.next_oid,
        schema=multirange_schema,
        name=multirange,
        kind="multirange",
        category="R",
        subtype=subtype,
        range=oid,
        declared=context.span(statement.name),
    )
    # Both names are taken before either array type gets its own.
    catalog, made = with_array(catalog.with_type(multi), made)
    catalog, multi = with_array(catalog, multi)
    made = replace(made, multirange=multi.oid)
    catalog = with_type_references(catalog.with_type(made), Address("type", made.oid), subtype)
    return context.at(_with_constructors(catalog, made, multi))


def _options(context: Context, statement: ddl.CreateRange) -> dict[str, ddl.Option]:
    found: dict[str, ddl.Option] = {}
    for option in statement.options:
        if option.name in found:
            context.refuse(
                "syntax-error", "conflicting or redundant options", option, sqlstate="42601"
            )
        if option.name not in _KNOWN:
            context.refuse(
                "syntax-error",
                f'type attribute "{option.name}" not recognized',
                option,
                sqlstate="42601",
            )
        found[option.name] = option
    return found


def _subtype(context: Context, statement: ddl.CreateRange, options: dict[str, ddl.Option]) -> int:
    option = options.get("subtype")
    if option is None or not isinstance(option.value, nodes.TypeName):
        context.refuse(
            "syntax-error",
            'type attribute "subtype" is required',
            statement.name,
            sqlstate="42601",
        )
    oid, _ = typename_type_id_and_mod(context.catalog, context.source, option.value)
    catalog = context.catalog
    if catalog.type(oid).kind == "pseudo":
        context.refuse(
            "type-mismatch",
            f"range subtype cannot be {catalog.display_type(oid)}",
            option,
            sqlstate="42804",
        )
    if "collation" in options and not catalog.type(oid).collatable:
        context.refuse(
            "wrong-object-type",
            "range collation specified but subtype does not support collation",
            options["collation"],
            sqlstate="42809",
        )
    collation = options.get("collation")
    if collation is not None and isinstance(collation.value, nodes.TypeName):
        check_collation(context, collation.value.names, collation)
    named = options.get("subtype_opclass")
    if named is not None and isinstance(named.value, nodes.TypeName):
        check_named_class(context, named.value.names, oid, "btree", named)
    unordered = catalog.default_operator_class(oid, "btree") is None
    if named is None and unordered:
        context.refuse(
            "unknown-operator-class",
            f"data type {catalog.display_type(oid)} has no default operator class for access "
            'method "btree"',
            option,
            sqlstate="42704",
            hint="You must specify an operator class for the range type or define a default "
            "operator class for the subtype.",
        )
    return oid


def _check_multirange_name(
    context: Context, statement: ddl.CreateRange, schema: str, name: str, *, named: bool
) -> Context:
    if not type_named(context.catalog, schema, name):
        return context
    moved = move_array_type(context.catalog, schema, name)
    if moved is not None:
        return context.at(moved)
    range_name = statement.name.parts[-1]
    return context.refuse(
        "duplicate-type",
        f'type "{name}" already exists',
        statement.name,
        sqlstate="42710",
        detail=None
        if named
        else f'Failed while creating a multirange type for type "{range_name}".',
        hint=None
        if named
        else "You can manually specify a multirange type name using the "
        '"multirange_type_name" attribute.',
    )


def _with_constructors(catalog: Catalog, made: Type, multi: Type) -> Catalog:
    """The functions named like the types: two and three bounds, and no, one or many ranges."""
    bound = made.subtype
    array = made.array
    constructors = [
        _constructor(made, (bound, bound), made.oid),
        _constructor(made, (bound, bound, oids.TEXT), made.oid),
        _constructor(multi, (), multi.oid),
        _constructor(multi, (made.oid,), multi.oid),
        replace(
            _constructor(multi, (array,), multi.oid),
            variadic=made.oid,
            modes=("variadic",),
            all_arguments=(array,),
        ),
    ]
    dependencies = catalog.dependencies
    for constructor in constructors:
        function = replace(constructor, oid=catalog.next_oid)
        catalog = catalog.with_function(function)
        dependencies = dependencies.add(
            Address("function", function.oid), [Address("type", made.oid)], "internal"
        )
        if function.arguments == (made.oid,):
            catalog = catalog.with_cast(
                Cast(made.oid, multi.oid, "explicit", "function", function.oid)
            )
            dependencies = dependencies.add(
                Address("cast", key=(str(made.oid), str(multi.oid))),
                [Address("type", made.oid)],
                "internal",
            )
    return catalog.with_dependencies(dependencies)


def _constructor(owner: Type, arguments: tuple[int, ...], result: int) -> Function:
    return Function(
        oid=0,
        schema=owner.schema,
        name=owner.name,
        kind="function",
        arguments=arguments,
        result=result,
        strict=owner.kind == "multirange",
        volatility="immutable",
    )
