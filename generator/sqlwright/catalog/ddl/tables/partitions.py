"""Partitioned tables, their partitions, ATTACH and DETACH (manual 5.12)."""

from __future__ import annotations

from sqlwright.catalog.ddl.constraints.index_keys import check_immutable, key_column
from sqlwright.catalog.ddl.context import Context, Place
from sqlwright.catalog.ddl.lookup import find_relation, refuse_column, required
from sqlwright.catalog.ddl.tables.partition_bounds import bounds_of, check_overlap, is_null
from sqlwright.catalog.model import Relation
from sqlwright.dataclass import replace
from sqlwright.sql import ddl_nodes as ddl
from sqlwright.sql import nodes

_METHODS = {"list": "btree", "range": "btree", "hash": "hash"}


def partition_key(context: Context, table_oid: int, spec: ddl.PartitionSpec) -> Context:
    """With the partition key of a new partitioned table; an expression is "" among its columns."""
    table = context.catalog.relation(table_oid)
    columns: list[str] = []
    if spec.strategy == "list" and len(spec.keys) > 1:
        context.refuse(
            "invalid-object-definition",
            'cannot use "list" partition strategy with more than one column',
            spec,
            sqlstate="42P17",
        )
    for number, key in enumerate(spec.keys, 1):
        if key.column is not None:
            column = next((each for each in table.columns if each.name == key.column), None)
            if column is None:
                message = f'column "{key.column}" named in partition key does not exist'
                refuse_column(context, table, key.column, message, key)
            if column.generated:
                context.refuse(
                    "invalid-object-definition",
                    "cannot use generated column in partition key",
                    key,
                    sqlstate="42P17",
                    detail=f'Column "{column.name}" is a generated column.',
                )
            columns.append(key_column(context, table, key.column, key).name)
            type_oid = column.type
        else:
            columns.append("")
            if key.expr is None:
                continue
            analysed = context.expression(key.expr, "partition expression", table)
            if isinstance(key.expr, nodes.Const):
                message = "cannot use constant expression as partition key"
                context.refuse("invalid-object-definition", message, key, sqlstate="42P17")
            check_immutable(context, analysed, "partition key expression", key)
            type_oid = analysed.type
            if analysed.uncollated:
                context.refuse(
                    "collation-mismatch",
                    f"no collation was derived for partition key column {number} with collatable "
                    f"type {context.catalog.display_type(type_oid)}",
                    key,
                    sqlstate="42P16",
                    hint="Use the COLLATE clause to set the collation explicitly.",
                )
        _check_key_class(context, key, type_oid, _METHODS[spec.strategy])
    changed = replace(table, partition_strategy=spec.strategy, partition_key=tuple(columns))
    return context.at(context.catalog.with_relation(changed))


def _check_key_class(context: Context, key: ddl.IndexElement, type_oid: int, method: str) -> None:
    if key.operator_class is not None or not type_oid:
        return
    if context.catalog.default_operator_class(type_oid, method) is not None:
        return
    hint = {
        "hash": "You must specify a hash operator class or define a default hash operator class "
        "for the data type.",
        "btree": "You must specify a btree operator class or define a default btree operator class "
        "for the data type.",
    }
    context.refuse(
        "unknown-operator-class",
        f"data type {context.catalog.display_type(type_oid)} has no default operator class for "
        f'access method "{method}"',
        key,
        sqlstate="42704",
        hint=hint[method],
    )


def partition_parent(context: Context, statement: ddl.CreateTable, *, temporary: bool) -> Relation:
    """The table that PARTITION OF names."""
    place = statement.partition_of or statement.relation
    parent = required(find_relation(context, place))
    check_partition_parent(context, parent, place)
    if parent.temporary and not temporary:
        context.refuse(
            "wrong-object-type",
            f"cannot create a permanent relation as partition of temporary relation "
            f'"{parent.name}"',
            place,
            sqlstate="42809",
        )
    if temporary and not parent.temporary:
        context.refuse(
            "wrong-object-type",
            f"cannot create a temporary relation as partition of permanent relation "
            f'"{parent.name}"',
            place,
            sqlstate="42809",
        )
    if statement.bound is not None:
        check_bound(context, parent, statement.bound)
    return parent


def check_partition_parent(context: Context, parent: Relation, place: Place) -> None:
    """Refuse a parent that is not partitioned."""
    if parent.kind != "partitioned table":
        context.refuse(
            "wrong-object-type", f'"{parent.name}" is not partitioned', place, sqlstate="42P17"
        )


def check_bound(context: Context, parent: Relation, bound: ddl.PartitionBound) -> None:
    """Refuse a bound that is not of the parent's strategy."""
    strategy = parent.partition_strategy
    if bound.kind == "default":
        if strategy == "hash":
            context.refuse(
                "invalid-table-definition",
                "a hash-partitioned table may not have a default partition",
                bound,
                sqlstate="42P16",
            )
        return
    if bound.kind != strategy:
        context.refuse(
            "invalid-table-definition",
            f"invalid bound specification for a {strategy} partition",
            bound,
            sqlstate="42P16",
        )
    keys = len(parent.partition_key)
    for side, values in (("FROM", bound.lower), ("TO", bound.upper)):
        if bound.kind == "range" and len(values) != keys:
            context.refuse(
                "invalid-table-definition",
                f"{side} must specify exactly one value per partitioning column",
                bound,
                sqlstate="42P16",
            )
    if bound.kind == "hash" and bound.modulus <= 0:
        context.refuse(
            "invalid-table-definition",
            "modulus for hash partition must be an integer value greater than zero",
            bound,
            sqlstate="42P16",
        )
    if bound.kind == "hash" and bound.remainder >= bound.modulus:
        context.refuse(
            "invalid-table-definition",
            "remainder for hash partition must be less than modulus",
            bound,
            sqlstate="42P16",
        )
    _check_bound_values(context, parent, bound)
    for limits in (bound.lower, bound.upper):
        _check_range_side(context, bound, limits)


def _check_range_side(
    context: Context, bound: ddl.PartitionBound, side: tuple[nodes.Expr, ...]
) -> None:
    """FROM or TO has no NULL, and nothing but its like behind MINVALUE and MAXVALUE."""
    open_ = ""
    for value in side:
        if is_null(value):
            message = "cannot specify NULL in range bound"
            context.refuse("invalid-object-definition", message, bound, sqlstate="42P17")
        word = value.fields[0].upper() if isinstance(value, nodes.ColumnRef) else ""
        if open_ and word != open_:
            message = f"every bound following {open_} must also be {open_}"
            context.refuse("type-mismatch", message, value, sqlstate="42804")
        open_ = word


def _check_bound_values(context: Context, parent: Relation, bound: ddl.PartitionBound) -> None:
    """Every value must be one of its key column's type; those of key expressions are not known."""
    columns = {each.name: each for each in parent.columns}
    keys = parent.partition_key
    pairs = [(keys[0], value) for value in bound.values]
    for side in (bound.lower, bound.upper):
        pairs += list(zip(keys, side, strict=False))
    for key, value in pairs:
        column = columns.get(key)
        if column is None or _is_open(value):
            continue
        target = (column.type, column.modifier, column.name)
        context.expression(value, "partition bound", None, target)


def _is_open(value: nodes.Expr) -> bool:
    """MINVALUE and MAXVALUE, which the grammar reads as columns."""
    return isinstance(value, nodes.ColumnRef) and value.fields in (("minvalue",), ("maxvalue",))


def with_bounds(
    context: Context, parent: Relation, partition: Relation, bound: ddl.PartitionBound
) -> Context:
    """With the bounds of a partition, which must not overlap those of another."""
    bounds = bounds_of(context, parent, bound)
    if bounds is None:
        return context
    check_overlap(context, parent, partition.name, bound, bounds)
    return context.at(context.catalog.with_relation(replace(partition, bounds=bounds)))
