"""Which collation an expression has, and which one a comparison goes by (manual 23.2.2).

As PostgreSQL's `assign_collations_walker` derives them. A collation is named with its schema; ""
is none. What cannot be told, or contradicts itself, is `UNKNOWN`, which is no collation's name.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlwright.analysis import tree
from sqlwright.analysis.tree.traversal import children
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.collations import DEFAULT, type_collation

UNKNOWN = "?"

_NONE, _IMPLICIT, _CONFLICT, _EXPLICIT = range(4)

Derived = tuple[str, int]
"""A collation and how it came to be: none, implicit, in conflict, written."""

_NOTHING: Derived = "", _NONE


def is_exact(catalog: Catalog, collation: str) -> bool:
    """Whether the collation holds only texts of the same bytes equal, as all do that are not
    nondeterministic (manual 23.2.2.4)."""
    return collation != UNKNOWN and collation.partition(".")[2] not in catalog.nondeterministic


def compared_by(catalog: Catalog, operands: Iterable[tree.Expr]) -> str:
    """The collation by which an operator or function goes that has these operands."""
    if not catalog.nondeterministic:
        return DEFAULT
    collation, strength = _merged(_derived(catalog, each) for each in operands)
    return UNKNOWN if strength == _CONFLICT else collation


def derived_collation(catalog: Catalog, expr: tree.Expr) -> str:
    """The collation that an expression has."""
    return compared_by(catalog, (expr,))


def _merged(met: Iterable[Derived]) -> Derived:
    """What collations that meet come to: a written one wins, then any other than the default."""
    collation, strength = _NOTHING
    for other, other_strength in met:
        if other_strength > strength:
            collation, strength = other, other_strength
        elif other_strength == strength and other != collation:
            if strength == _EXPLICIT:
                collation = UNKNOWN
            elif strength == _IMPLICIT and collation == DEFAULT:
                collation = other
            elif strength == _IMPLICIT and other != DEFAULT:
                collation, strength = UNKNOWN, _CONFLICT
    return collation, strength


def _implicit(derived: Derived) -> Derived:
    collation, strength = derived
    return (UNKNOWN if strength == _CONFLICT else collation), min(strength, _IMPLICIT)


def _derived(catalog: Catalog, expr: tree.Expr) -> Derived:
    match expr:
        case tree.Collate():
            return expr.collation, _EXPLICIT
        case tree.Var():
            return _implicit(_of_column(catalog, expr))
        case tree.Const() | tree.Param() | tree.SqlValue() | tree.SubLinkColumn():
            return _of_type(catalog, expr.type)
        case tree.RowExpr():
            return _NOTHING
        case tree.FieldSelect():
            return _of_field(catalog, expr)
        case tree.SubLink():
            if expr.kind not in ("scalar", "array") or not expr.query.output:
                return _of_type(catalog, expr.type)
            return _implicit(_of_output(catalog, expr.query, 0))
        case tree.Cast(method="domain"):
            own = _of_type(catalog, expr.type)
            return own if own[0] not in ("", DEFAULT) else _derived(catalog, expr.operand)
        case _:
            return _of_parts(catalog, expr)


def _of_parts(catalog: Catalog, expr: tree.Expr) -> Derived:
    own = _of_type(catalog, expr.type)
    if own == _NOTHING:
        return _NOTHING
    found = _merged(_derived(catalog, each) for each in _meeting(expr))
    return found if found[1] > _NONE else own


def _meeting(expr: tree.Expr) -> Sequence[tree.Expr]:
    """The parts of an expression whose collations meet in it."""
    match expr:
        case tree.Case():
            results = [branch.result for branch in expr.branches]
            return results if expr.default is None else [*results, expr.default]
        case tree.Aggregate():
            return (*expr.direct_args, *expr.args)
        case tree.WindowCall():
            return expr.args
        case _:
            return [part for part in children(expr) if isinstance(part, tree.Expr)]


def _of_type(catalog: Catalog, oid: int) -> Derived:
    collation = type_collation(catalog, oid)
    return (collation, _IMPLICIT) if collation else _NOTHING


def _of_field(catalog: Catalog, expr: tree.FieldSelect) -> Derived:
    own = _of_type(catalog, expr.type)
    relation = catalog.relation_of_type(catalog.base_type(expr.operand.type))
    if own == _NOTHING or relation is None:
        return own if own == _NOTHING else (UNKNOWN, _IMPLICIT)
    column = next((each for each in relation.columns if each.number == expr.number), None)
    return (column.collation, _IMPLICIT) if column is not None and column.collation else own


def _of_column(catalog: Catalog, var: tree.Var) -> Derived:
    own = _of_type(catalog, var.type)
    entry = var.entry
    if own == _NOTHING or var.number <= 0:
        return own
    if entry.join_vars:
        return _derived(catalog, entry.join_vars[var.number - 1])
    source = entry.columns[var.number - 1].source
    if entry.kind == "relation":
        return (source.collation, _IMPLICIT) if source is not None and source.collation else own
    query = entry.subquery if entry.cte is None else entry.cte.query
    if query is not None:
        recursive = entry.cte is not None and entry.cte.recursive
        return _of_output(catalog, query, var.number - 1, recursive=recursive)
    if entry.kind == "values":
        return _merged(_derived(catalog, row[var.number - 1]) for row in entry.values)
    if entry.kind == "function" and len(entry.functions) == 1 and len(entry.columns) == 1:
        (item,) = entry.functions
        return _derived(catalog, item.call) if item.call.type == var.type else (UNKNOWN, _IMPLICIT)
    return own if entry.kind in ("xmltable", "jsontable") else (UNKNOWN, _IMPLICIT)


def _of_output(catalog: Catalog, query: tree.Query, at: int, *, recursive: bool = False) -> Derived:
    """The collation of an output column; of a recursive query its first term decides."""
    side: tree.SetOperation | tree.Query = query.set_operation or query
    if recursive and isinstance(side, tree.SetOperation):
        side = side.left
    return _of_side(catalog, side, at)


def _of_side(catalog: Catalog, side: tree.SetOperation | tree.Query, at: int) -> Derived:
    if isinstance(side, tree.SetOperation):
        return _merged(_implicit(_of_side(catalog, each, at)) for each in (side.left, side.right))
    if side.set_operation is not None:
        return _of_side(catalog, side.set_operation, at)
    if side.values:
        return _merged(_derived(catalog, row[at]) for row in side.values)
    if at >= len(side.output):
        return UNKNOWN, _IMPLICIT  # a column that SEARCH or CYCLE adds
    return _derived(catalog, side.output[at].expr)
