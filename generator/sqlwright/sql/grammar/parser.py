"""The whole grammar: from the tokens of one statement to its syntax tree."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from sqlwright.depth import with_room
from sqlwright.diagnostics import DiagnosticError
from sqlwright.diagnostics.complexity import too_complex
from sqlwright.source import SourceFile, Span
from sqlwright.sql import ddl_nodes, nodes
from sqlwright.sql.grammar.expressions.expressions import Expressions
from sqlwright.sql.grammar.repairs import with_repair
from sqlwright.sql.grammar.statements import StatementGrammar
from sqlwright.sql.lexing.tokens import Token

T = TypeVar("T")


class Parser(Expressions, StatementGrammar):
    """Every rule of the grammar, over the tokens of one statement."""

    def whole_sort_list(self) -> tuple[nodes.SortBy, ...]:
        """One or more items of ORDER BY, and nothing behind them."""
        items = self.comma_list(self.sort_by)
        self.expect_end()
        return items

    def whole_procedural_expression(self) -> nodes.Select:
        """`PLpgSQL_Expr` behind a SELECT that is made: no set operation, no INTO."""
        query = self.select_no_parens()
        self.expect_end()
        for each in (query.left, query.into):
            if each is not None:
                self.syntax_error(self._token_before(query, each))
        return query

    def _token_before(self, query: nodes.Select, part: nodes.Node) -> Token:
        """The word with which a set operation behind a query, or its INTO, begins."""
        at = part.end if part is query.left else part.start
        return next(each for each in self._tokens if each.start >= at)

    def procedural_target(self) -> Sequence[Token]:
        """`PLAssignStmt` up to its `:=` or `=`; gives the tokens behind it."""
        if self.peek().kind == "param":
            self.advance()
        else:
            self.col_id()
        self.indirection()
        if not self.accept_symbol(":="):
            self.expect_symbol("=")
        return self._tokens[self._index : -2]


def parse_statement(source: SourceFile, tokens: Sequence[Token]) -> nodes.Statement:
    """The tree of one statement, given without its semicolon.

    Raises DiagnosticError with PostgreSQL's message where the grammar refuses it.
    """
    return _advised(source, tokens, Parser.whole_statement)


def parse_procedural_expression(
    source: SourceFile, tokens: Sequence[Token], select: Token
) -> nodes.Select:
    """An expression of PL/pgSQL: all of a SELECT but its first word, which `select` is made for,
    and without INTO or set operations.

    Raises DiagnosticError with PostgreSQL's message where the grammar refuses it.
    """
    return _within_stack(
        lambda: Parser(source, [select, *tokens]), Parser.whole_procedural_expression
    )


def parse_procedural_assignment(source: SourceFile, tokens: Sequence[Token]) -> Sequence[Token]:
    """What an assignment of PL/pgSQL assigns, whose target is read.

    Raises DiagnosticError with PostgreSQL's message where the grammar refuses it.
    """
    return _within_stack(lambda: Parser(source, tokens), Parser.procedural_target)


def parse_ddl(source: SourceFile, tokens: Sequence[Token]) -> ddl_nodes.DdlStatement | None:
    """The tree of one statement of a schema file, given without its semicolon; None if empty.

    Raises DiagnosticError with PostgreSQL's message where the grammar refuses it.
    """
    if not tokens:
        return None
    return _advised(source, tokens, Parser.schema_statement)


def parse_type_name(source: SourceFile, tokens: Sequence[Token]) -> nodes.TypeName:
    """A type that stands alone, as in the text of a regtype.

    Raises DiagnosticError with PostgreSQL's message where the grammar refuses it.
    """
    parser = Parser(source, tokens)
    written = parser.type_name()
    parser.expect_end()
    return written


def parse_sort_list(source: SourceFile, tokens: Sequence[Token]) -> tuple[nodes.SortBy, ...]:
    """The items of an ORDER BY that stand alone, without its words.

    Raises DiagnosticError with PostgreSQL's message where the grammar refuses it.
    """
    return _advised(source, tokens, Parser.whole_sort_list)


def _advised(source: SourceFile, tokens: Sequence[Token], rule: Callable[[Parser], T]) -> T:
    """What a rule reads; its refusal with advice where a small change would do."""

    def parse(tokens: Sequence[Token]) -> T:
        return _within_stack(lambda: Parser(source, tokens), rule)

    try:
        return parse(tokens)
    except DiagnosticError as error:
        raise DiagnosticError(with_repair(source, tokens, error.diagnostic, parse)) from None


def _within_stack(start: Callable[[], Parser], rule: Callable[[Parser], T]) -> T:
    """What a rule reads, from the start again on a larger stack if it has to be."""
    parser: Parser | None = None

    def read() -> T:
        nonlocal parser
        parser = start()
        return rule(parser)

    try:
        return with_room(read)
    except RecursionError:
        assert parser is not None
        token = parser.peek()
        place = Span(parser.source, token.start, token.end)
        raise DiagnosticError(too_complex(place)) from None
