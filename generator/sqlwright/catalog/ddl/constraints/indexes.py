"""Indexes: CREATE INDEX, and those behind primary keys, unique and exclusion constraints."""

from __future__ import annotations

from collections.abc import Iterable

from sqlwright.catalog import oids
from sqlwright.catalog.analyser import AnalysedExpression
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.collations import collation_name, type_collation
from sqlwright.catalog.ddl.context import Context, Place
from sqlwright.catalog.ddl.creation import check_relation_name, with_new_relation
from sqlwright.catalog.ddl.lookup import (
    plural,
    qualified,
    refuse_column,
    relation_for,
    required,
)
from sqlwright.catalog.ddl.naming import choose_index_name, index_column_names
from sqlwright.catalog.dependencies import Address
from sqlwright.catalog.model import Column, Constraint, KeyPart, Relation, RelationKind
from sqlwright.catalog.stored import StoredExpression
from sqlwright.dataclass import dataclass, replace
from sqlwright.source import Span
from sqlwright.sql import ddl_nodes as ddl

_INDEXABLE: tuple[RelationKind, ...] = ("table", "partitioned table", "materialized view")
_UNIQUE_METHODS = ("btree",)
_UNNAMED_EXPRESSION = "expr"


@dataclass(frozen=True, slots=True)
class IndexKeys:
    """The keys of an index: columns it names, names of its own columns, what it rests on."""

    columns: tuple[str, ...]
    names: tuple[str, ...]
    references: tuple[Address, ...]
    expressions: bool
    stored: tuple[StoredExpression, ...] = ()
    parts: tuple[KeyPart, ...] = ()


def create_index(context: Context, statement: ddl.CreateIndex) -> Context:
    """CREATE INDEX on one table; its partitions are left to `ddl_partition_indexes`."""
    table = required(_indexed_relation(context, statement))
    method = statement.access_method or "btree"
    check_access_method(context, method, statement)
    if statement.unique and not _supports_unique(method):
        context.refuse(
            "feature-not-supported",
            f'access method "{method}" does not support unique indexes',
            statement,
            sqlstate="0A000",
        )
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
    name_place: Place = statement.name or statement.relation
    if statement.name is not None:
        name = statement.name.parts[-1]
        if statement.if_not_exists and context.catalog.find_relation((table.schema, name)):
            return context
        context = check_relation_name(context, table.schema, name, name_place)
    else:
        name = choose_index_name(context.catalog, table.name, table.schema, keys.names, "idx")
    context, index = with_index(context, table, name, keys, statement)
    catalog = context.catalog
    address = Address("relation", index.oid)
    on_table = [each for each in references if each.oid == table.oid and each.part]
    others = [each for each in references if each not in on_table]
    dependencies = catalog.dependencies.add_each(
        [
            (address, on_table or [Address("relation", table.oid)], "auto"),
            (address, others, "normal"),
        ]
    )
    context = context.at(catalog.with_dependencies(dependencies))
    if statement.unique:
        stored = predicate.stored if predicate is not None else None
        context = _with_unique_index(context, table, index, keys, statement, stored)
    return context


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
    """Refuse an index method that does not exist."""
    if context.catalog.find_named("access method", (method,)) is None and method != "rtree":
        context.refuse(
            "unknown-object",
            f'access method "{method}" does not exist',
            place,
            sqlstate="42704",
        )


def _supports_unique(method: str) -> bool:
    return method in _UNIQUE_METHODS


def key_column(context: Context, table: Relation, name: str, place: Place) -> Column:
    """A column of a table as an index names it."""
    found = next((each for each in table.columns if each.name == name), None)
    if found is None:
        refuse_column(context, table, name, f'column "{name}" does not exist', place)
    return found


def index_keys(
    context: Context, table: Relation, elements: Iterable[ddl.IndexElement], method: str
) -> IndexKeys:
    """The keys of an index, each with an operator class for its type."""
    columns: list[str] = []
    names: list[str] = []
    references: list[Address] = []
    expressions = False
    stored: list[StoredExpression | None] = []
    of_columns: list[KeyPart] = []
    of_expressions: list[KeyPart] = []
    for element in elements:
        if element.column is not None:
            column = key_column(context, table, element.column, element)
            columns.append(column.name)
            names.append(column.name)
            references.append(Address("relation", table.oid, column.number))
            type_oid, own, parts = column.type, column.collation, of_columns
        else:
            expressions = True
            if element.expr is None:
                continue
            analysed = context.expression(element.expr, "index expression", table)
            check_immutable(context, analysed, "index expression", element)
            type_oid, own, parts = analysed.type, "", of_expressions
            references.extend(analysed.references)
            stored.append(analysed.stored)
            names.append(context.analyse.index_column_name(element.expr) or _UNNAMED_EXPRESSION)
        _check_operator_class(context, element, type_oid, method)
        parts.append(_part(context, element, type_oid, own, method))
    complete = tuple(each for each in stored if each is not None)
    return IndexKeys(
        tuple(columns),
        index_column_names(names),
        tuple(references),
        expressions,
        complete if len(complete) == len(stored) else (),
        (*of_columns, *of_expressions),
    )


def _part(
    context: Context, element: ddl.IndexElement, type_oid: int, own: str, method: str
) -> KeyPart:
    """How the index compares a key; what is the same as the column's is not written down."""
    catalog = context.catalog
    part = KeyPart()
    if element.operator_class is not None:
        found = catalog.find_operator_class(element.operator_class, method)
        part = replace(part, family=found.family if found is not None else -1)
    if element.collation is not None:
        written = collation_name(catalog, element.collation)
        default = own or type_collation(catalog, type_oid)
        part = replace(part, collation="" if written == default else written)
    if element.operator is not None:
        part = replace(part, operator=_exclusion_operator(catalog, element.operator, type_oid))
    return part


def _exclusion_operator(catalog: Catalog, names: tuple[str, ...], type_oid: int) -> int:
    """The operator of that name for two values of a type, or of one that it is read as; 0 if there
    is none."""
    base = catalog.base_type(type_oid)
    read_as = {"range": oids.ANYRANGE, "multirange": oids.ANYMULTIRANGE}
    for each in (base, read_as.get(catalog.type(base).kind, oids.TEXT)):
        found = catalog.find_operator(names, each, each)
        if found is not None:
            return found.oid
    return 0


def check_immutable(
    context: Context, analysed: AnalysedExpression, where: str, place: Place
) -> None:
    """What is stored in an index or decides a partition must never change."""
    if not analysed.immutable:
        context.refuse(
            "invalid-object-definition",
            f"functions in {where} must be marked IMMUTABLE",
            place,
            sqlstate="42P17",
        )


def _check_operator_class(
    context: Context, element: ddl.IndexElement, type_oid: int, method: str
) -> None:
    catalog = context.catalog
    if element.operator_class is not None:
        if catalog.find_operator_class(element.operator_class, method) is None:
            context.refuse(
                "unknown-operator-class",
                f'operator class "{qualified(element.operator_class)}" does not exist for '
                f'access method "{method}"',
                element,
                sqlstate="42704",
            )
        return
    if type_oid and catalog.default_operator_class(type_oid, method) is None:
        context.refuse(
            "unknown-operator-class",
            f"data type {catalog.display_type(type_oid)} has no default operator class for "
            f'access method "{method}"',
            element,
            sqlstate="42704",
            hint="You must specify an operator class for the index or define a default operator "
            "class for the data type.",
        )


def with_index(
    context: Context, table: Relation, name: str, keys: IndexKeys, place: Place
) -> tuple[Context, Relation]:
    """With the relation of an index."""
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
