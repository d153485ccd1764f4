"""Function calls, with what may stand in and behind their arguments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from sqlwright.dataclass import dataclass
from sqlwright.sql.nodes.basics import Expr, Node

if TYPE_CHECKING:
    from sqlwright.sql.nodes.basics import Direction, NullsOrder, QualifiedName


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class SortBy(Node):
    """An ORDER BY item; `nulls` and `operator` only when written."""

    expr: Expr
    direction: Direction | None = None
    nulls: NullsOrder | None = None
    operator: QualifiedName | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class NamedArg(Expr):
    """`name => value` (or `:=`) in an argument list."""

    name: str
    value: Expr


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class WindowDef(Node):
    """A window: `name` from a WINDOW clause, `ref` the existing window it builds on. `OVER name`
    has only `ref` and `over_name` set.
    """

    name: str | None = None
    ref: str | None = None
    over_name: bool = False
    partition: tuple[Expr, ...] = ()
    order: tuple[SortBy, ...] = ()
    frame: Frame | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class FrameBound(Node):
    """One end of a window frame."""

    kind: Literal[
        "unbounded preceding", "preceding", "current row", "following", "unbounded following"
    ]
    offset: Expr | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Frame(Node):
    """`RANGE|ROWS|GROUPS BETWEEN low AND high EXCLUDE ...`; `high` is None without BETWEEN."""

    mode: Literal["range", "rows", "groups"]
    low: FrameBound
    high: FrameBound | None = None
    exclude: Literal["current row", "group", "ties", "no others"] | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class FuncCall(Expr):
    """A function call. SQL-standard forms (`extract(f from x)`, `trim(...)`, `AT TIME ZONE`,
    `substring(a from b)`, `IS NORMALIZED` ...) become calls of the `pg_catalog` function that
    PostgreSQL's grammar names, with `sql_syntax` set. `star` is `f(*)`; `variadic` marks the
    last argument; ORDER BY of the arguments is in `order`, that of WITHIN GROUP too, with
    `within_group` set.
    """

    name: QualifiedName
    args: tuple[Expr, ...] = ()
    star: bool = False
    distinct: bool = False
    variadic: bool = False
    order: tuple[SortBy, ...] = ()
    within_group: bool = False
    filter: Expr | None = None
    over: WindowDef | None = None
    sql_syntax: bool = False
    name_start: int = -1
    name_end: int = -1
