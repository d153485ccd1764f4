"""What every expression is."""

from __future__ import annotations

from sqlwright.dataclass import dataclass


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Expr:
    """A typed expression. `type` is an OID, `modifier` a typmod (-1: none)."""

    type: int
    modifier: int = -1
    start: int = -1
    end: int = -1
