"""Only grouped columns outside aggregates (manual 7.2.3, SELECT: GROUP BY Clause)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from sqlwright.analysis import tree
from sqlwright.analysis.tree.equality import is_among
from sqlwright.analysis.tree.traversal import Part, children, walk

if TYPE_CHECKING:
    from sqlwright.analysis.state.parse_state import ParseState
    from sqlwright.catalog.model import Constraint

_DIRECT = "Direct arguments of an ordered-set aggregate must use only grouped columns."


def parse_check_aggregates(state: ParseState, query: tree.Query) -> tuple[int, ...]:
    """Refuse columns that are neither grouped by nor aggregated nor determined by a grouped
    primary key (42803), and aggregates in the recursive part of a recursive query (42P19). Gives
    the primary keys that were needed for that.

    `query` is the level's result so far: targets with the junk ones, GROUP BY, HAVING.
    """
    check = _Check(state, query)
    clauses: list[tree.Expr] = [target.expr for target in query.targets]
    check.all(clauses)
    if query.having is not None:
        check.all([query.having])
        clauses.append(query.having)
    if state.has_aggregates and _refers_to_itself(state):
        aggregate = next(
            part
            for clause in clauses
            for part in walk(clause)
            if isinstance(part, tree.Aggregate | tree.Grouping) and part.depth == state.depth
        )
        state.error(
            "invalid-recursion",
            "aggregate functions are not allowed in a recursive query's recursive term",
            aggregate,
            sqlstate="42P19",
        )
    return tuple(key.oid for _, key in check.determined)


def _refers_to_itself(state: ParseState) -> bool:
    """Whether this level reads the recursive CTE that it is a term of."""
    under_way: list[tree.CommonTable] = []
    level: ParseState | None = state
    while level is not None:
        if level.parent_cte is not None:
            under_way.append(level.parent_cte)
        level = level.parent
    return any(
        entry.cte is each and each.recursive for entry in state.entries for each in under_way
    )


def _flattened(expr: tree.Expr) -> tree.Expr | None:
    """What a merged column of a join stands for, None for anything else."""
    if isinstance(expr, tree.Var) and expr.entry.kind == "join" and expr.number > 0:
        return expr.entry.join_vars[expr.number - 1]
    return None


class _Check:
    """The grouped expressions of one query level, and the walk that looks for others."""

    def __init__(self, state: ParseState, query: tree.Query) -> None:
        self._state = state
        self._depth = state.depth
        self._grouped = _with_flattened(query.group_by)
        self._common = self._grouped
        if len(query.grouping_sets) > 1 or (query.grouping_sets and not query.group_by):
            first, *rest = query.grouping_sets
            in_all = [expr for expr in first if all(is_among(expr, each) for each in rest)]
            self._common = _with_flattened(tuple(in_all))
        self._only_vars = all(isinstance(expr, tree.Var) for expr in self._grouped)
        self.determined: list[tuple[tree.RangeTableEntry, Constraint]] = []

    def all(self, clauses: list[tree.Expr]) -> None:
        """Check clauses, the GROUPINGs in them first."""
        for clause in clauses:
            self.grouping_calls(clause)
        for clause in clauses:
            self.visit(clause, outermost=True)

    def visit(self, node: Part, *, outermost: bool, direct: bool = False) -> None:
        """Check a node and what is below it; `outermost` outside subqueries, `direct` inside the
        direct arguments of an aggregate.
        """
        if isinstance(node, tree.Aggregate) and node.depth <= self._depth:
            if node.depth == self._depth:
                for arg in node.direct_args:
                    self.visit(arg, outermost=outermost, direct=True)
            return
        if isinstance(node, tree.Grouping) and node.depth <= self._depth:
            return
        if isinstance(node, tree.Expr) and self._is_grouped(node, outermost):
            return
        if isinstance(node, tree.Var):
            self._visit_var(node, outermost, direct)
            return
        inside = outermost and not isinstance(node, tree.Query)
        for child in children(node):
            self.visit(child, outermost=inside, direct=direct)

    def _is_grouped(self, expr: tree.Expr, outermost: bool) -> bool:
        if not isinstance(expr, tree.Var) and (self._only_vars or not outermost):
            return False
        return is_among(expr, self._grouped)

    def _visit_var(self, var: tree.Var, outermost: bool, direct: bool) -> None:
        if var.entry.depth != self._depth:
            return
        merged = _flattened(var)
        if merged is not None:
            self.visit(merged, outermost=outermost, direct=direct)
        elif not self._is_determined(var.entry):
            self._refuse(var, outermost, direct)

    def _is_determined(self, entry: tree.RangeTableEntry) -> bool:
        """Whether the relation's primary key is grouped by in every grouping set."""
        if any(entry is known for known, _ in self.determined):
            return True
        if entry.kind != "relation" or entry.relation is None:
            return False
        names = {
            entry.relation.columns[var.number - 1].name
            for var in self._common
            if isinstance(var, tree.Var) and var.entry is entry and var.number > 0
        }
        for constraint in entry.relation.constraints:
            if (
                constraint.kind == "primary key"
                and not constraint.deferrable
                and names.issuperset(constraint.columns)
            ):
                self.determined.append((entry, constraint))
                return True
        return False

    def _refuse(self, var: tree.Var, outermost: bool, direct: bool) -> NoReturn:
        shown = f"{var.entry.alias or var.entry.name}.{_attribute(var)}"
        message = (
            f'column "{shown}" must appear in the GROUP BY clause or be used in an aggregate '
            "function"
            if outermost
            else f'subquery uses ungrouped column "{shown}" from outer query'
        )
        self._state.error(
            "ungrouped-column",
            message,
            var,
            sqlstate="42803",
            detail=_DIRECT if direct and outermost else None,
            help=f"add {shown} to GROUP BY, or aggregate it, as in min({shown})"
            if outermost and not direct
            else None,
        )

    def grouping_calls(self, clause: tree.Expr) -> None:
        """Refuse a GROUPING of this level over anything that is not grouped by."""
        for part in walk(clause):
            if not isinstance(part, tree.Grouping) or part.depth != self._depth:
                continue
            for arg in part.args:
                if not is_among(arg, self._grouped):
                    self._state.error(
                        "ungrouped-column",
                        "arguments to GROUPING must be grouping expressions of the associated "
                        "query level",
                        arg,
                        sqlstate="42803",
                    )


def _with_flattened(exprs: tuple[tree.Expr, ...]) -> list[tree.Expr]:
    merged = [flat for expr in exprs if (flat := _flattened(expr)) is not None]
    return [*exprs, *merged]


def _attribute(var: tree.Var) -> str:
    if var.number == 0:
        return "*"
    if var.number > 0:
        return var.entry.columns[var.number - 1].name
    return var.name
