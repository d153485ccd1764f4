"""What a value, or an item of FROM, depends on: the entries of its query that it refers to, and
whether it comes out the same each time it is evaluated."""

from __future__ import annotations

from collections.abc import Callable, Collection

from sqlwright.analysis import tree
from sqlwright.analysis.premises.current import current_function
from sqlwright.analysis.tree.traversal import Part, children, columns_in, walk
from sqlwright.catalog.catalog import Catalog

SingleQuery = Callable[[tree.Query], bool]
"""Tells whether a query yields at most one row by itself."""

_CHANGING = (tree.SetToDefault, tree.CurrentOf, tree.RecordPlaceholder, tree.SetReturning)
_OF_MANY_ROWS = (tree.Aggregate, tree.WindowCall, tree.Grouping)


def is_volatile(catalog: Catalog, part: Part) -> bool:
    """Whether this part of an expression, those below it aside, may change each time."""
    match part:
        case tree.FuncCall() | tree.Aggregate() | tree.WindowCall():
            return current_function(catalog, part.function).volatility == "volatile"
        case tree.Cast(function=function) if function is not None:
            return current_function(catalog, function).volatility == "volatile"
        case tree.OpCall() | tree.ArrayOp():
            function = catalog.get_function(part.operator.function)
            return function is None or function.volatility == "volatile"
        case tree.Query():
            # A locked row may be gone, or skipped, the next time (manual 13.3.2).
            return part.command != "select" or part.locking
        case _:
            return False


def is_stable(catalog: Catalog, part: Part) -> bool:
    """Whether evaluating it again in the same statement gives the same."""
    return not any(is_volatile(catalog, each) for each in walk(part))


def references(part: Part, own: Collection[int]) -> frozenset[int]:
    """Those of the entries `own` that it refers to."""
    found: set[int] = set()
    for each in columns_in(part):
        variables = each.entry.join_vars
        if 0 < each.number <= len(variables):
            found |= references(variables[each.number - 1], own)
        elif id(each.entry) in own:
            found.add(id(each.entry))
    return frozenset(found)


def dependencies(
    catalog: Catalog, expr: tree.Expr, own: Collection[int], single_query: SingleQuery
) -> frozenset[int] | None:
    """The entries of this query that fix the value; None where they do not (a volatile call, a
    subquery of many rows)."""
    if isinstance(expr, tree.SubLink) and expr.kind == "any":
        # PostgreSQL joins such a subquery, and may run it more than once.
        if not is_stable(catalog, expr.query) or not single_query(expr.query):
            return None
        return references(expr.query, own)
    found: set[int] = set()
    waiting: list[Part] = [expr]
    while waiting:
        part = waiting.pop()
        if isinstance(part, tree.SubLink):
            inner = _of_subquery(catalog, part, own)
            if inner is None:
                return None
            found |= inner
            continue
        if isinstance(part, (*_CHANGING, *_OF_MANY_ROWS)) or is_volatile(catalog, part):
            return None
        if isinstance(part, tree.FuncCall) and part.function.returns_set:
            return None
        found |= references(part, own) if isinstance(part, tree.Var) else frozenset()
        waiting.extend(children(part))
    return frozenset(found)


def _of_subquery(
    catalog: Catalog, link: tree.SubLink, own: Collection[int]
) -> frozenset[int] | None:
    """A subquery that refers to nothing around it is run once, whatever is in it."""
    if link.kind not in ("scalar", "array", "exists", "rowcompare"):
        return None
    found = references(link.query, own)
    if found and not is_stable(catalog, link.query):
        return None
    return found


def entry_references(entry: tree.RangeTableEntry, own: Collection[int]) -> frozenset[int]:
    """The entries beside it that an item of FROM refers to, in LATERAL or in its arguments."""
    return references(entry, frozenset(own) - {id(entry)})


def entry_is_stable(catalog: Catalog, entry: tree.RangeTableEntry) -> bool:
    """Whether its rows are the same each time that the join runs it. The rows of functions and of
    volatile CTEs are kept, a subquery or VALUES is run again."""
    if entry.kind == "values":
        return all(is_stable(catalog, value) for row in entry.values for value in row)
    if entry.kind == "subquery" and entry.subquery is not None:
        return is_stable(catalog, entry.subquery)
    relation = catalog.get_relation(entry.relation.oid) if entry.relation is not None else None
    if relation is not None and relation.kind == "view" and isinstance(relation.stored, tree.Query):
        return is_stable(catalog, relation.stored)
    return True
