"""The rows in which a value would be NULL."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from sqlwright.analysis import proof_rules, tree
from sqlwright.analysis.facts import Reason
from sqlwright.analysis.nullability.contradictions.cases import Case, columns_of
from sqlwright.analysis.nullability.ground.keys import Key, var_key
from sqlwright.analysis.nullability.ground.scopes import Nulling, Scope, span_of
from sqlwright.analysis.nullability.judging import Judge
from sqlwright.analysis.tree.from_items import entries_of
from sqlwright.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it is supposed: columns that are NULL, entries that are there and that are not."""

    nulls: frozenset[Key]
    absent: frozenset[int]
    present: dict[int, tree.RangeTableEntry]


def rows_with(judge: Judge, case: Case, scope: Scope) -> Iterator[Row | Reason]:
    """The rows in which the columns are NULL: each because an outer join has no row of its entry,
    or although it has one. The reason where a row cannot be."""
    entries = {id(var.entry): var.entry for var in columns_of(case)}
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
            yield reason or Reason("one side of the join is there", rule=proof_rules.ONE_SIDE)
        elif impossible is not None:
            yield impossible
        else:
            found = map(judge.logic.keys.of, case)
            nulls = frozenset(key for key in found if key is not None)
            yield Row(nulls, frozenset(absent), present)


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
    return Reason(text, span_of(join, owner), rule=proof_rules.ONE_SIDE)


def _impossible(
    judge: Judge,
    case: Case,
    absent: dict[int, None],
    present: dict[int, tree.RangeTableEntry],
    scope: Scope,
) -> Reason | None:
    """Why one of the columns is not NULL, its entry being there."""
    for var in columns_of(case):
        owner = scope.owner(var.entry)
        if scope.leaves_out(var):
            continue  # NULL in the groups of some grouping set, whatever the column holds
        if id(var.entry) in present and id(var.entry) not in absent and owner is not None:
            found = judge.outputs.entry_column(var.entry, var.number, owner)
            if not found.nullable:
                return found.reason
    return None
