"""What comparing count() with a number says of the other aggregates over the same rows.

`count(x) > 0` means that the group holds a value of x, so that `max(x)` is not NULL;
`grouping(k) = 0` that no grouping set has left the key out.
"""

from __future__ import annotations

import operator
from collections.abc import Iterable, Iterator

from sqlwright.analysis import tree
from sqlwright.analysis.nullability.ground.keys import Key, Keys, grouped_key
from sqlwright.analysis.premises.constants import whole_number
from sqlwright.catalog.identity import is_function, own_name

_MIRRORED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "=": "=", "<>": "<>"}
_HOLDS = {
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}
_MOST_BITS = 8
_COUNTS = (tree.Aggregate, tree.SubLink, tree.Grouping)
"""What may be a count, or GROUPING()."""
_NEGATED = {"<": ">=", ">": "<=", "<=": ">", ">=": "<", "=": "<>", "<>": "="}


def may_count(predicate: tree.Expr) -> bool:
    """Whether a predicate compares what may be a count, or GROUPING(): few do."""
    return (
        isinstance(predicate, tree.OpCall)
        and predicate.kind == "plain"
        and len(predicate.args) == 2
        and not {type(arg) for arg in predicate.args}.isdisjoint(_COUNTS)
    )


def least_counted(predicate: tree.Expr, *, outcome: bool) -> Iterator[tree.Expr]:
    """The count() that is not 0 where the predicate has this outcome, if it compares one; it may be
    that of a subquery."""
    for side, number, compared in _comparisons(predicate, outcome=outcome):
        least = _at_least(compared, number)
        if least is not None and least > 0 and _is_count(side):
            yield side


def counted(keys: Keys, count: tree.Aggregate, of_filter: Iterable[Key]) -> frozenset[Key]:
    """The keys of what was counted and is there, for a count() that is not 0; `of_filter` are not
    NULL in the rows that it counts."""
    found = {rows_key(keys, count.filter, count.depth), rows_key(keys, None, count.depth)}
    for argument in count.args:
        found.add(values_key(keys, argument, count.filter, count.depth))
        found.add(values_key(keys, argument, None, count.depth))
    for filter_ in (count.filter, None):
        rows = rows_key(keys, filter_, count.depth)
        if rows is not None:
            found |= {("counted values", *rows, key) for key in of_filter}
    return frozenset(key for key in found if key is not None)


def kept_keys(keys: Keys, predicate: tree.Expr, *, outcome: bool) -> frozenset[Key]:
    """The keys of facts that no grouping set has left a grouping key out, where GROUPING() is
    compared with a number: of its bits, the last is that of the last argument."""
    found: set[Key] = set()
    for side, number, compared in _comparisons(predicate, outcome=outcome):
        if not isinstance(side, tree.Grouping) or number is None or len(side.args) > _MOST_BITS:
            continue
        values = [each for each in range(1 << len(side.args)) if _HOLDS[compared](each, number)]
        for bit, argument in enumerate(reversed(side.args)):
            key = keys.of(argument)
            if key is not None and not any(each >> bit & 1 for each in values):
                found.add(grouped_key(key))
    return frozenset(found)


def _comparisons(
    predicate: tree.Expr, *, outcome: bool
) -> Iterator[tuple[tree.Expr, int | None, str]]:
    """Something compared with a number, which comes second, by the operator that then holds."""
    if not isinstance(predicate, tree.OpCall) or not may_count(predicate):
        return
    left, right = predicate.args
    name = own_name(predicate.operator)
    if name not in _MIRRORED:
        return
    for side, number, compared in ((left, right, name), (right, left, _MIRRORED[name])):
        yield side, whole_number(number), compared if outcome else _NEGATED[compared]


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


def _is_count(expr: tree.Expr) -> bool:
    if isinstance(expr, tree.SubLink):
        query = expr.query
        plain = query.command == "select" and not query.group_by and not query.grouping_sets
        return (
            expr.kind == "scalar"
            and plain
            and not query.set_operation
            and not query.values
            and _is_count(query.output[0].expr)
            and isinstance(query.output[0].expr, tree.Aggregate)
            and query.output[0].expr.depth == query.depth
        )
    return isinstance(expr, tree.Aggregate) and is_function(expr.function, "count")


def _at_least(compared: str, number: int | None) -> int | None:
    """The least count for which `count compared number` holds; None if every small one does."""
    if number is None:
        return None
    if compared == "<>":
        return 1 if number == 0 else None
    return {">": number + 1, ">=": number, "=": number}.get(compared)
