"""What rows that were stored earlier still say.

A CHECK, an index or a generated column was computed as a row was written, by the functions of that
time. CREATE OR REPLACE FUNCTION changes none of those rows (manual, CREATE FUNCTION). A label of an
enum that was renamed stands in it for the same value as before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlwright.analysis import tree
from sqlwright.analysis.premises.constants import is_renamed, may_change
from sqlwright.analysis.premises.current import current_function
from sqlwright.analysis.tree.traversal import Part, walk
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.identity import is_own
from sqlwright.catalog.model import Function


def is_settled(catalog: Catalog, part: Part) -> bool:
    """Whether a stored expression has always meant what it means now: no function that it calls has
    been replaced, or reads tables, and no label in it has been renamed."""
    return all(
        not is_renamed(catalog, each)
        if isinstance(each, tree.Const)
        else _are_settled(catalog, _functions_in(catalog, each), frozenset())
        for each in walk(part)
    )


def says_the_same(catalog: Catalog, part: Part) -> bool:
    """Whether a stored expression is, besides, what a query would write in the same words: none of
    its constants may be another value there."""
    return is_settled(catalog, part) and not has_changing_constant(catalog, part)


def has_changing_constant(catalog: Catalog, part: Part) -> bool:
    """Whether a constant in it may be another value where the same text is written elsewhere."""
    return any(isinstance(each, tree.Const) and may_change(catalog, each) for each in walk(part))


def _are_settled(catalog: Catalog, functions: Iterable[Function], inside: frozenset[int]) -> bool:
    return all(_is_settled(catalog, each, inside) for each in functions)


def _is_settled(catalog: Catalog, function: Function, inside: frozenset[int]) -> bool:
    if is_own(function) or function.oid in inside:
        return True
    now = current_function(catalog, function)
    if now.replaced:
        return False
    if not isinstance(now.stored, tree.Query):
        return True
    if any(isinstance(each, tree.RangeTableEntry) and each.relation for each in walk(now.stored)):
        return False
    within = inside | {function.oid}
    return all(
        _are_settled(catalog, _functions_in(catalog, each), within) for each in walk(now.stored)
    )


def _functions_in(catalog: Catalog, part: Part) -> Iterable[Function]:
    """Those that a part calls itself."""
    match part:
        case tree.FuncCall() | tree.Aggregate() | tree.WindowCall():
            return (part.function,)
        case tree.Cast() if part.function is not None:
            return (part.function,)
        case tree.OpCall() | tree.ArrayOp():
            return _of_operators(catalog, (part.operator.function,))
        case tree.RowCompare():
            return _of_operators(catalog, [item.function for item in part.operators])
        case _:
            return ()


def _of_operators(catalog: Catalog, oids: tuple[int, ...] | list[int]) -> Iterator[Function]:
    for oid in oids:
        function = catalog.get_function(oid)
        if function is not None:
            yield function
