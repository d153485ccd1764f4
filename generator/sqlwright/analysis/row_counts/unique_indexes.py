"""Keys that conditions fix: unique indexes, also partial ones, those over expressions and those
that let NULL stand once, and exclusion constraints (manual 5.5.3, 5.5.6, 11.6 to 11.8)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sqlwright.analysis import tree
from sqlwright.analysis.row_counts.column_equalities import (
    Comparison,
    bare_column,
    comparisons,
    conjuncts,
    goes_by_key,
)
from sqlwright.analysis.row_counts.current import current_column, current_relation, is_not_null
from sqlwright.analysis.row_counts.implication import Implication
from sqlwright.analysis.row_counts.presence import is_value
from sqlwright.analysis.stored_rows import is_settled
from sqlwright.analysis.tree.equality import equal
from sqlwright.analysis.tree.substitution import substituted
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.inheritance import children_of
from sqlwright.catalog.model import Constraint, KeyPart, Relation
from sqlwright.dataclass import dataclass

IsFixed = Callable[[Comparison], bool]
"""Tells whether what a comparison is with has one value only."""

_KINDS = ("unique", "primary key", "exclusion")
_OVERLAPS, _CONTAINS, _CONTAINED = "&&", "@>", "<@"


@dataclass(frozen=True, slots=True)
class Given:
    """The conditions that hold of the rows of an entry for a table."""

    catalog: Catalog
    entry: tree.RangeTableEntry
    conditions: tuple[tree.Expr, ...]
    is_fixed: IsFixed

    def fix_a_key(self, relation: Relation) -> bool:
        """Whether at most one row of the table meets the conditions."""
        return any(self._fix(each, relation) for each in relation.constraints)

    def _fix(self, constraint: Constraint, relation: Relation) -> bool:
        if constraint.kind not in _KINDS or constraint.deferrable:
            return False
        if constraint.expressions and not constraint.keys:
            return False
        if not (constraint.columns or constraint.keys):
            return False
        stored = (*constraint.keys, constraint.predicate)
        if any(isinstance(x, tree.Expr) and not is_settled(self.catalog, x) for x in stored):
            return False
        if not index_is_valid(self.catalog, relation, constraint):
            return False
        keys = self._keys(constraint, relation)
        return (
            keys is not None
            and self._are_met(constraint)
            and all(self._is_fixed(key, part, constraint) for key, part in keys)
        )

    def _keys(
        self, constraint: Constraint, relation: Relation
    ) -> list[tuple[tree.Expr, KeyPart]] | None:
        """The keys as expressions over the entry, and how each is compared."""
        found: list[tree.Expr | None] = [
            self._column(relation, name) for name in constraint.columns
        ]
        found += [self._placed(each) for each in constraint.keys]
        parts = list(constraint.parts)
        if len(parts) != len(found):
            parts = [KeyPart()] * len(found)
        if constraint.temporal:
            overlaps = self._overlaps(found[len(constraint.columns) - 1])
            parts[len(constraint.columns) - 1] = KeyPart(operator=overlaps)
        keys = [(key, part) for key, part in zip(found, parts, strict=True) if key is not None]
        return keys if len(keys) == len(found) else None

    def _overlaps(self, key: tree.Expr | None) -> int:
        if key is None:
            return -1
        found = self.catalog.find_operator((_OVERLAPS,), key.type, key.type)
        return found.oid if found is not None else -1

    def _column(self, relation: Relation, name: str) -> tree.Var | None:
        number = next((each.number for each in relation.columns if each.name == name), 0)
        return self._var(number)

    def _var(self, number: int) -> tree.Var | None:
        for at, column in enumerate(self.entry.columns, 1):
            if column.source is not None and column.source.number == number:
                return tree.Var(
                    type=column.type,
                    modifier=column.modifier,
                    entry=self.entry,
                    number=at,
                    name=column.name,
                )
        return None

    def _placed(self, stored: object) -> tree.Expr | None:
        """What the schema has stored, over this entry; None if it is over another table, as of an
        index that was copied."""
        relation = current_relation(self.catalog, self.entry)

        def column(var: tree.Var) -> tree.Expr | None:
            owner = var.entry.relation
            if owner is None or relation is None or owner.oid != relation.oid or var.number <= 0:
                return None
            source = var.entry.columns[var.number - 1].source
            own = self._var(source.number) if source is not None else None
            return own if own is not None and own.type == var.type else None

        return substituted(stored, column) if isinstance(stored, tree.Expr) else None

    def _are_met(self, constraint: Constraint) -> bool:
        """Whether the conditions imply those of a partial index."""
        if not constraint.partial:
            return True
        predicate = self._placed(constraint.predicate)
        if predicate is None:
            return False
        implication = Implication(self.catalog, self.conditions, self._is_not_null)
        return all(map(implication.proves, conjuncts(predicate)))

    def _is_not_null(self, expr: tree.Expr) -> bool:
        column = bare_column(expr)
        if column is None or column.entry is not self.entry:
            return False
        known = current_column(self.catalog, self.entry, column.number)
        relation = current_relation(self.catalog, self.entry)
        return known is not None and relation is not None and is_not_null(relation, known)

    def _is_fixed(self, key: tree.Expr, part: KeyPart, constraint: Constraint) -> bool:
        if constraint.kind == "exclusion" or part.operator:
            return self._is_excluded(key, part, constraint)
        nulls = constraint.nulls_not_distinct or self._is_not_null(key)
        return any(
            (nulls or not found.null_safe or is_value(found.other))
            and goes_by_key(self.catalog, found, key, part)
            and self.is_fixed(found)
            for found in self._comparisons(key)
        )

    def _comparisons(self, key: tree.Expr) -> Iterator[Comparison]:
        """Those of the conditions that are about a key."""
        for condition in self.conditions:
            for found in comparisons(self.catalog, condition):
                if _is_key(found.this, key):
                    yield found

    def _is_excluded(self, key: tree.Expr, part: KeyPart, constraint: Constraint) -> bool:
        """Whether two rows that meet the conditions would be kept apart by the operator of an
        exclusion constraint: equality, or overlapping where both contain one element."""
        operator = self.catalog.get_operator(part.operator) if part.operator > 0 else None
        if operator is None:
            return False
        if operator.name == _OVERLAPS:
            return any(self._contains(each, key) for each in self.conditions)
        by_equality = any(
            member.method == "btree" and member.strategy == 3
            for member in self.catalog.family_members(operator.oid)
        )
        plain = KeyPart(collation=part.collation)
        return by_equality and any(
            (not found.null_safe or is_value(found.other))
            and goes_by_key(self.catalog, found, key, plain)
            and self.is_fixed(found)
            for found in self._comparisons(key)
        )

    def _contains(self, condition: tree.Expr, key: tree.Expr) -> bool:
        """Whether the condition says that a range holds some fixed element."""
        if not isinstance(condition, tree.OpCall) or condition.kind != "plain":
            return False
        if len(condition.args) != 2:
            return False
        left, right = condition.args
        if condition.operator.name == _CONTAINED:
            left, right = right, left
        elif condition.operator.name != _CONTAINS:
            return False
        subtype = self.catalog.range_subtype(self.catalog.base_type(key.type))
        if not subtype or self.catalog.base_type(right.type) != subtype:
            return False
        held = Comparison(left, right, condition.operator.oid, "")
        return _is_key(left, key) and self.is_fixed(held)


def _is_key(expr: tree.Expr, key: tree.Expr) -> bool:
    if not isinstance(key, tree.Var):
        return equal(expr, key)
    column = bare_column(expr)
    return column is not None and column.entry is key.entry and column.number == key.number


def index_is_valid(catalog: Catalog, relation: Relation, constraint: Constraint) -> bool:
    """Whether the index of a partitioned table, made ON ONLY it perhaps, has its part on every
    partition; until then it keeps nothing apart (manual 5.12.2.1)."""
    if relation.kind != "partitioned table":
        return True
    partitions = children_of(catalog, relation.oid)
    if not partitions:
        return True
    attached = {
        each.owner_table: each.oid
        for each in catalog.relations()
        if each.kind == "index" and constraint.index in each.parents
    }
    for partition in partitions:
        own = next(
            (
                each
                for each in partition.constraints
                if each.index and each.index == attached.get(partition.oid)
            ),
            None,
        )
        if own is None or not index_is_valid(catalog, partition, own):
            return False
    return True
