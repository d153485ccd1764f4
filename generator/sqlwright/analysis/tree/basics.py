"""What every expression is."""

from __future__ import annotations

from sqlwright.dataclass import dataclass


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Expr:
    """A typed expression. `type` is an OID, `modifier` a typmod (-1: none), `dimensions` those of
    an array that a cast to it is written with, where they are several."""

    type: int
    modifier: int = -1
    dimensions: int = 0
    start: int = -1
    end: int = -1
