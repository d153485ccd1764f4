"""The variants that pages add to a query, and the proof that they lose no row."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import partial
from itertools import count

from sqlwright.analysis import tree
from sqlwright.analysis.facts import Parameter, PositionValue, ResultColumn
from sqlwright.analysis.nullability import judge_statement
from sqlwright.analysis.premises.shown_columns import column_origin
from sqlwright.analysis.row_counts.cardinality import Cardinality
from sqlwright.analysis.tree.traversal import walk
from sqlwright.analysis.variant_texts import WRITTEN_ORDER, Option, Piece
from sqlwright.analysis.variants.analysing import Analysed, Common, Ordered, Variants
from sqlwright.analysis.variants.missing_keys import missing_keys
from sqlwright.analysis.variants.orders import Orders
from sqlwright.analysis.variants.page_conditions import compared, page_condition, same
from sqlwright.analysis.variants.page_places import PagePlace
from sqlwright.analysis.variants.pages import Keys, PagedQuery, PageKey, check_select, refuse
from sqlwright.analysis.variants.pieces import Choice, Cutter
from sqlwright.analysis.variants.spans import anything_at
from sqlwright.catalog.catalog import Catalog
from sqlwright.dataclass import dataclass, replace
from sqlwright.source import Span
from sqlwright.sql import nodes
from sqlwright.sql.lexing.keywords import quote_identifier

AFTER = "after"
"""The parameter that says where a page begins."""


@dataclass(frozen=True, slots=True)
class Order:
    """One of the orders of a paged query: its name, None where there is one alone, the query in it,
    and the place of its list."""

    name: str | None
    select: nodes.Select
    place: Span


@dataclass(frozen=True, slots=True)
class Pages:
    """What pages add: an option, the values of a position, the `place` of the condition and its
    `keys` in each of the `orders`, and what is in `common` then. `judged` is the query of which the
    same is true with the condition and without."""

    option: Option
    position: tuple[PositionValue, ...]
    place: PagePlace
    orders: Sequence[Order]
    keys: tuple[tuple[PageKey, ...], ...]
    common: Common
    judged: tree.Query


@dataclass(frozen=True, slots=True)
class Paging:
    """Works out the pages of a query in each of its orders."""

    catalog: Catalog
    paged: PagedQuery
    orders: Sequence[Order]
    variants: Variants

    def pages(self, common: Common, optional: Collection[int], first_number: int) -> Pages:
        """The pages of a query that has been analysed. Raises DiagnosticError where a page could
        lose rows."""
        analysed = [common.whole, *common.ordered]
        for each in analysed:
            check_select(self.paged, each.query)
        self._check_listed(common)
        keys = self._keys(common, analysed, optional, first_number)
        conditions = [
            Ordered(
                self.paged.place.paged(order.select, [compared(key) for key in own]),
                order.place,
                "for the pages of this order",
            )
            for order, own in zip(self.orders, keys, strict=True)
        ]
        variants = replace(self.variants, ordered=[*self.variants.ordered, *conditions])
        again = variants.in_common(common.casts)
        found = again.ordered[len(common.ordered) :]
        for order, own, each in zip(self.orders, keys, found, strict=True):
            self._check_operators(order, own, each.query)
            self._check_total(order, own, again)
        anything = [anything_at(keys[0][0].node)]
        judged = self.paged.place.paged(self.paged.select, anything)
        position = tuple(self._position(keys, found))
        positions = tuple(each.parameter.position for each in position)
        return Pages(
            Option((AFTER,), positions),
            position,
            self.paged.place,
            self.orders,
            keys,
            replace(again, ordered=again.ordered[: len(common.ordered)]),
            variants.judged(judged, again.casts),
        )

    def _keys(
        self,
        common: Common,
        analysed: Sequence[Analysed],
        optional: Collection[int],
        first_number: int,
    ) -> tuple[tuple[PageKey, ...], ...]:
        every = self.variants.types.keys()
        judged = judge_statement(
            self.catalog, common.judged, self.paged.statement.source, every, every
        )
        finder = Keys(self.catalog, self.paged, common.judged, judged, optional)
        found = [
            finder.of(order.select.order_by, each.query)
            for order, each in zip(self.orders, analysed, strict=True)
        ]
        columns = sorted({key.column for own in found for key in own})
        numbers = dict(zip(columns, count(first_number), strict=False))
        return tuple(
            tuple(replace(key, number=numbers[key.column]) for key in own) for own in found
        )

    def _position(
        self, keys: Sequence[Sequence[PageKey]], analysed: Sequence[Analysed]
    ) -> Iterator[PositionValue]:
        """The values of a position, in the order of the columns that show them."""
        found: dict[int, PositionValue] = {}
        for own, each in zip(keys, analysed, strict=True):
            for key in own:
                target = each.query.output[key.column]
                origin = column_origin(target.expr)
                parameter = Parameter(
                    target.name,
                    key.number,
                    each.types.slots[key.number].type,
                    nullable=key.nullable,
                    column=(origin.relation, origin.column) if origin is not None else None,
                )
                found[key.column] = PositionValue(key.column, parameter)
        return (found[column] for column in sorted(found))

    def _check_operators(self, order: Order, keys: Sequence[PageKey], query: tree.Query) -> None:
        """Raises DiagnosticError where the condition would compare by another operator than ORDER
        BY, as it does where that of the type is not on the search path."""
        condition = query.having if self.paged.place.grouped else query.where
        assert condition is not None
        operators = {
            part.number: each.operator
            for each in walk(condition)
            if isinstance(each, tree.OpCall)
            for side in each.args
            for part in walk(side)
            if isinstance(part, tree.Param)
        }
        for key in keys:
            type_ = query.output[key.column].expr.type
            wanted = (
                self.catalog.ordering_operator(type_)
                if key.descending
                else self.catalog.descending_operator(type_)
            )
            if wanted is None or operators[key.number].oid != wanted.oid:
                shown = self.catalog.display_type(type_)
                refuse(
                    f"ORDER BY compares {shown} by an operator that is not found by its name",
                    order.place,
                    "put the schema of the type on the search path, or sort by a cast of it",
                )

    def _check_total(self, order: Order, keys: Sequence[PageKey], common: Common) -> None:
        """Raises DiagnosticError where two rows may have one position."""

        plain = [same(key) for key in keys if not _is_aggregate(key, common.whole.query)]

        def single(further: Sequence[nodes.Expr]) -> bool:
            query = self._with_conditions(order.select, [*plain, *further], common)
            return Cardinality(self.catalog).at_most_one_row(query)

        if not single(()):
            free = max(key.number for key in keys) + 1
            refuse(
                "several rows may have one place in this order, and a page may end between them",
                order.place,
                missing_keys(self.catalog, common.whole.query, single, free),
            )

    def _check_listed(self, common: Common) -> None:
        """Raises DiagnosticError where the keys that `@page` names are not those of ORDER BY."""
        select, listed = self.paged.select, self.paged.listed
        source = self.paged.statement.source
        if listed and len(listed) != len(select.order_by):
            span = Span(source, listed[0].start, listed[-1].end)
            refuse("ORDER BY has another number of keys", span, "name all of them, or none")
        for key, item in zip(listed, select.order_by, strict=False):
            both = replace(select, order_by=(item, key))
            if len(self.variants.judged(both, common.casts).order_by) > 1:
                refuse(
                    "ORDER BY has another key in this place",
                    Span(source, key.start, key.end),
                    f"it is {source.text[item.expr.start : item.expr.end]}",
                )

    def _with_conditions(
        self, select: nodes.Select, conditions: Sequence[nodes.Expr], common: Common
    ) -> tree.Query:
        place = replace(self.paged.place, grouped=False)
        return self.variants.judged(
            replace(place.paged(select, conditions), limit=None, with_ties=False), common.casts
        )


def _is_aggregate(key: PageKey, query: tree.Query) -> bool:
    """Whether a key is no value of the rows that are grouped."""
    return any(
        isinstance(part, (tree.Aggregate, tree.Grouping))
        for part in walk(query.output[key.column].expr)
    )


def page_choices(pages: Pages, cutters: Sequence[Cutter], at: int) -> Iterator[Choice]:
    """The condition of each order, which is there if the option number `at` is given. The first of
    the `cutters` is that of the text, the others those of the lists of orders."""
    needs, place = ((at,),), pages.place
    if place.first is not None:
        yield Choice(place.first, place.first, (Piece("(", needs=needs),))
    pieces: list[Piece] = []
    for order, keys, listed in zip(pages.orders, pages.keys, cutters, strict=True):
        texts = page_condition(keys, partial(_written, cutters[0], listed))
        whole = (Piece(place.lead), *texts, Piece(place.gap))
        pieces += (replace(piece, needs=needs, sort=order.name) for piece in whole)
    yield Choice(place.order, place.order, tuple(pieces))


def _written(cut: Cutter, listed: Cutter, key: PageKey) -> Sequence[Piece]:
    """The text of a key, from the text of the query or from the list of an order."""
    if key.source is None:
        assert isinstance(key.node, nodes.ColumnRef)
        return [Piece(".".join(map(quote_identifier, key.node.fields)))]
    start, end = key.source
    statement = cut.statement
    return (cut if statement.start <= start < statement.end else listed).inside(start, end)


def orders_of(paged: PagedQuery, orders: Orders | None) -> list[Order]:
    """Every order that the query has."""
    source = paged.statement.source
    items = paged.select.order_by
    written = Span(source, items[0].start, items[-1].end)
    if orders is None:
        return [Order(None, paged.select, written)]
    named = zip(orders.statements, orders.lists, strict=True)
    return [
        Order(WRITTEN_ORDER, paged.select, written),
        *(
            Order(each.name, ordered.statement, each.written)
            for ordered, each in named
            if isinstance(ordered.statement, nodes.Select)
        ),
    ]


def as_columns_are(
    position: Sequence[PositionValue], columns: Sequence[ResultColumn]
) -> tuple[PositionValue, ...]:
    """The values of a position with the NULLs of the columns that show them."""
    return tuple(
        replace(each, parameter=replace(each.parameter, nullable=columns[each.column].nullable))
        for each in position
    )
