"""What NULL would do where a parameter stands: it may have a use of its own, be refused, or do
nothing but leave rows out.

The table in docs/queries.md is the rule. Each place hands its word down to the parameters that its
value is made of: through casts, COALESCE, CASE, subqueries, CTEs and VALUES, and through operations
that are strict, as far as NULL comes out of them too.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any

from sqlwright.analysis import tree
from sqlwright.analysis.facts import Reason
from sqlwright.analysis.inputs.null_takers import is_strict, null_for_null_alone, takes_null
from sqlwright.analysis.inputs.places import base_column, column_refuses_null
from sqlwright.analysis.inputs.value_sources import may_be_given, outputs, sources
from sqlwright.analysis.inputs.words_on_null import (
    NullUse,
    Place,
    asked,
    asking_for_value,
    decided,
    in_stead,
    perhaps,
    taken,
)
from sqlwright.analysis.nullability import constraints_refusing
from sqlwright.analysis.tree.traversal import Part, parts_but_columns, walk
from sqlwright.catalog import oids
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.model import Function, Relation
from sqlwright.dataclass import dataclass, field, replace


def null_uses(
    catalog: Catalog,
    parts: Iterable[Part],
    cast: Collection[int] = (),
    calling: frozenset[int] = frozenset(),
) -> dict[int, list[NullUse]]:
    """The uses of NULL as the value of each parameter of a query, of which these are all the parts
    but columns, by number, those of each in the order of the tree. `cast` are the offsets of uses
    that a cast is written on, `calling` the functions whose bodies are being looked at."""
    flow = _Flow(catalog, cast, calling)
    flow.follow(parts)
    return {number: list(uses) for number, uses in flow.found.items()}


_Step = tuple[object, Place]


@dataclass(slots=True)
class _Flow:
    catalog: Catalog
    cast: Collection[int]
    calling: frozenset[int]
    found: dict[int, dict[NullUse, None]] = field(default_factory=dict)
    _seen: set[tuple[int, Place]] = field(default_factory=set)
    _proposed: dict[int, tree.Query] = field(default_factory=dict)
    _extended: set[int] = field(default_factory=set)
    _refusing: dict[int, Callable[[tree.TargetAssignment], Reason | None]] = field(
        default_factory=dict
    )

    def follow(self, parts: Iterable[Part]) -> None:
        """Hand down what each part says by itself of the values below it."""
        for part in parts:
            kind = type(part)
            # Most are plain operations, which have no word of their own.
            if kind not in _SPEAKING or (kind is tree.OpCall and part.kind == "plain"):  # type: ignore[union-attr]
                continue
            step = id(part), None
            if step not in self._seen:
                self._seen.add(step)
                self._hand_down(_RULES[kind](self, part, None))

    def _hand_down(self, steps: Iterable[_Step]) -> None:
        """Follow each word down to the parameters; where there is none, NULL has no use."""
        waiting = _with_words(steps)
        while waiting:
            part, place = waiting.pop()
            kind = type(part)
            if kind is tree.Param:
                self._reached(part, place)  # type: ignore[arg-type]
            elif kind in _RULES and (step := (id(part), place)) not in self._seen:
                self._seen.add(step)
                waiting += _with_words(_RULES[kind](self, part, place))

    def _reached(self, parameter: tree.Param, place: Place) -> None:
        if place is not None:
            written = parameter.start in self.cast
            word = asking_for_value(place) if written else place
            self.found.setdefault(parameter.number, {})[word] = None

    def _query(self, query: tree.Query, place: Place) -> Iterator[_Step]:
        self._note_joins(query)
        return self._written(query)

    def _null_test(self, test: tree.NullTest, place: Place) -> Iterable[_Step]:
        if test.row:
            return ()
        said = "IS NOT NULL" if test.negated else "IS NULL"
        return ((test.operand, asked(test, f"{said} asks for it")),)

    def _boolean_test(self, test: tree.BooleanTest, place: Place) -> Iterable[_Step]:
        if test.value != "unknown":
            return ()
        return ((test.operand, asked(test, "IS UNKNOWN asks for it")),)

    def _logic(self, expr: tree.BoolExpr, place: Place) -> Iterator[_Step]:
        if expr.op != "and" or not any(map(self._tests_row, expr.args)):
            return
        # `parent IS NULL AND $1 IS NULL` looks for a NULL as for any other value.
        for test in expr.args:
            if isinstance(test, tree.NullTest) and not test.negated and not test.row:
                self._seen.add((id(test), None))
                for each, own in self._null_test(test, None):
                    yield each, own and replace(own, left_out=False)

    def _operation(self, call: tree.OpCall, place: Place) -> Iterable[_Step]:
        args = call.args
        if call.kind == "distinct" and len(args) == 2:
            left, right = args
            return (left, self._told_apart(call, right)), (right, self._told_apart(call, left))
        if call.kind != "plain":
            return ()
        function = self.catalog.get_function(call.operator.function)
        return [(arg, self._through(place, function, args, arg)) for arg in args]

    def _json(self, made: tree.JsonConstructor, place: Place) -> Iterable[_Step]:
        if made.op not in ("object", "array"):
            return ()
        word = taken(made, "a JSON constructor") if place is not None else None
        return [(arg, word) for arg in made.args]

    def _converted(self, cast: tree.Cast, place: Place) -> Iterable[_Step]:
        return ((cast.operand, self._cast(cast, place)),)

    def _collated(self, expr: tree.Collate, place: Place) -> Iterable[_Step]:
        return ((expr.operand, place),)

    def _coalesced(self, expr: tree.Coalesce, place: Place) -> Iterator[_Step]:
        *first, last = expr.args
        for each in first:
            yield each, asked(expr, "COALESCE has another value for it")
        yield last, in_stead(place) if first else place

    def _subquery(self, link: tree.SubLink, place: Place) -> Iterator[_Step]:
        if link.kind == "scalar":
            yield from ((each, place) for each in outputs(link.query, 1))

    def _of_row(self, value: tree.RecordPlaceholder, place: Place) -> Iterator[_Step]:
        yield from ((each, place) for each in outputs(value.sublink.query, value.number))

    def _case(self, case: tree.Case, place: Place) -> Iterator[_Step]:
        results = [branch.result for branch in case.branches] + [case.default]
        conditions = [case.operand, *(branch.condition for branch in case.branches)]
        by_call = not any(map(_reads_row, conditions)) and any(map(_is_column, results))
        yield from ((result, perhaps(place, left_out=by_call)) for result in results)

    # Places

    def _written(self, query: tree.Query) -> Iterator[_Step]:
        entry = query.target_entry
        if entry is None or entry.relation is None:
            return
        relation, conflict = entry.relation, query.on_conflict
        if conflict is not None and conflict.excluded is not None:
            self._proposed[id(conflict.excluded)] = query
        inserts = query.command == "insert"
        for at, item in enumerate(query.assignments):
            values = [row[at] for row in query.insert_rows if at < len(row)] or [item.value]
            given = [value for value in values if may_be_given(value)]
            if given:
                place = self._checked(query, item, self._column(relation, item, inserts=inserts))
                yield from ((value, place) for value in given)
        for item in conflict.assignments if conflict is not None else ():
            yield item.value, self._column(relation, item, inserts=False)
        for branch in query.merge_branches:
            for item in branch.assignments:
                inserts = branch.action == "insert"
                yield item.value, self._column(relation, item, inserts=inserts)

    def _column(
        self, relation: Relation, item: tree.TargetAssignment, *, inserts: bool
    ) -> NullUse | None:
        """A new row may do without a value; what an UPDATE writes takes the place of another."""
        if not item.whole:
            return None
        shown = f"it is assigned to column {item.column.name} of {relation.name}"
        base, column = base_column(self.catalog, relation, item.column)
        if column_refuses_null(self.catalog, base, column):
            return NullUse("refused", f"{shown}, which is NOT NULL", column.declared)
        return NullUse("stored", f"{shown}, which may be NULL", column.declared, left_out=inserts)

    def _checked(self, query: tree.Query, item: tree.TargetAssignment, place: Place) -> Place:
        """The place, which a CHECK may keep from NULL together with what else is written."""
        if place is None or place.effect != "stored":
            return place
        if id(query) not in self._refusing:
            self._refusing[id(query)] = constraints_refusing(self.catalog, query)
        found = self._refusing[id(query)](item)
        return place if found is None else NullUse("refused", found.text, found.span)

    def _told_apart(self, test: tree.Expr, other: tree.Expr) -> NullUse | None:
        """IS DISTINCT FROM tells NULL from values, which is of use beside what may be NULL."""
        while isinstance(other, tree.Cast | tree.Collate):
            other = other.operand
        if isinstance(other, tree.Const) or self._is_full_column(other):
            return None
        return asked(test, "IS DISTINCT FROM takes it as a value", left_out=False)

    def _is_full_column(self, expr: tree.Expr) -> bool:
        if not isinstance(expr, tree.Var) or expr.number <= 0 or expr.entry.relation is None:
            return False
        source = expr.entry.columns[expr.number - 1].source
        relation = self.catalog.get_relation(expr.entry.relation.oid)
        return (
            source is not None
            and relation is not None
            and relation.kind != "foreign table"
            and id(expr.entry) not in self._extended
            and column_refuses_null(self.catalog, *base_column(self.catalog, relation, source))
        )

    def _tests_row(self, expr: tree.Expr) -> bool:
        if not isinstance(expr, tree.NullTest) or expr.negated:
            return False
        operand = expr.operand
        while isinstance(operand, tree.Cast | tree.Collate):
            operand = operand.operand
        return isinstance(operand, tree.Var) and not any(sources(operand, {}))

    # The way down

    def _cast(self, cast: tree.Cast, place: Place) -> Place:
        """A cast to a domain that is NOT NULL refuses; one that is written asks for a value."""
        if self.catalog.forbids_null(cast.type):
            shown = self.catalog.display_type(cast.type)
            return NullUse("refused", f"type {shown} lets no NULL in")
        if cast.function is not None and not cast.function.strict:
            return None
        return asking_for_value(place) if cast.explicit and place is not None else place

    def _called(self, call: tree.FuncCall, place: Place) -> Iterator[_Step]:
        if call.syntax in ("cast", "implicit") and call.args:
            yield call.args[0], place
            return
        strict = is_strict(self.catalog, call)
        for at, arg in enumerate(call.args):
            if strict:
                yield arg, self._through(place, call.function, call.args, arg)
            else:
                yield arg, self._argument(call, at, place)

    def _argument(self, call: tree.FuncCall, at: int, place: Place) -> NullUse | None:
        """NULL as an argument; `null` in a JSON document is of use where that is stored."""
        function = self.catalog.get_function(call.function.oid) or call.function
        position = call.positions[at] if at < len(call.positions) else at
        body = function.stored
        if not isinstance(body, tree.Query):
            takes = takes_null(self.catalog, call, position)
            if not takes or (function.result in (oids.JSON, oids.JSONB) and place is None):
                return None
            return taken(call, f"{function.name}()")
        if function.oid in self.calling:
            return None
        uses = null_uses(self.catalog, parts_but_columns(body), (), self.calling | {function.oid})
        use = decided(uses.get(position + 1, ()))
        if use is None:
            return None
        where = (call.start, call.end) if call.start >= 0 else None
        return replace(use, text=f"in {function.name}(), {use.text}", place=where)

    def _through(
        self, place: Place, function: Function | None, args: Sequence[tree.Expr], arg: tree.Expr
    ) -> Place:
        """Of NULL a strict operation makes NULL: an error where that is one, and of use where NULL
        is asked for and nothing else makes the operation NULL."""
        if place is None or place.effect in ("stored", "given") or function is None:
            return None
        if not (self.catalog.get_function(function.oid) or function).strict:
            return None
        if place.effect == "refused":
            return place
        others = [each for each in args if each is not arg]
        alone = all(isinstance(each, tree.Const) and each.value is not None for each in others)
        return place if alone and null_for_null_alone(self.catalog, function.oid) else None

    def _shown(self, var: tree.Var, place: Place) -> Iterator[_Step]:
        """What a column of FROM is made of; not where an outer join may put NULL in its place."""
        if place is None or id(var.entry) in self._extended:
            return
        for source, as_element in sources(var, self._proposed):
            if not as_element:
                again = id(var.entry) in self._proposed and place.effect == "stored"
                yield source, replace(place, left_out=False) if again else place

    def _note_joins(self, query: tree.Query) -> None:
        waiting: list[tuple[tree.FromNode, bool]] = [(node, False) for node in query.from_nodes]
        while waiting:
            node, extended = waiting.pop()
            if isinstance(node, tree.FromLeaf):
                if extended:
                    self._extended.add(id(node.entry))
            else:
                waiting.append((node.left, extended or node.kind in ("right", "full")))
                waiting.append((node.right, extended or node.kind in ("left", "full")))


_RULES: dict[type, Callable[[_Flow, Any, Place], Iterable[_Step]]] = {
    tree.Query: _Flow._query,
    tree.Var: _Flow._shown,
    tree.NullTest: _Flow._null_test,
    tree.BooleanTest: _Flow._boolean_test,
    tree.BoolExpr: _Flow._logic,
    tree.OpCall: _Flow._operation,
    tree.JsonConstructor: _Flow._json,
    tree.Cast: _Flow._converted,
    tree.FuncCall: _Flow._called,
    tree.Collate: _Flow._collated,
    tree.Coalesce: _Flow._coalesced,
    tree.Case: _Flow._case,
    tree.SubLink: _Flow._subquery,
    tree.RecordPlaceholder: _Flow._of_row,
}
"""What the parts of a kind hand on to those below. Through the other kinds no value goes on."""

_SPEAKING = frozenset(
    (
        tree.Query,
        tree.NullTest,
        tree.BooleanTest,
        tree.BoolExpr,
        tree.OpCall,
        tree.Cast,
        tree.FuncCall,
        tree.Coalesce,
    )
)
"""The kinds that may have a word where their own place has none."""


def _with_words(steps: Iterable[_Step]) -> list[_Step]:
    """Those steps that have a word, the last first: so they wait to be taken from the end."""
    found = [step for step in steps if step[1] is not None]
    found.reverse()
    return found


def _reads_row(expr: tree.Expr | None) -> bool:
    return expr is not None and any(isinstance(part, tree.Var) for part in walk(expr))


def _is_column(expr: tree.Expr | None) -> bool:
    while isinstance(expr, tree.Cast | tree.Collate):
        expr = expr.operand
    return isinstance(expr, tree.Var)
