"""`LIKE other_table INCLUDING ...` in CREATE TABLE."""

from __future__ import annotations

from typing import Literal

from sqlwright.catalog.ddl.constraints.clone import clone_check, clone_indexes
from sqlwright.catalog.ddl.constraints.not_null import not_null_constraint
from sqlwright.catalog.ddl.context import Context
from sqlwright.catalog.ddl.lookup import find_relation, plural, required
from sqlwright.catalog.ddl.tables.columns import NewColumn
from sqlwright.catalog.model import Relation
from sqlwright.dataclass import replace
from sqlwright.sql import ddl_nodes as ddl

_LIKABLE = (
    "table",
    "partitioned table",
    "view",
    "materialized view",
    "foreign table",
    "composite type",
)


def _liked(context: Context, like: ddl.LikeClause) -> Relation:
    relation = required(find_relation(context, like.relation))
    if relation.kind not in _LIKABLE:
        context.refuse(
            "wrong-object-type",
            f'relation "{relation.name}" is invalid in LIKE clause',
            like.relation,
            sqlstate="42809",
            detail=f"This operation is not supported for {plural(relation.kind)}.",
        )
    return relation


def copy_like_columns(context: Context, like: ddl.LikeClause, table: str) -> tuple[NewColumn, ...]:
    """The columns of the other relation, with defaults, identity and generation if included."""
    relation = _liked(context, like)
    copied: list[NewColumn] = []
    for column in relation.columns:
        generated = column.generated if "generated" in like.options else None
        identity = column.identity if "identity" in like.options else None
        plain_default = column.default and column.generated is None and column.identity is None
        default = plain_default and "defaults" in like.options
        made = replace(
            column,
            number=len(copied) + 1,
            default=default or generated is not None or identity is not None,
            expression=column.expression if default or generated is not None else None,
            generated=generated,
            identity=identity,
            local=True,
            inherited=0,
            comment=column.comment if "comments" in like.options else None,
        )
        place = ddl.ColumnDefinition(
            start=like.start,
            end=like.end,
            name=column.name,
            name_end=like.end,
            type_name=None,
        )
        existing = not_null_constraint(relation, column.name)
        named = None
        if existing is not None:
            named = ddl.ConstraintDefinition(
                start=like.start,
                end=like.end,
                kind="not null",
                name=existing.name,
                no_inherit=existing.no_inherit,
            )
        sequence: Literal["identity"] | None = "identity" if identity is not None else None
        copied.append(
            NewColumn(made, place, sequence=sequence, not_null=named, states_not_null=made.not_null)
        )
    return tuple(copied)


def copy_like_objects(context: Context, table_oid: int, like: ddl.LikeClause) -> Context:
    """The checks and indexes of the other relation, if included."""
    relation = _liked(context, like)
    if "constraints" in like.options:
        for constraint in relation.constraints:
            if constraint.kind == "check":
                comment = constraint.comment if "comments" in like.options else None
                copied = replace(constraint, comment=comment)
                context = clone_check(context, table_oid, copied, inherited=False)
    if "indexes" in like.options:
        context = clone_indexes(context, table_oid, relation, like, inherited=False)
    return context
