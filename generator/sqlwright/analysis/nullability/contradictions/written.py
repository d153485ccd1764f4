"""The row that a write leaves, or takes away, has passed the CHECK constraints.

`UPDATE invoices SET status = 'paid' ... RETURNING paid_at` has a `paid_at` where a CHECK says that
what is paid has one: another row is an error (manual 5.5.1).
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlwright.analysis import tree
from sqlwright.analysis.facts import Reason
from sqlwright.analysis.nullability.contradictions.chains import refuted_by_checks
from sqlwright.analysis.nullability.contradictions.stored_checks import checks_on
from sqlwright.analysis.nullability.ground.keys import Key, var_key
from sqlwright.analysis.nullability.ground.scopes import Scope
from sqlwright.analysis.nullability.judging import Judge
from sqlwright.analysis.nullability.logic.hypotheses import Hypothesis
from sqlwright.analysis.nullability.logic.known_values import learnt
from sqlwright.analysis.nullability.logic.outcomes import TRUE
from sqlwright.analysis.premises.column_equalities import conjuncts
from sqlwright.analysis.premises.current import current_relation
from sqlwright.analysis.premises.interception import may_change_row
from sqlwright.catalog.catalog import Catalog
from sqlwright.dataclass import replace


def refused_in_written_row(judge: Judge, column: tree.Var, scope: Scope) -> Reason | None:
    """The constraint that a row would violate which is written with NULL in a column; None if none
    would, or the row written is another than the statement says."""
    owner = scope.owner(column.entry)
    if owner is None or owner.writing or column.returning is not None:
        return None
    entry = column.entry
    if entry is not owner.query.target_entry:
        return None
    checks = judge.once(
        owner,
        "written under",
        lambda: checks_on(judge, entry) if is_as_written(judge.catalog, entry, owner.query) else (),
    )
    if not checks:
        return None
    key = var_key(entry, column.number)
    if any(key in check.columns for check in checks):
        return _refused(judge, entry, column.number, owner)
    # NULL in a column of which no constraint speaks is as good as in another.
    return judge.once(owner, "refused", lambda: _refused(judge, entry, column.number, owner))


def _refused(judge: Judge, entry: tree.RangeTableEntry, number: int, owner: Scope) -> Reason | None:
    """The constraint that NULL in the column of this number would violate."""
    plain = judge.plain(owner)
    key = var_key(entry, number)

    def is_there(expr: tree.Expr) -> bool:
        if not isinstance(expr, tree.Var) or expr.entry is not entry:
            return False
        return expr.number != number and judge.outputs.is_there(expr, plain)

    known, nulls = judge.once(owner, "written", lambda: _known_of(judge, entry, owner))
    values = {each: value for each, value in known.items() if each != key}
    supposed = Hypothesis(judge.logic, is_there, nulls | {key}, values=values)
    return refuted_by_checks(judge, supposed, [entry])


def is_as_written(catalog: Catalog, entry: tree.RangeTableEntry, query: tree.Query) -> bool:
    """Whether a query leaves the row of the table that it writes as it says."""
    relation = current_relation(catalog, entry)
    if relation is None or relation.kind not in ("table", "partitioned table"):
        return False
    if query.command not in ("insert", "update", "delete") or query.on_conflict is not None:
        return False
    return not may_change_row(catalog, entry, query)


def _known_of(
    judge: Judge, entry: tree.RangeTableEntry, owner: Scope
) -> tuple[dict[Key, tree.Const], frozenset[Key]]:
    """Constants that the row's columns hold, and columns that are NULL in it: assigned, or as a
    condition says of those that are not assigned."""
    query = owner.query
    values: dict[Key, tree.Const] = {}
    nulls: frozenset[Key] = frozenset()
    if query.command != "insert":
        known = learnt(judge.catalog, [(part, TRUE) for part in conjuncts(query.where)])
        written = {item.column.number for item in query.assignments}
        kept = {
            var_key(entry, at)
            for at, column in enumerate(entry.columns, 1)
            if column.source is not None
            and column.source.generated is None
            and column.source.number not in written
        }
        values = {key: value for key, value in known.values.items() if key in kept}
        nulls = frozenset(key for key in known.nulls if key in kept)
    for key, constant in _assigned(query, entry):
        if constant.value is None:
            nulls |= {key}
        else:
            values[key] = constant
    return values, nulls


def _assigned(query: tree.Query, entry: tree.RangeTableEntry) -> Iterator[tuple[Key, tree.Const]]:
    for at, item in enumerate(query.assignments):
        found = [row[at] for row in query.insert_rows if at < len(row)] or [item.value]
        value = found[0]
        while isinstance(value, tree.Cast) and value.method == "binary":
            value = replace(value.operand, type=value.type)
        numbers = [
            number
            for number, column in enumerate(entry.columns, 1)
            if column.source is not None and column.source.number == item.column.number
        ]
        if item.whole and len(found) == 1 and isinstance(value, tree.Const):
            yield from ((var_key(entry, number), value) for number in numbers)
