"""Whether an expression can be NULL: one rule per kind of expression.

Every rule is sound by itself: it says NOT NULL only where that follows from PostgreSQL's semantics
and the facts of the scope. Whatever has no rule is nullable.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING, Any

from sqlwright.analysis import tree
from sqlwright.analysis.facts import Reason
from sqlwright.analysis.nullability.contradictions.search import contradiction
from sqlwright.analysis.nullability.ground.keys import grouped_key
from sqlwright.analysis.nullability.ground.scopes import Scope, span_of
from sqlwright.analysis.nullability.ground.verdicts import (
    Verdict,
    all_of,
    any_of,
    branches,
    maybe,
    never,
)
from sqlwright.analysis.nullability.logic.constants import is_null
from sqlwright.analysis.nullability.logic.evidence import evidence
from sqlwright.analysis.nullability.logic.outcomes import FALSE, NOT_TRUE, TRUE
from sqlwright.analysis.nullability.logic.predicates import Logic
from sqlwright.analysis.nullability.rules import aggregates, arrays, calls, json_and_xml, windows
from sqlwright.analysis.premises.array_elements import type_forbids_null_elements
from sqlwright.analysis.premises.current import current_function
from sqlwright.analysis.row_counts.cardinality import Cardinality
from sqlwright.catalog.catalog import Catalog
from sqlwright.dataclass import dataclass, field, replace

if TYPE_CHECKING:
    from sqlwright.analysis.nullability.sources.outputs import Outputs

Rule = Callable[["Judge", Any, Scope], Verdict]


@dataclass(slots=True, eq=False)
class Judge:
    """The rules over one catalog. `optional` are the numbers of the parameters that may be NULL,
    `holding` of those whose arrays may hold NULL; `outputs` judges whole queries, for subqueries;
    `calling` are the functions whose bodies are being judged; `amid_writes` that they are called
    by a statement that writes, and `writes` that the statement at hand does."""

    catalog: Catalog
    optional: Collection[int]
    calling: frozenset[int] = frozenset()
    holding: Collection[int] = ()
    amid_writes: bool = False
    writes: bool = False
    logic: Logic = field(init=False)
    rows: Cardinality = field(init=False)
    outputs: Outputs = field(init=False)
    _plain: dict[int, tuple[Scope, Scope]] = field(default_factory=dict)
    _whole: dict[int, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        from sqlwright.analysis.nullability.sources.outputs import Outputs

        self.logic = Logic(self.catalog)
        self.rows = Cardinality(self.catalog)
        self.outputs = Outputs(self)

    def verdict(self, expr: tree.Expr, scope: Scope) -> Verdict:
        """Whether the expression, evaluated in the scope, can be NULL, and elements of an array."""
        found = self._verdict(expr, scope)
        if found.elements and self._has_whole_elements(expr.type):
            return found.with_elements(False)
        return found

    def _has_whole_elements(self, oid: int) -> bool:
        if oid not in self._whole:
            self._whole[oid] = type_forbids_null_elements(self.catalog, oid)
        return self._whole[oid]

    def _verdict(self, expr: tree.Expr, scope: Scope) -> Verdict:
        rule = _RULES.get(type(expr), _unknown)
        if scope.leaves_out(expr):
            key = self.logic.keys.of(expr)
            if key is None or not (scope.knows(key) or scope.knows(grouped_key(key))):
                return maybe("a grouping set leaves this key out", span_of(expr, scope))
        found = rule(self, expr, scope)
        if found.nullable:
            key = self.logic.keys.of(expr)
            if key is not None and scope.knows(key):
                return narrowed(evidence(self.logic, scope, key), found)
            ground = contradiction(self, expr, scope)
            if ground is not None:
                return narrowed(ground, found)
        return found

    def plain(self, scope: Scope) -> Scope:
        """The scope, and those around it, without proofs by contradiction: what is made use of in
        one must not rest on the next."""
        if scope.plain:
            return scope
        if id(scope) not in self._plain:
            parent = None if scope.parent is None else self.plain(scope.parent)
            # The scope is kept with its copy, so that its identity is not given to another.
            self._plain[id(scope)] = scope, replace(scope, plain=True, parent=parent)
        return self._plain[id(scope)][1]

    def verdicts(self, exprs: Collection[tree.Expr], scope: Scope) -> list[Verdict]:
        """One verdict each."""
        return [self.verdict(expr, scope) for expr in exprs]


def narrowed(ground: Reason | None, found: Verdict) -> Verdict:
    """A value that could be NULL by itself, but not in the rows that a condition lets through."""
    reason = ground or Reason("a condition lets no NULL through")
    return Verdict(False, replace(reason, because=(found.reason,)), found.elements)


def _var(judge: Judge, expr: tree.Var, scope: Scope) -> Verdict:
    return judge.outputs.column(expr, scope)


def _const(_: Judge, expr: tree.Const, scope: Scope) -> Verdict:
    if expr.value is None:
        return maybe("the constant NULL", span_of(expr, scope)).with_elements(False)
    return never("a constant", span_of(expr, scope)).with_elements(_array_text_has_null(expr.value))


def _array_text_has_null(value: str) -> bool:
    """Whether the text of an array constant may hold a NULL item."""
    return "null" in value.lower()


def _param(judge: Judge, expr: tree.Param, scope: Scope) -> Verdict:
    elements = expr.number in judge.holding
    if expr.number in judge.optional:
        return maybe("the parameter may be None", span_of(expr, scope)).with_elements(elements)
    return never("the parameter is required", span_of(expr, scope)).with_elements(elements)


def _always(text: str) -> Rule:
    def rule(_: Judge, expr: tree.Expr, scope: Scope) -> Verdict:
        return never(text, span_of(expr, scope))

    return rule


def _perhaps(text: str) -> Rule:
    def rule(_: Judge, expr: tree.Expr, scope: Scope) -> Verdict:
        return maybe(text, span_of(expr, scope))

    return rule


def _sql_value(_: Judge, expr: tree.SqlValue, scope: Scope) -> Verdict:
    if expr.name == "current_schema":
        return maybe("current_schema is NULL when the search path is empty", span_of(expr, scope))
    return never(f"{expr.name} always has a value", span_of(expr, scope))


def _placeholder(judge: Judge, expr: tree.RecordPlaceholder, scope: Scope) -> Verdict:
    return maybe("a subquery that finds no row assigns NULL", span_of(expr, scope))


def _cast(judge: Judge, expr: tree.Cast, scope: Scope) -> Verdict:
    operand = judge.verdict(expr.operand, scope)
    span = span_of(expr, scope)
    if expr.function is not None and expr.method == "function":
        if calls.may_return_null(judge.catalog, expr.function.oid):
            return maybe("this cast turns some values into NULL", span)
        if calls.gives_null_for_infinity(judge, expr.function.oid, expr.operand, scope):
            return maybe("this cast turns infinity into NULL", span)
        if not current_function(judge.catalog, expr.function).strict:
            return maybe("this cast is not strict", span)
    if judge.catalog.forbids_null(expr.type) and not judge.catalog.forbids_null(expr.operand.type):
        # NULL is refused as the value is converted; one that is of the type already is not asked.
        return never("a cast to a domain that is NOT NULL", span).with_elements(operand.elements)
    if operand.nullable:
        return maybe("a cast of NULL is NULL", span, operand).with_elements(operand.elements)
    return never("a cast of a value that is not NULL", span, operand).with_elements(
        _cast_elements(judge, expr, operand, scope)
    )


def _cast_elements(judge: Judge, expr: tree.Cast, operand: Verdict, scope: Scope) -> bool:
    """Text may spell an array with NULLs; a conversion of elements may yield them."""
    if expr.method == "io":
        return True
    converter = expr.function if expr.method == "array" else None
    if converter is not None and (
        calls.may_return_null(judge.catalog, converter.oid)
        or calls.gives_null_for_infinity(judge, converter.oid, expr.operand, scope)
    ):
        return True
    return operand.elements


def _field(judge: Judge, expr: tree.FieldSelect, scope: Scope) -> Verdict:
    if isinstance(expr.operand, tree.RowExpr) and expr.number <= len(expr.operand.items):
        return judge.verdict(expr.operand.items[expr.number - 1], scope)
    return maybe("a field of a composite value has no NOT NULL constraint", span_of(expr, scope))


def _collate(judge: Judge, expr: tree.Collate, scope: Scope) -> Verdict:
    return judge.verdict(expr.operand, scope)


def _logic(judge: Judge, expr: tree.BoolExpr, scope: Scope) -> Verdict:
    """NULL only if an operand is while none decides: `x IS NOT NULL AND x > 0` never is, for where
    `x` is NULL the first operand is false."""
    span = span_of(expr, scope)
    decides = "f" if expr.op == "and" else "t"
    for arg in expr.args:
        if expr.op != "not" and isinstance(arg, tree.Const) and (arg.value or "")[:1] == decides:
            return never("an operand decides the outcome", span)
    found = judge.verdicts(expr.args, scope)
    if expr.op == "not" or not any(part.nullable for part in found):
        return all_of(expr.op.upper(), span, found)
    learn = judge.logic.true_facts if expr.op == "and" else judge.logic.false_facts
    undecided = scope
    for arg, part in zip(expr.args, found, strict=True):
        if not part.nullable:
            outcomes = TRUE if expr.op == "and" else FALSE
            undecided = undecided.assuming(learn(arg), arg, outcomes)
    return all_of(expr.op.upper(), span, judge.verdicts(expr.args, undecided))


def _never_taken(condition: tree.Expr) -> bool:
    return isinstance(condition, tree.Const) and (condition.value or "f")[:1] == "f"


def _case(judge: Judge, expr: tree.Case, scope: Scope) -> Verdict:
    found: list[Verdict] = []
    inner = scope
    for branch in expr.branches:
        if _never_taken(branch.condition):
            continue
        condition = branch.condition
        taken = inner.assuming(judge.logic.true_facts(condition), condition, TRUE)
        found.append(judge.verdict(branch.result, taken))
        inner = inner.assuming(_not_true(judge, condition, inner), condition, NOT_TRUE)
    span = span_of(expr, scope)
    if expr.default is None:
        elements = any(each.elements for each in found)
        return maybe("CASE without ELSE", span).with_elements(elements)
    found.append(judge.verdict(expr.default, inner))
    return branches("CASE", span, found)


def _not_true(judge: Judge, condition: tree.Expr, scope: Scope) -> frozenset[Any]:
    """Facts where an earlier branch was not taken: its condition was false, or NULL. Only of a
    condition that is never NULL does that say it was false."""
    if judge.verdict(condition, scope).nullable:
        return frozenset()
    return judge.logic.false_facts(condition)


def _case_test(judge: Judge, expr: tree.CaseTest, scope: Scope) -> Verdict:
    return judge.verdict(expr.operand, scope)


def _coalesce(judge: Judge, expr: tree.Coalesce, scope: Scope) -> Verdict:
    parts: list[Verdict] = []
    for arg in expr.args:
        parts.append(judge.verdict(arg, scope))
        if not parts[-1].nullable:
            break
    found = any_of("COALESCE", span_of(expr, scope), parts)
    return found.with_elements(_some_elements(expr.args, parts))


def _some_elements(exprs: Sequence[tree.Expr], parts: Sequence[Verdict]) -> bool:
    """Whether one of several arrays may hold NULL; one that is NULL itself holds nothing."""
    return any(part.elements for expr, part in zip(exprs, parts, strict=False) if not is_null(expr))


def _min_max(judge: Judge, expr: tree.MinMax, scope: Scope) -> Verdict:
    parts = judge.verdicts(expr.args, scope)
    found = any_of(expr.op.upper(), span_of(expr, scope), parts)
    return found.with_elements(_some_elements(expr.args, parts))


def _row_compare(judge: Judge, expr: tree.RowCompare, scope: Scope) -> Verdict:
    operands = judge.verdicts((*expr.left, *expr.right), scope)
    return all_of("row comparison", span_of(expr, scope), operands)


def _sublink(judge: Judge, expr: tree.SubLink, scope: Scope) -> Verdict:
    span = span_of(expr, scope)
    if expr.kind == "exists":
        return never("EXISTS", span)
    columns = judge.outputs.of_query(expr.query, scope)
    if expr.kind == "array":
        nested = judge.catalog.type(judge.catalog.base_type(expr.query.output[0].expr.type))
        elements = columns[0].elements if nested.is_array else columns[0].nullable
        return never("ARRAY of a subquery", span).with_elements(elements)
    if expr.kind in ("any", "all"):
        return _quantified(judge, expr, scope, columns)
    if not judge.outputs.surely_one_row(expr.query, scope):
        return maybe("the subquery may find no row", span).with_elements(columns[0].elements)
    if expr.kind != "scalar":
        return _quantified(judge, expr, scope, columns)
    found = columns[0]
    shown = maybe if found.nullable else never
    return shown("the subquery always yields one row", span, found).with_elements(found.elements)


def _quantified(
    judge: Judge, expr: tree.SubLink, scope: Scope, columns: tuple[Verdict, ...]
) -> Verdict:
    """Not NULL if every comparison has operands that are not NULL; the subquery's columns stand in
    for their placeholders."""
    span = span_of(expr, scope)
    for column in columns:
        if column.nullable:
            return maybe("the subquery may yield NULL", span, column)
    tests = judge.verdicts(expr.tests, scope)
    return all_of("comparison with a subquery", span, tests)


def _null_if(judge: Judge, expr: tree.OpCall, scope: Scope) -> Verdict:
    if any(map(is_null, expr.args[1:])):
        return judge.verdict(expr.args[0], scope)
    return maybe("NULLIF", span_of(expr, scope)).with_elements(
        judge.verdict(expr.args[0], scope).elements
    )


def _operator(judge: Judge, expr: tree.OpCall, scope: Scope) -> Verdict:
    if expr.kind == "distinct":
        return never("IS DISTINCT FROM", span_of(expr, scope))
    if expr.kind == "nullif":
        return _null_if(judge, expr, scope)
    function = judge.catalog.function(expr.operator.function)
    return calls.call(
        judge, function, expr.args, scope, f"operator {expr.operator.name}", span_of(expr, scope)
    )


def _function(judge: Judge, expr: tree.FuncCall, scope: Scope) -> Verdict:
    return calls.function_call(judge, expr, scope, span_of(expr, scope))


def _set_returning(judge: Judge, expr: tree.SetReturning, scope: Scope) -> Verdict:
    return calls.set_returning(judge, expr, scope)


_unknown = _perhaps("nothing is known of this expression")

_RULES: dict[type[tree.Expr], Rule] = {
    tree.Var: _var,
    tree.Const: _const,
    tree.Param: _param,
    tree.SqlValue: _sql_value,
    tree.SetToDefault: _perhaps("the column's default may be NULL"),
    tree.CurrentOf: _always("WHERE CURRENT OF"),
    tree.MergeAction: _always("merge_action()"),
    tree.RecordPlaceholder: _placeholder,
    tree.FuncCall: _function,
    tree.OpCall: _operator,
    tree.ArrayOp: arrays.array_op,
    tree.Aggregate: aggregates.aggregate,
    tree.WindowCall: windows.window_call,
    tree.Grouping: _always("GROUPING()"),
    tree.SetReturning: _set_returning,
    tree.Cast: _cast,
    tree.FieldSelect: _field,
    tree.Subscript: arrays.subscript,
    tree.Collate: _collate,
    tree.BoolExpr: _logic,
    tree.NullTest: _always("a test for NULL"),
    tree.BooleanTest: _always("a test for truth"),
    tree.CaseTest: _case_test,
    tree.Case: _case,
    tree.Coalesce: _coalesce,
    tree.MinMax: _min_max,
    tree.RowCompare: _row_compare,
    tree.ArrayExpr: arrays.array,
    tree.RowExpr: _always("a row constructor"),
    tree.SubLink: _sublink,
    tree.SubLinkColumn: _always("a row of the subquery"),
    tree.XmlExpr: json_and_xml.xml,
    tree.JsonConstructor: json_and_xml.json_constructor,
    tree.JsonPredicate: json_and_xml.json_predicate,
    tree.JsonQueryExpr: json_and_xml.json_query,
}
