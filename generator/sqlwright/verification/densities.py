"""How full, how empty and how varied the tables are that queries run on."""

from __future__ import annotations

from sqlwright.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Density:
    """How a database is filled: rows tried per table, how likely a nullable column is NULL, and a
    table left empty.

    `variety` is how many values of a type there are to draw from, 0 for all that are known: with
    few, joins and conditions meet, and with one they all do. With `near` come rows that almost
    violate the constraints, with `old` rows from before the schema was what it is. With `settled`
    the rows satisfy what can be deferred as well, which they else may break as the middle of a
    transaction does.
    """

    rows: int
    nulls: float
    empty: float = 0.0
    variety: int = 0
    near: bool = False
    old: bool = False
    settled: bool = False


DENSITIES = (
    Density(0, 0.0),
    Density(1, 0.0, variety=1),
    Density(1, 0.5, variety=1),
    Density(4, 0.7, variety=2),
    Density(6, 0.5, empty=0.3, variety=3),
    Density(12, 0.3),
    Density(12, 0.0),
    Density(2, 0.2, variety=2, near=True),
    Density(3, 0.2, variety=2, old=True),
)
"""Empty tables first, then single rows, few rows with many NULLs, and more rows of all kinds."""

SETTLED = (
    Density(2, 0.2, variety=2, settled=True),
    Density(6, 0.1, variety=3, settled=True),
)
"""For constraints that can be deferred."""

MORE = (
    Density(1, 0.2, variety=1),
    Density(2, 0.4, variety=1),
    Density(4, 0.2, variety=2),
    Density(1, 0.4, variety=1),
    Density(3, 0.4, empty=0.15, variety=2),
    Density(2, 0.1, variety=2),
    Density(8, 0.3, variety=3),
    Density(1, 0.6, variety=1),
)
"""For queries that gave no row yet, or never a NULL where one is said to be possible."""
