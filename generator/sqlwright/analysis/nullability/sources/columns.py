"""References to columns: what an entry of FROM holds, and the joins that may null it."""

from __future__ import annotations

from collections.abc import Iterator

from sqlwright.analysis import proof_rules, tree
from sqlwright.analysis.facts import Reason, make_reason
from sqlwright.analysis.nullability.ground.keys import var_key
from sqlwright.analysis.nullability.ground.scopes import Nulling, Scope, span_of
from sqlwright.analysis.nullability.ground.verdicts import Verdict, maybe
from sqlwright.analysis.nullability.judging import Judge, judges
from sqlwright.analysis.nullability.logic.evidence import kept_rows
from sqlwright.analysis.nullability.sources import writes
from sqlwright.analysis.nullability.sources.entries import entry_column
from sqlwright.analysis.nullability.sources.matches import keys_to
from sqlwright.analysis.tree.from_items import entries_of
from sqlwright.dataclass import replace

_PRESERVED = {"left": "right side of LEFT JOIN", "right": "left side of RIGHT JOIN"}


@judges(tree.Var)
def _column(judge: Judge, expr: tree.Var, scope: Scope) -> Verdict:
    entry = expr.entry
    owner = scope.owner(entry)
    if owner is None:
        return maybe("a column of a query not in sight", span_of(expr, scope))
    if entry is owner.query.target_entry:
        return writes.target_column(judge, expr, owner)
    if entry.is_excluded and expr.number > 0:
        return writes.excluded_column(judge, expr, owner)
    absent = _absent(judge, entry, owner, scope)
    if absent is not None and not judge.catalog.base_element_type(expr.type):
        return absent
    found = entry_column(judge, entry, expr.number, owner)
    if absent is not None:
        return absent.with_elements(found.elements)
    if found.nullable or not owner.nullings:
        return found
    logic = judge.logic
    kept = _matched_by_key(judge, entry, owner, scope) or judge.once(
        owner, ("kept", id(entry)), lambda: kept_rows(logic, owner, entry)
    )
    if kept is None:
        return found
    return replace(found, reason=replace(kept, because=(*kept.because, found.reason)))


def _matched_by_key(
    judge: Judge, entry: tree.RangeTableEntry, owner: Scope, scope: Scope
) -> Reason | None:
    """The outer join of which a branch of CASE sees only rows with a match; None if there is none,
    or a condition leaves no others anyway."""
    for nulling in _nulling(entry, owner, scope) if owner.nullings.get(id(entry)) else ():
        if _is_referred_to(judge, entry, nulling, owner, scope):
            text = f"{nulling.join.kind.upper()} JOIN: the key that is there has its match"
            return make_reason(text, span_of(nulling.join, owner), rule=proof_rules.MATCHED)
    return None


def _absent(
    judge: Judge, entry: tree.RangeTableEntry, owner: Scope, scope: Scope
) -> Verdict | None:
    """Why a row that `scope` sees may have none of the entry; None if it has one."""
    for nulling in _nulling(entry, owner, scope) if owner.nullings.get(id(entry)) else ():
        if _is_referred_to(judge, entry, nulling, owner, scope):
            continue
        return maybe(_null_side(nulling.join.kind), span_of(nulling.join, owner))
    if writes.source_may_be_absent(owner.query, entry):
        return maybe("the source row of MERGE is absent WHEN NOT MATCHED BY SOURCE")
    return None


def may_be_absent(column: tree.Var, scope: Scope) -> bool:
    """Whether the row that a column is of may be absent from one of the query."""
    query, entry = scope.query, column.entry
    if entry is query.target_entry:
        return writes.absent_version(query, column.returning) is not None
    return any(_nulling(entry, scope, scope)) or writes.source_may_be_absent(query, entry)


def _nulling(entry: tree.RangeTableEntry, owner: Scope, scope: Scope) -> Iterator[Nulling]:
    """The joins that may have extended the entry with NULLs in a row that `scope` sees."""
    for nulling in owner.nullings.get(id(entry), ()):
        if not _is_present(entry, nulling, scope):
            yield nulling


def _null_side(kind: str) -> str:
    return _PRESERVED.get(kind, "side of FULL JOIN")


def _is_present(entry: tree.RangeTableEntry, nulling: Nulling, scope: Scope) -> bool:
    """Whether the row in question is known not to be one that the join extended with NULLs."""
    side = nulling.join.left if nulling.side == "left" else nulling.join.right
    inside = (entry, *entries_of(side))
    return any(scope.knows(var_key(each, 0)) for each in inside)


def _is_referred_to(
    judge: Judge, entry: tree.RangeTableEntry, nulling: Nulling, owner: Scope, scope: Scope
) -> bool:
    """Whether a branch of CASE is taken only where the columns are there that refer to the row by a
    foreign key along which it is joined."""
    if not scope.assumed:
        return False
    own, other = nulling.join.left, nulling.join.right
    if nulling.side == "right":
        own, other = other, own
    if not isinstance(own, tree.FromLeaf) or own.entry is not entry:
        return False
    keys = judge.once(
        owner,
        ("referring", id(nulling.join), nulling.side),
        lambda: list(keys_to(judge, own.entry, nulling.join.condition, owner)),
    )
    others = set(map(id, entries_of(other)))
    return any(
        all(
            id(column.entry) in others and scope.knows(var_key(column.entry, column.number))
            for column in columns
        )
        for columns in keys
    )
