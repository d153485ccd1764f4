"""CREATE TABLE and CREATE FOREIGN TABLE."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from sqlwright.catalog.ddl.constraints.checks import add_check
from sqlwright.catalog.ddl.constraints.clone import clone_from_parent
from sqlwright.catalog.ddl.constraints.foreign_keys import add_foreign_key
from sqlwright.catalog.ddl.constraints.keys import add_key
from sqlwright.catalog.ddl.constraints.not_null import set_not_null
from sqlwright.catalog.ddl.context import Context
from sqlwright.catalog.ddl.creation import check_relation_name, creation_schema, with_new_relation
from sqlwright.catalog.ddl.lookup import type_named
from sqlwright.catalog.ddl.parts import (
    constraint_part,
    default_part,
    generated_part,
    key_of_column,
)
from sqlwright.catalog.ddl.tables.columns import NewColumn, check_distinct_columns, new_column
from sqlwright.catalog.ddl.tables.like import copy_like_columns, copy_like_objects
from sqlwright.catalog.ddl.tables.merge import (
    inherited_columns,
    merge_own_columns,
    parent_relations,
)
from sqlwright.catalog.ddl.tables.partitions import partition_key, partition_parent, with_bounds
from sqlwright.catalog.ddl.tables.sequences import column_sequence
from sqlwright.catalog.dependencies import Address
from sqlwright.catalog.model import Column, Relation, RelationKind
from sqlwright.dataclass import dataclass, field, replace
from sqlwright.diagnostics.spelling import did_you_mean, nearest
from sqlwright.source import Span
from sqlwright.sql import ddl_nodes as ddl

_KEYS = ("primary key", "unique", "exclusion")

Adding = Callable[[Context, int, ddl.ConstraintDefinition], Context]


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
    parts = _read_elements(context, statement, parents)
    columns = _all_columns(context, statement, parents, parts)
    constraints = _over_known_columns(context, (schema, name), columns, parts.constraints)
    context = check_relation_name(context, schema, name, place)
    relation = Relation(
        oid=0,
        schema=schema,
        name=name,
        kind=_kind(statement),
        columns=tuple(replace(each.column, not_null=False) for each in columns),
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
    context = _constraints(context, relation.oid, columns, constraints)
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
    found = type_named(context, statement.of_type.names, statement.of_type)
    relation = context.catalog.get_relation(found.relation) if found.relation else None
    if relation is None or relation.kind != "composite type":
        noun = context.catalog.display_type(found.oid)
        context.refuse(
            "wrong-object-type",
            f"type {noun} is not a composite type"
            if relation is None
            else f"type {noun} is the row type of another table",
            statement.of_type,
            sqlstate="42809",
            detail=None
            if relation is None
            else "A typed table must use a stand-alone composite type created with CREATE TYPE.",
        )
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


def _over_known_columns(
    context: Context,
    table: tuple[str, str],
    columns: tuple[NewColumn, ...],
    constraints: Iterable[ddl.ConstraintDefinition],
) -> list[ddl.ConstraintDefinition]:
    """The constraints, each over columns that exist; others are refused, or left out."""
    names = {each.column.name for each in columns}
    kept: list[ddl.ConstraintDefinition] = []

    def checked(context: Context, constraint: ddl.ConstraintDefinition) -> Context:
        _check_constraint_columns(context, names, constraint)
        kept.append(constraint)
        return context

    for each in constraints:
        constraint_part(context, table, each, partial(checked, constraint=each))
    return kept


def _check_constraint_columns(
    context: Context, names: set[str], constraint: ddl.ConstraintDefinition
) -> None:
    for column in constraint.columns:
        name = column.parts[0]
        if name in names:
            continue
        message = f'column "{name}" named in key does not exist'
        if constraint.kind == "foreign key":
            message = f'column "{name}" referenced in foreign key constraint does not exist'
        elif constraint.kind == "not null":
            continue
        context.refuse(
            "unknown-column",
            message,
            constraint,
            sqlstate="42703",
            help=did_you_mean(nearest(name, names)),
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
        table = context.catalog.relation(table_oid)
        if each.sequence is not None and each.definition is not None:
            context = column_sequence(
                context, table, each.column, each.sequence, each.sequence_options, each.definition
            )
    for each in columns:
        context = column_values(context, table_oid, each)
    return context


def column_values(context: Context, table_oid: int, made: NewColumn) -> Context:
    """The default or the generation expression of a new column."""
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


def _constraints(
    context: Context,
    table_oid: int,
    columns: tuple[NewColumn, ...],
    table_constraints: list[ddl.ConstraintDefinition],
) -> Context:
    """Checks come first, then keys, then foreign keys, as in PostgreSQL."""
    of_columns = {id(each): column for column in columns for each in column.constraints}
    every = [each for column in columns for each in column.constraints]
    every += table_constraints
    _check_distinct_checks(context, every)
    table = context.catalog.relation(table_oid)
    names = table.schema, table.name

    def with_part(context: Context, each: ddl.ConstraintDefinition, add: Adding) -> Context:
        column = of_columns.get(id(each))
        made = constraint_part(
            context,
            names,
            each,
            lambda context: add(context, table_oid, each),
            of_column=column is not None,
        )
        if made is context and each.kind == "primary key" and column is not None:
            return key_of_column(context, names, column)
        return made

    for each in every:
        if each.kind == "check":
            context = with_part(context, each, add_check)
    context = _not_nulls(context, table_oid, columns, table_constraints)
    for each in _distinct_keys(every):
        context = with_part(context, each, add_key)
    for each in every:
        if each.kind == "foreign key":
            context = with_part(context, each, add_foreign_key)
    return context


def _check_distinct_checks(
    context: Context, constraints: Iterable[ddl.ConstraintDefinition]
) -> None:
    seen: set[str] = set()
    for each in constraints:
        if each.kind == "check" and each.name is not None:
            if each.name in seen:
                context.refuse(
                    "duplicate-constraint",
                    f'check constraint "{each.name}" already exists',
                    (each.name_start, each.name_end),
                    sqlstate="42710",
                )
            seen.add(each.name)


def _not_nulls(
    context: Context,
    table_oid: int,
    columns: tuple[NewColumn, ...],
    table_constraints: list[ddl.ConstraintDefinition],
) -> Context:
    for each in table_constraints:
        if each.kind != "not null":
            continue
        name = each.columns[0]
        if all(column.column.name != name.parts[0] for column in columns):
            context.refuse(
                "unknown-column",
                f'column "{name.parts[0]}" of relation '
                f'"{context.catalog.relation(table_oid).name}" does not exist',
                name,
                sqlstate="42703",
            )
        context = set_not_null(
            context,
            table_oid,
            name.parts[0],
            each,
            name=each.name,
            no_inherit=each.no_inherit,
            valid=not each.not_valid,
        )
    for column in columns:
        if column.states_not_null:
            definition = column.not_null
            place = definition or column.definition or ddl.ObjectName(start=0, end=0, parts=())
            context = set_not_null(
                context,
                table_oid,
                column.column.name,
                place,
                name=definition.name if definition else None,
                no_inherit=definition.no_inherit if definition else False,
            )
    return context


def _timing(key: ddl.ConstraintDefinition) -> tuple[bool, bool]:
    deferred = bool(key.initially_deferred)
    return bool(key.deferrable) or deferred, deferred


def _distinct_keys(
    constraints: list[ddl.ConstraintDefinition],
) -> list[ddl.ConstraintDefinition]:
    """The primary key first; a unique constraint over the same columns adds nothing to a key."""
    keys = [each for each in constraints if each.kind in _KEYS]
    keys.sort(key=lambda each: each.kind != "primary key")
    kept: list[ddl.ConstraintDefinition] = []
    for each in keys:
        columns = [column.parts[0] for column in each.columns]
        same = next(
            (
                other
                for other in kept
                if each.kind != "exclusion"
                and other.kind != "exclusion"
                and each.kind != "primary key"
                and columns == [column.parts[0] for column in other.columns]
                and each.nulls_not_distinct == other.nulls_not_distinct
                and _timing(each) == _timing(other)
            ),
            None,
        )
        if same is None:
            kept.append(each)
        elif same.name is None and each.name is not None:
            kept[kept.index(same)] = replace(
                same, name=each.name, name_start=each.name_start, name_end=each.name_end
            )
    return kept
