"""Structural identity of expressions.

Two expressions with the same key have the same value wherever both are evaluated on one row, so a
fact learnt of one holds for the other. What may differ each time it is evaluated, such as a
volatile call, has no key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import reduce
from operator import attrgetter
from typing import Any

from sqlwright.analysis import tree
from sqlwright.analysis.premises.current import current_function
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.model import Function, Operator
from sqlwright.dataclass import fields

Key = tuple[object, ...]
Facts = frozenset[Key]
"""The keys of what is not NULL, and of other facts about rows."""

NOTHING: Facts = frozenset()

_PLACES = {"start", "end"}
_PLAIN = frozenset((int, str, bool, type(None)))

# These stand for a value given from elsewhere, and have no identity of their own.
_PLACEHOLDERS = (tree.SetToDefault, tree.CurrentOf, tree.RecordPlaceholder, tree.SubLinkColumn)


class _ChangingError(Exception):
    """Something in the expression may yield another value each time."""


def var_key(entry: tree.RangeTableEntry, number: int, returning: str | None = None) -> Key:
    """The key of a column of a range table entry."""
    return ("column", id(entry), number, returning)


def grouped_key(key: Key) -> Key:
    """The key of the fact that this grouping key is not left out."""
    return ("grouped", key)


def finite_key(key: Key) -> Key:
    """The key of the fact that a value is finite."""
    return ("finite", key)


def mentions(key: Key, wanted: Callable[[Key], bool]) -> bool:
    """Whether the key, or that of anything in it, is such a one."""
    return wanted(key) or any(isinstance(part, tuple) and mentions(part, wanted) for part in key)


class Keys:
    """Finds keys, and keeps them with their expressions, so that no identity is given to another
    and long expressions are gone through once. Of a column it keeps what it is a column of."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._known: dict[int, tuple[tree.Expr, Key | None]] = {}
        self._entries: dict[int, tree.RangeTableEntry] = {}

    def of(self, expr: tree.Expr) -> Key | None:
        """The key of an expression, None where it has none."""
        if type(expr) is tree.Var:
            self._entries[id(expr.entry)] = expr.entry
            return var_key(expr.entry, expr.number, expr.returning)
        known = self._known.get(id(expr))
        if known is None:
            try:
                known = expr, self._made(expr)
            except _ChangingError:
                known = expr, None
            self._known[id(expr)] = known
        return known[1]

    def _made(self, expr: tree.Expr) -> Key:
        match expr:
            case tree.Const():
                return ("constant", expr.type, expr.value)
            case tree.Param():
                return ("parameter", expr.number)
            case tree.CaseTest():
                return self._part(expr.operand)
            case _ if isinstance(expr, _PLACEHOLDERS):
                raise _ChangingError
            case _:
                return self._contents(expr)

    def _part(self, expr: tree.Expr) -> Key:
        key = self.of(expr)
        if key is None:
            raise _ChangingError
        return key

    def _contents(self, node: Any) -> Key:
        """A node by its kind and all that it holds."""
        kind = type(node)
        held = _held(kind)(node)[1:]
        # Most of what a node holds says of itself what it is.
        made = [value if type(value) in _PLAIN else self._content(value) for value in held]
        return (kind.__name__, *made)

    def _content(self, value: object) -> object:
        if isinstance(value, tree.Expr):
            return self._part(value)
        if isinstance(value, tuple):
            return tuple([self._content(each) for each in value])
        if isinstance(value, Function):
            if current_function(self._catalog, value).volatility == "volatile":
                raise _ChangingError
            return value.oid
        if isinstance(value, Operator):
            function = self._catalog.get_function(value.function)
            if function is None or function.volatility == "volatile":
                raise _ChangingError
            return value.oid
        if isinstance(value, tree.Query | tree.Window):
            return id(value)
        if isinstance(value, tree.CaseBranch | tree.JsonBehavior):
            return self._contents(value)
        return value


_Read = Callable[[Any], tuple[object, ...]]
_readers: dict[type, _Read] = {}


def _held(kind: type) -> _Read:
    """What reads the class of a node of a type, and all that it holds."""
    known = _readers.get(kind)
    if known is None:
        names = [each.name for each in fields(kind) if each.name not in _PLACES]
        # With the class the getter gives a tuple, whatever the node holds.
        known = _readers[kind] = attrgetter("__class__", *names)
    return known


def union(sets: Iterable[Facts]) -> Facts:
    """What holds by any of several facts."""
    return frozenset().union(*sets)


def intersection(sets: Iterable[Facts]) -> Facts:
    """What holds whichever of several is the case; of none, nothing."""
    listed = list(sets)
    return reduce(frozenset.intersection, listed) if listed else NOTHING
