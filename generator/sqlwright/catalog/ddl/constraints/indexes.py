"""Indexes: CREATE INDEX, and those behind primary keys, unique and exclusion constraints."""

from __future__ import annotations

from collections.abc import Iterable

from sqlwright.catalog.access_methods import Capability, can
from sqlwright.catalog.ddl.constraints.index_keys import (
    IndexKeys,
    check_immutable,
    check_included,
    check_not_virtual,
    index_keys,
    is_known_method,
    key_column,
    reads_virtual,
    refuse_virtual,
)
from sqlwright.catalog.ddl.context import Context, Place
from sqlwright.catalog.ddl.creation import check_relation_name, with_new_relation
from sqlwright.catalog.ddl.lookup import (
    FROM_EXTENSION,
    check_not_system,
    plural,
    relation_for,
    required,
)
from sqlwright.catalog.ddl.naming import choose_index_name, index_column_names
from sqlwright.catalog.ddl.storage_parameters import check_parameters
from sqlwright.catalog.dependencies import Address
from sqlwright.catalog.model import Column, Constraint, Relation, RelationKind
from sqlwright.catalog.stored import StoredExpression
from sqlwright.dataclass import replace
from sqlwright.diagnostics.spelling import did_you_mean, nearest
from sqlwright.source import Span
from sqlwright.sql import ddl_nodes as ddl

_INDEXABLE: tuple[RelationKind, ...] = ("table", "partitioned table", "materialized view")


def create_index(context: Context, statement: ddl.CreateIndex) -> Context:
    """CREATE INDEX on one table; its partitions are left to `ddl_partition_indexes`."""
    table = required(_indexed_relation(context, statement))
    check_not_system(context, table, statement.relation)
    method = statement.access_method or "btree"
    check_access_method(context, method, statement)
    _check_capabilities(context, statement, table, method)
    check_parameters(context, method, statement.parameters)
    keys = index_keys(context, table, statement.elements, method)
    if statement.unique:
        check_partition_key(context, table, "UNIQUE", keys.columns, statement)
    keys = _with_included(context, table, statement, keys)
    references = keys.references
    predicate = None
    if statement.where is not None:
        predicate = context.expression(statement.where, "index predicate", table)
        check_immutable(context, predicate, "index predicate", statement.where)
        references += tuple(predicate.references)
    columns = (*statement.elements, *statement.including)
    check_not_virtual(context, table, columns, "indexes on", statement)
    if reads_virtual(table, references):
        refuse_virtual(context, "indexes on", statement)
    name_place: Place = statement.name or statement.relation
    if statement.name is not None:
        name = statement.name.parts[-1]
        if statement.if_not_exists and context.catalog.find_relation((table.schema, name)):
            return context
        context = check_relation_name(context, table.schema, name, name_place)
    else:
        name = choose_index_name(context.catalog, table.name, table.schema, keys.names, "idx")
    context, index = with_index(context, table, name, keys, statement, method)
    context = _with_references(context, table, index, references)
    if statement.unique:
        stored = predicate.stored if predicate is not None else None
        context = _with_unique_index(context, table, index, keys, statement, stored)
    return context


def _with_references(
    context: Context, table: Relation, index: Relation, references: Iterable[Address]
) -> Context:
    """With what an index rests on: it goes with its columns, and keeps all else."""
    address = Address("relation", index.oid)
    on_table = [each for each in references if each.oid == table.oid and each.part]
    others = [each for each in references if each not in on_table]
    dependencies = context.catalog.dependencies.add_each(
        [
            (address, on_table or [Address("relation", table.oid)], "auto"),
            (address, others, "normal"),
        ]
    )
    return context.at(context.catalog.with_dependencies(dependencies))


def _with_included(
    context: Context, table: Relation, statement: ddl.CreateIndex, keys: IndexKeys
) -> IndexKeys:
    """The keys and the columns of INCLUDE, which count for the index's name and its fate."""
    included: list[str] = []
    for element in statement.including:
        if element.column is None:
            context.refuse(
                "feature-not-supported",
                "expressions are not supported in included columns",
                element,
                sqlstate="0A000",
            )
        column = key_column(context, table, element.column, element)
        check_included(context, element)
        included.append(column.name)
        keys = replace(
            keys, references=(*keys.references, Address("relation", table.oid, column.number))
        )
    return replace(keys, names=index_column_names((*keys.names, *included)))


def _indexed_relation(context: Context, statement: ddl.CreateIndex) -> Relation | None:
    found = relation_for(
        context,
        statement.relation,
        (*_INDEXABLE, "view", "foreign table", "sequence", "index", "composite type"),
    )
    if found is not None and found.kind not in _INDEXABLE:
        context.refuse(
            "wrong-object-type",
            f'cannot create index on relation "{found.name}"',
            statement.relation,
            sqlstate="42809",
            detail=f"This operation is not supported for {plural(found.kind)}.",
        )
    return found


def check_partition_key(
    context: Context, table: Relation, noun: str, columns: tuple[str, ...], place: Place
) -> None:
    """A unique index of a partitioned table must hold the whole partition key."""
    if table.kind != "partitioned table":
        return
    if "" in table.partition_key:
        context.refuse(
            "feature-not-supported",
            f"unsupported {noun} constraint with partition key definition",
            place,
            sqlstate="0A000",
            detail=f"{noun} constraints cannot be used when partition keys include expressions.",
        )
    for column in table.partition_key:
        if column not in columns:
            context.refuse(
                "feature-not-supported",
                "unique constraint on partitioned table must include all partitioning columns",
                place,
                sqlstate="0A000",
                detail=f'{noun} constraint on table "{table.name}" lacks column "{column}" which '
                "is part of the partition key.",
            )


def check_access_method(context: Context, method: str, place: Place) -> None:
    """Refuse an index method that does not exist; an extension that is not known may have it."""
    catalog = context.catalog
    if not is_known_method(catalog, method) and not catalog.lacks_extension:
        context.refuse(
            "unknown-object",
            f'access method "{method}" does not exist',
            place,
            sqlstate="42704",
            help=did_you_mean(nearest(method, catalog.names_of_kind("access method")))
            or FROM_EXTENSION,
        )


def _check_capabilities(
    context: Context, statement: ddl.CreateIndex, table: Relation, method: str
) -> None:
    """Refuse what indexes of a method cannot be; of an extension's it is not known."""
    wanted: tuple[tuple[bool, Capability, str], ...] = (
        (statement.unique, "unique", "unique indexes"),
        (bool(statement.including), "include", "included columns"),
        (len(statement.elements) > 1, "multi_col", "multicolumn indexes"),
    )
    for asked, capability, noun in wanted:
        if asked and not can(method, capability):
            context.refuse(
                "feature-not-supported",
                f'access method "{method}" does not support {noun}',
                statement,
                sqlstate="0A000",
            )
    if statement.concurrently and table.kind == "partitioned table":
        message = f'cannot create index on partitioned table "{table.name}" concurrently'
        context.refuse("feature-not-supported", message, statement.relation, sqlstate="0A000")


def with_index(
    context: Context, table: Relation, name: str, keys: IndexKeys, place: Place, method: str
) -> tuple[Context, Relation]:
    """With the relation of an index by a method."""
    index = Relation(
        oid=0,
        schema=table.schema,
        name=name,
        kind="index",
        columns=tuple(Column(each, 0, number) for number, each in enumerate(keys.names, start=1)),
        owner_table=table.oid,
        temporary=table.temporary,
        persistence=table.persistence,
        is_partition=table.is_partition,
        access_method=method,
        declared=context.span(place),
    )
    catalog, made = with_new_relation(context.catalog, index)
    return context.at(catalog), made


def _with_unique_index(
    context: Context,
    table: Relation,
    index: Relation,
    keys: IndexKeys,
    statement: ddl.CreateIndex,
    predicate: StoredExpression | None,
) -> Context:
    unique = Constraint(
        name=index.name,
        kind="unique",
        columns=keys.columns,
        relation=table.oid,
        partial=statement.where is not None,
        expressions=keys.expressions,
        nulls_not_distinct=statement.nulls_not_distinct,
        predicate=predicate,
        keys=keys.stored,
        parts=keys.parts,
        is_index=True,
        oid=index.oid,
        index=index.oid,
        declared=Span(context.source, statement.start, statement.end),
    )
    table = context.catalog.relation(table.oid)
    changed = replace(table, constraints=(*table.constraints, unique))
    return context.at(context.catalog.with_relation(changed))
