"""Which columns a table gets from its parents, and how its own definitions fit them.

The rules are those of INHERITS and PARTITION OF (manual 5.11, 5.12).
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlwright.catalog.ddl.context import Context, Place
from sqlwright.catalog.ddl.lookup import find_relation, required
from sqlwright.catalog.ddl.tables.columns import NewColumn
from sqlwright.catalog.model import Column, Relation
from sqlwright.dataclass import replace
from sqlwright.sql import ddl_nodes as ddl
from sqlwright.sql import nodes

_PARENT_KINDS = ("table", "partitioned table", "foreign table")


def parent_relations(
    context: Context, places: Iterable[nodes.RangeVar], *, temporary: bool
) -> tuple[Relation, ...]:
    """The tables that INHERITS names."""
    parents: list[Relation] = []
    for place in places:
        parent = required(find_relation(context, place))
        check_parent(context, parent, place, temporary=temporary)
        if parent.oid in [each.oid for each in parents]:
            context.refuse(
                "invalid-table-definition",
                f'relation "{parent.name}" would be inherited from more than once',
                place,
                sqlstate="42P07",
            )
        parents.append(parent)
    return tuple(parents)


def check_parent(context: Context, parent: Relation, place: Place, *, temporary: bool) -> None:
    """Refuse what cannot be inherited from."""
    message = ""
    if parent.kind not in _PARENT_KINDS:
        message = f'inherited relation "{parent.name}" is not a table or foreign table'
    elif parent.kind == "partitioned table":
        message = f'cannot inherit from partitioned table "{parent.name}"'
    elif parent.is_partition:
        message = f'cannot inherit from partition "{parent.name}"'
    elif parent.temporary and not temporary:
        message = f'cannot inherit from temporary relation "{parent.name}"'
    if message:
        context.refuse("wrong-object-type", message, place, sqlstate="42809")


def inherited_columns(
    context: Context, parents: Iterable[Relation], place: Place, *, partition: bool
) -> tuple[NewColumn, ...]:
    """The columns of all parents, those of one name merged into one."""
    merged: list[NewColumn] = []
    for parent in parents:
        for column in parent.columns:
            index = _index_of(merged, column.name)
            if index is None:
                merged.append(
                    NewColumn(_as_inherited(column, len(merged) + 1, partition=partition))
                )
                continue
            known = merged[index].column
            _check_same_type(context, known, column, place, "inherited column")
            if known.generated != column.generated:
                context.refuse(
                    "type-mismatch",
                    f'inherited column "{column.name}" has a generation conflict',
                    place,
                    sqlstate="42804",
                )
            both = replace(
                known,
                inherited=known.inherited + 1,
                not_null=known.not_null or column.not_null,
                default=known.default or column.default,
            )
            merged[index] = NewColumn(both)
    return tuple(merged)


def _as_inherited(column: Column, number: int, *, partition: bool) -> Column:
    """A parent's column in a child; identity is passed on to partitions only."""
    return replace(
        column,
        number=number,
        local=False,
        inherited=1,
        identity=column.identity if partition else None,
        default=column.default and (partition or column.identity is None),
        comment=None,
    )


def _index_of(columns: list[NewColumn], name: str) -> int | None:
    return next(
        (index for index, each in enumerate(columns) if each.column.name == name),
        None,
    )


def _check_same_type(
    context: Context, known: Column, column: Column, place: Place, noun: str
) -> None:
    if (known.type, known.modifier) == (column.type, column.modifier):
        return
    catalog = context.catalog
    left = catalog.display_type(known.type, known.modifier)
    right = catalog.display_type(column.type, column.modifier)
    context.refuse(
        "type-mismatch",
        f'{noun} "{column.name}" has a type conflict',
        place,
        sqlstate="42804",
        detail=f"{left} versus {right}",
    )


def merge_own_columns(
    context: Context, inherited: tuple[NewColumn, ...], own: Iterable[NewColumn]
) -> tuple[NewColumn, ...]:
    """The inherited columns followed by the table's own; one of the same name becomes both."""
    merged = list(inherited)
    for each in own:
        index = _index_of(merged, each.column.name)
        if index is None:
            merged.append(replace(each, column=replace(each.column, number=len(merged) + 1)))
            continue
        known = merged[index].column
        place: Place = each.definition or ddl.ObjectName(start=0, end=0, parts=())
        _check_same_type(context, known, each.column, place, "column")
        _check_generation(context, known, each, place)
        column = replace(
            known,
            local=True,
            not_null=known.not_null or each.column.not_null,
            default=known.default or each.column.default,
            identity=each.column.identity or known.identity,
            generated=each.column.generated or known.generated,
        )
        merged[index] = replace(each, column=column)
    return tuple(merged)


def _check_generation(context: Context, known: Column, own: NewColumn, place: Place) -> None:
    message = detail = hint = ""
    if known.generated and own.column.generated not in (None, known.generated):
        message = f'column "{known.name}" inherits from generated column of different kind'
        kinds = str(known.generated).upper(), str(own.column.generated).upper()
        detail = f"Parent column is {kinds[0]}, child column is {kinds[1]}."
    elif known.generated:
        if own.column.default and not own.column.generated and own.column.identity is None:
            message = f'column "{known.name}" inherits from generated column but specifies default'
        elif own.column.identity:
            message = f'column "{known.name}" inherits from generated column but specifies identity'
    elif own.column.generated:
        message = f'child column "{known.name}" specifies generation expression'
        hint = "A child table column cannot be generated unless its parent column is."
    if message:
        context.refuse(
            "invalid-table-definition",
            message,
            place,
            sqlstate="42611",
            detail=detail or None,
            hint=hint or None,
        )
