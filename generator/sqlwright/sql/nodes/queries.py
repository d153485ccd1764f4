"""SELECT and its clauses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from sqlwright.dataclass import dataclass
from sqlwright.sql.nodes.basics import Node

if TYPE_CHECKING:
    from sqlwright.sql.nodes.basics import Expr
    from sqlwright.sql.nodes.calls import SortBy, WindowDef
    from sqlwright.sql.nodes.from_items import FromItem, RangeVar
    from sqlwright.sql.nodes.unions import Statement


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Target(Node):
    """A select-list or RETURNING item, an xmlforest item; `name` only when an alias was written."""

    expr: Expr
    name: str | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class GroupingSet(Node):
    """`()`, `ROLLUP (...)`, `CUBE (...)`, `GROUPING SETS (...)` in GROUP BY; a row inside ROLLUP
    or CUBE is a `Row`.
    """

    kind: Literal["empty", "rollup", "cube", "sets"]
    items: tuple[Expr | GroupingSet, ...] = ()


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class CteSearch(Node):
    """`SEARCH DEPTH|BREADTH FIRST BY ... SET name`."""

    breadth: bool
    by: tuple[str, ...]
    column: str


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class CteCycle(Node):
    """`CYCLE ... SET mark [TO value DEFAULT default] USING path`."""

    columns: tuple[str, ...]
    mark: str
    value: Expr | None
    default: Expr | None
    path: str


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class CommonTableExpr(Node):
    """One CTE."""

    name: str
    columns: tuple[str, ...]
    materialized: bool | None
    query: Statement
    search: CteSearch | None = None
    cycle: CteCycle | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class With(Node):
    """A WITH clause."""

    recursive: bool
    ctes: tuple[CommonTableExpr, ...]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Locking(Node):
    """`FOR UPDATE|NO KEY UPDATE|SHARE|KEY SHARE [OF ...] [NOWAIT|SKIP LOCKED]`."""

    strength: Literal["update", "no key update", "share", "key share"]
    relations: tuple[RangeVar, ...] = ()
    wait: Literal["nowait", "skip locked"] | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class IntoClause(Node):
    """`SELECT ... INTO [TEMP] table`."""

    relation: RangeVar
    temporary: bool = False


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Select(Node):
    """`SELECT`, `VALUES` (rows in `values`) or, with `set_op`, a set operation of `left` and
    `right`; `TABLE t` is `SELECT * FROM t`. `distinct` is None, `()` for plain DISTINCT, or the
    DISTINCT ON expressions. ORDER BY, LIMIT, locking and WITH belong to the outermost node they
    were written on.
    """

    targets: tuple[Target, ...] = ()
    distinct: tuple[Expr, ...] | None = None
    into: IntoClause | None = None
    from_: tuple[FromItem, ...] = ()
    where: Expr | None = None
    group_by: tuple[Expr | GroupingSet, ...] = ()
    group_distinct: bool = False
    having: Expr | None = None
    windows: tuple[WindowDef, ...] = ()
    values: tuple[tuple[Expr, ...], ...] = ()
    set_op: Literal["union", "intersect", "except"] | None = None
    all: bool = False
    left: Select | None = None
    right: Select | None = None
    with_: With | None = None
    order_by: tuple[SortBy, ...] = ()
    limit: Expr | None = None
    offset: Expr | None = None
    with_ties: bool = False
    locking: tuple[Locking, ...] = ()
