"""The texts of a query with parts that can be left out: its pieces, and how they go together.

Nothing is composed of data: every text is the source with stretches left out and parameters
numbered again, since PostgreSQL refuses a gap in their numbers (42P18).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from sqlwright.dataclass import dataclass

WRITTEN_ORDER = ""
"""The name of the order that the text of the query has."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text or, with a `parameter`, its `$n`. It is there if for each of `needs` one of
    those options is given; with `absent`, if not. With a `sort` it is there for that order alone.
    """

    text: str = ""
    parameter: int = 0
    needs: tuple[tuple[int, ...], ...] = ()
    absent: bool = False
    sort: str | None = None

    def is_there(self, given: Sequence[bool], sort: str) -> bool:
        """Whether it belongs to the text with these options and this order."""
        if self.sort is not None and self.sort != sort:
            return False
        return all(any(given[at] for at in either) for either in self.needs) != self.absent


@dataclass(frozen=True, slots=True)
class Option:
    """What is given or left out as a whole: one parameter, or those of a group, by position."""

    names: tuple[str, ...]
    positions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Variant:
    """One of the texts; `parameters` are the positions of its `$1`, `$2` ... in the full query."""

    given: tuple[bool, ...]
    sort: str
    sql: str
    parameters: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class VariantTexts:
    """All texts of a query. `sorts` are the names of its orders beside the one that it is written
    with. `patch` are the positions of the values that SET can do without. Where the query is
    `paged`, the last option is the position behind which a page begins."""

    options: tuple[Option, ...]
    pieces: tuple[Piece, ...]
    sorts: tuple[str, ...] = ()
    patch: tuple[int, ...] = ()
    paged: bool = False

    @property
    def named(self) -> tuple[Option, ...]:
        """The options that words name, of parameters that the text has."""
        return self.options[:-1] if self.paged else self.options

    @property
    def count(self) -> int:
        """How many there are."""
        return (1 << len(self.options)) * (1 + len(self.sorts))

    def choices(self) -> Iterator[tuple[tuple[bool, ...], str]]:
        """Every choice of options and order, everything given first."""
        for sort in (WRITTEN_ORDER, *self.sorts):
            for given in product((True, False), repeat=len(self.options)):
                yield given, sort

    def variant(self, given: tuple[bool, ...], sort: str = WRITTEN_ORDER) -> Variant:
        """The text for a choice."""
        return composed(self.pieces, given, sort)

    def all(self) -> Iterator[Variant]:
        """Every text."""
        for given, sort in self.choices():
            yield self.variant(given, sort)

    def names(self, variant: Variant) -> list[str]:
        """The parameters that are given in it and need not be."""
        chosen = zip(self.options, variant.given, strict=True)
        return [name for option, given in chosen if given for name in option.names]


def composed(pieces: Sequence[Piece], given: tuple[bool, ...], sort: str) -> Variant:
    """The text that the pieces make for a choice."""
    there = [piece for piece in pieces if piece.is_there(given, sort)]
    positions = tuple(sorted({piece.parameter for piece in there if piece.parameter}))
    numbers = {position: number for number, position in enumerate(positions, 1)}
    sql = "".join(f"${numbers[each.parameter]}" if each.parameter else each.text for each in there)
    return Variant(given, sort, sql, positions)
