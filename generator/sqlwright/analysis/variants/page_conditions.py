"""The condition that a row comes after a position, in the words of SQL.

With keys that are never NULL and one direction it is the comparison of two rows, which PostgreSQL
finds in an index (manual 9.25.5). Otherwise a row comes later by its first key, or has the same
there and comes later by the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from sqlwright.analysis.variant_texts import Piece
from sqlwright.analysis.variants.pages import PageKey
from sqlwright.dataclass import dataclass
from sqlwright.sql import nodes

Written = Callable[[PageKey], Sequence[Piece]]
"""Gives the text of a key."""


def page_condition(keys: Sequence[PageKey], written: Written) -> tuple[Piece, ...]:
    """The text of the condition. Each parameter is compared with its key before anything else is
    asked of it, which gives it its type."""
    return tuple(_Condition(written).of(keys))


def compared(key: PageKey) -> nodes.Expr:
    """A comparison of a key with its parameter, by which the parameter's type and the operator can
    be told."""
    return _operation(key, "<" if key.descending else ">")


def same(key: PageKey) -> nodes.Expr:
    """That a row has the key that the parameter is."""
    if not key.nullable:
        return _operation(key, "=")
    start, end = key.node.start, key.node.end
    parameter = nodes.ParamRef(number=key.number, start=start, end=end)
    return nodes.DistinctTest(left=key.node, right=parameter, negated=True, start=start, end=end)


def _operation(key: PageKey, name: str) -> nodes.Operation:
    start, end = key.node.start, key.node.end
    parameter = nodes.ParamRef(number=key.number, start=start, end=end)
    return nodes.Operation(
        name=(name,),
        left=key.node,
        right=parameter,
        operator_start=start,
        operator_end=end,
        start=start,
        end=end,
    )


@dataclass(frozen=True, slots=True)
class _Condition:
    written: Written

    def of(self, keys: Sequence[PageKey]) -> Iterator[Piece]:
        if any(key.nullable for key in keys) or len({key.descending for key in keys}) > 1:
            yield from self._by_one_after_the_other(keys)
        elif len(keys) == 1:
            yield from self._is(keys[0], _later(keys[0]))
        else:
            yield from self._listed(self._key(key) for key in keys)
            yield Piece(f" {_later(keys[0])} ")
            yield from self._listed([Piece(parameter=key.number)] for key in keys)

    def _by_one_after_the_other(self, keys: Sequence[PageKey]) -> Iterator[Piece]:
        """The first key alone bounds the rows, too, for what an index can do with that."""
        if len(keys) > 1 and not keys[0].nullable:
            yield from self._is(keys[0], f"{_later(keys[0])}=")
            yield Piece(" AND ")
        yield Piece("(")
        yield from self._comes_later(keys)
        yield Piece(")")

    def _comes_later(self, keys: Sequence[PageKey]) -> Iterator[Piece]:
        first, *others = keys
        yield from self._is(first, _later(first))
        if first.nullable:
            yield Piece(" OR ")
            yield from self._null_comes_later(first)
        if others:
            yield Piece(" OR ")
            yield from self._is(first, "IS NOT DISTINCT FROM" if first.nullable else "=")
            yield Piece(" AND (")
            yield from self._comes_later(others)
            yield Piece(")")

    def _null_comes_later(self, key: PageKey) -> Iterator[Piece]:
        """NULL and another value, in the order that NULLS FIRST or LAST says."""
        parameter = Piece(parameter=key.number)
        yield from self._key(key)
        if key.nulls_first:
            yield from (Piece(" IS NOT NULL AND "), parameter, Piece(" IS NULL"))
        else:
            yield from (Piece(" IS NULL AND "), parameter, Piece(" IS NOT NULL"))

    def _is(self, key: PageKey, operator: str) -> Iterator[Piece]:
        yield from self._key(key)
        yield from (Piece(f" {operator} "), Piece(parameter=key.number))

    def _key(self, key: PageKey) -> Iterator[Piece]:
        """The key, in parentheses where it is more than a name or a call."""
        simple = isinstance(key.node, (nodes.ColumnRef, nodes.FuncCall))
        yield from () if simple else (Piece("("),)
        yield from self.written(key)
        yield from () if simple else (Piece(")"),)

    @staticmethod
    def _listed(each: Iterator[Sequence[Piece] | Iterator[Piece]]) -> Iterator[Piece]:
        yield Piece("(")
        for at, pieces in enumerate(each):
            if at:
                yield Piece(", ")
            yield from pieces
        yield Piece(")")


def _later(key: PageKey) -> str:
    return "<" if key.descending else ">"
