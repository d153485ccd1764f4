"""Verdicts on what comes out: columns of range table entries, of subqueries, CTEs and views."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from sqlwright.analysis import tree
from sqlwright.analysis.nullability.ground.keys import NOTHING, Facts, var_key
from sqlwright.analysis.nullability.ground.scopes import Nulling, Scope, span_of
from sqlwright.analysis.nullability.ground.verdicts import Verdict, maybe, never
from sqlwright.analysis.nullability.logic.evidence import kept_rows
from sqlwright.analysis.nullability.logic.query_scopes import open_scope
from sqlwright.analysis.nullability.rules import calls
from sqlwright.analysis.nullability.sources import writes
from sqlwright.analysis.nullability.sources.matches import finds_parent, is_rechecked, proofs
from sqlwright.analysis.nullability.sources.tables import table_column
from sqlwright.analysis.premises.current import current_relation
from sqlwright.analysis.tree.from_items import entries_of
from sqlwright.catalog.model import Relation
from sqlwright.dataclass import replace
from sqlwright.source import SourceFile

if TYPE_CHECKING:
    from sqlwright.analysis.nullability.judge import Judge

Columns = tuple[Verdict, ...]
Numbers = frozenset[int]
"""Of output columns, counted from 1."""

NO_NUMBERS: Numbers = frozenset()

_PRESERVED = {"left": "right side of LEFT JOIN", "right": "left side of RIGHT JOIN"}


class Outputs:
    """Judges whole queries for one `Judge`. A query is judged once for the scope around it."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        # The scope is kept with its verdicts, so that its identity is not given to another.
        self._done: dict[tuple[int, int, Numbers], tuple[Scope, Columns]] = {}
        self._views: dict[tuple[int, Numbers, bool], Columns] = {}
        self._assumed: dict[int, Columns] = {}
        # What was found under the present assumptions on recursive queries.
        self._provisional: dict[tuple[int, int, Numbers], tuple[Scope, Columns]] = {}
        self._outside: dict[SourceFile | None, Scope] = {}

    def of_statement(self, query: tree.Query, source: SourceFile) -> tuple[Scope, Columns]:
        """The outermost query: its scope and the verdicts on its output columns."""
        scope = self._scope(query, None, source)
        return scope, self._output(query, scope)

    def of_query(self, query: tree.Query, around: Scope, given: Numbers = NO_NUMBERS) -> Columns:
        """The output columns of a subquery that stands in the scope `around`, in rows where the
        columns `given` are not NULL."""
        memo = (id(query), id(around), given)
        done = self._provisional if self._assumed else self._done
        if memo not in done:
            scope = self._scope(query, around, around.source, given)
            done[memo] = around, self._output(query, scope, given)
        return done[memo][1]

    def inside(self, query: tree.Query, around: Scope) -> Scope:
        """The scope of the expressions of a subquery that stands in the scope `around`."""
        return self._scope(query, around, around.source)

    def of_view_query(
        self, query: tree.Query, given: Numbers = NO_NUMBERS, *, rechecked: bool = False
    ) -> Columns:
        """The output columns of a query that is stored in the schema, not written in this text."""
        scope = self._scope(query, None, None, given, rechecked=rechecked)
        return self._output(query, scope, given)

    def surely_one_row(self, query: tree.Query, around: Scope) -> bool:
        """Whether a subquery yields exactly one row whatever the data."""
        return self._judge.rows.surely_one_row(query) or finds_parent(self._judge, query, around)

    def column(self, expr: tree.Var, scope: Scope) -> Verdict:
        """A reference to a column: what the entry holds, and the joins that may null it."""
        owner = scope.owner(expr.entry)
        if owner is None:
            return maybe("a column of a query not in sight", span_of(expr, scope))
        if expr.entry is owner.query.target_entry:
            return writes.target_column(self._judge, expr, owner)
        if expr.entry.is_excluded and expr.number > 0:
            return writes.excluded_column(self._judge, expr, owner)
        for nulling in self._nulling(expr.entry, owner, scope):
            return maybe(_null_side(nulling.join.kind), span_of(nulling.join, owner))
        if writes.source_may_be_absent(owner.query, expr.entry):
            return maybe("the source row of MERGE is absent WHEN NOT MATCHED BY SOURCE")
        found = self.entry_column(expr.entry, expr.number, owner)
        kept = None if found.nullable else kept_rows(self._judge.logic, owner, expr.entry)
        if kept is None:
            return found
        return replace(found, reason=replace(kept, because=(*kept.because, found.reason)))

    def may_be_absent(self, entry: tree.RangeTableEntry, scope: Scope) -> bool:
        """Whether the entry may have no row for a row of the query, all its columns NULL."""
        return any(self._nulling(entry, scope, scope)) or writes.source_may_be_absent(
            scope.query, entry
        )

    def _nulling(
        self, entry: tree.RangeTableEntry, owner: Scope, scope: Scope
    ) -> Iterator[Nulling]:
        """The joins that may have extended the entry with NULLs in a row that `scope` sees."""
        for nulling in owner.nullings.get(id(entry), ()):
            if not _is_present(entry, nulling, scope):
                yield nulling

    def entry_column(self, entry: tree.RangeTableEntry, number: int, owner: Scope) -> Verdict:
        """A column of an entry by itself, joins left aside; `number` 0 is the whole row."""
        if number <= 0:
            return never("a row, or a system column")
        by_kind: dict[str, Callable[[tree.RangeTableEntry, int, Scope], Verdict]] = {
            "relation": self._relation_column,
            "subquery": self._subquery_column,
            "values": self._values_column,
            "cte": self._cte_column,
            "join": self._merged_column,
            "function": self._function_column,
            "xmltable": self._table_column,
            "jsontable": self._table_column,
        }
        rule = by_kind.get(entry.kind)
        return rule(entry, number, owner) if rule else maybe("nothing is known of this column")

    def of_view(
        self, relation: Relation, given: Numbers = NO_NUMBERS, *, rechecked: bool = False
    ) -> Columns:
        """The columns of a view, judged from its stored query; `rechecked` where what reads it
        locks or writes its rows."""
        memo = (relation.oid, given, rechecked)
        if memo not in self._views:
            query = relation.stored
            if isinstance(query, tree.Query):
                self._views[memo] = self.of_view_query(query, given, rechecked=rechecked)
            else:
                unknown = maybe("a system view promises nothing")
                self._views[memo] = tuple(unknown for _ in relation.columns)
        return self._views[memo]

    def open(
        self,
        query: tree.Query,
        parent: Scope | None,
        source: SourceFile | None,
        given: Facts = NOTHING,
        *,
        rechecked: bool = False,
    ) -> Scope:
        """The scope of a query, with what is known of relations apart from its conditions."""
        rechecked = rechecked or is_rechecked(self._judge, query, parent)
        known = proofs(self._judge, query, rechecked=rechecked)
        return open_scope(
            self._judge.logic, query, parent, source, given, known, rechecked=rechecked
        )

    def _scope(
        self,
        query: tree.Query,
        parent: Scope | None,
        source: SourceFile | None,
        given: Numbers = NO_NUMBERS,
        *,
        rechecked: bool = False,
    ) -> Scope:
        facts = self._given_facts(query, given)
        if _is_row_by_row(query):
            scope = self.open(query, parent, source, facts, rechecked=rechecked)
        else:
            # They speak of the row or group that came out, not of those it was made of.
            scope = self.open(query, parent, source, rechecked=rechecked)
            scope = replace(scope, assumed=scope.assumed | facts)
        return writes.returning_scope(self._judge.catalog, scope)

    def _output(self, query: tree.Query, scope: Scope, given: Numbers = NO_NUMBERS) -> Columns:
        if query.set_operation is not None:
            return self._set_operation(query.set_operation, scope, given)
        if query.values:
            return tuple(
                self._alternatives([row[at] for row in query.values], scope)
                for at in range(len(query.values[0]))
            )
        return tuple(self._judge.verdict(target.expr, scope) for target in query.output)

    def _set_operation(
        self, operation: tree.SetOperation, scope: Scope, given: Numbers = NO_NUMBERS
    ) -> Columns:
        left, right = (
            self._set_operation(side, scope, given)
            if isinstance(side, tree.SetOperation)
            else self.of_query(side, scope, given)
            for side in (operation.left, operation.right)
        )
        if operation.op == "except":
            return left
        if len(left) != len(right):
            return tuple(maybe("nothing is known of this column") for _ in operation.types)
        pick = _either if operation.op == "union" else _both
        return tuple(pick(a, b) for a, b in zip(left, right, strict=True))

    def _alternatives(self, exprs: Sequence[tree.Expr], scope: Scope) -> Verdict:
        found = self._judge.verdicts(exprs, scope)
        nullable = next((item for item in found if item.nullable), found[0])
        return nullable.with_elements(any(item.elements for item in found))

    def _relation_column(self, entry: tree.RangeTableEntry, number: int, owner: Scope) -> Verdict:
        relation = current_relation(self._judge.catalog, entry)
        if relation is None or relation.kind not in ("view", "materialized view"):
            source = entry.columns[number - 1].source
            generated = source is not None and source.generated is not None
            known = _given(entry, owner) if generated else NO_NUMBERS
            return table_column(self._judge, entry, number, known)
        materialized = relation.kind == "materialized view"
        given = NO_NUMBERS if materialized else self._given_of_view(entry, relation, owner)
        columns = self.of_view(relation, given, rechecked=owner.rechecked)
        source = entry.columns[number - 1].source
        at = next((i for i, each in enumerate(relation.columns) if each.number == number), None)
        if source is None or at is None or at >= len(columns):
            return maybe("nothing is known of this column")
        column, found = relation.columns[at], columns[at]
        if materialized and not found.nullable and "value" not in (column.lasting or ()):
            found = maybe("the view may hold rows from before", column.declared, found)
        if materialized and "elements" not in (column.lasting or ()):
            found = found.with_elements(True)
        shown = maybe if found.nullable else never
        text = f"column {relation.name}.{column.name} of the view"
        return shown(text, column.declared, found).with_elements(found.elements)

    def _subquery_column(self, entry: tree.RangeTableEntry, number: int, owner: Scope) -> Verdict:
        if entry.subquery is None:
            return maybe("nothing is known of this subquery")
        return self.of_query(entry.subquery, owner, _given(entry, owner))[number - 1]

    def _given_of_view(
        self, entry: tree.RangeTableEntry, relation: Relation, owner: Scope
    ) -> Numbers:
        """The columns of a view's query that are not NULL in the rows in question."""
        sources = {entry.columns[at - 1].source for at in _given(entry, owner)}
        numbers = {source.number for source in sources if source is not None}
        return frozenset(
            at for at, column in enumerate(relation.columns, 1) if column.number in numbers
        )

    def _given_facts(self, query: tree.Query, given: Numbers) -> Facts:
        """What output columns that are not NULL say of what they are made of."""
        if not given or query.command != "select" or query.set_operation or query.values:
            return NOTHING
        logic = self._judge.logic
        output = query.output
        return NOTHING.union(
            *(logic.strict_keys(output[at - 1].expr) for at in given if at <= len(output))
        )

    def _values_column(self, entry: tree.RangeTableEntry, number: int, owner: Scope) -> Verdict:
        return self._alternatives([row[number - 1] for row in entry.values], owner)

    def _cte_column(self, entry: tree.RangeTableEntry, number: int, owner: Scope) -> Verdict:
        if entry.cte is None or entry.cte.query is None:
            return maybe("nothing is known of this query")
        columns = self._of_cte(entry.cte, entry.cte.query, owner, _given(entry, owner))
        if number > len(columns):
            return self._search_column(entry.cte, number, owner)
        return columns[number - 1]

    def _search_column(self, cte: tree.CommonTable, number: int, owner: Scope) -> Verdict:
        """A column that SEARCH or CYCLE adds; the mark, last but one, is one of two values."""
        if cte.mark_values and number == len(cte.columns) - 1:
            return self._alternatives(cte.mark_values, owner)
        return never("a SEARCH or CYCLE column")

    def _of_cte(
        self, cte: tree.CommonTable, query: tree.Query, owner: Scope, given: Numbers
    ) -> Columns:
        if id(cte) in self._assumed:
            return self._assumed[id(cte)]
        around = owner.level(cte.depth).parent or self._nothing_around(owner.source)
        operation = query.set_operation
        if not cte.recursive or operation is None:
            return self.of_query(query, around, given)
        return self._fixpoint(cte, operation, self._scope(query, around, around.source))

    def _fixpoint(
        self, cte: tree.CommonTable, operation: tree.SetOperation, scope: Scope
    ) -> Columns:
        """Start from the non-recursive term; a column the recursive term can make NULL becomes
        nullable, until nothing changes."""
        first = operation.left
        self._assume(cte, ())
        try:
            current = (
                self.of_query(first, scope)
                if isinstance(first, tree.Query)
                else self._set_operation(first, scope)
            )
            while True:
                self._assume(cte, current)
                after = self._set_operation(operation, scope)
                if _flags(after) == _flags(current):
                    return after
                current = after
        finally:
            del self._assumed[id(cte)]
            self._provisional = {}

    def _assume(self, cte: tree.CommonTable, columns: Columns) -> None:
        self._assumed[id(cte)] = columns
        self._provisional = {}

    def _nothing_around(self, source: SourceFile | None) -> Scope:
        """A scope that offers nothing, for a query whose surroundings it cannot refer to."""
        if source not in self._outside:
            query = tree.Query(command="utility", depth=-1)
            self._outside[source] = Scope(query=query, parent=None, source=source)
        return self._outside[source]

    def _merged_column(self, entry: tree.RangeTableEntry, number: int, owner: Scope) -> Verdict:
        """A column of a named join, or one that USING merged. FULL JOIN has a row of one side at
        least, whose column it then is."""
        expr = entry.join_vars[number - 1]
        if entry.join_kind == "full" and isinstance(expr, tree.Coalesce):
            before = _before_join(entry, owner)
            sides = self._judge.verdicts(expr.args, before)
            if not any(side.nullable for side in sides):
                return never("FULL JOIN has one side at least", None, *sides)
        return self._judge.verdict(expr, owner)

    def _function_column(self, entry: tree.RangeTableEntry, number: int, owner: Scope) -> Verdict:
        total = sum(item.columns for item in entry.functions)
        if entry.ordinality and number == total + 1:
            return never("WITH ORDINALITY counts the rows")
        if len(entry.functions) != 1:
            return maybe("functions side by side in FROM are padded with NULL")
        only = entry.functions[0]
        call = only.call.call if isinstance(only.call, tree.SetReturning) else only.call
        if only.columns != 1 or self._judge.catalog.is_composite(call.type):
            known = calls.field_of(self._judge, call, number, only.columns, owner)
            return known or maybe("columns of a function's result have no NOT NULL constraint")
        if isinstance(call, tree.FuncCall) and call.function.returns_set:
            return calls.row_of(self._judge, call, owner, None)
        return self._judge.verdict(call, owner)

    def _table_column(self, entry: tree.RangeTableEntry, number: int, owner: Scope) -> Verdict:
        if number > len(entry.table_columns):
            return maybe("nothing is known of this column")
        column = entry.table_columns[number - 1]
        if column.kind == "ordinality" and not column.nested:
            return never("FOR ORDINALITY counts the rows")
        if column.kind == "exists" and column.not_null and not column.nested:
            return never("EXISTS finds something or nothing")
        if column.kind != "exists" and column.not_null:
            return never("declared NOT NULL, which is checked at run time")
        return maybe("the path may find nothing")


def _is_row_by_row(query: tree.Query) -> bool:
    """Whether each row that comes out is made of one row of FROM."""
    grouped = query.group_by or query.grouping_sets or query.has_aggregates or query.having
    return not grouped and not query.windows


def _given(entry: tree.RangeTableEntry, owner: Scope) -> Numbers:
    """The columns of an entry that are not NULL in the rows in question."""
    numbers = range(1, len(entry.columns) + 1)
    return frozenset(at for at in numbers if owner.knows_itself(var_key(entry, at)))


def _either(left: Verdict, right: Verdict) -> Verdict:
    found = right if right.nullable and not left.nullable else left
    return found.with_elements(left.elements or right.elements)


def _both(left: Verdict, right: Verdict) -> Verdict:
    found = right if left.nullable and not right.nullable else left
    return found.with_elements(left.elements and right.elements)


def _null_side(kind: str) -> str:
    return _PRESERVED.get(kind, "side of FULL JOIN")


def _is_present(entry: tree.RangeTableEntry, nulling: Nulling, scope: Scope) -> bool:
    """Whether the row in question is known not to be one that the join extended with NULLs."""
    side = nulling.join.left if nulling.side == "left" else nulling.join.right
    inside = (entry, *entries_of(side))
    return any(scope.knows(var_key(each, 0)) for each in inside)


def _before_join(entry: tree.RangeTableEntry, scope: Scope) -> Scope:
    """The scope in which a join has not nulled either side, nor asked for its condition."""
    nullings = {
        key: tuple(each for each in found if each.join.entry is not entry)
        for key, found in scope.nullings.items()
    }
    return replace(scope, nullings=nullings, plain=True)


def _flags(columns: Columns) -> list[tuple[bool, bool]]:
    return [(item.nullable, item.elements) for item in columns]
