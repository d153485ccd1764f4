"""When two expressions are the same expression, wherever they were written.

PostgreSQL's `equal()`: places of writing do not count. Of analysed expressions names do not count
either, only what they resolved to; of syntax the names are all there is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

from sqlwright.analysis import tree
from sqlwright.dataclass import fields, is_dataclass
from sqlwright.sql import nodes

_BY_IDENTITY = (tree.RangeTableEntry, tree.CommonTable, tree.Window)
_NOT_COMPARED = frozenset({"start", "end", "dimensions"})
_NOT_COMPARED_OF: dict[type, frozenset[str]] = {
    tree.Var: frozenset({"name"}),
    tree.FuncCall: frozenset({"syntax"}),
    tree.Cast: frozenset({"explicit"}),
}


_SIMPLE = (str, int, bool, float, type(None))
_DEEP_ENOUGH = 6
"""So many levels of an expression tell it from nearly all others."""

_compared_fields: dict[type, tuple[str, ...] | None] = {}
_written_fields: dict[type, tuple[str, ...]] = {}


def _compared(kind: type[object]) -> tuple[str, ...] | None:
    """The fields that count of a part of the analysed tree, None for what is no part of it."""
    known = _compared_fields.get(kind)
    if known is None and kind not in _compared_fields:
        if is_dataclass(kind) and kind.__module__.startswith(f"{tree.__name__}."):
            skipped = _NOT_COMPARED | _NOT_COMPARED_OF.get(kind, frozenset())
            known = tuple(each.name for each in fields(kind) if each.name not in skipped)
        _compared_fields[kind] = known
    return known


def _written(kind: type[nodes.Node]) -> tuple[str, ...]:
    known = _written_fields.get(kind)
    if known is None:
        names = (each.name for each in fields(kind))
        known = tuple(name for name in names if not name.endswith(("start", "end")))
        _written_fields[kind] = known
    return known


def _same_fields(
    first: object, second: object, names: Iterable[str], same: Callable[[object, object], bool]
) -> bool:
    """Whether two values agree in these fields. Long lists of expressions are compared each with
    each, so what is quickly seen to differ, numbers and names, is looked at before all parts.
    """
    parts = []
    for name in names:
        mine, other = getattr(first, name), getattr(second, name)
        if mine is other:
            continue
        if type(mine) is not type(other):
            return False
        if not isinstance(mine, _SIMPLE):
            parts.append((mine, other))
        elif mine != other:
            return False
    return all(same(mine, other) for mine, other in parts)


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
    names = _compared(type(first))
    if names is not None:
        return _same_fields(first, second, names, equal)
    return first == second


@lru_cache(maxsize=5000)
def likeness(expr: tree.Expr) -> int:
    """A number that equal expressions have in common and others hardly do: where each of a long
    list is looked for among the others, only a few have to be compared."""
    if type(expr) is tree.Var:
        return hash((expr.type, expr.number))
    return hash(_traits(expr, _DEEP_ENOUGH))


def is_among(expr: tree.Expr, others: Iterable[tree.Expr]) -> bool:
    """Whether an expression is equal to one of a list."""
    wanted = likeness(expr)
    return any(likeness(each) == wanted and equal(expr, each) for each in others)


def _traits(value: object, depth: int) -> object:
    """What tells a value from unlike ones, down to some depth. What is compared by identity has
    others in its place where subqueries are compared."""
    if isinstance(value, _SIMPLE):
        return value
    kind = type(value)
    if not depth or isinstance(value, (*_BY_IDENTITY, tree.Query)):
        return kind
    if isinstance(value, tuple):
        return tuple(_traits(each, depth) for each in value)
    names = _written(type(value)) if isinstance(value, nodes.Node) else _compared(kind)
    if names is None:
        return getattr(value, "oid", kind)
    return kind, *(_traits(getattr(value, name), depth - 1) for name in names)


@lru_cache(maxsize=5000)
def syntax_likeness(node: nodes.Node, apart_from: str) -> int:
    """The same for syntax trees and `same_syntax`, leaving aside the field of a name."""
    names = [name for name in _written(type(node)) if name != apart_from]
    return hash(tuple(_traits(getattr(node, name), _DEEP_ENOUGH) for name in names))


def same_syntax(first: object, second: object) -> bool:
    """Whether two syntax trees say the same, apart from where they stand."""
    if type(first) is not type(second):
        return False
    if isinstance(first, tuple) and isinstance(second, tuple):
        return len(first) == len(second) and all(map(same_syntax, first, second))
    if isinstance(first, nodes.Node):
        return _same_fields(first, second, _written(type(first)), same_syntax)
    return first == second


def _equal_queries(first: tree.Query, second: object) -> bool:
    # The variables of two subqueries belong to different entries even where the text is the same;
    # comparing what the queries say, with those entries paired, would decide it.
    return _Pairing().same(first, second)


class _Pairing:
    """Compares subqueries while pairing their own range table entries and windows in order."""

    def __init__(self, partner: dict[int, object] | None = None) -> None:
        self._partner = partner or {}

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
        names = _compared(type(first))
        if names is not None:
            return _same_fields(first, second, names, self.same)
        return first == second
