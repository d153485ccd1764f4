"""When two expressions are the same expression, wherever they were written.

PostgreSQL's `equal()`: places of writing do not count. Of analysed expressions names do not count
either, only what they resolved to; of syntax the names are all there is.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, TypeGuard

from sqlwright.analysis import tree
from sqlwright.sql import nodes

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_BY_IDENTITY = (tree.RangeTableEntry, tree.CommonTable, tree.Window)
_NOT_COMPARED = frozenset({"start", "end"})
_NOT_COMPARED_OF: dict[type, frozenset[str]] = {
    tree.Var: frozenset({"name"}),
    tree.FuncCall: frozenset({"syntax"}),
    tree.Cast: frozenset({"explicit"}),
}


_compared_fields: dict[type, tuple[str, ...]] = {}


def _compared(value: DataclassInstance) -> tuple[str, ...]:
    kind = type(value)
    known = _compared_fields.get(kind)
    if known is None:
        skipped = _NOT_COMPARED | _NOT_COMPARED_OF.get(kind, frozenset())
        known = tuple(each.name for each in fields(value) if each.name not in skipped)
        _compared_fields[kind] = known
    return known


def _is_part(value: object) -> TypeGuard[DataclassInstance]:
    return is_dataclass(value) and type(value).__module__.startswith(f"{tree.__name__}.")


def equal(first: object, second: object) -> bool:
    """Whether two parts of the analysed tree stand for the same thing."""
    if first is second:
        return True
    if type(first) is not type(second):
        return False
    if isinstance(first, tuple) and isinstance(second, tuple):
        return len(first) == len(second) and all(map(equal, first, second))
    if isinstance(first, _BY_IDENTITY):
        return False
    if isinstance(first, tree.Query):
        return _equal_queries(first, second)
    if _is_part(first):
        return all(equal(getattr(first, name), getattr(second, name)) for name in _compared(first))
    return first == second


def same_syntax(first: object, second: object) -> bool:
    """Whether two syntax trees say the same, apart from where they stand."""
    if type(first) is not type(second):
        return False
    if isinstance(first, tuple) and isinstance(second, tuple):
        return len(first) == len(second) and all(map(same_syntax, first, second))
    if isinstance(first, nodes.Node):
        return all(
            same_syntax(getattr(first, each.name), getattr(second, each.name))
            for each in fields(first)
            if not each.name.endswith(("start", "end"))
        )
    return first == second


def _equal_queries(first: tree.Query, second: object) -> bool:
    # The variables of two subqueries belong to different entries even where the text is the same;
    # comparing what the queries say, with those entries paired, would decide it.
    return _Pairing().same(first, second)


class _Pairing:
    """Compares subqueries while pairing their own range table entries and windows in order."""

    def __init__(self) -> None:
        self._partner: dict[int, object] = {}

    def same(self, first: object, second: object) -> bool:
        if first is second:
            return True
        if type(first) is not type(second):
            return False
        if isinstance(first, tuple) and isinstance(second, tuple):
            return len(first) == len(second) and all(map(self.same, first, second))
        if isinstance(first, _BY_IDENTITY):
            known = self._partner.get(id(first))
            if known is not None:
                return known is second
            self._partner[id(first)] = second
        if _is_part(first):
            return all(
                self.same(getattr(first, name), getattr(second, name)) for name in _compared(first)
            )
        return first == second
