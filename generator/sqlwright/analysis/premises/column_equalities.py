"""Conditions that make something equal to something, as unique and foreign keys understand it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlwright.analysis import tree
from sqlwright.analysis.tree.collations import compared_by, derived_collation, is_exact
from sqlwright.catalog import oids
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.model import KeyPart
from sqlwright.dataclass import dataclass

_BTREE_EQUAL = 3

_TRUE = tree.Const(type=oids.BOOL, value="t")
_FALSE = tree.Const(type=oids.BOOL, value="f")


@dataclass(frozen=True, slots=True)
class Comparison:
    """`this` is equal to `other` by an operator (0 where it is NULL and nothing is compared) under
    a collation. `other_link` is the subquery that `other` is the column of. `null_safe` says that
    both may be NULL."""

    this: tree.Expr
    other: tree.Expr
    operator: int
    collation: str
    null_safe: bool = False


@dataclass(frozen=True, slots=True)
class Equality:
    """`column = other`, by the equality that a foreign key to the column goes by."""

    column: tree.Var
    other: tree.Expr


def conjuncts(condition: tree.Expr | None) -> Sequence[tree.Expr]:
    """The conditions that AND joins."""
    if condition is None:
        return ()
    if isinstance(condition, tree.BoolExpr) and condition.op == "and":
        return [part for arg in condition.args for part in conjuncts(arg)]
    return (condition,)


def comparisons(catalog: Catalog, condition: tree.Expr) -> Iterator[Comparison]:
    """What a condition's being true says to be equal; `a = b` says it of both, and any condition
    that it is true itself."""
    yield from _is_truth(catalog, condition, truth=True)
    match condition:
        case tree.OpCall(kind="plain", args=(left, right)):
            yield from _both_ways(catalog, condition.operator.oid, left, right)
        case tree.BoolExpr(op="not", args=(tree.OpCall(kind="distinct") as distinct,)):
            operator = distinct.operator.oid
            yield from _both_ways(catalog, operator, *distinct.args, null_safe=True)
        case tree.BoolExpr(op="not", args=(operand,)):
            yield from _is_truth(catalog, operand, truth=False)
        case tree.NullTest(negated=False, row=False):
            null = tree.Const(type=condition.operand.type, value=None)
            yield Comparison(condition.operand, null, 0, "", null_safe=True)
        case tree.BooleanTest(negated=False, value="true" | "false"):
            truth = condition.value == "true"
            yield from _is_truth(catalog, condition.operand, truth=truth)
        case tree.ArrayOp(use_or=True, array=tree.ArrayExpr(multidimensional=False, items=(item,))):
            yield from _both_ways(catalog, condition.operator.oid, condition.left, item)
        case tree.SubLink(kind="any" | "rowcompare", combine="and"):
            for test in condition.tests:
                yield from _of_subquery(catalog, condition, test)
        case _:
            pass


def _both_ways(
    catalog: Catalog, operator: int, left: tree.Expr, right: tree.Expr, *, null_safe: bool = False
) -> Iterator[Comparison]:
    if _is_equality(catalog, operator):
        collation = compared_by(catalog, (left, right))
        yield Comparison(left, right, operator, collation, null_safe)
        yield Comparison(right, left, operator, collation, null_safe)


def _of_subquery(catalog: Catalog, link: tree.SubLink, test: tree.Expr) -> Iterator[Comparison]:
    if not isinstance(test, tree.OpCall) or test.kind != "plain" or len(test.args) != 2:
        return
    for this, other in (test.args, test.args[::-1]):
        shown = _in_subquery(other, link)
        if shown is not None and _is_equality(catalog, test.operator.oid):
            collation = compared_by(catalog, (this, shown))
            yield Comparison(this, link, test.operator.oid, collation)


def _in_subquery(expr: tree.Expr, link: tree.SubLink) -> tree.Expr | None:
    while isinstance(expr, tree.Cast):
        expr = expr.operand
    if not isinstance(expr, tree.SubLinkColumn):
        return None
    return link.query.output[expr.number - 1].expr


def _is_truth(catalog: Catalog, expr: tree.Expr, *, truth: bool) -> Iterator[Comparison]:
    equal = catalog.equality_operator(oids.BOOL)
    if expr.type == oids.BOOL and equal is not None:
        yield Comparison(expr, _TRUE if truth else _FALSE, equal.oid, "")


def equalities(catalog: Catalog, condition: tree.Expr) -> Iterator[Equality]:
    """The columns that a condition compares with what a foreign key to them may hold: values that
    the key holds equal, it holds equal as well."""
    if not isinstance(condition, tree.OpCall) or condition.kind != "plain":
        return
    for found in comparisons(catalog, condition):
        column = bare_column(found.this)
        if column is None or not goes_by_type(catalog, found, column):
            continue
        collation = derived_collation(catalog, column)
        if is_exact(catalog, collation) or collation == found.collation:
            yield Equality(column, found.other)


def bare_column(expr: tree.Expr) -> tree.Var | None:
    """A column, also under a conversion that leaves its bytes alone."""
    while type(expr) is tree.Cast and expr.method == "binary":
        expr = expr.operand
    if type(expr) is not tree.Var or expr.number <= 0:
        return None
    variables = expr.entry.join_vars
    return bare_column(variables[expr.number - 1]) if variables else expr


def goes_by_type(catalog: Catalog, found: Comparison, key: tree.Expr) -> bool:
    """Whether values that the comparison holds equal are one value to DISTINCT and GROUP BY, which
    go by the default equality of the type, under the collation of the key."""
    default = catalog.default_operator_class(catalog.base_type(key.type), "btree")
    if found.operator and (default is None or not _in_family(catalog, found, default.family)):
        return False
    return is_exact(catalog, found.collation) or found.collation == derived_collation(catalog, key)


def goes_by_key(catalog: Catalog, found: Comparison, key: tree.Expr, part: KeyPart) -> bool:
    """Whether two rows that the comparison holds equal to one value are equal to an index over this
    key: the operator is of the index's family, its collation the index's or one that tells all
    texts apart (manual 11.11, 23.2.2.4)."""
    if not found.operator:
        return True
    family = part.family
    if not family:
        default = catalog.default_operator_class(catalog.base_type(key.type), "btree")
        family = default.family if default is not None else 0
    if not _in_family(catalog, found, family):
        return False
    indexed = part.collation or derived_collation(catalog, key)
    return is_exact(catalog, found.collation) or found.collation == indexed


def _in_family(catalog: Catalog, found: Comparison, family: int) -> bool:
    return any(
        member.method == "btree" and member.strategy == _BTREE_EQUAL and member.family == family
        for member in catalog.family_members(found.operator)
    )


def _is_equality(catalog: Catalog, operator: int) -> bool:
    """Whether the operator is the equality of some btree family and goes by its operands alone: of
    a timestamp and a timestamptz the session's time zone decides (manual 8.5.3)."""
    return catalog.memo.once(("equality", operator), _is_found_equality, catalog, operator)


def _is_found_equality(catalog: Catalog, operator: int) -> bool:
    known = catalog.get_operator(operator)
    function = catalog.get_function(known.function) if known is not None else None
    if function is None or function.volatility != "immutable":
        return False
    return any(
        member.method == "btree" and member.strategy == _BTREE_EQUAL
        for member in catalog.family_members(operator)
    )
