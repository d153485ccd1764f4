"""Casts, and access to parts of a value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from sqlwright.analysis.tree.basics import Expr
from sqlwright.dataclass import dataclass

if TYPE_CHECKING:
    from sqlwright.catalog.model import Function


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Cast(Expr):
    """A conversion to `type`. `method` says how: by `function`, `binary` (relabel), `io` text
    input/output, `array` element-wise (`element` converts one element), `domain` check, `row`
    between row types, `literal` an unknown literal read as the type. `explicit` when written.
    """

    operand: Expr
    method: Literal["function", "binary", "io", "array", "domain", "row", "length"]
    function: Function | None = None
    explicit: bool = False


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class FieldSelect(Expr):
    """`(composite).name`, `number` counts from 1."""

    operand: Expr
    number: int
    name: str


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Subscript(Expr):
    """`container[...]`: element fetch or slice. An assignment to one is a `Store`."""

    container: Expr
    subscripts: tuple[tuple[Expr | None, Expr | None], ...]
    is_slice: bool


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Store(Expr):
    """What `column[...] = value` and `column.field = value` assign: the column's value with a part
    replaced. `field` is None for an element or slice.
    """

    value: Expr
    subscripts: tuple[Expr, ...] = ()
    field: str | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Collate(Expr):
    """COLLATE."""

    operand: Expr
    collation: str
