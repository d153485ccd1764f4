"""Other orders of a query's rows, by name: `-- @sort`.

An order decides where a row stands, and nothing else: it may not make rows, as a function that
returns a set does, nor make one group of them, as an aggregate does.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NoReturn

from sqlwright.analysis import tree
from sqlwright.analysis.state.parse_state import TextEdit
from sqlwright.analysis.tree.traversal import returns_set
from sqlwright.analysis.variant_texts import WRITTEN_ORDER
from sqlwright.analysis.variants.analysing import Ordered
from sqlwright.analysis.variants.options import check_command
from sqlwright.analysis.variants.pieces import Choice, Cutter, cutter
from sqlwright.analysis.variants.spans import Misplaced, mentions
from sqlwright.dataclass import dataclass, replace
from sqlwright.diagnostics import Diagnostic, DiagnosticError, Label
from sqlwright.source import Span
from sqlwright.sql import nodes
from sqlwright.sql.annotation.sort_lists import SortList, read_sort_list
from sqlwright.sql.statements import QueryStatement, Word


@dataclass(frozen=True, slots=True)
class Orders:
    """The orders that the words of a query name, beside that of its text."""

    statement: QueryStatement
    select: nodes.Select
    lists: tuple[SortList, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """What they are called."""
        return tuple(each.name for each in self.lists)

    @property
    def statements(self) -> tuple[Ordered, ...]:
        """The statement in each of them."""
        return tuple(
            Ordered(replace(self.select, order_by=each.items), each.place) for each in self.lists
        )

    @property
    def written(self) -> Span:
        """The list of the text."""
        items = self.select.order_by
        return Span(self.statement.source, items[0].start, items[-1].end)

    def cutters(self, edits: Sequence[Sequence[TextEdit]]) -> list[Cutter]:
        """What cuts the list of each; `edits` are those that analysis has made to the query in
        it."""
        return [
            cutter(
                replace(self.statement, markers=each.markers),
                [edit for edit in made if each.written.start <= edit.start <= each.written.end],
            )
            for each, made in zip(self.lists, edits, strict=True)
        ]

    def mentions(self, wanted: Collection[int]) -> list[Misplaced]:
        """Where one of the lists mentions a parameter."""
        lists = (self.select.order_by, *(each.items for each in self.lists))
        found = (ref for items in lists for ref in mentions(items, wanted))
        return [Misplaced(ref, "it stands in ORDER BY") for ref in found]


def read_orders(statement: QueryStatement) -> Orders | None:
    """The orders of a query, None if it has the one of its text alone. Raises DiagnosticError for
    an argument that is no order, and for a query without one."""
    words = statement.saying("sort")
    if not words:
        return None
    for word in words:
        check_command(statement, word)
    select = _select(statement, words[0])
    lists: list[SortList] = []
    for word in words:
        made = read_sort_list(statement, word)
        for other in lists:
            if other.name == made.name:
                _refuse_twice(made, other)
        lists.append(made)
    return Orders(statement, select, tuple(lists))


def _select(statement: QueryStatement, word: Word) -> nodes.Select:
    """The query whose ORDER BY is replaced: the statement, no query within it."""
    select = statement.tree
    if not isinstance(select, nodes.Select):
        _refuse(
            word.span,
            "@sort is for queries that select, whose rows have an order",
            "write the statement as `WITH changed AS (...) SELECT ... FROM changed ORDER BY ...`",
        )
    if not select.order_by:
        _refuse(
            word.span,
            "the query has no ORDER BY of its own, whose list @sort would replace",
            "write the usual order into the query; one within a subquery sorts no result",
        )
    return select


def check_rows(orders: Orders, analysed: Sequence[tree.Query]) -> None:
    """Raises DiagnosticError for an order that changes which rows there are. `analysed` has the
    query as it is written, and in each of the orders."""
    places = [orders.written, *(each.place for each in orders.lists)]
    grouped = _is_grouped(analysed[0])
    for query, place in zip(analysed, places, strict=True):
        for target in query.targets:
            if target.junk and returns_set(target.expr):
                _refuse(
                    Span(orders.statement.source, target.start, target.end),
                    "a function that returns a set gives a row for each of its values, in this "
                    "order alone",
                    "call it in FROM, and sort by its column",
                )
        if _is_grouped(query) != grouped:
            _refuse(
                place,
                "an aggregate makes one group of all rows, in one order and not in another",
                "call it in a subquery, or write `count(*) OVER ()`",
            )


def _is_grouped(query: tree.Query) -> bool:
    return query.has_aggregates or bool(query.group_by) or query.having is not None


def order_choice(orders: Orders, cut: Cutter, cutters: Sequence[Cutter]) -> Choice:
    """The list of each order, where that of the text stands."""
    written = orders.written
    pieces = [
        replace(piece, sort=WRITTEN_ORDER) for piece in cut.inside(written.start, written.end)
    ]
    for each, listed in zip(orders.lists, cutters, strict=True):
        stretch = listed.inside(each.written.start, each.written.end)
        pieces += (replace(piece, sort=each.name) for piece in stretch)
    return Choice(written.start, written.end, tuple(pieces))


def _refuse_twice(one: SortList, other: SortList) -> NoReturn:
    raise DiagnosticError(
        Diagnostic(
            "invalid-annotation",
            "error",
            f'two orders are called "{one.name}"',
            (Label(one.place), Label(other.place, "first used here")),
        )
    )


def _refuse(span: Span, message: str, help: str) -> NoReturn:
    raise DiagnosticError(Diagnostic("invalid-sort", "error", message, (Label(span),), help=help))
