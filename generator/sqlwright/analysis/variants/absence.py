"""How the caller says that a parameter is not given.

Where NULL would let no row through, there is no use for it, and None says so. Elsewhere NULL is a
value (`IS NOT DISTINCT FROM @x`), and something else has to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlwright.analysis import tree
from sqlwright.analysis.nullability.logic.predicates import Logic
from sqlwright.analysis.premises.column_equalities import conjuncts
from sqlwright.analysis.tree.traversal import walk
from sqlwright.analysis.variants.spans import OptionalPart
from sqlwright.catalog.catalog import Catalog


def null_is_no_value(
    catalog: Catalog, query: tree.Query, parts: Sequence[OptionalPart], number: int
) -> bool:
    """Whether each part that mentions a parameter is not true where that is NULL, or says itself
    that NULL stands for its being absent."""
    logic = Logic(catalog)
    return all(
        bool(part.tests)
        or any(("parameter", number) in logic.true_facts(each) for each in _analysed(query, part))
        for part in parts
        if number in part.numbers
    )


def _analysed(query: tree.Query, part: OptionalPart) -> list[tree.Expr]:
    """The conditions that a conjunct has become, at its own query level: that comes before the
    subqueries in it."""
    for node in walk(query):
        if not isinstance(node, tree.Query):
            continue
        found = [each for each in _conditions(node) if _is_within(each, part)]
        if found:
            return found
    return []


def _conditions(query: tree.Query) -> Iterator[tree.Expr]:
    conflict = query.on_conflict.where if query.on_conflict is not None else None
    for condition in (query.where, query.having, conflict):
        yield from conjuncts(condition)
    for node in query.from_nodes:
        yield from _joined(node)


def _joined(node: tree.FromNode) -> Iterator[tree.Expr]:
    if isinstance(node, tree.FromJoin):
        yield from conjuncts(node.condition)
        yield from _joined(node.left)
        yield from _joined(node.right)


def _is_within(expr: tree.Expr, part: OptionalPart) -> bool:
    return part.node.start <= expr.start and expr.end <= part.node.end
