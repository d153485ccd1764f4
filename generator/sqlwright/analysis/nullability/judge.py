"""Whether an expression can be NULL: one rule per kind of expression.

Every rule is sound by itself: it says NOT NULL only where that follows from PostgreSQL's semantics
and the facts of the scope. Whatever has no rule is nullable.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, Literal, TypeVar

from sqlwright.analysis import proof_rules, tree
from sqlwright.analysis.facts import Reason
from sqlwright.analysis.nullability.contradictions.conditions import passed
from sqlwright.analysis.nullability.contradictions.search import contradiction, why_never_here
from sqlwright.analysis.nullability.ground.keys import grouped_key
from sqlwright.analysis.nullability.ground.scopes import Scope, span_of
from sqlwright.analysis.nullability.ground.verdicts import Verdict, maybe
from sqlwright.analysis.nullability.judging import rule_for
from sqlwright.analysis.nullability.logic.evidence import evidence
from sqlwright.analysis.nullability.logic.outcomes import TRUE
from sqlwright.analysis.nullability.logic.predicates import Logic
from sqlwright.analysis.nullability.rules import (
    aggregates,
    arrays,
    calls,
    conditionals,
    conversions,
    json_and_xml,
    operators,
    subqueries,
    values,
    windows,
)
from sqlwright.analysis.nullability.sources import columns
from sqlwright.analysis.nullability.sources.outputs import Found, QueryOutputs
from sqlwright.analysis.premises.array_elements import (
    condition_forbids_null_elements,
    type_forbids_null_elements,
)
from sqlwright.analysis.row_counts.cardinality import Cardinality
from sqlwright.catalog.catalog import Catalog
from sqlwright.dataclass import dataclass, field, replace

_A = TypeVar("_A")

_Elements = Literal["never", "perhaps", "none"]
"""Whether elements of a type's values are NULL: never, perhaps, or it has none."""

TOPICS = (
    aggregates,
    arrays,
    calls,
    columns,
    conditionals,
    conversions,
    json_and_xml,
    operators,
    subqueries,
    values,
    windows,
)
"""The modules whose rules are in force: imported here, they are known to `judging`."""


@dataclass(slots=True, eq=False)
class CatalogJudge:
    """`judging.Judge` over one catalog. What it has found of types and scopes it keeps."""

    catalog: Catalog
    optional: Collection[int]
    calling: frozenset[int] = frozenset()
    holding: Collection[int] = ()
    amid_writes: bool = False
    writes: bool = False
    level: Collection[int] = ()
    logic: Logic = field(init=False)
    rows: Cardinality = field(init=False)
    _found: Found = field(default_factory=Found)
    _plain: dict[int, tuple[Scope, Scope]] = field(default_factory=dict)
    _elements: dict[int, _Elements] = field(default_factory=dict)
    # What was asked about is kept with the answer, so that its identity is not given to another.
    _answers: dict[tuple[int, object], tuple[object, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.logic = Logic(self.catalog)
        self.rows = Cardinality(self.catalog)

    @property
    def outputs(self) -> QueryOutputs:
        """Whole queries, by what has been found of them."""
        return QueryOutputs(self, self._found)

    def verdict(self, expr: tree.Expr, scope: Scope) -> Verdict:
        """Whether the expression, evaluated in the scope, can be NULL, and elements of an array."""
        found = self._verdict(expr, scope)
        if found.elements:
            whole = self._elements.get(expr.type)
            if whole is None:
                whole = self._elements[expr.type] = _elements_of_type(self.catalog, expr.type)
            if whole == "never" or (whole == "perhaps" and self._is_found_whole(expr, scope)):
                return found.with_elements(False)
        return found

    def _is_found_whole(self, expr: tree.Expr, scope: Scope) -> bool:
        """Whether a condition has let through only arrays without NULL among their elements."""
        if not isinstance(expr, tree.Var):
            return False
        key = self.logic.keys.of(expr)

        def is_this(other: tree.Expr) -> bool:
            return self.logic.keys.of(other) == key

        return key is not None and any(
            each.outcomes == TRUE and condition_forbids_null_elements(each.expr, is_this)
            for each in passed(self, scope)
        )

    def verdicts(self, exprs: Collection[tree.Expr], scope: Scope) -> list[Verdict]:
        """One verdict each."""
        return [self.verdict(expr, scope) for expr in exprs]

    def _verdict(self, expr: tree.Expr, scope: Scope) -> Verdict:
        if scope.leaves_out(expr):
            key = self.logic.keys.of(expr)
            if key is None or not (scope.knows(key) or scope.knows(grouped_key(key))):
                return maybe("a grouping set leaves this key out", span_of(expr, scope))
        found = rule_for(type(expr))(self, expr, scope)
        if found.nullable:
            key = self.logic.keys.of(expr)
            if key is not None and scope.knows(key):
                return _narrowed(evidence(self.logic, scope, key), found)
            ground = contradiction(self, expr, scope)
            if ground is not None:
                return _narrowed(ground, found)
        return found

    def why_never_here(self, scope: Scope) -> Reason | None:
        """Why no row comes to where a scope stands, as in a branch of CASE; None if one may."""
        return why_never_here(self, scope)

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

    def once(
        self, about: tree.RangeTableEntry | Scope, question: object, answer: Callable[[], _A]
    ) -> _A:
        """The answer to a question about a scope, or about an entry if it follows from the catalog
        alone, worked out when it is asked for the first time."""
        memo = id(about), question
        known = self._answers.get(memo)
        if known is None:
            known = self._answers[memo] = about, answer()
        found: _A = known[1]
        return found

    def for_body(
        self, function: int, query: tree.Query, optional: Collection[int], holding: Collection[int]
    ) -> CatalogJudge:
        """The judge of a function's body, whose parameters are as they are given."""
        return CatalogJudge(
            self.catalog,
            optional,
            calling=self.calling | {function},
            holding=holding,
            amid_writes=self.amid_writes or self.writes,
            writes=query.writes,
        )


def _elements_of_type(catalog: Catalog, oid: int) -> _Elements:
    return catalog.memo.once(("null elements", oid), _new_elements, catalog, oid)


def _new_elements(catalog: Catalog, oid: int) -> _Elements:
    if type_forbids_null_elements(catalog, oid):
        return "never"
    return "perhaps" if catalog.base_element_type(oid) else "none"


def _narrowed(ground: Reason | None, found: Verdict) -> Verdict:
    """A value that could be NULL by itself, but not in the rows that a condition lets through."""
    reason = ground or Reason("a condition lets no NULL through", rule=proof_rules.PASSED)
    return Verdict(False, replace(reason, because=(found.reason,)), found.elements)
