"""`-- @omit secret, t.note`: columns that a star of the result, or an embedded row, does without.

The text that runs has the columns written out that stay. The file's own text has to be a query as
well, of which that is one with fewer columns and the same rows in the same order.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NoReturn

from sqlwright.analysis import tree
from sqlwright.analysis.facts import EmbeddedTable
from sqlwright.analysis.state.omission import Omission, OmittedName
from sqlwright.diagnostics import Diagnostic, DiagnosticError, Label
from sqlwright.diagnostics.spelling import did_you_mean, nearest
from sqlwright.patterns import pattern
from sqlwright.source import Span
from sqlwright.sql import nodes
from sqlwright.sql.annotation.words import name_in
from sqlwright.sql.statements import QueryStatement, Word

_NAME = r'(?:"(?:[^"]|"")+"|[^\s,().:="]+)'
_ITEM = pattern(rf"\s*(?:(?P<table>{_NAME})\.)?(?P<column>{_NAME})\s*(?:,(?=\s*\S)|$)")


def read_omission(statement: QueryStatement, *, applied: bool) -> Omission | None:
    """What the words of a query leave out; None without them. Raises DiagnosticError for what is no
    list of columns."""
    words = statement.saying("omit")
    names: list[OmittedName] = []
    for word in words:
        for named in _names(word):
            if any((each.table, each.column) == (named.table, named.column) for each in names):
                _refuse(f"{named.span.text} is named twice", named.span, "leave one out")
            names.append(named)
    return Omission(tuple(names), applied) if words else None


def _names(word: Word) -> Iterator[OmittedName]:
    said = word.said
    text, at = said.source.text[: said.end], said.start
    while at < said.end or at == said.start:
        found = _ITEM.match(text, at)
        if found is None:
            raise DiagnosticError(
                Diagnostic(
                    "invalid-annotation",
                    "error",
                    "@omit is of the form `@omit column, table.column`",
                    (Label(said if said.text else word.span),),
                    help="name the columns that a star is to do without",
                )
            )
        table, column = (Span(said.source, *found.span(each)) for each in ("table", "column"))
        place = Span(said.source, table.start if found["table"] else column.start, column.end)
        yield OmittedName(name_in(table) if found["table"] else "", name_in(column), place)
        at = found.end()


def check_omission(statement: QueryStatement, noted: Omission) -> None:
    """Raises DiagnosticError where a name is that of no column in a star, and where more would
    change than which columns there are. `noted` is of the analysis with all of them."""
    for at, named in enumerate(noted.names):
        if at not in noted.met:
            _unknown(noted, named)
    if isinstance(statement.tree, nodes.Select) and noted.before is not None:
        for each in _parts(statement.tree):
            _check_distinct(statement, each)
            _check_numbers(statement, each, noted.before)


def check_order(statement: QueryStatement, whole: tree.Query, query: tree.Query) -> None:
    """Raises DiagnosticError where a name in ORDER BY, which means an output column, means another
    column once that is left out. `whole` is the query with all columns."""
    select = statement.tree
    if not isinstance(select, nodes.Select) or select.set_op is not None:
        return
    for item, one, other in zip(select.order_by, whole.order_by, query.order_by, strict=False):
        if _key(one) != _key(other):
            _refuse(
                "without what is left out, this is another column",
                Span(statement.source, item.start, item.end),
                "write it with the name of its table",
            )


def check_embedded(statement: QueryStatement, embed: EmbeddedTable, start: int, end: int) -> None:
    """Raises DiagnosticError for an embedded row that may be absent, if no column is left to tell
    that from one that is there."""
    if embed.partial and embed.nullable and embed.key is None:
        _refuse(
            f"nothing that is left of {embed.name} tells whether it is there",
            Span(statement.source, start, end),
            "keep a column that is never NULL, or select the columns by themselves",
        )


def _unknown(omission: Omission, named: OmittedName) -> NoReturn:
    if not omission.columns:
        _refuse(
            "the result has no star, which could do without a column",
            named.span,
            "leave the column out of the list itself",
        )
    columns = list(dict.fromkeys(omission.columns))
    if named.table and named.column in columns:
        _refuse(
            f'no star has a column "{named.column}" of "{named.table}"',
            named.span,
            f"write `{_written(named.column)}` for that of every star",
        )
    near = did_you_mean(nearest(named.column, columns))
    shown = f'no star of the result has a column "{named.column}"'
    _refuse(shown, named.span, near or f"they have: {', '.join(columns)}")


def _written(name: str) -> str:
    return name if name.isidentifier() and name == name.lower() else f'"{name}"'


def _parts(select: nodes.Select) -> Iterator[nodes.Select]:
    """The query, and those that UNION and the like put together."""
    yield select
    for part in (select.left, select.right):
        if part is not None:
            yield from _parts(part)


def _check_distinct(statement: QueryStatement, select: nodes.Select) -> None:
    """Rows that differ in nothing else would be one."""
    one = "DISTINCT" if select.distinct == () else None
    if select.set_op is not None and not (select.set_op == "union" and select.all):
        one = select.set_op.upper()
    if one is not None:
        _refuse(
            f"{one} compares whole rows, of which there would be fewer without a column",
            statement.saying("omit")[0].span,
            "list the columns that it is to compare",
        )


def _check_numbers(statement: QueryStatement, select: nodes.Select, before: int) -> None:
    """A number stands for another column where one before it is left out."""
    for expr in _compared(select):
        if isinstance(expr, nodes.Const) and expr.kind == "integer" and int(expr.value, 0) > before:
            _refuse(
                f"without what is left out, {expr.value} is the number of another column",
                Span(statement.source, expr.start, expr.end),
                "write the column itself",
            )


def _compared(select: nodes.Select) -> Iterator[nodes.Node]:
    yield from (item.expr for item in select.order_by)
    yield from select.distinct or ()
    waiting: list[nodes.Node] = [*select.group_by]
    while waiting:
        item = waiting.pop()
        if isinstance(item, nodes.GroupingSet):
            waiting += item.items
        else:
            yield item


def _key(expr: tree.Expr) -> tuple[object, ...]:
    """What tells a column of one analysis from another one of the other."""
    if isinstance(expr, tree.Var):
        return expr.entry.kind, expr.entry.alias or expr.entry.name, expr.number
    return (type(expr),)


def _refuse(message: str, span: Span, help: str) -> NoReturn:
    raise DiagnosticError(Diagnostic("invalid-omit", "error", message, (Label(span),), help=help))
