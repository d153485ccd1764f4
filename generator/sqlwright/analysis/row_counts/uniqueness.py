"""Unique keys, and conditions that fix them: what makes a join yield one row at most."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator

from sqlwright.analysis import tree
from sqlwright.analysis.row_counts.column_equalities import bare_column, conjuncts, equalities
from sqlwright.analysis.row_counts.current import current_relation, numbers_of
from sqlwright.analysis.row_counts.origins import query_behind
from sqlwright.analysis.row_counts.unique_indexes import Given
from sqlwright.analysis.tree.equality import equal
from sqlwright.analysis.tree.traversal import not_into_queries, returns_set, walk
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.inheritance import children_of
from sqlwright.catalog.model import Constraint, Relation
from sqlwright.dataclass import dataclass

SingleQuery = Callable[[tree.Query], bool]
"""Tells whether a query yields at most one row by itself."""


@dataclass(frozen=True, slots=True)
class _Fixing:
    """`column = something`: the entry and number of the column, the entries it depends on."""

    entry: int
    number: int
    depends_on: frozenset[int]


_Conditions = tuple[tree.Expr, ...]
_Leaf = tuple[tree.RangeTableEntry, _Conditions]


def single_rows(
    catalog: Catalog,
    query: tree.Query,
    single_query: SingleQuery,
    only: tree.RangeTableEntry | None = None,
) -> bool:
    """Whether every entry of FROM, or `only` that one, contributes at most one row: each has a
    unique key whose columns all equal something fixed, or something of an entry that already
    contributes at most one."""
    leaves: list[_Leaf] = []
    everywhere = tuple(conjuncts(query.where))
    for node in query.from_nodes:
        if not _collect(node, everywhere, leaves):
            return False
    if only is not None and all(entry is not only for entry, _ in leaves):
        leaves.append((only, everywhere))
    turns = _Turns(catalog, _own_entries(query), single_query)
    fixed = turns.fixed(leaves, set())
    return id(only) in fixed if only is not None else len(fixed) == len(leaves)


def single_group(
    catalog: Catalog, query: tree.Query, keys: Iterable[tree.Expr], single_query: SingleQuery
) -> bool:
    """Whether WHERE lets through only rows that agree in these expressions: each equals something
    fixed, or is made of entries of which WHERE leaves one row."""
    own = _own_entries(query)
    everywhere = tuple(conjuncts(query.where))
    entries = {id(entry): entry for node in query.from_nodes for entry in _entries(node)}
    turns = _Turns(catalog, own, single_query, by_themselves=False)
    fixed = turns.fixed([(entry, everywhere) for entry in entries.values()], set())
    equal_to = list(_fixings(catalog, everywhere, own))
    return all(_is_settled(catalog, key, fixed, equal_to, own) for key in keys)


def item_is_single(
    catalog: Catalog,
    node: tree.FromNode,
    condition: tree.Expr | None,
    fixed: Collection[int],
    single_query: SingleQuery,
) -> bool:
    """Whether, for one row of the entries `fixed`, an item joined on a condition has at most one
    row."""
    leaves: list[_Leaf] = []
    if not _collect(node, tuple(conjuncts(condition)), leaves):
        return False
    own = frozenset(fixed_entries(node)) | frozenset(fixed)
    turns = _Turns(catalog, own, single_query)
    return len(turns.fixed(leaves, set(fixed)) - set(fixed)) == len(leaves)


def fixed_entries(node: tree.FromNode) -> set[int]:
    """The entries under a node of FROM."""
    if isinstance(node, tree.FromLeaf):
        return {id(node.entry)}
    return fixed_entries(node.left) | fixed_entries(node.right)


def _entries(node: tree.FromNode) -> Iterator[tree.RangeTableEntry]:
    if isinstance(node, tree.FromLeaf):
        yield node.entry
    else:
        yield from _entries(node.left)
        yield from _entries(node.right)


@dataclass(frozen=True, slots=True)
class _Turns:
    """Finds the entries that contribute one row at most, each turn by those found before; `own` are
    all of the query. Without `by_themselves`, only those of which the conditions leave one row, and
    none that an outer join has extended with NULLs."""

    catalog: Catalog
    own: frozenset[int]
    single_query: SingleQuery
    by_themselves: bool = True

    def fixed(self, leaves: list[_Leaf], fixed: set[int]) -> set[int]:
        """The entries, `fixed` ones among them."""
        waiting = leaves
        while waiting:
            left = [leaf for leaf in waiting if not self._is_fixed(*leaf, fixed)]
            if len(left) == len(waiting):
                break
            fixed |= {id(entry) for entry, _ in waiting} - {id(entry) for entry, _ in left}
            waiting = left
        return fixed

    def _is_fixed(
        self, entry: tree.RangeTableEntry, conditions: _Conditions, fixed: Collection[int]
    ) -> bool:
        """Whether the entry contributes at most one row, given entries that already do."""
        if self.by_themselves and _single_by_itself(self.catalog, entry, self.single_query):
            return True
        numbers = {
            item.number
            for item in _fixings(self.catalog, conditions, self.own)
            if item.entry == id(entry) and item.depends_on <= set(fixed)
        }
        if any(key <= numbers for key in unique_keys(self.catalog, entry)):
            return True
        given = Given(
            self.catalog, entry, conditions, frozenset(numbers), present=not self.by_themselves
        )
        return any(
            given.fixes(constraint, lambda other: self._depends_on(other, fixed))
            for constraint in _constraints(self.catalog, entry)
        )

    def _depends_on(self, expr: tree.Expr, fixed: Collection[int]) -> bool:
        depends = _dependencies(self.catalog, expr, self.own)
        return depends is not None and depends <= set(fixed)


def _is_settled(
    catalog: Catalog,
    key: tree.Expr,
    fixed: set[int],
    equal_to: list[_Fixing],
    own: frozenset[int],
) -> bool:
    column = bare_column(key)
    if column is not None and any(
        item.entry == id(column.entry) and item.number == column.number and item.depends_on <= fixed
        for item in equal_to
    ):
        return True
    depends = _dependencies(catalog, key, own)
    return depends is not None and depends <= fixed


def _own_entries(query: tree.Query) -> frozenset[int]:
    joined = (fixed_entries(node) for node in query.from_nodes)
    return frozenset(map(id, query.entries)).union(*joined)


def _collect(node: tree.FromNode, usable: _Conditions, leaves: list[_Leaf]) -> bool:
    """List the leaves under `node` with the conditions that hold of each. False for FULL JOIN,
    which can add rows of either side."""
    if isinstance(node, tree.FromLeaf):
        leaves.append((node.entry, usable))
        return True
    if node.kind == "full":
        return False
    here = tuple(conjuncts(node.condition))
    # An outer join's condition does not restrict the side it preserves.
    for_left = usable if node.kind == "left" else usable + here
    for_right = usable if node.kind == "right" else usable + here
    return _collect(node.left, for_left, leaves) and _collect(node.right, for_right, leaves)


def _fixings(catalog: Catalog, conditions: _Conditions, own: frozenset[int]) -> Iterator[_Fixing]:
    for part in conditions:
        for found in equalities(catalog, part):
            depends = _dependencies(catalog, found.other, own)
            if depends is not None:
                yield _Fixing(id(found.column.entry), found.column.number, depends)


def _dependencies(catalog: Catalog, expr: tree.Expr, own: frozenset[int]) -> frozenset[int] | None:
    """The entries of this query that the expression refers to; None where it is not fixed by them
    (a volatile call, a subquery over who knows what)."""
    match expr:
        case tree.Var() if expr.entry.join_vars and expr.number > 0:
            return _dependencies(catalog, expr.entry.join_vars[expr.number - 1], own)
        case tree.Var():
            return frozenset({id(expr.entry)} & own)
        case tree.Const() | tree.Param() | tree.SqlValue():
            return frozenset()
        case tree.Cast() if expr.function is None or expr.function.volatility != "volatile":
            return _dependencies(catalog, expr.operand, own)
        case tree.Collate() | tree.FieldSelect():
            return _dependencies(catalog, expr.operand, own)
        case tree.Coalesce() | tree.MinMax():
            return _all_dependencies(catalog, expr.args, own)
        case tree.RowExpr() | tree.ArrayExpr():
            return _all_dependencies(catalog, expr.items, own)
        case tree.FuncCall() if expr.function.volatility != "volatile":
            return _all_dependencies(catalog, expr.args, own)
        case tree.OpCall():
            function = catalog.get_function(expr.operator.function)
            if function is None or function.volatility == "volatile":
                return None
            return _all_dependencies(catalog, expr.args, own)
        case tree.SubLink(kind="scalar"):
            # Its value is the same for every row unless it is correlated; then it is not fixed.
            return None if _correlated(expr.query, own) else frozenset()
        case _:
            return None


def _correlated(query: tree.Query, own: frozenset[int]) -> bool:
    return any(isinstance(part, tree.Var) and id(part.entry) in own for part in walk(query))


def _all_dependencies(
    catalog: Catalog, exprs: Iterable[tree.Expr], own: frozenset[int]
) -> frozenset[int] | None:
    found: set[int] = set()
    for expr in exprs:
        depends = _dependencies(catalog, expr, own)
        if depends is None:
            return None
        found |= depends
    return frozenset(found)


def _single_by_itself(
    catalog: Catalog, entry: tree.RangeTableEntry, single_query: SingleQuery
) -> bool:
    query = query_behind(catalog, entry)
    if query is not None:
        return single_query(query)
    if entry.kind == "values":
        return len(entry.values) == 1
    if entry.kind == "function":
        return not any(returns_set(item.call) for item in entry.functions)
    return entry.kind == "result"


# Keys


def unique_keys(catalog: Catalog, entry: tree.RangeTableEntry) -> Iterator[frozenset[int]]:
    """Sets of column numbers no two rows of the entry share."""
    relation = current_relation(catalog, entry) if entry.kind == "relation" else None
    if relation is not None and (entry.only or not _has_inheritors(catalog, relation)):
        yield from _relation_keys(entry, relation)
    query = query_behind(catalog, entry)
    if query is not None and query.command == "select" and query.set_operation is None:
        yield from _query_keys(catalog, query)


def _constraints(catalog: Catalog, entry: tree.RangeTableEntry) -> tuple[Constraint, ...]:
    """What keeps rows of a table, and of no other, apart."""
    relation = current_relation(catalog, entry) if entry.kind == "relation" else None
    if relation is None or not (entry.only or not _has_inheritors(catalog, relation)):
        return ()
    return relation.constraints


def _relation_keys(entry: tree.RangeTableEntry, relation: Relation) -> Iterator[frozenset[int]]:
    for constraint in relation.constraints:
        if _proves_uniqueness(constraint):
            numbers = frozenset(numbers_of(entry, relation, constraint.columns))
            if len(numbers) == len(set(constraint.columns)):
                yield numbers


def _proves_uniqueness(constraint: Constraint) -> bool:
    return (
        constraint.kind in ("primary key", "unique")
        and bool(constraint.columns)
        and not (constraint.partial or constraint.expressions or constraint.deferrable)
    )


def _has_inheritors(catalog: Catalog, relation: Relation) -> bool:
    """Unique keys of a table do not reach tables that inherit from it; partitions do share them."""
    return relation.kind != "partitioned table" and bool(children_of(catalog, relation.oid))


def _query_keys(catalog: Catalog, query: tree.Query) -> Iterator[frozenset[int]]:
    """The grouping keys of a grouped subquery, all columns of a distinct one, and the keys of a
    single relation that it only filters."""
    output = [target.expr for target in query.output]
    if query.distinct:
        yield frozenset(range(1, len(output) + 1))
    if query.distinct_on:
        yield from _shown(output, query.distinct_on)
    if query.has_set_returning or query.grouping_sets:
        return
    if query.group_by:
        yield from _shown(output, query.group_by)
    elif not query.has_aggregates and len(query.from_nodes) == 1:
        (node,) = query.from_nodes
        if isinstance(node, tree.FromLeaf):
            for key in unique_keys(catalog, node.entry):
                columns = [_column_shown(output, node.entry, number) for number in key]
                if all(at is not None for at in columns):
                    yield frozenset(at for at in columns if at is not None)


def _shown(output: list[tree.Expr], keys: tuple[tree.Expr, ...]) -> Iterator[frozenset[int]]:
    """The numbers under which the keys are put out, if all of them are."""
    places = [
        next((at for at, each in enumerate(output, 1) if equal(each, key)), 0) for key in keys
    ]
    volatile = (part for key in keys for part in walk(key, not_into_queries))
    if all(places) and not any(map(_is_volatile, volatile)):
        yield frozenset(places)


def _is_volatile(part: object) -> bool:
    return isinstance(part, tree.FuncCall) and part.function.volatility == "volatile"


def _column_shown(output: list[tree.Expr], entry: tree.RangeTableEntry, number: int) -> int | None:
    return next(
        (
            at
            for at, each in enumerate(output, 1)
            if isinstance(each, tree.Var) and each.entry is entry and each.number == number
        ),
        None,
    )
