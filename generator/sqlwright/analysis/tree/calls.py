"""Calls of functions and operators, aggregates and windows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from sqlwright.analysis.tree.basics import Expr
from sqlwright.dataclass import dataclass

if TYPE_CHECKING:
    from sqlwright.analysis.tree.queries import Window
    from sqlwright.catalog.model import Function, Operator


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class FuncCall(Expr):
    """A call of an ordinary function, arguments in declared order with defaults left out
    (`defaulted` counts those); `positions` are the declared positions of those that are there, in
    a call with named arguments. `variadic` marks an explicit or expanded VARIADIC array. `syntax`
    tells calls from casts.
    """

    function: Function
    args: tuple[Expr, ...]
    variadic: bool = False
    syntax: Literal["call", "sql", "cast", "implicit"] = "call"
    defaulted: int = 0
    positions: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class OpCall(Expr):
    """A call of an operator; `kind` tells IS DISTINCT FROM and NULLIF, which share its arguments
    but not its result, from plain use.
    """

    operator: Operator
    args: tuple[Expr, ...]
    kind: Literal["plain", "distinct", "nullif"] = "plain"


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class ArrayOp(Expr):
    """`left op ANY|ALL (array)`, also what an IN list becomes (`array` is then an ArrayExpr)."""

    operator: Operator
    left: Expr
    array: Expr
    use_or: bool


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Aggregate(Expr):
    """An aggregate call. `depth` is the query level it belongs to."""

    function: Function
    args: tuple[Expr, ...]
    direct_args: tuple[Expr, ...] = ()
    filter: Expr | None = None
    distinct: bool = False
    star: bool = False
    order: tuple[Expr, ...] = ()
    depth: int = 0


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class WindowCall(Expr):
    """A window function or an aggregate used as one."""

    function: Function
    args: tuple[Expr, ...]
    window: Window
    filter: Expr | None = None
    star: bool = False


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Grouping(Expr):
    """GROUPING(...)."""

    args: tuple[Expr, ...]
    depth: int = 0


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class SetReturning(Expr):
    """Marks a set-returning call in a target list."""

    call: FuncCall | OpCall
