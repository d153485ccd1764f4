"""Logic, tests and conditionals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from sqlwright.analysis.tree.basics import Expr
from sqlwright.dataclass import dataclass

if TYPE_CHECKING:
    from sqlwright.catalog.model import Operator


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class BoolExpr(Expr):
    """AND, OR, NOT."""

    op: Literal["and", "or", "not"]
    args: tuple[Expr, ...]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class NullTest(Expr):
    """IS [NOT] NULL; `row` when the operand is of a row type."""

    operand: Expr
    negated: bool
    row: bool


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class BooleanTest(Expr):
    """IS [NOT] TRUE|FALSE|UNKNOWN."""

    operand: Expr
    value: Literal["true", "false", "unknown"]
    negated: bool


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class CaseBranch:
    """One WHEN; in a simple CASE `condition` is the whole comparison, whose left side is a
    `CaseTest`.
    """

    condition: Expr
    result: Expr


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class CaseTest(Expr):
    """Stands for the operand of a simple CASE inside its comparisons."""

    operand: Expr


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Case(Expr):
    """CASE; `default` is None without ELSE."""

    operand: Expr | None
    branches: tuple[CaseBranch, ...]
    default: Expr | None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Coalesce(Expr):
    """COALESCE."""

    args: tuple[Expr, ...]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class MinMax(Expr):
    """GREATEST or LEAST."""

    op: Literal["greatest", "least"]
    args: tuple[Expr, ...]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class RowCompare(Expr):
    """`(a, b) < (c, d)`; `=` and `<>` become BoolExprs of OpCalls as in PostgreSQL."""

    op: str
    operators: tuple[Operator, ...]
    left: tuple[Expr, ...]
    right: tuple[Expr, ...]
