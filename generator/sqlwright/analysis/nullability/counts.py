"""What comparing count() with a number says of the other aggregates over the same rows.

`count(x) > 0` means that the group holds a value of x, so that `max(x)` is not NULL.
"""

from __future__ import annotations

from sqlwright.analysis import tree
from sqlwright.analysis.nullability.keys import Key, Keys
from sqlwright.catalog.facts.extraction import FIRST_USER_OID

_MIRRORED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "=": "=", "<>": "<>"}
_NEGATED = {"<": ">=", ">": "<=", "<=": ">", ">=": "<", "=": "<>", "<>": "="}


def counted(keys: Keys, predicate: tree.Expr, *, outcome: bool) -> frozenset[Key]:
    """The keys of what was counted and is there, where the predicate has this outcome."""
    if not isinstance(predicate, tree.OpCall) or predicate.operator.oid >= FIRST_USER_OID:
        return frozenset()
    name = predicate.operator.name
    if predicate.kind != "plain" or len(predicate.args) != 2 or name not in _MIRRORED:
        return frozenset()
    for count, number, compared in (
        (predicate.args[0], predicate.args[1], name),
        (predicate.args[1], predicate.args[0], _MIRRORED[name]),
    ):
        if _is_count(count) and isinstance(count, tree.Aggregate):
            least = _at_least(compared if outcome else _NEGATED[compared], _integer(number))
            if least is not None and least > 0:
                return _facts(keys, count)
    return frozenset()


def values_key(
    keys: Keys, argument: tree.Expr, filter_: tree.Expr | None, depth: int
) -> Key | None:
    """The key of the fact that the group has a row where the argument is not NULL."""
    key = keys.of(argument)
    rows = rows_key(keys, filter_, depth)
    return None if key is None or rows is None else ("counted values", *rows, key)


def rows_key(keys: Keys, filter_: tree.Expr | None, depth: int) -> Key | None:
    """The key of the fact that the group has a row that the filter lets through."""
    if filter_ is None:
        return ("counted rows", depth)
    key = keys.of(filter_)
    return None if key is None else ("counted rows", depth, key)


def _facts(keys: Keys, count: tree.Aggregate) -> frozenset[Key]:
    found = {rows_key(keys, count.filter, count.depth), rows_key(keys, None, count.depth)}
    for argument in count.args:
        found.add(values_key(keys, argument, count.filter, count.depth))
        found.add(values_key(keys, argument, None, count.depth))
    return frozenset(key for key in found if key is not None)


def _is_count(expr: tree.Expr) -> bool:
    return (
        isinstance(expr, tree.Aggregate)
        and expr.function.oid < FIRST_USER_OID
        and expr.function.name == "count"
    )


def _at_least(compared: str, number: int | None) -> int | None:
    """The least count for which `count compared number` holds; None if every small one does."""
    if number is None:
        return None
    if compared == "<>":
        return 1 if number == 0 else None
    return {">": number + 1, ">=": number, "=": number}.get(compared)


def _integer(expr: tree.Expr) -> int | None:
    while isinstance(expr, tree.Cast):
        expr = expr.operand
    if isinstance(expr, tree.Const) and expr.value is not None and expr.value.isdecimal():
        return int(expr.value)
    return None
