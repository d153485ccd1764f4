"""Keys that conditions fix: unique indexes, also partial ones, those over expressions and those
that let NULL stand once, and exclusion constraints (manual 5.5.3, 5.5.6, 11.6 to 11.8)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from sqlwright.analysis import tree
from sqlwright.analysis.premises.column_equalities import (
    Comparison,
    bare_column,
    comparisons,
    conjuncts,
    goes_by_key,
)
from sqlwright.analysis.premises.stored_conditions import (
    checked_columns,
    column_of,
    is_kept_from_null,
    place_of,
    placed,
    stored_conditions,
)
from sqlwright.analysis.premises.stored_rows import says_the_same
from sqlwright.analysis.row_counts.implication import Implication
from sqlwright.analysis.row_counts.presence import is_value
from sqlwright.analysis.tree.collations import is_exact
from sqlwright.analysis.tree.equality import equal
from sqlwright.analysis.tree.traversal import columns_in
from sqlwright.catalog import oids
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.identity import is_operator
from sqlwright.catalog.inheritance import children_of
from sqlwright.catalog.model import Constraint, KeyPart, Relation
from sqlwright.catalog.nulls import function_nulls
from sqlwright.dataclass import dataclass

IsFixed = Callable[[Comparison], bool]
"""Tells whether what a comparison is with has one value only."""

_IDENTICAL = (
    oids.BOOL,
    oids.INT2,
    oids.INT4,
    oids.INT8,
    oids.OID,
    oids.TEXT,
    oids.VARCHAR,
    oids.NAME,
    oids.UUID,
    oids.DATE,
    oids.TIMESTAMP,
    oids.TIMESTAMPTZ,
)
"""Types, besides enums, of which equal values are one value to every function: a numeric may have
other digits after the point, a text other letters under a nondeterministic collation."""

_KINDS = ("unique", "primary key", "exclusion")
_OVERLAPS, _CONTAINS, _CONTAINED = "&&", "@>", "<@"


@dataclass(frozen=True, slots=True)
class Given:
    """The conditions that hold of the rows of an entry for a table. `compared` is all that they say
    to be equal, `numbers` are the columns among that."""

    catalog: Catalog
    entry: tree.RangeTableEntry
    conditions: tuple[tree.Expr, ...]
    is_fixed: IsFixed
    compared: tuple[Comparison, ...]
    numbers: frozenset[int]

    def fix_a_key(self, relation: Relation) -> bool:
        """Whether at most one row of the table meets the conditions."""
        keys = _unique_keys(self.catalog, relation)
        if any(self._fix(each, relation) for each in keys):
            return True
        checked = checked_columns(self.catalog, relation)
        keys = [
            each
            for each in keys
            if self._gains(each, relation, checked) and self._are_compared(each, relation, checked)
        ]
        checks = tuple(stored_conditions(self.catalog, self.entry, relation)) if keys else ()
        if not checks:
            return False
        more = given_of(self.catalog, self.entry, (*self.conditions, *checks), self.is_fixed)
        return any(more._fix(each, relation) for each in keys)

    def _gains(self, constraint: Constraint, relation: Relation, checked: Collection[int]) -> bool:
        """Whether CHECK constraints on the columns `checked` may say something of a key: of its
        columns, of the predicate of a partial index, or of an expression."""
        if constraint.kind == "exclusion" or constraint.partial or constraint.keys:
            return True
        return any(
            each.number in checked for each in relation.columns if each.name in constraint.columns
        )

    def _are_compared(
        self, constraint: Constraint, relation: Relation, others: Collection[int] = ()
    ) -> bool:
        """Whether conditions, or those about `others`, compare each column of a key, as they do
        wherever they fix it."""
        if constraint.kind == "exclusion" or constraint.temporal:
            return True
        for name in constraint.columns:
            at = place_of(self.entry, relation, name)
            if not at:
                return False
            if at not in self.numbers:
                source = self.entry.columns[at - 1].source
                if source is None or source.number not in others:
                    return False
        return True

    def _fix(self, constraint: Constraint, relation: Relation) -> bool:
        if not self._are_compared(constraint, relation):
            return False
        stored = (*constraint.keys, constraint.predicate)
        if any(isinstance(x, tree.Expr) and not says_the_same(self.catalog, x) for x in stored):
            return False
        if not index_is_valid(self.catalog, relation, constraint):
            return False
        keys = self._keys(constraint, relation)
        return (
            keys is not None
            and all(self._is_fixed(key, part, constraint) for key, part in keys)
            and self._are_met(constraint)
        )

    def _keys(
        self, constraint: Constraint, relation: Relation
    ) -> list[tuple[tree.Expr, KeyPart]] | None:
        """The keys as expressions over the entry, and how each is compared."""
        found: list[tree.Expr | None] = [
            column_of(self.entry, relation, name) for name in constraint.columns
        ]
        found += [placed(self.catalog, self.entry, each) for each in constraint.keys]
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
        found = self.catalog.find_operator((_OVERLAPS,), oids.ANYRANGE, oids.ANYRANGE)
        return found.oid if found is not None else -1

    def _are_met(self, constraint: Constraint) -> bool:
        """Whether the conditions imply those of a partial index."""
        if not constraint.partial:
            return True
        predicate = placed(self.catalog, self.entry, constraint.predicate)
        if predicate is None:
            return False
        implication = Implication(self.catalog, self.conditions, self._is_not_null)
        return all(map(implication.proves, conjuncts(predicate)))

    def _is_not_null(self, expr: tree.Expr) -> bool:
        return is_kept_from_null(self.catalog, self.entry, expr)

    def _is_fixed(self, key: tree.Expr, part: KeyPart, constraint: Constraint) -> bool:
        if constraint.kind == "exclusion" or part.operator:
            return self._is_excluded(key, part, constraint)
        nulls = constraint.nulls_not_distinct or self._is_not_null(key)
        if not isinstance(key, tree.Var) and self._is_made_of_fixed(key, nulls=nulls):
            return True
        return any(
            (nulls or not found.null_safe or is_value(found.other))
            and goes_by_key(self.catalog, found, key, part)
            and self.is_fixed(found)
            for found in self._comparisons(key)
        )

    def _is_made_of_fixed(self, key: tree.Expr, *, nulls: bool) -> bool:
        """Whether an expression is over columns of which equal values are the same value, and all
        of them are fixed; it must not come out NULL, of which an index may hold many."""
        if isinstance(key, tree.NullTest) and self._is_not_null(key.operand):
            return True
        if not all(map(self._is_one_value, columns_in(key))):
            return False
        return nulls or self._has_a_value(key)

    def _is_one_value(self, column: tree.Var) -> bool:
        known = self.catalog.type(self.catalog.base_type(column.type))
        if known.oid not in _IDENTICAL and known.kind != "enum":
            return False
        return any(
            not found.null_safe
            and is_exact(self.catalog, found.collation)
            and goes_by_key(self.catalog, found, column, KeyPart())
            and self.is_fixed(found)
            for found in self._comparisons(column)
        )

    def _has_a_value(self, expr: tree.Expr) -> bool:
        """Whether an expression is not NULL where its columns are not."""
        match expr:
            case tree.Var():
                return True
            case tree.Const():
                return expr.value is not None
            case tree.Coalesce():
                return any(map(self._has_a_value, expr.args))
            case tree.Collate() | tree.Cast(function=None, method="binary" | "length"):
                return self._has_a_value(expr.operand)
            case tree.FuncCall() if not expr.variadic:
                function, args = expr.function.oid, expr.args
            case tree.OpCall(kind="plain"):
                function, args = expr.operator.function, expr.args
            case _:
                return False
        found = function_nulls(self.catalog, function)
        gives = found.when != "maybe" and not (found.infinite or found.blank)
        return gives and all(map(self._has_a_value, args))

    def _comparisons(self, key: tree.Expr) -> Iterator[Comparison]:
        """Those of the conditions that are about a key."""
        return (found for found in self.compared if _is_key(found.this, key))

    def _is_excluded(self, key: tree.Expr, part: KeyPart, constraint: Constraint) -> bool:
        """Whether two rows that meet the conditions would be kept apart by the operator of an
        exclusion constraint: equality, or overlapping where both contain one element. Equal ranges
        of a key WITHOUT OVERLAPS overlap, since it takes none that is empty."""
        operator = self.catalog.get_operator(part.operator) if part.operator > 0 else None
        if operator is None:
            return False
        by_range = is_operator(operator, _OVERLAPS)
        if by_range and any(self._contains(each, key) for each in self.conditions):
            return True
        by_equality = (by_range and constraint.temporal) or any(
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
        if is_operator(condition.operator, _CONTAINED):
            left, right = right, left
        elif not is_operator(condition.operator, _CONTAINS):
            return False
        subtype = self.catalog.range_subtype(self.catalog.base_type(key.type))
        if not subtype or self.catalog.base_type(right.type) != subtype:
            return False
        held = Comparison(left, right, condition.operator.oid, "")
        return _is_key(left, key) and self.is_fixed(held)


def given_of(
    catalog: Catalog,
    entry: tree.RangeTableEntry,
    conditions: tuple[tree.Expr, ...],
    is_fixed: IsFixed,
) -> Given:
    """Conditions that hold of the rows of an entry, with what they compare."""
    found = tuple(each for part in conditions for each in comparisons(catalog, part))
    columns = [bare_column(each.this) for each in found]
    numbers = frozenset(each.number for each in columns if each is not None and each.entry is entry)
    return Given(catalog, entry, conditions, is_fixed, found, numbers)


def _unique_keys(catalog: Catalog, relation: Relation) -> Sequence[Constraint]:
    return catalog.memo.once(
        ("unique keys", relation.oid),
        lambda: [each for each in relation.constraints if _is_unique(each)],
    )


def _is_unique(constraint: Constraint) -> bool:
    if constraint.kind not in _KINDS or constraint.deferrable:
        return False
    if constraint.expressions and not constraint.keys:
        return False
    return bool(constraint.columns or constraint.keys)


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
