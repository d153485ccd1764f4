"""What the schema has stored of a table, over an entry for it: keys, predicates, and those CHECK
constraints that are true of every row."""

from __future__ import annotations

from collections.abc import Iterator

from sqlwright.analysis import tree
from sqlwright.analysis.premises.column_equalities import bare_column, conjuncts
from sqlwright.analysis.premises.current import (
    current_column,
    current_relation,
    is_not_null,
    tables_read,
)
from sqlwright.analysis.premises.stored_rows import is_settled
from sqlwright.analysis.tree import making
from sqlwright.analysis.tree.immutability import is_immutable
from sqlwright.analysis.tree.substitution import substituted
from sqlwright.analysis.tree.traversal import walk
from sqlwright.catalog import oids
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.identity import is_own
from sqlwright.catalog.model import Constraint, Operator, Relation


def column_of(entry: tree.RangeTableEntry, relation: Relation, name: str) -> tree.Var | None:
    """The column of that name of the relation, as one of the entry."""
    return _numbered(entry, _number_of(relation, name))


def place_of(entry: tree.RangeTableEntry, relation: Relation, name: str) -> int:
    """Where the entry has the column of that name of the relation, 0 if it lacks it."""
    return _place_of(entry, _number_of(relation, name))


def _number_of(relation: Relation, name: str) -> int:
    for column in relation.columns:
        if column.name == name:
            return column.number
    return 0


def _place_of(entry: tree.RangeTableEntry, number: int) -> int:
    for at, column in enumerate(entry.columns, 1):
        if column.source is not None and column.source.number == number:
            return at
    return 0


def _numbered(entry: tree.RangeTableEntry, number: int) -> tree.Var | None:
    at = _place_of(entry, number)
    if not at:
        return None
    column = entry.columns[at - 1]
    return making.Var(
        type=column.type, modifier=column.modifier, entry=entry, number=at, name=column.name
    )


def placed(catalog: Catalog, entry: tree.RangeTableEntry, stored: object) -> tree.Expr | None:
    """What the schema has stored, over this entry; None if it is over another table, as of an
    index that was copied."""
    relation = current_relation(catalog, entry)

    def column(var: tree.Var) -> tree.Expr | None:
        owner = var.entry.relation
        if owner is None or relation is None or owner.oid != relation.oid or var.number <= 0:
            return None
        source = var.entry.columns[var.number - 1].source
        own = _numbered(entry, source.number) if source is not None else None
        return own if own is not None and own.type == var.type else None

    return substituted(stored, column) if isinstance(stored, tree.Expr) else None


def is_kept_from_null(catalog: Catalog, entry: tree.RangeTableEntry, expr: tree.Expr) -> bool:
    """Whether an expression is a column of the entry into which the schema lets no NULL."""
    column = bare_column(expr)
    relation = current_relation(catalog, entry)
    if column is None or column.entry is not entry or relation is None:
        return False
    known = current_column(catalog, entry, column.number)
    return known is not None and is_not_null(relation, known)


def stored_conditions(
    catalog: Catalog, entry: tree.RangeTableEntry, relation: Relation
) -> Iterator[tree.Expr]:
    """The conditions of CHECK constraints that are true of every row. One that comes out NULL
    passes (manual 5.5.1), so only those that cannot: comparisons of columns that are not NULL with
    constants, by operators that are always the same."""
    if relation.kind not in ("table", "partitioned table"):
        return
    for constraint in relation.constraints:
        if constraint.kind != "check" or not constraint.validated or constraint.no_inherit:
            continue
        expr = placed(catalog, entry, constraint.expression)
        if expr is None or not is_settled(catalog, expr):
            continue
        for part in conjuncts(expr):
            if _is_decided(catalog, entry, part):
                yield part


def checked_values(
    catalog: Catalog, entry: tree.RangeTableEntry
) -> Iterator[tuple[Constraint, tree.Expr]]:
    """What a CHECK keeps from being NULL, other than columns, in every row of an entry for a table:
    `data ->> 'kind'` under `CHECK (data ->> 'kind' IS NOT NULL)`."""
    tables = list(tables_read(catalog, entry))
    if not tables or entry.is_excluded or any(each.kind == "foreign table" for each in tables):
        return
    kept = catalog.memo.once(
        ("values in checks", tables[0].oid, len(tables) > 1),
        lambda: tuple(_kept_values(catalog, tables[0], inherited=len(tables) > 1)),
    )
    for constraint, stored in kept:
        value = placed(catalog, entry, stored)
        if value is not None:
            yield constraint, value


def _kept_values(
    catalog: Catalog, table: Relation, *, inherited: bool
) -> Iterator[tuple[Constraint, tree.Expr]]:
    if table.kind not in ("table", "partitioned table"):
        return
    for constraint in table.constraints:
        if constraint.kind != "check" or not constraint.validated:
            continue
        expr = constraint.expression
        if not isinstance(expr, tree.Expr) or (constraint.no_inherit and inherited):
            continue
        for part in conjuncts(expr):
            if not isinstance(part, tree.NullTest) or not part.negated or part.row:
                continue
            value = part.operand
            lasts = is_immutable(catalog, value) and is_settled(catalog, value)
            if lasts and bare_column(value) is None:
                yield constraint, value


def checked_columns(catalog: Catalog, relation: Relation) -> frozenset[int]:
    """The numbers of the columns that `stored_conditions` can be about."""
    return catalog.memo.once(
        ("columns in checks", relation.oid), lambda: frozenset(_in_checks(relation))
    )


def _in_checks(relation: Relation) -> Iterator[int]:
    for constraint in relation.constraints:
        if constraint.kind == "check" and isinstance(constraint.expression, tree.Expr):
            for part in walk(constraint.expression):
                if isinstance(part, tree.Var) and part.number > 0:
                    source = part.entry.columns[part.number - 1].source
                    if source is not None:
                        yield source.number


def _is_decided(catalog: Catalog, entry: tree.RangeTableEntry, expr: tree.Expr) -> bool:
    """Whether a condition cannot come out NULL."""

    def has_value(part: tree.Expr) -> bool:
        if isinstance(part, tree.Const):
            return part.value is not None
        return is_kept_from_null(catalog, entry, part)

    match expr:
        case tree.BoolExpr():
            return all(_is_decided(catalog, entry, each) for each in expr.args)
        case tree.NullTest(row=False):
            return bare_column(expr.operand) is not None
        case tree.BooleanTest():
            return bare_column(expr.operand) is not None
        case tree.OpCall(kind="plain"):
            return _compares(catalog, expr.operator) and all(map(has_value, expr.args))
        case tree.ArrayOp(array=tree.ArrayExpr(multidimensional=False) as array):
            parts = (expr.left, *array.items)
            return _compares(catalog, expr.operator) and all(map(has_value, parts))
        case _:
            return expr.type == oids.BOOL and has_value(expr)


def _compares(catalog: Catalog, operator: Operator) -> bool:
    """Whether an operator of PostgreSQL's own compares values, and by them alone."""
    if not is_own(operator):
        return False
    function = catalog.get_function(operator.function)
    if function is None or function.volatility != "immutable" or not function.strict:
        return False
    return any(
        each.method == "btree"
        for oid in (operator.oid, operator.negator)
        for each in (catalog.family_members(oid) if oid else ())
    )
