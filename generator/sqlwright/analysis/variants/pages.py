"""Pages of a query's rows: `-- @page`, a condition that lets only rows through that come later.

A position is what a row has for each key of the ORDER BY. The condition compares each row with one
as ORDER BY compares two rows, so a page is the rest of the whole result, up to LIMIT: where no two
rows have one position, which is proved, nothing is lost between pages and nothing comes twice.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NoReturn

from sqlwright.analysis import tree
from sqlwright.analysis.nullability import Judged
from sqlwright.analysis.tree.immutability import is_immutable
from sqlwright.analysis.variants.options import check_command
from sqlwright.analysis.variants.page_places import PagePlace, page_place
from sqlwright.analysis.variants.spans import mentions
from sqlwright.catalog import oids
from sqlwright.catalog.catalog import Catalog
from sqlwright.dataclass import dataclass
from sqlwright.diagnostics import Diagnostic, DiagnosticError, Label
from sqlwright.source import Span
from sqlwright.sql import nodes
from sqlwright.sql.annotation.sort_lists import read_keys
from sqlwright.sql.statements import QueryStatement, Word


@dataclass(frozen=True, slots=True)
class PageKey:
    """What rows are sorted by: `column` is the index of the result column that shows it, `number`
    that of the parameter which it is compared with, 0 before it has one. `source` is where it is
    written, None for a column of a star, whose `node` stands nowhere."""

    node: nodes.Expr
    source: tuple[int, int] | None
    column: int
    number: int
    descending: bool
    nulls_first: bool
    nullable: bool


@dataclass(frozen=True, slots=True)
class PagedQuery:
    """A query of which pages are asked for, and the place of the condition."""

    statement: QueryStatement
    word: Word
    select: nodes.Select
    place: PagePlace
    listed: tuple[nodes.SortBy, ...]


def read_page(statement: QueryStatement) -> PagedQuery | None:
    """What `@page` says, None without it. Raises DiagnosticError for a query that has no pages."""
    words = statement.saying("page")
    if not words:
        return None
    word, *more = words
    if more:
        refuse("the query has another @page", more[0].span, "one word is for all orders")
    check_command(statement, word)
    if statement.annotation.command not in ("one", "many", "stream"):
        refuse("@page is for queries that return rows", word.span, "use :many, :one or :stream")
    select = _select(statement, word)
    return PagedQuery(
        statement, word, select, page_place(statement, select, word), read_keys(statement, word)
    )


def _select(statement: QueryStatement, word: Word) -> nodes.Select:
    """The query that the condition goes into."""
    select = statement.tree
    subquery = "make it a subquery: SELECT * FROM (...) AS rows ORDER BY ... LIMIT ..."
    if not isinstance(select, nodes.Select):
        refuse("@page is for queries that select", word.span, "write a SELECT")
    if select.set_op is not None or select.values:
        refuse("a condition cannot be put into UNION or VALUES as a whole", word.span, subquery)
    if not select.order_by:
        refuse(
            "the query has no ORDER BY, so that its rows have no position",
            word.span,
            "sort by something that ends in a key",
        )
    if select.limit is None:
        refuse("the query has no LIMIT, so that one page is all of it", word.span, "add a LIMIT")
    source = statement.source
    if select.offset is not None:
        span = Span(source, select.offset.start, select.offset.end)
        refuse("OFFSET would skip rows of each page", span, "leave it out: `after` says where")
    if select.distinct:
        span = Span(source, select.distinct[0].start, select.distinct[-1].end)
        refuse("rows that DISTINCT ON leaves out would come on the next page", span, subquery)
    return select


def check_select(paged: PagedQuery, query: tree.Query) -> None:
    """Raises DiagnosticError where rows that come later cannot be told by a condition on each."""
    subquery = "make it a subquery: SELECT * FROM (...) AS rows ORDER BY ... LIMIT ..."
    if query.windows:
        refuse(
            "a window would be computed over the rows of the page alone", paged.word.span, subquery
        )
    if query.has_set_returning:
        refuse(
            "a function in the select list gives several rows for one, which have one position",
            paged.word.span,
            "call it in FROM, or " + subquery,
        )


@dataclass(frozen=True, slots=True)
class Keys:
    """Finds the keys of an order; `judged` says which may be NULL in the result of `query`,
    `optional` parameters may be absent."""

    catalog: Catalog
    paged: PagedQuery
    query: tree.Query
    judged: Judged
    optional: Collection[int]

    def of(self, items: Sequence[nodes.SortBy], query: tree.Query) -> tuple[PageKey, ...]:
        """The keys of the order `items`, in which the query has been analysed. Raises
        DiagnosticError where one is no part of a position."""
        if len(items) != len(query.order_by):
            self._refuse(items[-1], "two items of the order are the same", "leave one out")
        return tuple(map(self._key, items, query.order_by, [query] * len(items)))

    def _key(self, item: nodes.SortBy, expr: tree.Expr, query: tree.Query) -> PageKey:
        if item.direction == "using":
            self._refuse(item, "USING sorts by an operator of its own", "write ASC or DESC")
        target = next(each for each in query.targets if each.expr is expr)
        if target.junk:
            self._refuse(
                item,
                "the rows do not show what they are sorted by, so that none can say where it is",
                "add it to the select list",
            )
        column = query.output.index(target)
        self._check_value(item, expr)
        node = self._node(item, target)
        found = mentions(node, self.optional)
        if found:
            self._refuse(item, "it depends on a parameter that may be absent", "sort by another")
        descending = item.direction == "desc"
        return PageKey(
            node,
            (node.start, node.end) if node.start >= 0 else None,
            column,
            0,
            descending,
            item.nulls == "first" if item.nulls is not None else descending,
            self.judged.columns[column].nullable,
        )

    def _check_value(self, item: nodes.SortBy, expr: tree.Expr) -> None:
        """Raises DiagnosticError for what is another value the next time, or on its way back."""
        if not is_immutable(self.catalog, expr):
            self._refuse(
                item,
                "it may be another value when the next page is asked for",
                "sort by a column, or by what an immutable function makes of it",
            )
        base = self.catalog.base_type(expr.type)
        if base == oids.RECORD or self.catalog.type(base).kind == "composite":
            self._refuse(
                item, "rows are compared as records, which no parameter is", "sort by its fields"
            )
        if base == oids.INTERVAL:
            self._refuse(
                item,
                "an interval comes as a timedelta, which does not hold its months",
                "sort by extract(epoch FROM ...)",
            )

    def _node(self, item: nodes.SortBy, target: tree.TargetEntry) -> nodes.Expr:
        """The key as an expression over FROM: the item, or what stands in the select list under
        the name or number that the item is."""
        if not _names_a_target(item.expr, target):
            return item.expr
        for each in self.paged.select.targets:
            if each.start == target.start and not _is_star(each.expr):
                return each.expr
        assert isinstance(target.expr, tree.Var)
        entry = target.expr.entry
        if entry.kind == "join":
            self._refuse(item, "it is a column of a join", "write it out in the select list")
        name = entry.columns[target.expr.number - 1].name
        return nodes.ColumnRef(fields=(entry.alias or entry.name, name), start=-1, end=-1)

    def _refuse(self, item: nodes.SortBy, message: str, help: str) -> NoReturn:
        refuse(message, Span(self.paged.statement.source, item.start, item.end), help)


def _names_a_target(expr: nodes.Expr, target: tree.TargetEntry) -> bool:
    """Whether an item of ORDER BY is an output column's name or number."""
    if isinstance(expr, nodes.Const):
        return True
    return isinstance(expr, nodes.ColumnRef) and expr.fields == (target.name,)


def _is_star(expr: nodes.Expr) -> bool:
    return isinstance(expr, nodes.Embed) or (isinstance(expr, nodes.ColumnRef) and expr.star)


def refuse(message: str, span: Span, help: str) -> NoReturn:
    """Raise the refusal of a query that has no pages."""
    raise DiagnosticError(Diagnostic("invalid-page", "error", message, (Label(span),), help=help))
