"""Where a subquery is sure to find a row, since EXISTS, or IN, has found one under the same
conditions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlwright.analysis import tree
from sqlwright.analysis.nullability.ground.scopes import Scope
from sqlwright.analysis.nullability.judging import Judge
from sqlwright.analysis.nullability.logic.outcomes import TRUE
from sqlwright.analysis.nullability.logic.passed import passed_on
from sqlwright.analysis.nullability.sources.matches import finds_parent, is_rechecked
from sqlwright.analysis.premises.column_equalities import conjuncts
from sqlwright.analysis.premises.current import current_relation, tables_read
from sqlwright.analysis.premises.stored_rows import has_changing_constant
from sqlwright.analysis.row_counts.dependencies import is_stable
from sqlwright.analysis.row_counts.limits import all_pass
from sqlwright.analysis.tree.equality import equal
from sqlwright.analysis.tree.substitution import substituted
from sqlwright.dataclass import replace

_FINDING = ("exists", "any")
_STORED = ("table", "partitioned table", "materialized view")


def is_guarded(judge: Judge, query: tree.Query, around: Scope) -> bool:
    """Whether a row around a subquery has passed EXISTS or IN over the same table, under conditions
    that are all of the subquery's. Both read one snapshot."""
    entry = _only_table(judge, query)
    if entry is None or not all_pass(query) or is_rechecked(judge, query, around):
        return False
    wanted = conjuncts(query.where)
    if entry.sampled or not all(is_stable(judge.catalog, each) for each in wanted):
        return False
    if any(has_changing_constant(judge.catalog, each) for each in wanted):
        return False  # EXISTS may be a view's, of another day
    if any(each.kind == "foreign table" for each in tables_read(judge.catalog, entry)):
        return False
    return any(_implies(judge, link, entry, wanted) for link in _guards(around))


def fills_its_group(judge: Judge, query: tree.Query, around: Scope) -> bool:
    """Whether a subquery that aggregates all of its rows is sure to have one, by EXISTS or by a
    foreign key."""
    if query.grouping_sets or query.windows or query.has_set_returning:
        return False
    rows = replace(query, has_aggregates=False, having=None, limit=None, offset=None)
    return is_guarded(judge, rows, around) or finds_parent(judge, rows, around)


def _guards(around: Scope) -> Iterator[tree.SubLink]:
    for level in around.chain():
        for _, expr, outcomes in passed_on(level):
            if outcomes == TRUE and isinstance(expr, tree.SubLink) and expr.kind in _FINDING:
                yield expr


def _implies(
    judge: Judge, link: tree.SubLink, entry: tree.RangeTableEntry, wanted: Sequence[tree.Expr]
) -> bool:
    own = _only_table(judge, link.query)
    if own is None or own.relation is None or entry.relation is None:
        return False
    if own.relation.oid != entry.relation.oid or (entry.only and not own.only):
        return False

    def shown(var: tree.Var) -> tree.Expr:
        return replace(var, entry=entry) if var.entry is own else var

    conditions = (*conjuncts(link.query.where), *_tests(link))
    given = [substituted(each, shown) for each in conditions]
    given += [_turned(each) for each in given]
    return all(any(each is not None and equal(each, one) for each in given) for one in wanted)


def _tests(link: tree.SubLink) -> Iterator[tree.Expr]:
    """What a row of the subquery has been compared with, by `x IN (SELECT y ...)`."""
    if link.combine == "and":
        for test in link.tests:
            if isinstance(test, tree.OpCall):
                args = tuple(_shown_column(arg, link.query) for arg in test.args)
                yield replace(test, args=args)


def _shown_column(expr: tree.Expr, query: tree.Query) -> tree.Expr:
    if isinstance(expr, tree.SubLinkColumn):
        return query.output[expr.number - 1].expr
    if isinstance(expr, tree.Cast):
        return replace(expr, operand=_shown_column(expr.operand, query))
    return expr


def _turned(condition: tree.Expr | None) -> tree.Expr | None:
    """A comparison with its sides exchanged, of an operator to which that makes no difference."""
    match condition:
        case tree.OpCall(kind="plain", args=(left, right), operator=operator):
            same = operator.commutator == operator.oid
            return replace(condition, args=(right, left)) if same else None
        case _:
            return None


def _only_table(judge: Judge, query: tree.Query) -> tree.RangeTableEntry | None:
    """The table of which a query shows rows one by one; None if it does something else."""
    several = query.group_by or query.grouping_sets or query.has_aggregates or query.having
    if query.command != "select" or several or query.set_operation or query.values:
        return None
    if query.locking or query.has_set_returning or len(query.from_nodes) != 1:
        return None
    (node,) = query.from_nodes
    if not isinstance(node, tree.FromLeaf):
        return None
    relation = current_relation(judge.catalog, node.entry)
    return node.entry if relation is not None and relation.kind in _STORED else None
