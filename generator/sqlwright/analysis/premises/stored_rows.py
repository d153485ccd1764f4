"""What rows that were stored earlier still say.

A CHECK, an index or a generated column was computed as a row was written, by the functions of that
time. CREATE OR REPLACE FUNCTION changes none of those rows (manual, CREATE FUNCTION). A label of an
enum that was renamed stands in it for the same value as before.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlwright.analysis import tree
from sqlwright.analysis.premises.constants import is_renamed
from sqlwright.analysis.premises.current import current_function
from sqlwright.analysis.tree.traversal import Part, walk
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.identity import is_own
from sqlwright.catalog.model import Function


def is_settled(catalog: Catalog, part: Part) -> bool:
    """Whether a stored expression has always meant what it means now: no function that it calls has
    been replaced, or reads tables, and no label in it has been renamed."""
    if any(isinstance(each, tree.Const) and is_renamed(catalog, each) for each in walk(part)):
        return False
    return all(_is_settled(catalog, each, frozenset()) for each in _functions_of(catalog, part))


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
    return all(_is_settled(catalog, each, within) for each in _functions_of(catalog, now.stored))


def _functions_of(catalog: Catalog, part: Part) -> Iterator[Function]:
    for each in walk(part):
        match each:
            case tree.FuncCall() | tree.Aggregate() | tree.WindowCall():
                yield each.function
            case tree.Cast() if each.function is not None:
                yield each.function
            case tree.OpCall() | tree.ArrayOp():
                yield from _of_operators(catalog, (each.operator.function,))
            case tree.RowCompare():
                yield from _of_operators(catalog, [item.function for item in each.operators])
            case _:
                pass


def _of_operators(catalog: Catalog, oids: tuple[int, ...] | list[int]) -> Iterator[Function]:
    for oid in oids:
        function = catalog.get_function(oid)
        if function is not None:
            yield function
