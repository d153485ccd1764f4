"""What is known of the rows of one query level, as seen by its expressions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from sqlwright.analysis import tree
from sqlwright.analysis.nullability.joins import Nulling, join_facts
from sqlwright.analysis.nullability.keys import Key, key_of
from sqlwright.analysis.nullability.predicates import (
    NOTHING,
    Facts,
    Logic,
    yields_empty_group,
)
from sqlwright.source import SourceFile


@dataclass(frozen=True, slots=True, eq=False)
class Scope:
    """One query level.

    `known` holds for its rows, `group_known` for its groups besides (HAVING). `partial` are the
    grouping keys that some grouping set leaves out, NULL there. `empty_group`: an aggregate may be
    computed over no rows. `source` is None for a view's query: its text is elsewhere. `writing`:
    the expressions are values being assigned, which see the written table's row as it was.
    """

    query: tree.Query
    parent: Scope | None
    source: SourceFile | None
    nullings: Mapping[int, tuple[Nulling, ...]] = field(default_factory=dict)
    known: Facts = NOTHING
    group_known: Facts = NOTHING
    partial: Facts = NOTHING
    empty_group: bool = False
    writing: bool = False

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
        return next((scope for scope in self.chain() if scope.depth == entry.depth), None)

    def level(self, depth: int) -> Scope:
        """The level of this depth (this one, if there is none)."""
        return next((scope for scope in self.chain() if scope.depth == depth), self)

    def knows(self, key: Key) -> bool:
        """Whether a fact of this or an outer level says the expression is not NULL."""
        return any(key in scope.known or key in scope.group_known for scope in self.chain())

    def leaves_out(self, key: Key) -> bool:
        """Whether a grouping set of this or an outer level makes the expression NULL."""
        return any(key in scope.partial for scope in self.chain())

    def assuming(self, facts: Facts) -> Scope:
        """The same level where more is known, as inside a branch of CASE."""
        return replace(self, known=self.known | facts) if facts else self

    def before_grouping(self) -> Scope:
        """The level as an aggregate's arguments see it: rows, not groups."""
        return replace(self, group_known=NOTHING, partial=NOTHING, empty_group=False)


def open_scope(
    logic: Logic,
    query: tree.Query,
    parent: Scope | None,
    source: SourceFile | None,
    *,
    filtered: bool = True,
) -> Scope:
    """The scope of a query's expressions. With `filtered` False the WHERE clause does not count
    (RETURNING of an INSERT into a view shows rows that the view would not)."""
    where = logic.true_facts(query.where) if filtered else NOTHING
    joined = join_facts(logic, query.from_nodes, where)
    return Scope(
        query=query,
        parent=parent,
        source=source,
        nullings=joined.nullings,
        known=joined.facts,
        group_known=logic.true_facts(query.having),
        partial=_partial_keys(query),
        empty_group=yields_empty_group(query),
    )


def _partial_keys(query: tree.Query) -> Facts:
    if not query.grouping_sets:
        return NOTHING
    sets = [frozenset(map(key_of, group)) for group in query.grouping_sets]
    everywhere = frozenset.intersection(*sets)
    return frozenset(key for group in sets for key in group - everywhere if key is not None)
