"""Sequences: CREATE and ALTER SEQUENCE, and those behind serial and identity columns."""

from __future__ import annotations

from typing import Literal

from sqlwright.catalog import oids
from sqlwright.catalog.ddl.context import Context, Place
from sqlwright.catalog.ddl.creation import check_relation_name, creation_schema, with_new_relation
from sqlwright.catalog.ddl.lookup import find_relation, plural, relation_for
from sqlwright.catalog.ddl.naming import choose_relation_name
from sqlwright.catalog.ddl.tables.sequence_bounds import check_bounds
from sqlwright.catalog.dependencies import Address
from sqlwright.catalog.model import Column, Relation
from sqlwright.catalog.types.resolution import typename_type_id_and_mod
from sqlwright.dataclass import replace
from sqlwright.source import Span
from sqlwright.sql import ddl_nodes as ddl
from sqlwright.sql import nodes

_SEQUENCE_COLUMNS = (
    Column("last_value", oids.INT8, 1, not_null=True),
    Column("log_cnt", oids.INT8, 2, not_null=True),
    Column("is_called", oids.BOOL, 3, not_null=True),
)
_INTEGERS = (oids.INT2, oids.INT4, oids.INT8)


def create_sequence(context: Context, statement: ddl.CreateSequence) -> Context:
    """CREATE SEQUENCE."""
    name = statement.relation.name
    schema = creation_schema(
        context, name, statement.relation, temporary=statement.persistence == "temporary"
    )
    if statement.if_not_exists and context.catalog.find_relation((schema, name[-1])):
        return context
    context = check_relation_name(context, schema, name[-1], statement.relation)
    check_bounds(context, statement.options, _check_options(context, statement.options))
    context, sequence = _with_sequence(
        context, schema, name[-1], statement.persistence, statement.relation
    )
    return _own(context, sequence, statement.options)


def alter_sequence(context: Context, statement: ddl.AlterSequence) -> Context:
    """ALTER SEQUENCE with options."""
    sequence = find_relation(context, statement.relation, missing_ok=statement.if_exists)
    if sequence is None:
        return context
    if sequence.kind != "sequence":
        context.refuse(
            "wrong-object-type",
            f'cannot open relation "{sequence.name}"',
            statement.relation,
            sqlstate="42809",
            detail=f"This operation is not supported for {plural(sequence.kind)}.",
        )
    _check_options(context, statement.options)
    return _own(context, sequence, statement.options)


def column_sequence(
    context: Context,
    table: Relation,
    column: Column,
    kind: Literal["serial", "identity"],
    options: tuple[ddl.Option, ...],
    place: Place,
) -> Context:
    """The sequence behind a serial or identity column, named after it unless options say else."""
    written = _check_options(context, options, identity=kind == "identity")
    typed = any(each.name == "as" for each in options)
    check_bounds(context, options, written if typed else context.catalog.base_type(column.type))
    named = next((each for each in options if each.name == "sequence name"), None)
    schema, name = table.schema, ""
    if named is not None and isinstance(named.value, ddl.ObjectName):
        schema = creation_schema(context, named.value.parts, named.value)
        name = named.value.parts[-1]
        context = check_relation_name(context, schema, name, named.value)
    else:
        name = choose_relation_name(
            context.catalog, table.name, column.name, "seq", schema, constraint=False
        )
    context, sequence = _with_sequence(context, schema, name, table.persistence, place)
    return _owned_by(context, sequence, table, column, kind)


def _with_sequence(
    context: Context,
    schema: str,
    name: str,
    persistence: Literal["permanent", "temporary", "unlogged"],
    place: Place,
) -> tuple[Context, Relation]:
    relation = Relation(
        oid=0,
        schema=schema,
        name=name,
        kind="sequence",
        columns=_SEQUENCE_COLUMNS,
        temporary=persistence == "temporary",
        persistence=persistence,
        declared=Span(context.source, place.start, place.end),
    )
    catalog, made = with_new_relation(context.catalog, relation)
    return context.at(catalog), made


def _owned_by(
    context: Context,
    sequence: Relation,
    table: Relation,
    column: Column,
    kind: Literal["serial", "identity"],
) -> Context:
    owner = Address("relation", table.oid, column.number)
    address = Address("relation", sequence.oid)
    dependencies = context.catalog.dependencies.without_dependent(address)
    dependencies = dependencies.add(address, [owner], "auto" if kind == "serial" else "internal")
    if kind == "serial":
        default = Address("default", table.oid, column.number)
        dependencies = dependencies.add_each(
            [(default, [owner], "auto"), (default, [address], "normal")]
        )
    owned = replace(sequence, owner_table=table.oid)
    return context.at(context.catalog.with_relation(owned, dependencies=dependencies))


def _own(context: Context, sequence: Relation, options: tuple[ddl.Option, ...]) -> Context:
    """OWNED BY a column or NONE."""
    owner = next((each.value for each in options if each.name == "owned by"), None)
    if not isinstance(owner, ddl.ObjectName):
        return context
    catalog = context.catalog
    address = Address("relation", sequence.oid)
    if any(kind == "internal" for _, kind in catalog.dependencies.on(address)):
        context.refuse(
            "feature-not-supported",
            "cannot change ownership of identity sequence",
            owner,
            sqlstate="0A000",
            detail=f'Sequence "{sequence.name}" is linked to table '
            f'"{catalog.relation(sequence.owner_table).name}".',
        )
    if owner.parts == ("none",):
        catalog = catalog.with_relation(replace(sequence, owner_table=0))
        auto = catalog.dependencies.without_dependent(address, frozenset(("auto",)))
        return context.at(catalog.with_dependencies(auto))
    if len(owner.parts) < 2:
        context.refuse(
            "syntax-error",
            "invalid OWNED BY option",
            owner,
            sqlstate="42601",
            hint="Specify OWNED BY table.column or OWNED BY NONE.",
        )
    place = nodes.RangeVar(start=owner.start, end=owner.end, name=owner.parts[:-1])
    table = relation_for(context, place, ("table", "partitioned table", "foreign table", "view"))
    if table is None:
        return context
    if table.schema != sequence.schema:
        context.refuse(
            "object-not-in-prerequisite-state",
            "sequence must be in same schema as table it is linked to",
            owner,
            sqlstate="55000",
        )
    column = next((each for each in table.columns if each.name == owner.parts[-1]), None)
    if column is None:
        context.refuse(
            "unknown-column",
            f'column "{owner.parts[-1]}" of relation "{table.name}" does not exist',
            owner,
            sqlstate="42703",
        )
    catalog = catalog.with_relation(replace(sequence, owner_table=table.oid))
    dependencies = catalog.dependencies.without_dependent(address, frozenset(("auto",)))
    dependencies = dependencies.add(
        address, [Address("relation", table.oid, column.number)], "auto"
    )
    return context.at(catalog.with_dependencies(dependencies))


def _check_options(
    context: Context, options: tuple[ddl.Option, ...], *, identity: bool = False
) -> int:
    """Refuse options that contradict one another; the integer type that they name."""
    type_oid = oids.INT8
    seen: set[str] = set()
    for option in options:
        kind = option.name.removeprefix("no ")
        if kind in seen and kind != "sequence name":
            context.refuse(
                "syntax-error", "conflicting or redundant options", option, sqlstate="42601"
            )
        seen.add(kind)
        if option.name == "sequence name" and not identity:
            message = "invalid sequence option SEQUENCE NAME"
            context.refuse("syntax-error", message, option, sqlstate="42601")
        if option.name == "as" and isinstance(option.value, nodes.TypeName):
            type_oid, _ = typename_type_id_and_mod(context.catalog, context.source, option.value)
            if type_oid not in _INTEGERS:
                noun = "identity column type" if identity else "sequence type"
                context.refuse(
                    "invalid-parameter-value",
                    f"{noun} must be smallint, integer, or bigint",
                    option,
                    sqlstate="22023",
                )
    return type_oid
