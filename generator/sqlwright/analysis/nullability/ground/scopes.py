"""What is known of the rows of one query level, as seen by its expressions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Literal

from sqlwright.analysis import tree
from sqlwright.analysis.nullability.ground.keys import NOTHING, Facts, Key, grouped_key, mentions
from sqlwright.analysis.tree.equality import is_among
from sqlwright.dataclass import dataclass, maker, replace
from sqlwright.source import SourceFile, Span

Side = Literal["left", "right"]


@dataclass(frozen=True, slots=True)
class Nulling:
    """An outer join and the side of it that a relation stands on."""

    join: tree.FromJoin
    side: Side


_NO_NULLINGS: Mapping[int, tuple[Nulling, ...]] = MappingProxyType({})


@dataclass(frozen=True, slots=True, eq=False)
class Scope:
    """One query level.

    `known` holds for its rows, `group_known` for its groups besides (HAVING), `assumed` only for
    the row or group that an expression is evaluated on, as inside a branch of CASE, for which
    `grounds` gives the conditions. `partial` are the grouping keys that some grouping set leaves
    out, NULL there, `partial_keys` their keys. `empty_group`: an aggregate may be computed over no
    rows. `source` is None for a view's query: its text is elsewhere. `writing`: the expressions are
    values being assigned, which see the written table's row as it was. `case_outcomes` are the
    conditions of CASE around, with the outcomes they can have had, and `having` that of the groups;
    `met` are conditions of queries around that the row which comes out has met;
    `plain` scopes take no proofs by contradiction, in which they are made. `rechecked` rows may be
    seen in a version newer than the statement's snapshot.
    """

    query: tree.Query
    parent: Scope | None
    source: SourceFile | None
    nullings: Mapping[int, tuple[Nulling, ...]] = _NO_NULLINGS
    known: Facts = NOTHING
    group_known: Facts = NOTHING
    assumed: Facts = NOTHING
    grounds: tuple[tuple[Facts, tree.Expr], ...] = ()
    partial: tuple[tree.Expr, ...] = ()
    partial_keys: frozenset[Key | None] = frozenset()
    empty_group: bool = False
    writing: bool = False
    case_outcomes: tuple[tuple[tree.Expr, frozenset[bool | None]], ...] = ()
    having: tree.Expr | None = None
    met: tuple[tree.Expr, ...] = ()
    plain: bool = False
    rechecked: bool = False

    @property
    def depth(self) -> int:
        return self.query.depth

    def chain(self) -> Iterator[Scope]:
        """This level and those around it, innermost first."""
        scope: Scope | None = self
        while scope is not None:
            yield scope
            scope = scope.parent

    def owner(self, entry: tree.RangeTableEntry) -> Scope | None:
        """The level whose range table has the entry."""
        depth = entry.depth
        scope: Scope | None = self
        while scope is not None and scope.query.depth != depth:
            scope = scope.parent
        return scope

    def level(self, depth: int) -> Scope:
        """The level of this depth (this one, if there is none)."""
        return next((scope for scope in self.chain() if scope.depth == depth), self)

    def knows(self, key: Key) -> bool:
        """Whether a fact of this or an outer level says the expression is not NULL."""
        scope: Scope | None = self
        while scope is not None:
            if scope.knows_itself(key):
                return True
            scope = scope.parent
        return False

    def knows_itself(self, key: Key) -> bool:
        """Whether a fact of this very level says so."""
        if key in self.group_known or key in self.assumed:
            return True
        # A group over no rows is there though WHERE let none through, and what it let through may
        # be NULL again where a grouping set leaves a key out.
        return key in self.known and not self.empty_group and not self._is_partial(key)

    def _is_partial(self, key: Key) -> bool:
        if not self.partial:
            return False
        keys = {
            each
            for each in self.partial_keys
            if each is None or grouped_key(each) not in self.assumed | self.group_known
        }
        return mentions(key, lambda part: part in keys)

    def leaves_out(self, expr: tree.Expr) -> bool:
        """Whether a grouping set of this or an outer level makes the expression NULL."""
        scope: Scope | None = self
        while scope is not None:
            if scope.partial and is_among(expr, scope.partial):
                return True
            scope = scope.parent
        return False

    def assuming(self, facts: Facts, ground: tree.Expr, outcomes: frozenset[bool | None]) -> Scope:
        """The same level where more is known, as inside a branch of CASE: a condition had one of
        these outcomes, and the facts follow."""
        grounds = (*self.grounds, (facts, ground)) if facts else self.grounds
        case_outcomes = (*self.case_outcomes, (ground, outcomes))
        return replace(
            self, assumed=self.assumed | facts, grounds=grounds, case_outcomes=case_outcomes
        )

    def before_grouping(self, filter_: tree.Expr | None, facts: Facts) -> Scope:
        """The level as an aggregate's arguments see it: rows, not groups; `facts` hold for those
        that its FILTER lets through."""
        return replace(
            self,
            known=self.known | facts,
            group_known=NOTHING,
            assumed=NOTHING,
            partial=(),
            empty_group=False,
            case_outcomes=() if filter_ is None else ((filter_, frozenset({True})),),
            having=None,
            met=(),
        )

    def for_any_row(self) -> Scope:
        """The level as seen from another row of it, which no assumption was made of."""
        if not self.assumed and not self.case_outcomes and not self.met:
            return self
        return replace(self, assumed=NOTHING, case_outcomes=(), met=())


make_scope = maker(Scope)


def span_of(expr: tree.Expr | tree.FromJoin, scope: Scope) -> Span | None:
    """Where an expression, or the words that join, were written; None inside a view, whose text is
    elsewhere."""
    if scope.source is None or expr.start < 0:
        return None
    return Span(scope.source, expr.start, max(expr.end, expr.start))
