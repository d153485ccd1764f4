"""Where the condition of a page stands in a query's text: before its ORDER BY, as the last of WHERE
or, where rows are grouped, of HAVING."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import NoReturn

from sqlwright.dataclass import dataclass, replace
from sqlwright.diagnostics import Diagnostic, DiagnosticError, Label
from sqlwright.source import SourceFile
from sqlwright.sql import nodes
from sqlwright.sql.lexing.lexer import tokenize
from sqlwright.sql.lexing.tokens import Token
from sqlwright.sql.statements import QueryStatement, Word


@dataclass(frozen=True, slots=True)
class PagePlace:
    """`order` is where ORDER BY begins. What follows the condition is `gap`. Where the clause is
    there already it is joined to, `first` is where its condition begins if that needs parentheses.
    """

    order: int
    gap: str
    grouped: bool
    joined: bool
    first: int | None

    def paged(self, select: nodes.Select, conditions: Sequence[nodes.Expr]) -> nodes.Select:
        """The query with further conditions."""
        before = select.having if self.grouped else select.where
        operands = (*((before,) if before is not None else ()), *conditions)
        condition = operands[0] if operands else None
        if len(operands) > 1:
            start, end = operands[0].start, operands[-1].end
            condition = nodes.BoolOperation(op="and", operands=operands, start=start, end=end)
        if self.grouped:
            return replace(select, having=condition)
        return replace(select, where=condition)

    @property
    def lead(self) -> str:
        """What stands in front of the condition."""
        if not self.joined:
            return "HAVING " if self.grouped else "WHERE "
        return ") AND " if self.first is not None else "AND "


def page_place(statement: QueryStatement, select: nodes.Select, word: Word) -> PagePlace:
    """The place in a SELECT with an ORDER BY. Raises DiagnosticError where it has none."""
    source = statement.source
    tokens = tokenize(SourceFile(source.path, source.text[: statement.end]), statement.start)
    head = list(takewhile(lambda token: token.start < select.order_by[0].start, tokens))
    *before, order, _ = head
    outer = list(_outside_parentheses(before))
    if not any(token.keyword == "select" for token in outer) or not select.from_:
        _refuse(word, "the query has no FROM of its own, in which rows could be left out")
    if select.windows:
        _refuse(word, "a window would be computed over the rows of the page alone")
    grouped = bool(select.group_by) or select.having is not None
    condition = select.having if grouped else select.where
    keyword = "having" if grouped else "where"
    last = before[-1]
    gap = "\n" if "\n" in source.text[last.end : order.start] else " "
    first = None
    if isinstance(condition, nodes.BoolOperation) and condition.op == "or":
        clause = next(token for token in reversed(outer) if token.keyword == keyword)
        first = before[before.index(clause) + 1].start
    return PagePlace(order.start, gap, grouped, condition is not None, first)


def _outside_parentheses(tokens: Sequence[Token]) -> Iterator[Token]:
    depth = 0
    for token in tokens:
        depth -= token.symbol == ")"
        if depth == 0:
            yield token
        depth += token.symbol == "("


def _refuse(word: Word, message: str) -> NoReturn:
    advice = "write the query as SELECT ... FROM ... ORDER BY ... LIMIT ..."
    raise DiagnosticError(
        Diagnostic("invalid-page", "error", message, (Label(word.span),), help=advice)
    )
