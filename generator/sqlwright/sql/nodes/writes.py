"""INSERT, UPDATE, DELETE and MERGE."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from sqlwright.dataclass import dataclass
from sqlwright.sql.nodes.basics import Node

if TYPE_CHECKING:
    from sqlwright.sql.nodes.basics import Direction, Expr, NullsOrder, QualifiedName
    from sqlwright.sql.nodes.expressions import FieldStep, StarStep, SubscriptStep
    from sqlwright.sql.nodes.from_items import FromItem, RangeVar
    from sqlwright.sql.nodes.queries import Select, Target, With


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class InsertColumn(Node):
    """A target column of INSERT with its subscripts and fields, or the target of one SET item. The
    grammar lets `.*` through at the end; parse analysis refuses it.
    """

    name: str
    steps: tuple[SubscriptStep | FieldStep | StarStep, ...] = ()


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Assignment(Node):
    """`target = value` in SET. For `(a, b) = source` there is one `MultiAssignment` instead."""

    target: InsertColumn
    value: Expr


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class MultiAssignment(Node):
    """`(a, b, ...) = row or subquery`."""

    targets: tuple[InsertColumn, ...]
    source: Expr


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class ConflictElement(Node):
    """An element of ON CONFLICT's inference list. The last three are what the grammar of an index
    column lets through and parse analysis refuses: a direction, a place of nulls, options.
    """

    expr: Expr
    collation: QualifiedName | None = None
    operator_class: QualifiedName | None = None
    direction: Direction | None = None
    nulls: NullsOrder | None = None
    options: bool = False


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class OnConflict(Node):
    """`ON CONFLICT [target] DO NOTHING | DO UPDATE SET ...`."""

    action: Literal["nothing", "update"]
    elements: tuple[ConflictElement, ...] = ()
    element_where: Expr | None = None
    constraint: str | None = None
    assignments: tuple[Assignment | MultiAssignment, ...] = ()
    where: Expr | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Returning(Node):
    """`RETURNING [WITH (OLD AS o, NEW AS n)] targets`."""

    targets: tuple[Target, ...]
    old_alias: str | None = None
    new_alias: str | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Insert(Node):
    """INSERT; `source` is None for DEFAULT VALUES."""

    relation: RangeVar
    columns: tuple[InsertColumn, ...]
    source: Select | None
    overriding: Literal["user", "system"] | None = None
    on_conflict: OnConflict | None = None
    returning: Returning | None = None
    with_: With | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Update(Node):
    """UPDATE."""

    relation: RangeVar
    assignments: tuple[Assignment | MultiAssignment, ...]
    from_: tuple[FromItem, ...] = ()
    where: Expr | None = None
    returning: Returning | None = None
    with_: With | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Delete(Node):
    """DELETE."""

    relation: RangeVar
    using: tuple[FromItem, ...] = ()
    where: Expr | None = None
    returning: Returning | None = None
    with_: With | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class MergeWhen(Node):
    """A WHEN branch of MERGE. `match` says which rows, `action` what happens to them."""

    match: Literal["matched", "not matched by source", "not matched by target"]
    action: Literal["insert", "update", "delete", "nothing"]
    condition: Expr | None = None
    columns: tuple[InsertColumn, ...] = ()
    values: tuple[Expr, ...] | None = None
    overriding: Literal["user", "system"] | None = None
    assignments: tuple[Assignment | MultiAssignment, ...] = ()


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Merge(Node):
    """MERGE."""

    relation: RangeVar
    source: FromItem
    on: Expr
    branches: tuple[MergeWhen, ...]
    returning: Returning | None = None
    with_: With | None = None
