"""How many rows a query can yield, as far as it can be proved.

`exactly-one` and `at-most-one` hold whatever the data; `many` means that nothing smaller could be
proved, `none` that the statement returns no rows at all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from sqlwright.analysis import tree
from sqlwright.analysis.facts import Reason, RowCount
from sqlwright.analysis.nullability.keys import key_of
from sqlwright.analysis.traversal import walk
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.model import Constraint, Relation
from sqlwright.source import SourceFile, Span


@dataclass(frozen=True, slots=True)
class RowsProof:
    """A row count with its reason."""

    rows: RowCount
    reason: Reason


def row_count(catalog: Catalog, query: tree.Query, source: SourceFile) -> RowsProof:
    """Prove as much as can be of the rows a client receives from the statement."""
    span = Span(source, query.start, query.end) if query.start >= 0 else None
    if not query.output:
        return RowsProof("none", Reason("the statement returns no rows", span))
    if surely_one_row(query):
        return RowsProof("exactly-one", Reason(_why_one(query), span))
    if at_most_one_row(catalog, query):
        return RowsProof("at-most-one", Reason(_why_at_most_one(query), span))
    return RowsProof("many", Reason("no unique key is fixed and no LIMIT 1 stands", span))


def surely_one_row(query: tree.Query) -> bool:
    """Whether the query yields exactly one row whatever the data."""
    if query.command == "insert":
        return _inserts_one(query)
    if query.command != "select" or query.set_operation is not None:
        return False
    if query.limit is not None and not _is_integer(query.limit, at_least=1):
        return False
    if query.offset is not None and not _is_integer(query.offset, at_least=0, at_most=0):
        return False
    if query.values:
        return len(query.values) == 1
    if query.has_set_returning or query.having is not None or query.grouping_sets:
        return False
    if query.group_by:
        return False
    if query.has_aggregates:
        return True
    return query.where is None and all(map(_one_row_item, query.from_nodes))


def at_most_one_row(catalog: Catalog, query: tree.Query) -> bool:
    """Whether the query can yield no more than one row whatever the data."""
    if surely_one_row(query) or _limited_to_one(query):
        return True
    if query.set_operation is not None:
        return _set_operation_at_most_one(catalog, query.set_operation)
    if query.command == "insert":
        return _inserts_at_most_one(catalog, query)
    if query.command not in ("select", "update", "delete") or query.has_set_returning:
        return False
    if query.values:
        return len(query.values) <= 1
    if query.has_aggregates and not query.group_by and not query.grouping_sets:
        return True
    if query.grouping_sets:
        return False
    return _single_rows(catalog, query)


def _why_one(query: tree.Query) -> str:
    if query.command == "insert":
        return "one row is inserted, and nothing can skip it"
    if query.has_aggregates:
        return "an aggregate without GROUP BY yields one row"
    return "nothing in FROM multiplies or filters the one row"


def _why_at_most_one(query: tree.Query) -> str:
    if _limited_to_one(query):
        return "LIMIT 1"
    return "a unique key is fixed for every table"


def _limited_to_one(query: tree.Query) -> bool:
    return (
        query.limit is not None
        and not query.with_ties
        and _is_integer(query.limit, at_least=0, at_most=1)
    )


def _is_integer(expr: tree.Expr, *, at_least: int, at_most: int | None = None) -> bool:
    while isinstance(expr, tree.Cast):
        expr = expr.operand
    if not isinstance(expr, tree.Const) or expr.value is None or not expr.value.isdecimal():
        return False
    value = int(expr.value)
    return value >= at_least and (at_most is None or value <= at_most)


def _one_row_item(node: tree.FromNode) -> bool:
    if isinstance(node, tree.FromJoin):
        return node.condition is None and _one_row_item(node.left) and _one_row_item(node.right)
    entry = node.entry
    if entry.kind == "subquery":
        return entry.subquery is not None and surely_one_row(entry.subquery)
    if entry.kind == "cte":
        return _cte_query(entry) is not None and surely_one_row(_known(_cte_query(entry)))
    if entry.kind == "values":
        return len(entry.values) == 1
    if entry.kind == "function":
        return len(entry.functions) == 1 and not _returns_set(entry.functions[0].call)
    return entry.kind == "result"


def _cte_query(entry: tree.RangeTableEntry) -> tree.Query | None:
    return entry.cte.query if entry.cte is not None and not entry.cte.recursive else None


def _known(query: tree.Query | None) -> tree.Query:
    assert query is not None
    return query


def _returns_set(call: tree.Expr) -> bool:
    if isinstance(call, tree.SetReturning):
        return True
    return isinstance(call, tree.FuncCall) and call.function.returns_set


def _inserts_one(query: tree.Query) -> bool:
    conflict = query.on_conflict
    if conflict is not None and (conflict.action == "nothing" or conflict.where is not None):
        return False
    if not _every_row_stays(query.target_entry):
        return False
    return surely_one_row(query.source) if query.source is not None else len(query.insert_rows) <= 1


def _every_row_stays(target: tree.RangeTableEntry | None) -> bool:
    """Whether nothing between the statement and the table can drop a row: a BEFORE trigger may
    return NULL, a rule may do something else, a policy may hide the row."""
    relation = target.relation if target is not None else None
    if relation is None or relation.kind not in ("table", "partitioned table"):
        return False
    return not (
        relation.row_security
        or any(rule.event == "insert" for rule in relation.rules)
        or any(t.row_level and t.timing != "after" for t in relation.triggers)
    )


def _inserts_at_most_one(catalog: Catalog, query: tree.Query) -> bool:
    if query.target_entry is None or query.target_entry.relation is None:
        return False
    if any(rule.event == "insert" for rule in query.target_entry.relation.rules):
        return False
    if query.source is not None:
        return at_most_one_row(catalog, query.source)
    return len(query.insert_rows) <= 1


def _set_operation_at_most_one(catalog: Catalog, operation: tree.SetOperation) -> bool:
    def single(side: tree.SetOperation | tree.Query) -> bool:
        if isinstance(side, tree.SetOperation):
            return _set_operation_at_most_one(catalog, side)
        return at_most_one_row(catalog, side)

    if operation.op == "except":
        return single(operation.left)
    if operation.op == "intersect":
        return single(operation.left) or single(operation.right)
    return False


@dataclass(frozen=True, slots=True)
class _Equality:
    """`column = other`, for a column of an entry; the entries `other` refers to."""

    entry: int
    number: int
    depends_on: frozenset[int]


def _single_rows(catalog: Catalog, query: tree.Query) -> bool:
    """Whether every entry of FROM contributes at most one row: each has a unique key whose columns
    all equal something fixed, or something of an entry that already contributes at most one."""
    leaves: list[tuple[tree.RangeTableEntry, tuple[_Equality, ...]]] = []
    own = frozenset(_entry_ids(query))
    everywhere = tuple(_equalities(query.where, own))
    for node in query.from_nodes:
        if not _collect(node, everywhere, own, leaves):
            return False
    fixed: set[int] = set()
    waiting = leaves
    while waiting:
        left = [
            (entry, equal) for entry, equal in waiting if not _fixed(catalog, entry, equal, fixed)
        ]
        if len(left) == len(waiting):
            return False
        fixed.update(id(entry) for entry, _ in waiting)
        fixed.difference_update(id(entry) for entry, _ in left)
        waiting = left
    return bool(leaves)


def _entry_ids(query: tree.Query) -> Iterator[int]:
    for entry in query.entries:
        yield id(entry)
    for node in query.from_nodes:
        yield from (id(leaf.entry) for leaf in _leaves(node))


def _leaves(node: tree.FromNode) -> Iterator[tree.FromLeaf]:
    if isinstance(node, tree.FromLeaf):
        yield node
        return
    yield from _leaves(node.left)
    yield from _leaves(node.right)


def _collect(
    node: tree.FromNode,
    usable: tuple[_Equality, ...],
    own: frozenset[int],
    leaves: list[tuple[tree.RangeTableEntry, tuple[_Equality, ...]]],
) -> bool:
    """List the leaves under `node` with the equalities that hold of each. False for FULL JOIN,
    which can add rows of either side."""
    if isinstance(node, tree.FromLeaf):
        leaves.append((node.entry, usable))
        return True
    if node.kind == "full":
        return False
    here = tuple(_equalities(node.condition, own))
    # An outer join's condition does not restrict the side it preserves.
    for_left = usable if node.kind == "left" else usable + here
    for_right = usable if node.kind == "right" else usable + here
    return _collect(node.left, for_left, own, leaves) and _collect(
        node.right, for_right, own, leaves
    )


def _equalities(condition: tree.Expr | None, own: frozenset[int]) -> Iterator[_Equality]:
    if isinstance(condition, tree.BoolExpr) and condition.op == "and":
        for arg in condition.args:
            yield from _equalities(arg, own)
    if not isinstance(condition, tree.OpCall) or condition.kind != "plain":
        return
    if condition.operator.name != "=" or not condition.operator.mergeable:
        return
    for this, other in (condition.args, condition.args[::-1]):
        column = _bare_column(this)
        if column is not None and (depends := _dependencies(other, own)) is not None:
            yield _Equality(id(column.entry), column.number, depends)


def _bare_column(expr: tree.Expr) -> tree.Var | None:
    """A column, also under a conversion that leaves its bytes and so its uniqueness alone."""
    while isinstance(expr, tree.Cast) and expr.method == "binary":
        expr = expr.operand
    return expr if isinstance(expr, tree.Var) and expr.number > 0 else None


def _dependencies(expr: tree.Expr, own: frozenset[int]) -> frozenset[int] | None:
    """The entries of this query that the expression refers to; None where it is not fixed by them
    (a volatile call, a subquery over who knows what)."""
    if isinstance(expr, tree.Var):
        return frozenset({id(expr.entry)} & own)
    if isinstance(expr, (tree.Const, tree.Param, tree.SqlValue)):
        return frozenset()
    if isinstance(expr, (tree.Cast, tree.Collate)):
        return _dependencies(expr.operand, own)
    if isinstance(expr, tree.Coalesce):
        return _all_dependencies(expr.args, own)
    if isinstance(expr, tree.FuncCall) and expr.function.volatility != "volatile":
        return _all_dependencies(expr.args, own)
    if isinstance(expr, tree.OpCall):
        return _all_dependencies(expr.args, own)
    if isinstance(expr, tree.SubLink) and expr.kind == "scalar":
        # Its value is the same for every row unless it is correlated; then it has no fixed value.
        return None if _correlated(expr.query, own) else frozenset()
    return None


def _correlated(query: tree.Query, own: frozenset[int]) -> bool:
    return any(isinstance(part, tree.Var) and id(part.entry) in own for part in walk(query))


def _all_dependencies(exprs: Iterable[tree.Expr], own: frozenset[int]) -> frozenset[int] | None:
    found: set[int] = set()
    for expr in exprs:
        depends = _dependencies(expr, own)
        if depends is None:
            return None
        found |= depends
    return frozenset(found)


def _fixed(
    catalog: Catalog,
    entry: tree.RangeTableEntry,
    equalities: tuple[_Equality, ...],
    fixed: Collection[int],
) -> bool:
    """Whether the entry contributes at most one row, given entries that already do."""
    if _single_by_itself(catalog, entry):
        return True
    numbers = {
        item.number
        for item in equalities
        if item.entry == id(entry) and item.depends_on <= set(fixed)
    }
    return any(key <= numbers for key in _unique_keys(catalog, entry))


def _single_by_itself(catalog: Catalog, entry: tree.RangeTableEntry) -> bool:
    if entry.kind == "subquery" and entry.subquery is not None:
        return at_most_one_row(catalog, entry.subquery)
    if entry.kind == "cte" and (query := _cte_query(entry)) is not None:
        return at_most_one_row(catalog, query)
    if entry.kind == "values":
        return len(entry.values) == 1
    if entry.kind == "function":
        return not any(_returns_set(item.call) for item in entry.functions)
    return entry.kind == "result"


def _unique_keys(catalog: Catalog, entry: tree.RangeTableEntry) -> Iterator[frozenset[int]]:
    """Sets of column numbers no two rows of the entry share."""
    if entry.kind == "relation" and entry.relation is not None:
        if entry.only or not _has_inheritors(catalog, entry.relation):
            yield from _relation_keys(entry.relation)
        return
    query = entry.subquery if entry.kind == "subquery" else _cte_query(entry)
    if query is not None and query.command == "select" and query.set_operation is None:
        yield from _query_keys(query)


def _relation_keys(relation: Relation) -> Iterator[frozenset[int]]:
    numbers = {column.name: column.number for column in relation.columns}
    for constraint in relation.constraints:
        if _proves_uniqueness(constraint):
            yield frozenset(numbers[name] for name in constraint.columns if name in numbers)


def _proves_uniqueness(constraint: Constraint) -> bool:
    return (
        constraint.kind in ("primary key", "unique")
        and bool(constraint.columns)
        and not (constraint.partial or constraint.expressions or constraint.deferrable)
    )


def _has_inheritors(catalog: Catalog, relation: Relation) -> bool:
    """Unique keys of a table do not reach tables that inherit from it; partitions do share them."""
    return relation.kind != "partitioned table" and any(
        relation.oid in other.parents for other in catalog.relations()
    )


def _query_keys(query: tree.Query) -> Iterator[frozenset[int]]:
    """The grouping keys of a grouped subquery, or all columns of a distinct one."""
    output = query.output
    if query.distinct and not query.distinct_on:
        yield frozenset(range(1, len(output) + 1))
    if query.group_by and not query.grouping_sets and not query.has_set_returning:
        shown = {key_of(target.expr): at for at, target in enumerate(output, 1)}
        keys = [shown.get(key_of(expr)) for expr in query.group_by]
        if all(key is not None for key in keys):
            yield frozenset(key for key in keys if key is not None)
