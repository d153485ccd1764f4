"""Leaves: columns, constants, parameters, and what stands for a value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from sqlwright.analysis.tree.basics import Expr
from sqlwright.dataclass import dataclass

if TYPE_CHECKING:
    from sqlwright.analysis.tree.constructors import SubLink
    from sqlwright.analysis.tree.queries import RangeTableEntry


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Var(Expr):
    """A column of a range table entry; `number` counts its columns from 1, 0 is the whole row,
    negative numbers are system columns. `returning` is set for old/new in RETURNING.
    """

    entry: RangeTableEntry
    number: int
    name: str
    returning: Literal["old", "new"] | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Const(Expr):
    """A literal, already of its final type where PostgreSQL coerces it at once; `value` is its
    text, None for NULL. Type unknown means not yet resolved.
    """

    value: str | None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Param(Expr):
    """A use of `$number`. Type unknown means this use has not been resolved (yet)."""

    number: int


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class SqlValue(Expr):
    """current_date, current_user and so on."""

    name: str


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class SetToDefault(Expr):
    """DEFAULT in INSERT or UPDATE, typed as its column."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class CurrentOf(Expr):
    """WHERE CURRENT OF."""

    cursor: str


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class MergeAction(Expr):
    """merge_action()."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class RecordPlaceholder(Expr):
    """Column `number` of a multi-column subquery assigned by `(a, b) = (SELECT ...)`."""

    sublink: SubLink
    number: int
