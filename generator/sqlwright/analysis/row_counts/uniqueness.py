"""Unique keys, and conditions that fix them: what makes a join yield one row at most.

An entry of FROM is *fixed* where every row that comes out has the same row of it, or none because
an outer join found no match; *settled* where it is the same in all of them. A value is fixed by
settled entries; by a fixed one only in a condition that is not true where the entry has no row.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from sqlwright.analysis import tree
from sqlwright.analysis.premises.column_equalities import (
    Comparison,
    bare_column,
    comparisons,
    conjuncts,
    goes_by_type,
)
from sqlwright.analysis.premises.current import current_relation
from sqlwright.analysis.premises.origins import query_behind
from sqlwright.analysis.row_counts.dependencies import (
    dependencies,
    entry_is_stable,
    entry_references,
    is_stable,
    references,
)
from sqlwright.analysis.row_counts.limits import one_by_form_when_stored
from sqlwright.analysis.row_counts.numbering import left_first, numbered_over
from sqlwright.analysis.row_counts.presence import null_without, reduced, rejects
from sqlwright.analysis.row_counts.pushing import pushed
from sqlwright.analysis.row_counts.unique_indexes import given_of
from sqlwright.analysis.tree.equality import equal
from sqlwright.analysis.tree.from_items import entries_of
from sqlwright.analysis.tree.simple_case import by_itself
from sqlwright.analysis.tree.traversal import returns_set
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.inheritance import children_of
from sqlwright.catalog.model import Relation
from sqlwright.dataclass import dataclass, field

Conditions = tuple[tree.Expr, ...]
SingleQuery = Callable[[tree.Query, Conditions], bool]
"""Tells whether at most one row comes out of a query of those made of rows that meet conditions."""


@dataclass(frozen=True, slots=True)
class _Leaf:
    """An entry, the conditions that its row meets wherever it has one, and the outer joins that
    may leave it without."""

    entry: tree.RangeTableEntry
    conditions: Conditions
    outer: tuple[tree.FromJoin, ...] = ()


def single_rows(
    catalog: Catalog,
    query: tree.Query,
    single_query: SingleQuery,
    only: tree.RangeTableEntry | None = None,
    given: Conditions = (),
    one_row: tree.RangeTableEntry | None = None,
) -> bool:
    """Whether every entry of FROM, or `only` that one, contributes at most one row, where the
    conditions `given` hold besides those of the query, and `one_row` is taken to have one. Of a
    CASE that is the same for all rows, such as `CASE WHEN $1 > 0 THEN id = $1 ELSE mail = $2 END`,
    one branch holds, whichever it is."""
    if _single_under(catalog, query, single_query, only, given, one_row):
        return True
    own = _own_entries(query) | ({id(only)} if only is not None else set())
    for part in (*conjuncts(query.where), *given):
        if isinstance(part, tree.Case) and _is_same_for_all(catalog, part, own):
            return all(
                _single_under(catalog, query, single_query, only, (*given, result), one_row)
                for result in _outcomes(part)
            )
    return False


def _is_same_for_all(catalog: Catalog, case: tree.Case, own: Collection[int]) -> bool:
    """Whether all rows of a query take the same branch."""
    conditions = [by_itself(branch.condition) for branch in case.branches]
    return all(not references(each, own) and is_stable(catalog, each) for each in conditions)


def _outcomes(case: tree.Case) -> Iterator[tree.Expr]:
    """What a branch comes to, where it may let rows through."""
    results = [branch.result for branch in case.branches]
    for result in results if case.default is None else [*results, case.default]:
        if not isinstance(result, tree.Const) or (result.value or "f").startswith("t"):
            yield result


def _single_under(
    catalog: Catalog,
    query: tree.Query,
    single_query: SingleQuery,
    only: tree.RangeTableEntry | None,
    given: Conditions,
    one_row: tree.RangeTableEntry | None,
) -> bool:
    everywhere = (*conjuncts(query.where), *(part for each in given for part in conjuncts(each)))
    leaves = list(_of_query(catalog, query, everywhere))
    if only is None and any(join.kind == "full" for leaf in leaves for join in leaf.outer):
        return False
    if only is not None and all(leaf.entry is not only for leaf in leaves):
        leaves.append(_Leaf(only, everywhere))
    turns = _Turns(catalog, _own_entries(query), single_query, leaves, one_row=one_row)
    turns.run()
    if only is not None:
        return id(only) in turns.single
    return all(id(leaf.entry) in turns.single for leaf in leaves)


def single_group(
    catalog: Catalog,
    query: tree.Query,
    keys: Iterable[tree.Expr],
    single_query: SingleQuery,
    given: Conditions = (),
    one_row: tree.RangeTableEntry | None = None,
) -> bool:
    """Whether only such rows come in as agree in these expressions: each equals something fixed, or
    is made of entries of which one row comes in."""
    everywhere = (*conjuncts(query.where), *given)
    leaves = list(_of_query(catalog, query, everywhere))
    turns = _Turns(catalog, _own_entries(query), single_query, leaves, one_row=one_row)
    turns.run()
    return all(turns.settles(key, everywhere) for key in keys)


def item_is_single(
    catalog: Catalog,
    node: tree.FromNode,
    condition: tree.Expr | None,
    settled: Collection[int],
    single_query: SingleQuery,
) -> bool:
    """Whether, for one row of the entries `settled`, an item joined on a condition has at most one
    row."""
    above = tuple(conjuncts(condition))
    leaves = list(_leaves(reduced(catalog, node, above), above, ()))
    if any(join.kind == "full" for leaf in leaves for join in leaf.outer):
        return False
    own = frozenset(id(leaf.entry) for leaf in leaves) | frozenset(settled)
    turns = _Turns(catalog, own, single_query, leaves, set(settled), set(settled), set(settled))
    turns.run()
    return all(id(leaf.entry) in turns.single for leaf in leaves)


def _own_entries(query: tree.Query) -> frozenset[int]:
    joined = (id(entry) for node in query.from_nodes for entry in entries_of(node))
    return frozenset(map(id, query.entries)).union(joined)


def _of_query(catalog: Catalog, query: tree.Query, everywhere: Conditions) -> Iterator[_Leaf]:
    for node in query.from_nodes:
        yield from _leaves(reduced(catalog, node, everywhere), everywhere, ())


def _leaves(
    node: tree.FromNode, usable: Conditions, outer: tuple[tree.FromJoin, ...]
) -> Iterator[_Leaf]:
    """The leaves under a node. A join's condition does not restrict the side that it preserves."""
    if isinstance(node, tree.FromLeaf):
        yield _Leaf(node.entry, usable, outer)
        return
    here = (*usable, *conjuncts(node.condition))
    nulled = (*outer, node)
    left_stays, right_stays = node.kind in ("left", "full"), node.kind in ("right", "full")
    yield from _leaves(node.left, usable if left_stays else here, nulled if right_stays else outer)
    yield from _leaves(node.right, usable if right_stays else here, nulled if left_stays else outer)


@dataclass(slots=True)
class _Turns:
    """Finds the entries that contribute one row at most, each turn by those found before; `own` are
    all of the query. What contributes a `single` row is not `fixed` if it may be another one each
    time that a join runs it."""

    catalog: Catalog
    own: frozenset[int]
    single_query: SingleQuery
    leaves: Sequence[_Leaf]
    single: set[int] = field(default_factory=set)
    fixed: set[int] = field(default_factory=set)
    settled: set[int] = field(default_factory=set)
    one_row: tree.RangeTableEntry | None = None
    # The entries that conditions of the leaves mention, by their identity.
    _mentioned: dict[int, frozenset[int]] = field(default_factory=dict)

    def run(self) -> None:
        """Find them all."""
        waiting = list(self.leaves)
        while waiting:
            found = [leaf for leaf in waiting if self._is_single(leaf)]
            if not found:
                return
            self.single |= {id(leaf.entry) for leaf in found}
            stable = (leaf for leaf in found if entry_is_stable(self.catalog, leaf.entry))
            self.fixed |= {id(leaf.entry) for leaf in stable}
            self._settle()
            waiting = [leaf for leaf in waiting if id(leaf.entry) not in self.single]

    def settles(self, key: tree.Expr, conditions: Conditions) -> bool:
        """Whether an expression has one value in all rows."""
        depends = self._dependencies(key)
        if depends is not None and depends <= self.settled:
            return True
        return is_stable(self.catalog, key) and any(
            equal(found.this, key)
            and goes_by_type(self.catalog, found, key)
            and self._is_fixed(found)
            for condition in conditions
            for found in comparisons(self.catalog, condition)
        )

    def _settle(self) -> None:
        while True:
            found = {
                id(leaf.entry)
                for leaf in self.leaves
                if id(leaf.entry) in self.fixed and all(map(self._is_decided, leaf.outer))
            }
            if found <= self.settled:
                return
            self.settled |= found

    def _is_decided(self, join: tree.FromJoin) -> bool:
        """Whether an outer join finds the same match, or none, in all rows."""
        if join.kind == "full":
            return False
        kept, other = join.left, join.right
        if join.kind == "right":
            kept, other = other, kept
        return (
            {id(entry) for entry in entries_of(kept)} <= self.settled
            and {id(entry) for entry in entries_of(other)} <= self.fixed
            and (join.condition is None or is_stable(self.catalog, join.condition))
        )

    def _is_single(self, leaf: _Leaf) -> bool:
        entry = leaf.entry
        if not entry_references(entry, self.own) <= self.settled:
            return False
        match entry.kind:
            case "values":
                return len(entry.values) == 1
            case "function":
                one = not any(returns_set(item.call) for item in entry.functions)
                return one or entry is self.one_row
            case "result":
                return True
        conditions = tuple(each for each in leaf.conditions if self._is_about(each, entry))
        query = query_behind(self.catalog, entry)
        if query is not None:
            return self._is_single_query(entry, query, conditions)
        relation = current_relation(self.catalog, entry)
        if relation is None or entry.kind != "relation":
            return entry.kind == "cte" and self._is_distinct(entry, conditions)
        if not entry.only and _has_inheritors(self.catalog, relation):
            return False
        if one_by_form_when_stored(relation):
            return True
        return given_of(self.catalog, entry, conditions, self._is_fixed).fix_a_key(relation)

    def _is_about(self, condition: tree.Expr, entry: tree.RangeTableEntry) -> bool:
        """Whether a condition is about this entry and fixed ones alone."""
        known = self._mentioned.get(id(condition))
        if known is None:
            known = self._mentioned[id(condition)] = references(condition, self.own)
        others = known - {id(entry)}
        return not others or all(
            each in self.settled or (each in self.fixed and rejects(self.catalog, condition, each))
            for each in others
        )

    def _is_single_query(
        self, entry: tree.RangeTableEntry, query: tree.Query, conditions: Conditions
    ) -> bool:
        if query.set_operation is not None:
            return self._is_single_side(entry, query.set_operation, conditions) or (
                self._is_distinct(entry, conditions)
            )
        given = pushed(self.catalog, entry, query, conditions)
        return self.single_query(query, given) or (
            bool(query.windows) and self._is_numbered(entry, query, conditions, given)
        )

    def _is_numbered(
        self,
        entry: tree.RangeTableEntry,
        query: tree.Query,
        conditions: Conditions,
        given: Conditions,
    ) -> bool:
        """Whether the conditions leave one number of row_number(), and the rows that meet those
        `given` are of one partition. A set-returning function repeats a number."""
        if query.has_set_returning:
            return False
        return any(
            not window.partition
            or single_group(self.catalog, query, window.partition, self.single_query, given)
            for window in self._numbered_over(entry, query, conditions)
        )

    def _numbered_over(
        self, entry: tree.RangeTableEntry, query: tree.Query, conditions: Conditions
    ) -> Iterator[tree.Window]:
        """The windows of each row_number() of which conditions leave one."""
        for part in conditions:
            first = left_first(part)
            numbers = [] if first is None else [first]
            numbers += [found.this for found in self._fixing(part)]
            for number in numbers:
                window = numbered_over(self.catalog, entry, query, number)
                if window is not None:
                    yield window

    def _fixing(self, condition: tree.Expr) -> Iterator[Comparison]:
        return filter(self._goes_by, comparisons(self.catalog, condition))

    def _is_single_side(
        self,
        entry: tree.RangeTableEntry,
        side: tree.SetOperation | tree.Query,
        conditions: Conditions,
    ) -> bool:
        if isinstance(side, tree.Query):
            return self._is_single_query(entry, side, conditions)
        if side.op == "except":
            return self._is_single_side(entry, side.left, conditions)
        return side.op == "intersect" and any(
            self._is_single_side(entry, each, conditions) for each in (side.left, side.right)
        )

    def _is_distinct(self, entry: tree.RangeTableEntry, conditions: Conditions) -> bool:
        """Whether the rows of a set operation differ, and all of their columns are fixed."""
        query = entry.subquery if entry.cte is None else entry.cte.query
        operation = query.set_operation if query is not None else None
        if query is None or operation is None or operation.all:
            return False
        if entry.cte is not None and entry.cte.search_columns:
            return False
        found = [each for part in conditions for each in comparisons(self.catalog, part)]
        return all(
            any(_is_column(each, entry, at) and self._goes_by(each) for each in found)
            for at in range(1, len(query.output) + 1)
        )

    def _goes_by(self, found: Comparison) -> bool:
        return goes_by_type(self.catalog, found, found.this) and self._is_fixed(found)

    def _is_fixed(self, found: Comparison) -> bool:
        """Whether what a comparison is with is the same in all rows where it holds."""
        depends = self._dependencies(found.other)
        return depends is not None and all(
            each in self.settled
            or (
                each in self.fixed
                and not found.null_safe
                and null_without(self.catalog, found.other, each)
            )
            for each in depends
        )

    def _dependencies(self, expr: tree.Expr) -> frozenset[int] | None:
        def single(query: tree.Query) -> bool:
            return self.single_query(query, ())

        return dependencies(self.catalog, expr, self.own, single)


def _is_column(found: Comparison, entry: tree.RangeTableEntry, number: int) -> bool:
    column = bare_column(found.this)
    return column is not None and column.entry is entry and column.number == number


def _has_inheritors(catalog: Catalog, relation: Relation) -> bool:
    """Unique keys of a table do not reach tables that inherit from it; partitions do share them."""
    return relation.kind != "partitioned table" and bool(children_of(catalog, relation.oid))
