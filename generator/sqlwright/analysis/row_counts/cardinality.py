"""How many rows a query can yield, as far as it can be proved.

`exactly-one` and `at-most-one` hold whatever the data; `many` means that nothing smaller could be
proved, `none` that the statement returns no rows at all.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlwright.analysis import tree
from sqlwright.analysis.facts import Reason, RowCount
from sqlwright.analysis.premises.interception import (
    every_row_stays,
    has_instead_of,
    returns_own_rows,
)
from sqlwright.analysis.row_counts.alternatives import exclude_each_other
from sqlwright.analysis.row_counts.limits import (
    all_pass,
    limited_to_one,
    one_by_form,
    one_by_form_when_stored,
)
from sqlwright.analysis.row_counts.pushing import of_each_row
from sqlwright.analysis.row_counts.reasons import why_at_most_one, why_many, why_one
from sqlwright.analysis.row_counts.uniqueness import (
    Conditions,
    item_is_single,
    single_group,
    single_rows,
)
from sqlwright.analysis.tree.from_items import entries_of
from sqlwright.analysis.tree.traversal import returns_set
from sqlwright.catalog import oids
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.identity import is_function
from sqlwright.dataclass import dataclass, field, replace
from sqlwright.source import SourceFile, Span


@dataclass(frozen=True, slots=True)
class RowsProof:
    """A row count with its reason."""

    rows: RowCount
    reason: Reason


@dataclass(slots=True, eq=False)
class Cardinality:
    """The proofs over one catalog. What is found of a query is kept, with the query, so that its
    identity is not given to another. `one_row` is a function in FROM that is taken to give one
    row."""

    catalog: Catalog
    one_row: tree.RangeTableEntry | None = None
    _found: dict[tuple[str, int], tuple[tree.Query, bool]] = field(default_factory=dict)

    def row_count(self, query: tree.Query, source: SourceFile) -> RowsProof:
        """Prove as much as can be of the rows a client receives from the statement."""
        span = Span(source, query.start, query.end) if query.start >= 0 else None
        if not query.output:
            return RowsProof("none", Reason("the statement returns no rows", span))
        if self.surely_one_row(query):
            rule, text = why_one(query)
            return RowsProof("exactly-one", Reason(text, span, rule=rule))
        if self.at_most_one_row(query):
            rule, text = why_at_most_one(query)
            return RowsProof("at-most-one", Reason(text, span, rule=rule))
        return RowsProof("many", Reason(why_many(query), span))

    def surely_one_row(self, query: tree.Query) -> bool:
        """Whether the query yields exactly one row whatever the data."""
        return self._kept("exactly", query, self._decide_one)

    def at_most_one_row(self, query: tree.Query, given: Conditions = ()) -> bool:
        """Whether no more than one row comes out of the query whatever the data, made of rows that
        meet the conditions `given` as well."""
        if given:
            return self.at_most_one_row(query) or self._decide_at_most(query, given)
        return self._kept("at most", query, self._decide_at_most)

    def item_has_a_row(self, node: tree.FromNode) -> bool:
        """Whether an item of FROM yields one row at least, whatever the data."""
        if isinstance(node, tree.FromJoin):
            if node.kind in ("left", "full") and self.item_has_a_row(node.left):
                return True
            if node.kind in ("right", "full") and self.item_has_a_row(node.right):
                return True
            return (
                _is_true(node.condition)
                and self.item_has_a_row(node.left)
                and self.item_has_a_row(node.right)
            )
        entry = node.entry
        if entry.kind in ("subquery", "cte"):
            return self._finds_a_row(entry)
        if entry.kind == "function":
            some = any(_gives_a_row(item.call) for item in entry.functions)
            return some or entry is self.one_row
        return entry.kind in ("values", "result")

    def has_a_row(self, query: tree.Query) -> bool:
        """Whether the query yields one row at least, whatever the data."""
        return self._kept("some", query, self._decide_some)

    def _kept(self, what: str, query: tree.Query, decide: Callable[[tree.Query], bool]) -> bool:
        key = (what, id(query))
        if key not in self._found:
            self._found[key] = query, decide(query)
        return self._found[key][1]

    def _decide_one(self, query: tree.Query) -> bool:
        if query.command == "insert":
            return self._inserts_one(query)
        if query.command == "merge":
            return self._merges_one(query)
        if query.command == "utility":
            return _shows_one_row(query)
        if one_by_form(query):
            return True
        if query.command != "select" or query.set_operation is not None or not all_pass(query):
            return False
        if query.values or query.has_set_returning or query.having is not None:
            return False
        if query.group_by or query.grouping_sets:
            return False
        return query.where is None and all(self._one_row(node) for node in query.from_nodes)

    def _decide_some(self, query: tree.Query) -> bool:
        if self.surely_one_row(query):
            return True
        if query.command != "select" or not all_pass(query):
            return False
        if query.set_operation is not None:
            return query.set_operation.op == "union" and self._side_has_a_row(query.set_operation)
        if query.values:
            return True
        if query.has_set_returning or query.having is not None or not _is_true(query.where):
            return False
        return all(map(self.item_has_a_row, query.from_nodes))

    def _side_has_a_row(self, side: tree.SetOperation | tree.Query) -> bool:
        if isinstance(side, tree.Query):
            return self.has_a_row(side)
        if side.op != "union":
            return False
        return self._side_has_a_row(side.left) or self._side_has_a_row(side.right)

    def _finds_a_row(self, entry: tree.RangeTableEntry) -> bool:
        """A recursive query has the rows of its first term."""
        query = entry.subquery if entry.kind == "subquery" else None
        if entry.cte is not None:
            query = entry.cte.query
        if query is None:
            return False
        if entry.cte is not None and entry.cte.recursive and query.set_operation is not None:
            return all_pass(query) and self._side_has_a_row(query.set_operation.left)
        return self.has_a_row(query)

    def _decide_at_most(self, query: tree.Query, given: Conditions = ()) -> bool:
        if self.surely_one_row(query) or limited_to_one(query):
            return True
        if query.set_operation is not None:
            return self._set_operation_at_most_one(query.set_operation)
        if query.command == "insert":
            return self._inserts_at_most_one(query)
        if query.command in ("update", "delete"):
            return self._changes_at_most_one(query)
        if query.command == "merge":
            return self._merges_at_most_one(query)
        if query.command != "select" or query.has_set_returning:
            return False
        if query.values:
            return len(query.values) <= 1
        if query.grouping_sets:
            return query.grouping_sets == ((),)
        if self._is_one_group(query, given):
            return True
        if not query.group_by and (query.has_aggregates or query.having is not None):
            return True
        return single_rows(
            self.catalog, query, self.at_most_one_row, given=given, one_row=self.one_row
        )

    def _is_one_group(self, query: tree.Query, given: Conditions) -> bool:
        """Whether the rows that come in agree in what they are grouped by, or made distinct in."""
        output = tuple(target.expr for target in query.output)
        keys = query.group_by or query.distinct_on or (output if query.distinct else ())
        if query.group_by:
            given = (*given, *of_each_row(query.having))
        return bool(keys) and single_group(
            self.catalog, query, keys, self.at_most_one_row, given, self.one_row
        )

    def _one_row(self, node: tree.FromNode) -> bool:
        """Whether an item of FROM yields exactly one row."""
        if isinstance(node, tree.FromLeaf):
            return self._entry_is_one_row(node.entry)
        if node.kind == "inner":
            return (
                _is_true(node.condition) and self._one_row(node.left) and self._one_row(node.right)
            )
        if node.kind == "full":
            return False
        kept, other = (node.left, node.right) if node.kind == "left" else (node.right, node.left)
        if not self._one_row(kept):
            return False
        fixed = {id(entry) for entry in entries_of(kept)}
        return item_is_single(self.catalog, other, node.condition, fixed, self.at_most_one_row)

    def _entry_is_one_row(self, entry: tree.RangeTableEntry) -> bool:
        query = _query_of(entry)
        if query is not None:
            return self.surely_one_row(query)
        if entry.kind == "values":
            return len(entry.values) == 1
        if entry.kind == "function":
            one = not any(returns_set(item.call) for item in entry.functions)
            return one or entry is self.one_row
        if entry.relation is not None:
            relation = self.catalog.get_relation(entry.relation.oid)
            if relation is None or not isinstance(relation.stored, tree.Query):
                return False
            if relation.kind == "view":
                return self.surely_one_row(relation.stored)
            return one_by_form_when_stored(relation) and not entry.sampled
        return entry.kind == "result"

    def _inserts_one(self, query: tree.Query) -> bool:
        conflict = query.on_conflict
        if conflict is not None and (conflict.action == "nothing" or conflict.where is not None):
            return False
        if not every_row_stays(self.catalog, query):
            return False
        if query.source is not None:
            return self.surely_one_row(query.source)
        return len(query.insert_rows) <= 1 and not _multiplies(query)

    def _inserts_at_most_one(self, query: tree.Query) -> bool:
        if query.target_entry is None or not returns_own_rows(self.catalog, query, "insert"):
            return False
        if query.source is not None:
            return self.at_most_one_row(query.source)
        return len(query.insert_rows) <= 1 and not _multiplies(query)

    def _changes_at_most_one(self, query: tree.Query) -> bool:
        """A row is changed once, however many rows of FROM match it: the target alone counts. A
        trigger of a view is called for each match."""
        target = query.target_entry
        if target is None or not returns_own_rows(self.catalog, query, query.command):
            return False
        if query.from_nodes and has_instead_of(self.catalog, target):
            return False
        return single_rows(
            self.catalog, query, self.at_most_one_row, only=target, one_row=self.one_row
        )

    def _merges_at_most_one(self, query: tree.Query) -> bool:
        """One row of the source, which matches one row of the target or none."""
        target = query.target_entry
        if target is None or query.where is not None:
            return False
        acting = {each.match for each in query.merge_branches if each.action != "nothing"}
        if "not matched by source" in acting or has_instead_of(self.catalog, target):
            return False
        source = replace(query, target_entry=None)
        if not single_rows(self.catalog, source, self.at_most_one_row, one_row=self.one_row):
            return False
        if "matched" not in acting:
            return True
        joined = replace(source, where=query.merge_on)
        return single_rows(
            self.catalog, joined, self.at_most_one_row, only=target, one_row=self.one_row
        )

    def _merges_one(self, query: tree.Query) -> bool:
        """One row of the source, with which something is done whether it has a match or not."""
        if not every_row_stays(self.catalog, query):
            return False
        for match in ("matched", "not matched by target"):
            branches = [each for each in query.merge_branches if each.match == match]
            if any(each.action == "nothing" for each in branches):
                return False
            if all(each.condition is not None for each in branches):
                return False
        return all(map(self._one_row, query.from_nodes)) and self._merges_at_most_one(query)

    def _set_operation_at_most_one(self, operation: tree.SetOperation) -> bool:
        def single(side: tree.SetOperation | tree.Query) -> bool:
            if isinstance(side, tree.SetOperation):
                return self._set_operation_at_most_one(side)
            return self.at_most_one_row(side)

        if operation.op == "except":
            return single(operation.left)
        if operation.op == "intersect":
            return single(operation.left) or single(operation.right)
        left, right = operation.left, operation.right
        if isinstance(left, tree.SetOperation) or isinstance(right, tree.SetOperation):
            return False
        return single(left) and single(right) and exclude_each_other(self.catalog, left, right)


def _shows_one_row(query: tree.Query) -> bool:
    """Whether a utility statement shows one row: SHOW of one setting, EXPLAIN as a document of JSON
    or XML, CALL of a procedure with parameters for output."""
    if not query.targets:
        return False
    if query.utility == "EXPLAIN":
        return query.targets[0].expr.type in (oids.JSON, oids.XML)
    return query.utility == "CALL" or (query.utility == "SHOW" and len(query.targets) == 1)


def _is_true(condition: tree.Expr | None) -> bool:
    if condition is None:
        return True
    return isinstance(condition, tree.Const) and (condition.value or "f").startswith("t")


def _query_of(entry: tree.RangeTableEntry) -> tree.Query | None:
    """The query an entry stands for; None for a recursive one, which is not its query alone."""
    if entry.kind == "cte" and entry.cte is not None and not entry.cte.recursive:
        return entry.cte.query
    return entry.subquery if entry.kind == "subquery" else None


def _gives_a_row(call: tree.Expr) -> bool:
    """Whether a function in FROM gives a row in any case: one that returns no set, the elements of
    an array that is written out, a series of numbers that does not go down."""
    inner = call.call if isinstance(call, tree.SetReturning) else call
    if not returns_set(inner):
        return True
    if not isinstance(inner, tree.FuncCall):
        return False
    if is_function(inner.function, "unnest"):
        (array, *others) = inner.args
        return (
            isinstance(array, tree.ArrayExpr)
            and not others
            and not array.multidimensional
            and bool(array.items)
        )
    if is_function(inner.function, "generate_series") and len(inner.args) == 2:
        ends = [each.value for each in inner.args if isinstance(each, tree.Const)]
        numbers = [int(each) for each in ends if each is not None and each.isdecimal()]
        return len(numbers) == 2 and numbers[0] <= numbers[1]
    return False


def _multiplies(query: tree.Query) -> bool:
    """A set-returning call in VALUES gives several rows."""
    return any(returns_set(value) for row in query.insert_rows for value in row)
