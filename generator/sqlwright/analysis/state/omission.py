"""Columns that `-- @omit` leaves out of stars of the result: what is named, and what was found."""

from __future__ import annotations

from sqlwright.dataclass import dataclass, field
from sqlwright.source import Span


@dataclass(frozen=True, slots=True)
class OmittedName:
    """A column of every star, or of those columns that one item of FROM has."""

    table: str
    column: str
    span: Span


@dataclass(slots=True, eq=False)
class Omission:
    """The names of a query's words and, of one analysis: the columns that its stars have, the
    indexes of the names that are among them, and how many columns of the result come before the
    first that is left out. It is left out where they are `applied`; else that is only noted."""

    names: tuple[OmittedName, ...]
    applied: bool = True
    columns: list[str] = field(default_factory=list)
    met: set[int] = field(default_factory=set)
    before: int | None = None
