"""What rules and sources ask of the whole, and how a rule is entered.

The value of an expression comes from columns, columns from queries, and queries from expressions.
So that the rooms of one topic each need not import each other in circles, they ask here for what
they do not know themselves; `judge` brings them all together.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, Protocol, TypeVar

from sqlwright.analysis import tree
from sqlwright.analysis.facts import Reason
from sqlwright.analysis.nullability.ground.keys import NOTHING, Facts
from sqlwright.analysis.nullability.ground.scopes import Scope, span_of
from sqlwright.analysis.nullability.ground.verdicts import Verdict, maybe
from sqlwright.analysis.nullability.logic.predicates import Logic
from sqlwright.analysis.row_counts.cardinality import Cardinality
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.model import Relation
from sqlwright.dataclass import dataclass
from sqlwright.source import SourceFile

Rule = Callable[["Judge", Any, Scope], Verdict]
_R = TypeVar("_R", bound=Rule)
_A = TypeVar("_A")

_RULES: dict[type[tree.Expr], Rule] = {}

Columns = tuple[Verdict, ...]
"""Verdicts on the columns that a query yields, in order."""

Numbers = frozenset[int]
"""Of output columns, counted from 1."""


@dataclass(frozen=True, slots=True)
class Given:
    """What is known of the rows in question of a query: output columns that are not NULL, by their
    `numbers`, and `conditions` on the columns of the entry that stands for the query."""

    numbers: Numbers = frozenset()
    conditions: tuple[tree.Expr, ...] = ()
    entry: tree.RangeTableEntry | None = None


NOTHING_GIVEN = Given()


class Judge(Protocol):
    """The rules over one catalog. `optional` are the numbers of the parameters that may be NULL,
    `holding` of those whose arrays may hold NULL; `outputs` judges whole queries, for subqueries;
    `calling` are the functions whose bodies are being judged; `amid_writes` that they are called
    by a statement that writes, and `writes` that the statement at hand does; `level` are the
    numbers of parameters whose arrays have one length."""

    @property
    def catalog(self) -> Catalog: ...
    @property
    def optional(self) -> Collection[int]: ...
    @property
    def holding(self) -> Collection[int]: ...
    @property
    def level(self) -> Collection[int]: ...
    @property
    def calling(self) -> frozenset[int]: ...
    @property
    def amid_writes(self) -> bool: ...
    @property
    def writes(self) -> bool: ...
    @property
    def logic(self) -> Logic: ...
    @property
    def rows(self) -> Cardinality: ...
    @property
    def outputs(self) -> Outputs: ...

    def verdict(self, expr: tree.Expr, scope: Scope) -> Verdict:
        """Whether the expression, evaluated in the scope, can be NULL, and elements of an array."""

    def verdicts(self, exprs: Collection[tree.Expr], scope: Scope) -> list[Verdict]:
        """One verdict each."""

    def why_never_here(self, scope: Scope) -> Reason | None:
        """Why no row comes to where a scope stands, as in a branch of CASE; None if one may."""

    def plain(self, scope: Scope) -> Scope:
        """The scope, and those around it, without proofs by contradiction: what is made use of in
        one must not rest on the next."""

    def once(
        self, about: tree.RangeTableEntry | Scope, question: object, answer: Callable[[], _A]
    ) -> _A:
        """The answer to a question about a scope, or about an entry if it follows from the catalog
        alone, worked out when it is asked for the first time."""

    def for_body(
        self, function: int, query: tree.Query, optional: Collection[int], holding: Collection[int]
    ) -> Judge:
        """The judge of a function's body, whose parameters are as they are given."""


class Outputs(Protocol):
    """Whole queries, judged once for the scope around each."""

    def of_query(self, query: tree.Query, around: Scope, given: Given = NOTHING_GIVEN) -> Columns:
        """The output columns of a subquery that stands in the scope `around`, in rows of which is
        known what is `given`."""

    def of_cte(
        self, cte: tree.CommonTable, query: tree.Query, owner: Scope, given: Given
    ) -> Columns:
        """The output columns of a WITH query, as those who read it see them."""

    def of_view(
        self, relation: Relation, given: Given = NOTHING_GIVEN, *, rechecked: bool = False
    ) -> Columns:
        """The columns of a view, judged from its stored query; `rechecked` where what reads it
        locks or writes its rows."""

    def of_view_query(
        self, query: tree.Query, given: Given = NOTHING_GIVEN, *, rechecked: bool = False
    ) -> Columns:
        """The output columns of a query that is stored in the schema, not written in this text."""

    def of_body(self, call: tree.FuncCall, scope: Scope) -> Columns | None:
        """What the body of a function yields for the arguments of a call; None if that is not to
        be told."""

    def entry_column(self, entry: tree.RangeTableEntry, number: int, owner: Scope) -> Verdict:
        """A column of an entry by itself, joins left aside; `number` 0 is the whole row."""

    def surely_one_row(self, query: tree.Query, around: Scope) -> bool:
        """Whether a subquery yields exactly one row whatever the data."""

    def inside(self, query: tree.Query, around: Scope) -> Scope:
        """The scope of the expressions of a subquery that stands in the scope `around`."""

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

    def is_there(self, expr: tree.Expr, plain: Scope) -> bool:
        """Whether an expression is not NULL in a scope without proofs by contradiction, as those
        that are made ask of the same columns over and over."""


def judges(*kinds: type[tree.Expr]) -> Callable[[_R], _R]:
    """Mark a function as the rule for these kinds of expression."""

    def enter(rule: _R) -> _R:
        _RULES.update(dict.fromkeys(kinds, rule))
        return rule

    return enter


def rule_for(kind: type[tree.Expr]) -> Rule:
    """The rule for a kind of expression."""
    return _RULES.get(kind, _unknown)


def _unknown(_: Judge, expr: tree.Expr, scope: Scope) -> Verdict:
    return maybe("nothing is known of this expression", span_of(expr, scope))
