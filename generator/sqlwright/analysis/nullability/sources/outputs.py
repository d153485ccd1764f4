"""Verdicts on what comes out: columns of range table entries, of subqueries, CTEs and views."""

from __future__ import annotations

from collections.abc import Callable

from sqlwright.analysis import tree
from sqlwright.analysis.nullability.ground.keys import NOTHING, Facts, Key, var_key
from sqlwright.analysis.nullability.ground.scopes import Scope
from sqlwright.analysis.nullability.ground.verdicts import Verdict, maybe
from sqlwright.analysis.nullability.judging import NOTHING_GIVEN, Columns, Given, Judge
from sqlwright.analysis.nullability.logic.query_scopes import open_scope
from sqlwright.analysis.nullability.sources import writes
from sqlwright.analysis.nullability.sources.bodies import columns_of_body
from sqlwright.analysis.nullability.sources.entries import alternatives, entry_column
from sqlwright.analysis.nullability.sources.guards import fills_its_group, is_guarded
from sqlwright.analysis.nullability.sources.matches import finds_parent, is_rechecked, proofs
from sqlwright.analysis.nullability.sources.utilities import shown_columns
from sqlwright.analysis.premises.origins import place_in_output
from sqlwright.analysis.tree.substitution import substituted
from sqlwright.catalog.model import Relation
from sqlwright.dataclass import dataclass, field, replace
from sqlwright.source import SourceFile


@dataclass(slots=True, eq=False)
class Found:
    """What one judge has found of queries. Scopes are kept with their verdicts, so that the
    identity of one is not given to another."""

    done: dict[tuple[int, int, Given], tuple[Scope, Columns]] = field(default_factory=dict)
    views: dict[tuple[int, Given, bool], Columns] = field(default_factory=dict)
    assumed: dict[int, Columns] = field(default_factory=dict)
    # What was found under the present assumptions on recursive queries.
    provisional: dict[tuple[int, int, Given], tuple[Scope, Columns]] = field(default_factory=dict)
    outside: dict[SourceFile | None, Scope] = field(default_factory=dict)
    inside: dict[tuple[int, int], tuple[Scope, Scope]] = field(default_factory=dict)
    nullable: dict[tuple[int, Key], tuple[Scope, bool]] = field(default_factory=dict)


class QueryOutputs:
    """`judging.Outputs` for one judge. A query is judged once for the scope around it.

    The judge does not hold it, only what it has found: in a circle, none of all that would go
    before the collector comes by.
    """

    __slots__ = ("_found", "_judge")

    def __init__(self, judge: Judge, found: Found) -> None:
        self._judge = judge
        self._found = found

    def of_statement(self, query: tree.Query, source: SourceFile) -> tuple[Scope, Columns]:
        """The outermost query: its scope and the verdicts on its output columns."""
        scope = self._scope(query, None, source)
        return scope, self._output(query, scope)

    def of_query(self, query: tree.Query, around: Scope, given: Given = NOTHING_GIVEN) -> Columns:
        """The output columns of a subquery that stands in the scope `around`, in rows of which is
        known what is `given`."""
        return self._once(
            (id(query), id(around), given),
            around,
            lambda: self._output(query, self._scope(query, around, around.source, given), given),
        )

    def _once(
        self, memo: tuple[int, int, Given], around: Scope, judged: Callable[[], Columns]
    ) -> Columns:
        done = self._found.provisional if self._found.assumed else self._found.done
        if memo not in done:
            found = judged()
            # What is assumed may have changed on the way, and then is again as it was.
            done = self._found.provisional if self._found.assumed else self._found.done
            done[memo] = around, found
        return done[memo][1]

    def inside(self, query: tree.Query, around: Scope) -> Scope:
        """The scope of the expressions of a subquery that stands in the scope `around`."""
        if self._found.assumed:
            return self._scope(query, around, around.source)
        memo = id(query), id(around)
        if memo not in self._found.inside:
            self._found.inside[memo] = around, self._scope(query, around, around.source)
        return self._found.inside[memo][1]

    def of_view_query(
        self, query: tree.Query, given: Given = NOTHING_GIVEN, *, rechecked: bool = False
    ) -> Columns:
        """The output columns of a query that is stored in the schema, not written in this text."""
        scope = self._scope(query, None, None, given, rechecked=rechecked)
        return self._output(query, scope, given)

    def surely_one_row(self, query: tree.Query, around: Scope) -> bool:
        """Whether a subquery yields one row whatever the data; more are an error."""
        judge = self._judge
        found = judge.rows.surely_one_row(query) or finds_parent(judge, query, around)
        return found or is_guarded(judge, query, around)

    def of_body(self, call: tree.FuncCall, scope: Scope) -> Columns | None:
        """What the body of a function yields for the arguments of a call."""
        return columns_of_body(self._judge, call, scope)

    def is_there(self, expr: tree.Expr, plain: Scope) -> bool:
        """Whether an expression is not NULL in a scope without proofs by contradiction, as those
        that are made ask of the same columns over and over."""
        if not isinstance(expr, tree.Var):
            return not self._judge.verdict(expr, plain).nullable
        memo = id(plain), var_key(expr.entry, expr.number, expr.returning)
        if memo not in self._found.nullable:
            self._found.nullable[memo] = plain, self._judge.verdict(expr, plain).nullable
        return not self._found.nullable[memo][1]

    def entry_column(self, entry: tree.RangeTableEntry, number: int, owner: Scope) -> Verdict:
        """A column of an entry by itself, joins left aside; `number` 0 is the whole row."""
        return entry_column(self._judge, entry, number, owner)

    def of_view(
        self, relation: Relation, given: Given = NOTHING_GIVEN, *, rechecked: bool = False
    ) -> Columns:
        """The columns of a view, judged from its stored query; `rechecked` where what reads it
        locks or writes its rows."""
        memo = (relation.oid, given, rechecked)
        if memo not in self._found.views:
            query = relation.stored
            if isinstance(query, tree.Query):
                self._found.views[memo] = self.of_view_query(query, given, rechecked=rechecked)
            else:
                unknown = maybe("a system view promises nothing")
                self._found.views[memo] = tuple(unknown for _ in relation.columns)
        return self._found.views[memo]

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
        given: Given = NOTHING_GIVEN,
        *,
        rechecked: bool = False,
    ) -> Scope:
        met = self._met(query, given)
        facts = self._given_facts(query, given).union(*map(self._judge.logic.true_facts, met))
        if _is_row_by_row(query):
            scope = self.open(query, parent, source, facts, rechecked=rechecked)
        else:
            # They speak of the row or group that came out, not of those it was made of.
            scope = self.open(query, parent, source, rechecked=rechecked)
            scope = replace(scope, assumed=scope.assumed | facts)
        if met:
            scope = replace(scope, met=met)
        if scope.empty_group and parent is not None and fills_its_group(self._judge, query, parent):
            scope = replace(scope, empty_group=False)
        return writes.returning_scope(self._judge, scope)

    def _output(self, query: tree.Query, scope: Scope, given: Given = NOTHING_GIVEN) -> Columns:
        if query.command == "utility":
            return shown_columns(query)
        if query.set_operation is not None:
            return self._set_operation(query.set_operation, scope, given)
        if query.values:
            return tuple(
                alternatives(self._judge, [row[at] for row in query.values], scope)
                for at in range(len(query.values[0]))
            )
        return tuple([self._judge.verdict(target.expr, scope) for target in query.output])

    def _set_operation(
        self, operation: tree.SetOperation, scope: Scope, given: Given = NOTHING_GIVEN
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

    def _given_facts(self, query: tree.Query, given: Given) -> Facts:
        """What output columns that are not NULL say of what they are made of."""
        if not given.numbers or not _selects(query):
            return NOTHING
        logic = self._judge.logic
        output = query.output
        return NOTHING.union(
            *(logic.strict_keys(output[at - 1].expr) for at in given.numbers if at <= len(output))
        )

    def _met(self, query: tree.Query, given: Given) -> tuple[tree.Expr, ...]:
        """The conditions that the rows in question meet, as conditions of the query."""
        entry, catalog = given.entry, self._judge.catalog
        if entry is None or not _selects(query):
            return ()

        def shown(var: tree.Var) -> tree.Expr | None:
            at = place_in_output(catalog, entry, var.number)
            known = at is not None and 0 <= at < len(query.output)
            return query.output[at].expr if known and at is not None else None

        found = (substituted(each, shown) for each in given.conditions)
        return tuple(each for each in found if each is not None)

    def of_cte(
        self, cte: tree.CommonTable, query: tree.Query, owner: Scope, given: Given
    ) -> Columns:
        if id(cte) in self._found.assumed:
            return self._found.assumed[id(cte)]
        around = owner.level(cte.depth).parent or self._nothing_around(owner.source)
        operation = query.set_operation
        if not cte.recursive or operation is None:
            return self.of_query(query, around, given)
        return self._once(
            (id(cte), id(around), NOTHING_GIVEN),
            around,
            lambda: self._fixpoint(cte, operation, self._scope(query, around, around.source)),
        )

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
            del self._found.assumed[id(cte)]
            self._forget()

    def _assume(self, cte: tree.CommonTable, columns: Columns) -> None:
        self._found.assumed[id(cte)] = columns
        self._forget()

    def _forget(self) -> None:
        self._found.provisional = {}
        self._found.nullable = {}

    def _nothing_around(self, source: SourceFile | None) -> Scope:
        """A scope that offers nothing, for a query whose surroundings it cannot refer to."""
        if source not in self._found.outside:
            query = tree.Query(command="utility", depth=-1)
            self._found.outside[source] = Scope(query=query, parent=None, source=source)
        return self._found.outside[source]


def _selects(query: tree.Query) -> bool:
    """Whether a query has a select list of its own."""
    return query.command == "select" and not query.set_operation and not query.values


def _is_row_by_row(query: tree.Query) -> bool:
    """Whether each row that comes out is made of one row of FROM."""
    grouped = query.group_by or query.grouping_sets or query.has_aggregates or query.having
    return not grouped and not query.windows


def _either(left: Verdict, right: Verdict) -> Verdict:
    found = right if right.nullable and not left.nullable else left
    return found.with_elements(left.elements or right.elements)


def _both(left: Verdict, right: Verdict) -> Verdict:
    found = right if left.nullable and not right.nullable else left
    return found.with_elements(left.elements and right.elements)


def _flags(columns: Columns) -> list[tuple[bool, bool]]:
    return [(item.nullable, item.elements) for item in columns]
