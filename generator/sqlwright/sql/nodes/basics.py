"""What every node is, and the names shared by all."""

from __future__ import annotations

from typing import Literal

from sqlwright.dataclass import dataclass

QualifiedName = tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Node:
    """Anything in the tree; the text it was read from is `source.text[start:end]`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Expr(Node):
    """An expression (`a_expr`, `b_expr` or `c_expr` of the grammar)."""


Direction = Literal["asc", "desc", "using"]
NullsOrder = Literal["first", "last"]
JoinKind = Literal["inner", "left", "right", "full"]
