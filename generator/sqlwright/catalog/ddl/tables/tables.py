"""CREATE TABLE and CREATE FOREIGN TABLE."""

from __future__ import annotations

from sqlwright.catalog.ddl.constraints.clone import clone_from_parent
from sqlwright.catalog.ddl.context import Context
from sqlwright.catalog.ddl.creation import check_relation_name, creation_schema, with_new_relation
from sqlwright.catalog.ddl.lookup import type_named
from sqlwright.catalog.ddl.parts import (
    default_part,
    generated_part,
)
from sqlwright.catalog.ddl.storage_parameters import check_table_parameters
from sqlwright.catalog.ddl.tables.columns import NewColumn, check_distinct_columns, new_column
from sqlwright.catalog.ddl.tables.defaults import add_defaults
from sqlwright.catalog.ddl.tables.like import copy_like_columns, copy_like_objects
from sqlwright.catalog.ddl.tables.merge import (
    inherited_columns,
    merge_own_columns,
    parent_relations,
)
from sqlwright.catalog.ddl.tables.partitions import partition_key, partition_parent, with_bounds
from sqlwright.catalog.ddl.tables.sequences import column_sequence
from sqlwright.catalog.ddl.tables.table_constraints import add_constraints, over_known_columns
from sqlwright.catalog.ddl.tables.typed_tables import stand_alone_type
from sqlwright.catalog.dependencies import Address
from sqlwright.catalog.model import Column, Relation, RelationKind
from sqlwright.dataclass import dataclass, field, replace
from sqlwright.source import Span
from sqlwright.sql import ddl_nodes as ddl


@dataclass(slots=True)
class _Parts:
    """What the elements of one CREATE TABLE come to."""

    columns: list[NewColumn] = field(default_factory=list)
    constraints: list[ddl.ConstraintDefinition] = field(default_factory=list)
    likes: list[ddl.LikeClause] = field(default_factory=list)


def create_table(context: Context, statement: ddl.CreateTable) -> Context:
    """CREATE TABLE with all that its columns and constraints bring along."""
    place = statement.relation
    name = place.name[-1]
    temporary = statement.persistence == "temporary"
    schema = creation_schema(context, place.name, place, temporary=temporary)
    if statement.if_not_exists and context.catalog.find_relation((schema, name)) is not None:
        return context
    temporary = temporary or schema == "pg_temp"
    parents = _parents(context, statement, temporary=temporary)
    check_table_parameters(
        context, statement.parameters, partitioned=statement.partition_by is not None
    )
    parts = _read_elements(context, statement, parents)
    columns = _all_columns(context, statement, parents, parts)
    constraints = over_known_columns(context, (schema, name), columns, parts.constraints)
    context = check_relation_name(context, schema, name, place)
    relation = Relation(
        oid=0,
        schema=schema,
        name=name,
        kind=_kind(statement),
        columns=tuple(
            replace(each.column, not_null=False) if each.column.not_null else each.column
            for each in columns
        ),
        parents=tuple(each.oid for each in parents),
        is_partition=statement.partition_of is not None,
        temporary=temporary,
        persistence="temporary" if temporary else statement.persistence,
        declared=Span(context.source, place.start, place.end),
        of_type=_typed_table_type(context, statement),
    )
    catalog, relation = with_new_relation(context.catalog, relation)
    context = _with_parent_dependencies(context.at(catalog), relation, statement, parents)
    if statement.bound is not None:
        context = with_bounds(context, parents[0], relation, statement.bound)
    if statement.partition_by is not None:
        context = partition_key(context, relation.oid, statement.partition_by)
    context = _column_extras(context, relation.oid, columns)
    context = add_constraints(context, relation.oid, columns, constraints)
    for like in parts.likes:
        context = copy_like_objects(context, relation.oid, like)
    for parent in parents:
        context = clone_from_parent(context, relation.oid, parent.oid, place)
    return context


def _kind(statement: ddl.CreateTable) -> RelationKind:
    if statement.server is not None:
        return "foreign table"
    return "table" if statement.partition_by is None else "partitioned table"


def _parents(
    context: Context, statement: ddl.CreateTable, *, temporary: bool
) -> tuple[Relation, ...]:
    if statement.partition_of is not None:
        return (partition_parent(context, statement, temporary=temporary),)
    if statement.inherits and statement.partition_by is not None:
        context.refuse(
            "invalid-object-definition",
            "cannot create partitioned table as inheritance child",
            statement.relation,
            sqlstate="42P17",
        )
    return parent_relations(context, statement.inherits, temporary=temporary)


def _typed_table_type(context: Context, statement: ddl.CreateTable) -> int:
    if statement.of_type is None:
        return 0
    return type_named(context, statement.of_type.names, statement.of_type).oid


def _typed_columns(context: Context, statement: ddl.CreateTable) -> list[NewColumn]:
    """The columns of `OF type`."""
    if statement.of_type is None:
        return []
    relation = stand_alone_type(context, statement.of_type)
    return [
        NewColumn(replace(each, number=number, comment=None))
        for number, each in enumerate(relation.columns, start=1)
    ]


def _read_elements(
    context: Context, statement: ddl.CreateTable, parents: tuple[Relation, ...]
) -> _Parts:
    """The elements in their order; columns without a type belong to the type or the parent."""
    table = statement.relation.name[-1]
    parts = _Parts(columns=_typed_columns(context, statement))
    bases = {each.column.name: each.column for each in parts.columns}
    if statement.partition_of is not None:
        bases = {each.name: each for each in parents[0].columns}
    for element in statement.elements:
        if isinstance(element, ddl.ConstraintDefinition):
            parts.constraints.append(element)
        elif isinstance(element, ddl.LikeClause):
            parts.likes.append(element)
            parts.columns.extend(copy_like_columns(context, element, table))
        elif element.type_name is None:
            _read_typed_column(context, element, table, bases, parts)
        else:
            parts.columns.append(new_column(context, element, table, len(parts.columns) + 1))
    return parts


def _read_typed_column(
    context: Context,
    element: ddl.ColumnDefinition,
    table: str,
    bases: dict[str, Column],
    parts: _Parts,
) -> None:
    base = bases.get(element.name)
    if base is None:
        context.refuse(
            "unknown-column",
            f'column "{element.name}" does not exist',
            (element.start, element.name_end),
            sqlstate="42703",
        )
    made = new_column(context, element, table, base.number, base=base)
    for index, each in enumerate(parts.columns):
        if each.column.name == element.name:
            if each.definition is not None:
                check_distinct_columns(context, (each, made))
            parts.columns[index] = made
            return
    parts.columns.append(made)


def _all_columns(
    context: Context,
    statement: ddl.CreateTable,
    parents: tuple[Relation, ...],
    parts: _Parts,
) -> tuple[NewColumn, ...]:
    own = tuple(parts.columns)
    check_distinct_columns(context, own)
    if not parents:
        return tuple(
            replace(each, column=replace(each.column, number=number))
            if each.column.number != number
            else each
            for number, each in enumerate(own, start=1)
        )
    inherited = inherited_columns(
        context, parents, statement.relation, partition=statement.partition_of is not None
    )
    merged = merge_own_columns(context, inherited, own)
    if statement.partition_of is None:
        return merged
    return tuple(
        replace(each, column=replace(each.column, local=False, inherited=1)) for each in merged
    )


def _with_parent_dependencies(
    context: Context,
    relation: Relation,
    statement: ddl.CreateTable,
    parents: tuple[Relation, ...],
) -> Context:
    dependencies = context.catalog.dependencies
    address = Address("relation", relation.oid)
    on = [Address("relation", each.oid) for each in parents]
    kind = "auto" if statement.partition_of is not None else "normal"
    dependencies = dependencies.add(address, on, "auto" if kind == "auto" else "normal")
    if relation.of_type:
        dependencies = dependencies.add(address, [Address("type", relation.of_type)])
    return context.at(context.catalog.with_dependencies(dependencies))


def _column_extras(context: Context, table_oid: int, columns: tuple[NewColumn, ...]) -> Context:
    """Sequences, NOT NULL constraints, defaults and generation expressions."""
    for each in columns:
        if each.sequence is not None and each.definition is not None:
            table = context.catalog.relation(table_oid)
            context = column_sequence(
                context, table, each.column, each.sequence, each.sequence_options, each.definition
            )
    if context.parts is None and all(each.generated is None for each in columns):
        defaults = [
            (each.column.name, each.default) for each in columns if each.default is not None
        ]
        return add_defaults(context, table_oid, defaults)
    for each in columns:
        context = column_values(context, table_oid, each)
    return context


def column_values(context: Context, table_oid: int, made: NewColumn) -> Context:
    """The default or the generation expression of a new column."""
    if made.default is None and made.generated is None:
        return context
    table = context.catalog.relation(table_oid)
    names = table.schema, table.name
    constraints = made.definition.constraints if made.definition is not None else ()
    places = {each.kind: Span(context.source, each.start, each.end) for each in constraints}
    if made.default is not None:
        context = default_part(context, names, made.column.name, made.default, places["default"])
    if made.generated is not None:
        context = generated_part(
            context, names, made.column.name, made.generated, places["generated"]
        )
    return context
