"""Unique indexes that conditions fix in other ways than by equalities of their columns: partial
ones, those over expressions, and those that let NULL stand once (manual 11.7, 11.8, 5.5.3)."""

from __future__ import annotations

from collections.abc import Callable

from sqlwright.analysis import tree
from sqlwright.analysis.row_counts.column_equalities import (
    bare_column,
    conjuncts,
    goes_by_keys,
)
from sqlwright.analysis.row_counts.current import current_relation, numbers_of
from sqlwright.analysis.tree.equality import equal_over
from sqlwright.analysis.tree.traversal import walk
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.model import Constraint
from sqlwright.dataclass import dataclass

IsFixed = Callable[[tree.Expr], bool]
"""Tells whether an expression has one value only."""


@dataclass(frozen=True, slots=True)
class Given:
    """The conditions that hold of an entry's rows; `numbers` are the columns that they make equal
    to something fixed. `present` asks for conditions that a row of NULLs would not pass."""

    catalog: Catalog
    entry: tree.RangeTableEntry
    conditions: tuple[tree.Expr, ...]
    numbers: frozenset[int]
    present: bool = False

    def fixes(self, constraint: Constraint, is_fixed: IsFixed) -> bool:
        """Whether at most one row that a unique constraint or index speaks of meets them."""
        relation = current_relation(self.catalog, self.entry)
        if constraint.kind not in ("unique", "primary key") or constraint.deferrable:
            return False
        if relation is None or constraint.temporal:
            return False
        if constraint.expressions and not constraint.keys:
            return False
        if not self._are_met(constraint):
            return False
        columns = numbers_of(self.entry, relation, constraint.columns)
        if len(columns) != len(set(constraint.columns)):
            return False
        nulls = constraint.nulls_not_distinct and not self.present
        return all(
            number in self.numbers or (nulls and self._is_one_or_null(number, is_fixed))
            for number in columns
        ) and all(
            isinstance(key, tree.Expr) and self._is_equal(key, is_fixed) for key in constraint.keys
        )

    def _are_met(self, constraint: Constraint) -> bool:
        """Whether the conditions contain those of a partial index."""
        if not constraint.partial:
            return True
        predicate = constraint.predicate
        return isinstance(predicate, tree.Expr) and all(
            any(self._is_same(part, condition) for condition in self.conditions)
            for part in conjuncts(predicate)
        )

    def _is_same(self, stored: tree.Expr, expr: tree.Expr) -> bool:
        """Whether an expression is what the schema has stored, over this entry."""
        entries = {
            id(part.entry): part.entry for part in walk(stored) if isinstance(part, tree.Var)
        }
        if len(entries) != 1:
            return False
        (own,) = entries.values()
        relation = current_relation(self.catalog, self.entry)
        if own.relation is None or relation is None or own.relation.oid != relation.oid:
            return False
        sources = [each.source and each.source.number for each in own.columns]
        if sources != [each.source and each.source.number for each in self.entry.columns]:
            return False
        return equal_over(stored, expr, own, self.entry)

    def _is_equal(self, key: tree.Expr, is_fixed: IsFixed) -> bool:
        """Whether a condition makes the expression equal to something fixed."""
        for condition in self.conditions:
            if not isinstance(condition, tree.OpCall) or condition.kind != "plain":
                continue
            if len(condition.args) != 2 or not goes_by_keys(self.catalog, key.type, condition):
                continue
            for this, other in (condition.args, condition.args[::-1]):
                if self._is_same(key, this) and is_fixed(other):
                    return True
        return False

    def _is_one_or_null(self, number: int, is_fixed: IsFixed) -> bool:
        """Whether a condition says that the column is NULL, or not distinct from something."""
        for condition in self.conditions:
            match condition:
                case tree.NullTest(negated=False) if self._is_column(condition.operand, number):
                    return True
                case tree.BoolExpr(op="not", args=(tree.OpCall(kind="distinct") as distinct,)):
                    for this, other in (distinct.args, distinct.args[::-1]):
                        if self._is_column(this, number) and is_fixed(other):
                            return goes_by_keys(self.catalog, this.type, distinct)
        return False

    def _is_column(self, expr: tree.Expr, number: int) -> bool:
        column = bare_column(expr)
        return column is not None and column.entry is self.entry and column.number == number
