"""Collations that contradict each other where they meet (manual 23.2.2).

Written ones must agree wherever they meet. Those that columns have by themselves must agree only
where PostgreSQL has to choose before it runs the statement: in what is sorted and grouped by, in
set operations, and in what a recursive query hands to itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NoReturn

from sqlwright.analysis import tree
from sqlwright.analysis.tree.collations import (
    CONFLICT,
    NONE,
    NOTHING,
    UNKNOWN,
    Collations,
    Derived,
    merges_its_order,
)
from sqlwright.analysis.tree.traversal import Part, children, not_into_queries, walk

if TYPE_CHECKING:
    from sqlwright.analysis.state.parse_state import ParseState


def assign_query_collations(state: ParseState, query: tree.Query) -> None:
    """Refuse collations that meet and differ (42P21) in a query level that is done. Queries inside
    it are done already, and so are the functions of FROM and rows of VALUES."""
    targets = (*query.targets, *query.returning)
    if state.collates:
        check = _Check(state)
        for target in targets:
            check.target(target)
        check.apart(_clauses(query))
        return
    aggregates = _has_sorting_aggregates(state)
    if not aggregates and not any(target.key for target in targets):
        return
    check = _Check(state)
    for target in targets:
        if aggregates:
            check.aggregates((target,))
        if target.key:
            check.sorted(target.expr)
    if aggregates:
        check.aggregates(_clauses(query))


def assign_expr_collations(state: ParseState, exprs: Iterable[tree.Expr]) -> None:
    """Refuse written collations that meet and differ in expressions, each for itself."""
    if state.collates:
        _Check(state).apart(exprs)


def common_collation(
    state: ParseState, met: Iterable[Derived], *, conflict_allowed: bool
) -> Derived:
    """The collation of values that become one column (PostgreSQL's select_common_collation)."""
    check = _Check(state)
    found = check.merged(met)
    if found.strength == CONFLICT and not conflict_allowed:
        check.refuse_conflict(found)
    return found


def collation_of(state: ParseState, expr: tree.Expr) -> Derived:
    """The collation of an expression that has been checked."""
    return Collations(state.catalog, state.collations).derived(expr)


def check_recursive_collation(
    state: ParseState, table: tree.CommonTable, number: int, query: tree.Query
) -> None:
    """The whole of a recursive query must have the collations of its non-recursive term."""
    collations = Collations(state.catalog, state.collations)
    overall = collations.of_output(query, number - 1).collation
    first = table.collations[number - 1] if number <= len(table.collations) else overall
    if first == overall or UNKNOWN in (first, overall):
        return
    state.error(
        "collation-mismatch",
        f'recursive query "{table.name}" column {number} has collation "{_name(first)}" in '
        f'non-recursive term but collation "{_name(overall)}" overall',
        query.output[number - 1].expr,
        sqlstate="42P21",
        hint="Use the COLLATE clause to set the collation of the non-recursive term.",
    )


def _has_sorting_aggregates(state: ParseState) -> bool:
    """Whether there may be aggregates that sort, of this level or of one around it: no others have
    to choose a collation before the statement runs."""
    level: ParseState | None = state
    while level is not None:
        if level.has_sorting_aggregates:
            return True
        level = level.parent
    return False


def _clauses(query: tree.Query) -> list[Part]:
    """The expressions of a level, but targets and what they stand for again."""
    parts: list[Part | None] = [
        *query.assignments,
        query.on_conflict,
        *query.merge_branches,
        query.merge_on,
        *query.from_nodes,
        query.where,
        query.having,
        query.offset,
        query.limit,
        *query.windows,
        *query.arguments,
        *(value for row in query.insert_rows for value in row),
        *(each for entry in query.entries for each in _arguments(entry)),
    ]
    return [part for part in parts if part is not None]


def _arguments(entry: tree.RangeTableEntry) -> list[Part]:
    """What XMLTABLE, JSON_TABLE and TABLESAMPLE are given."""
    if entry.kind not in ("relation", "xmltable", "jsontable"):
        return []
    return [part for part in children(entry) if isinstance(part, tree.Expr | tree.TableColumn)]


def _place(state: ParseState, origin: tree.Expr | None) -> tuple[int, int] | None:
    """Where a collation comes from: of a written one the clause alone."""
    if origin is None:
        return None
    if not isinstance(origin, tree.Collate):
        return origin.start, origin.end
    text = state.source.text.lower()
    start = text.find("collate", max(origin.operand.end, origin.start), origin.end)
    return (origin.start if start < 0 else start), origin.end


def _name(collation: str) -> str:
    return collation.partition(".")[2] or "(null)"


class _Check(Collations):
    """Derives the collations of all parts, and refuses what PostgreSQL does."""

    def __init__(self, state: ParseState) -> None:
        super().__init__(state.catalog, state.collations, checks=state.collates)
        self._state = state

    def target(self, target: tree.TargetEntry) -> None:
        """A column of the result, or what is sorted or grouped by."""
        if target.key:
            self.sorted(target.expr)
        else:
            self.derived(target.expr)

    def sorted(self, expr: tree.Expr) -> Derived:
        """What is sorted or grouped by must have a collation."""
        found = self.derived(expr)
        if found.strength == CONFLICT:
            self.refuse_conflict(found)
        return found

    def aggregates(self, parts: Iterable[Part]) -> None:
        """Aggregates in parts of a level that writes no collation."""
        for part in parts:
            for each in walk(part, not_into_queries):
                if isinstance(each, tree.Aggregate):
                    self.aggregate(each)

    def apart(self, parts: Iterable[Part]) -> None:
        if not self.checks:
            return
        for part in parts:
            if isinstance(part, tree.Expr):
                self.derived(part)
            elif not isinstance(part, tree.Query | tree.RangeTableEntry | tree.CommonTable):
                self.apart(children(part))

    def contradicted(self, first: Derived, second: Derived) -> Derived:
        self._refuse("explicit", first, second)

    def refuse_conflict(self, found: Derived) -> NoReturn:
        """Refuse collations of columns that meet and differ."""
        self._refuse("implicit", found, found.met or found)

    def _refuse(self, kind: str, first: Derived, second: Derived) -> NoReturn:
        self._state.error(
            "collation-mismatch",
            f'collation mismatch between {kind} collations "{_name(first.collation)}" and '
            f'"{_name(second.collation)}"',
            _place(self._state, second.origin),
            sqlstate="42P21",
            hint="You can choose the collation by applying the COLLATE clause to one or both "
            "expressions."
            if kind == "implicit"
            else None,
        )

    def aggregate(self, call: tree.Aggregate) -> Derived:
        aggregate = call.function.aggregate
        if aggregate is not None and aggregate.kind == "hypothetical set":
            met = self._hypothetical(call)
        else:
            met = [self.derived(each) for each in call.direct_args]
            merges = merges_its_order(call)
            found = [self._argument(call, each) for each in call.args]
            met.extend(found if merges else [])
        for each in call.order:
            if not any(each is arg for arg in call.args):
                self.sorted(each)
        self.apart(() if call.filter is None else (call.filter,))
        result = self.merged(met)
        own = self.of_parts(call, ())
        return result if own is not NOTHING and result.strength > NONE else own

    def _argument(self, call: tree.Aggregate, arg: tree.Expr) -> Derived:
        is_sorted = call.distinct or any(arg is each for each in call.order)
        return self.sorted(arg) if is_sorted else self.derived(arg)

    def _hypothetical(self, call: tree.Aggregate) -> list[Derived]:
        """Each direct argument that is compared with what is sorted by meets it alone."""
        extra = len(call.direct_args) - len(call.args)
        met = [self.derived(each) for each in call.direct_args[:extra]]
        pairs = zip(call.direct_args[extra:], call.args, strict=True)
        for direct, arg in pairs:
            found = self.merged([self.derived(direct), self.derived(arg)])
            if found.strength == CONFLICT:
                self.refuse_conflict(found)
            if merges_its_order(call):
                met.append(found)
        return met
