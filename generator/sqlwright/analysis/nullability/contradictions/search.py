"""Proof by contradiction: a value is not NULL where no row in which it were could have passed the
conditions, or be stored under the CHECK constraints, or come out of the joins.

`WHERE a IS NOT NULL OR b IS NOT NULL` says nothing of `a` and nothing of `b`, but `coalesce(a, b)`
is there; `CHECK ((state = 'done') = (done_at IS NOT NULL))` says that `done_at` is there where
`state = 'done'`. A CHECK that comes out NULL passes (manual 5.5.1).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import product
from typing import TYPE_CHECKING

from sqlwright.analysis import tree
from sqlwright.analysis.facts import Reason
from sqlwright.analysis.nullability.ground.keys import Key, var_key
from sqlwright.analysis.nullability.ground.scopes import Nulling, Scope, span_of
from sqlwright.analysis.nullability.logic.hypotheses import Hypothesis
from sqlwright.analysis.nullability.logic.known_values import Known, alternatives, learnt
from sqlwright.analysis.nullability.logic.outcomes import NOT_FALSE, TRUE, Outcomes
from sqlwright.analysis.nullability.rules import calls
from sqlwright.analysis.premises.column_equalities import conjuncts
from sqlwright.analysis.premises.current import tables_read
from sqlwright.analysis.premises.stored_conditions import stored_conditions
from sqlwright.analysis.premises.stored_rows import is_settled
from sqlwright.analysis.tree.from_items import entries_of, joins_of
from sqlwright.analysis.tree.traversal import not_into_queries, walk
from sqlwright.catalog.model import Constraint
from sqlwright.dataclass import dataclass, replace

if TYPE_CHECKING:
    from sqlwright.analysis.nullability.judge import Judge

_MOST_CASES = 8

Case = tuple[tree.Expr, ...]
"""Columns, and other expressions of which no more is known, that are NULL together."""


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that came out in one of these ways for every row in question."""

    expr: tree.Expr
    outcomes: Outcomes
    reason: Reason


def contradiction(judge: Judge, expr: tree.Expr, scope: Scope) -> Reason | None:
    """What the expression's being NULL would contradict; None if nothing."""
    if scope.plain or not isinstance(expr, tree.Var | tree.Coalesce | tree.MinMax):
        return None
    cases = _null_cases(judge, expr, scope)
    if not cases or len(cases) > _MOST_CASES or not all(cases):
        return None
    plain = judge.plain(scope)
    conditions = list(_conditions(scope))
    reason: Reason | None = None
    for case in cases:
        if not _is_spoken_of(judge, case, conditions):
            return None
        for row in _rows(judge, case, scope):
            reason = row if isinstance(row, Reason) else _refuted(judge, row, plain, conditions)
            if reason is None:
                return None
    return reason


# What would be NULL


def _null_cases(judge: Judge, expr: tree.Expr, scope: Scope) -> list[Case]:
    """The ways in which an expression can come to be NULL, each as columns that are; an empty one
    where it can be NULL without any."""
    match expr:
        case tree.Var() if expr.number > 0 and expr.entry.join_vars:
            return _null_cases(judge, expr.entry.join_vars[expr.number - 1], scope)
        case tree.Var() if expr.number > 0 and expr.returning is None:
            owner = scope.owner(expr.entry)
            reads = owner is not None and owner.query.command == "select"
            return [(expr,)] if reads else [()]
        case tree.Coalesce() | tree.MinMax():
            found = [_nullable_cases(judge, arg, scope) for arg in expr.args]
            return [tuple(x for part in parts for x in part) for parts in product(*found)]
        case tree.Collate():
            return _null_cases(judge, expr.operand, scope)
        case tree.Cast() if expr.method == "binary" or expr.function is None:
            return _null_cases(judge, expr.operand, scope)
        case tree.Cast(method="function") if expr.function is not None:
            return _strict_cases(judge, expr, expr.function.oid, (expr.operand,), scope)
        case tree.FuncCall() if not expr.variadic:
            return _strict_cases(judge, expr, expr.function.oid, expr.args, scope)
        case tree.OpCall(kind="plain"):
            return _strict_cases(judge, expr, expr.operator.function, expr.args, scope)
        case tree.Const() | tree.Var():
            return [()]
        case _:
            return _as_it_stands(judge, expr)


def _as_it_stands(judge: Judge, expr: tree.Expr) -> list[Case]:
    return [()] if judge.logic.keys.of(expr) is None else [(expr,)]


def _nullable_cases(judge: Judge, expr: tree.Expr, scope: Scope) -> list[Case]:
    if not judge.verdict(expr, scope).nullable:
        return []
    return _null_cases(judge, expr, scope)


def _strict_cases(
    judge: Judge, expr: tree.Expr, function: int, args: Sequence[tree.Expr], scope: Scope
) -> list[Case]:
    """A strict operation that makes no NULL of its own is NULL where an operand is."""
    known = judge.catalog.get_function(function)
    if known is None or not known.strict or calls.may_return_null(judge.catalog, function):
        return _as_it_stands(judge, expr)
    if any(calls.gives_null_for_infinity(judge, function, arg, scope) for arg in args):
        return _as_it_stands(judge, expr)
    return [case for arg in args for case in _nullable_cases(judge, arg, scope)]


# What is known of the row


def _conditions(scope: Scope) -> Iterator[Condition]:
    """The conditions that the row, and those around it, have passed."""
    for level in scope.chain():
        if level.query.command != "select":
            continue
        for expr, outcomes in level.supposed:
            reason = Reason("narrowed by a condition of CASE", span_of(expr, level))
            yield Condition(expr, outcomes, reason)
        for part in conjuncts(level.having):
            yield Condition(part, TRUE, Reason("narrowed by HAVING", span_of(part, level)))
        if level.empty_group or level.partial:
            continue
        for part in conjuncts(level.query.where):
            yield Condition(part, TRUE, Reason("narrowed by WHERE", span_of(part, level)))
        for join in joins_of(level.query):
            if not any(level.nullings.get(id(each)) for each in entries_of(join)):
                for part in conjuncts(join.condition):
                    yield Condition(part, TRUE, Reason("narrowed by ON", span_of(part, level)))


def _is_spoken_of(judge: Judge, case: Case, conditions: Sequence[Condition]) -> bool:
    """Whether anything at all could contradict the columns being NULL."""
    entries = {id(var.entry): var.entry for var in _columns(case)}
    if len(entries) > 1:
        return True
    keys = judge.logic.keys
    kinds = tuple({type(each) for each in case})
    wanted = {keys.of(each) for each in case}
    for condition in conditions:
        for part in walk(condition.expr, not_into_queries):
            if isinstance(part, kinds) and keys.of(part) in wanted:
                return True
    return any(True for entry in entries.values() for _ in _checks(judge, entry))


def _columns(case: Case) -> list[tree.Var]:
    return [each for each in case if isinstance(each, tree.Var)]


# The row in which it would be NULL


@dataclass(frozen=True, slots=True)
class _Row:
    """A row as it is supposed: columns that are NULL, entries that are there and that are not."""

    nulls: frozenset[Key]
    absent: frozenset[int]
    present: dict[int, tree.RangeTableEntry]


def _rows(judge: Judge, case: Case, scope: Scope) -> Iterator[_Row | Reason]:
    """The rows in which the columns are NULL: each because an outer join has no row of its entry,
    or although it has one. The reason where a row cannot be."""
    entries = {id(var.entry): var.entry for var in _columns(case)}
    extended = {key: _nullings(entry, scope) for key, entry in entries.items()}
    choices = [(False, True) if extended[key] else (False,) for key in entries]
    for chosen in product(*choices):
        absent: dict[int, None] = {}
        present = {
            key: entry
            for (key, entry), gone in zip(entries.items(), chosen, strict=True)
            if not gone
        }
        reason = None
        for key, gone in zip(entries, chosen, strict=True):
            if gone:
                reason = _take_away(key, extended[key], scope, absent, present) or reason
        impossible = _impossible(judge, case, absent, present, scope)
        if not absent.keys().isdisjoint(present):
            yield reason or Reason("one side of the join is there")
        elif impossible is not None:
            yield impossible
        else:
            found = map(judge.logic.keys.of, case)
            nulls = frozenset(key for key in found if key is not None)
            yield _Row(nulls, frozenset(absent), present)


def _nullings(entry: tree.RangeTableEntry, scope: Scope) -> tuple[Nulling, ...]:
    owner = scope.owner(entry)
    if owner is None or scope.knows(var_key(entry, 0)):
        return ()
    return owner.nullings.get(id(entry), ())


def _take_away(
    key: int,
    nullings: Sequence[Nulling],
    scope: Scope,
    absent: dict[int, None],
    present: dict[int, tree.RangeTableEntry],
) -> Reason | None:
    """Mark an entry as absent, with all that stands on its side of the join, and what stands on the
    other side as present: a join that has no row of one side has one of the other."""
    absent[key] = None
    if len(nullings) != 1:
        return None
    (nulling,) = nullings
    join = nulling.join
    own, other = (join.left, join.right) if nulling.side == "left" else (join.right, join.left)
    absent.update((id(each), None) for each in entries_of(own))
    for each in entries_of(other):
        if all(found.join is join for found in _nullings(each, scope)):
            present[id(each)] = each
    owner = next(level for level in scope.chain() if key in level.nullings)
    text = f"{join.kind.upper()} JOIN has a row of one side at least"
    return Reason(text, span_of(join, owner))


def _impossible(
    judge: Judge,
    case: Case,
    absent: dict[int, None],
    present: dict[int, tree.RangeTableEntry],
    scope: Scope,
) -> Reason | None:
    """Why one of the columns is not NULL, its entry being there."""
    for var in _columns(case):
        owner = scope.owner(var.entry)
        if scope.leaves_out(var):
            continue  # NULL in the groups of some grouping set, whatever the column holds
        if id(var.entry) in present and id(var.entry) not in absent and owner is not None:
            found = judge.outputs.entry_column(var.entry, var.number, owner)
            if not found.nullable:
                return found.reason
    return None


def _refuted(
    judge: Judge, row: _Row, scope: Scope, conditions: Sequence[Condition]
) -> Reason | None:
    """The condition that the row would not have passed. Where a column is one of several constants,
    each of them is tried."""
    known = learnt(judge.catalog, [(each.expr, each.outcomes) for each in conditions])
    if known.excluded:
        known.add_choices(learnt(judge.catalog, _stored(judge, row)))
    supposed = _suppose(judge, row, scope, known)
    found = _refuting(judge, row, supposed, conditions)
    if found is not None or not known.choices:
        return found
    for values in alternatives(known, _MOST_CASES):
        narrowed = replace(supposed, values=values)
        found = _refuting(judge, row, narrowed, conditions)
        if found is None:
            return None
    return found


def _stored(judge: Judge, row: _Row) -> Iterator[tuple[tree.Expr, Outcomes]]:
    """The CHECK constraints that are true of the tables that are there, and of no others."""
    for entry in row.present.values():
        tables = list(tables_read(judge.catalog, entry))
        if len(tables) == 1:
            for condition in stored_conditions(judge.catalog, entry, tables[0]):
                yield condition, TRUE


def _refuting(
    judge: Judge, row: _Row, supposed: Hypothesis, conditions: Sequence[Condition]
) -> Reason | None:
    for condition in conditions:
        if supposed.outcomes(condition.expr).isdisjoint(condition.outcomes):
            return condition.reason
    for entry in row.present.values():
        for constraint, expr in _checks(judge, entry):
            places = {id(part.entry): _place(part.entry, entry) for part in _variables(expr)}
            checked = replace(supposed, places=places)
            if checked.outcomes(expr).isdisjoint(NOT_FALSE):
                text = f'kept from being NULL by the constraint "{constraint.name}"'
                return Reason(text, constraint.declared)
    return None


def _suppose(judge: Judge, row: _Row, scope: Scope, known: Known) -> Hypothesis:
    def is_there(expr: tree.Expr) -> bool:
        known = isinstance(expr, tree.Var) and not scope.leaves_out(expr)
        if known and isinstance(expr, tree.Var) and id(expr.entry) in row.present:
            owner = scope.owner(expr.entry)
            if owner is not None and expr.entry is not owner.query.target_entry:
                found = judge.outputs.entry_column(expr.entry, expr.number, owner)
                if not found.nullable:
                    return True
        return not judge.verdict(expr, scope).nullable

    nulls = row.nulls | known.nulls
    return Hypothesis(
        judge.logic, is_there, nulls, row.absent, known.values, excluded=known.excluded
    )


# CHECK constraints


def _checks(judge: Judge, entry: tree.RangeTableEntry) -> Iterator[tuple[Constraint, tree.Expr]]:
    """The conditions that hold for every row of a table and of those that inherit from it."""
    tables = list(tables_read(judge.catalog, entry))
    if not tables or tables[0].kind not in ("table", "partitioned table"):
        return
    if any(each.kind == "foreign table" for each in tables):
        return  # to whose rows no constraint is applied
    for constraint in tables[0].constraints:
        expr = constraint.expression
        if constraint.kind != "check" or not constraint.validated:
            continue
        if not isinstance(expr, tree.Expr) or (constraint.no_inherit and len(tables) > 1):
            continue
        if not is_settled(judge.catalog, expr):
            continue
        # Of a constraint copied from another table, the expression is over that table.
        own = (part.entry.relation for part in _variables(expr))
        if all(each is not None and each.oid == tables[0].oid for each in own):
            yield constraint, expr


def _variables(expr: tree.Expr) -> list[tree.Var]:
    return [part for part in walk(expr) if isinstance(part, tree.Var)]


def _place(
    stored: tree.RangeTableEntry, entry: tree.RangeTableEntry
) -> Callable[[tree.Var], tree.Var | None]:
    """Tells which column of the entry a column of a stored expression is."""
    numbers = {
        column.source.number: at
        for at, column in enumerate(entry.columns, 1)
        if column.source is not None
    }

    def placed(var: tree.Var) -> tree.Var | None:
        source = stored.columns[var.number - 1].source if var.number > 0 else None
        at = numbers.get(source.number) if source is not None else None
        return None if at is None else replace(var, entry=entry, number=at)

    return placed
