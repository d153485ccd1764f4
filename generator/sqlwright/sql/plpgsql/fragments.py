"""The SQL within a body, found by the words around it and read as SQL (read_sql_construct)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NoReturn

from sqlwright.dataclass import dataclass
from sqlwright.sql.grammar.made_tokens import keyword
from sqlwright.sql.grammar.parser import (
    parse_procedural_assignment,
    parse_procedural_expression,
    parse_statement,
)
from sqlwright.sql.lexing.tokens import Token
from sqlwright.sql.plpgsql.scanner import Lexeme, Scanner
from sqlwright.sql.plpgsql.variables import Variable

_MOST = 3
"""How many words and symbols PostgreSQL's reader of fragments looks for at once. The end of the
body is a token zero to it, as is what it does not look for, so that it ends the fragment too."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where rows go: into one record or into a list of scalar variables."""

    record: bool


class FragmentReader(Scanner):
    """Expressions, statements and INTO targets."""

    def expression(self, *until: str, expected: str = "") -> Lexeme:
        """An expression up to one of these words or symbols, which is the current token then."""
        tokens = self._construct(until, expected or until[0].upper(), "expression")
        self._check_expression(tokens)
        return self.current

    def _check_expression(self, tokens: Sequence[Token]) -> None:
        parse_procedural_expression(self.source, tokens, keyword("select", tokens[0]))

    def expressions(self, *until: str, expected: str) -> Lexeme:
        """Some with commas between them; `until` says what may follow, `,` among it."""
        while self.expression(*until, expected=expected).is_symbol(","):
            pass
        return self.current

    def statement_text(self, *until: str, first: Sequence[Token] = ()) -> None:
        """A statement of SQL up to one of these; `first` is what has been read of it."""
        ends = until or (";",)
        self.check_statement(self._construct(ends, ends[0].upper(), "statement", first))

    def check_statement(self, tokens: Sequence[Token]) -> None:
        """Read the tokens of one statement."""
        parse_statement(self.source, tokens)

    def performed(self, at: Lexeme) -> None:
        """What PERFORM does: a query, in which the word stands for SELECT."""
        self.statement_text(first=(keyword("select", at.tokens[0]),))

    def loop_source(self) -> tuple[Sequence[Token], Lexeme]:
        """What stands between IN and either LOOP or `..`, not read as SQL yet."""
        tokens = self._construct(("..", "loop"), "LOOP", "expression")
        return tokens, self.current

    def check_expression(self, tokens: Sequence[Token]) -> None:
        """Read the tokens of one expression."""
        self._check_expression(tokens)

    def assignment(self) -> None:
        """`target := expression;`, whose target is the current token."""
        at = self.current
        assert at.variable is not None
        self.check_assignable(at.variable, at)
        self.push_back()
        tokens = self._construct((";",), ";", "statement")
        value = parse_procedural_assignment(self.source, tokens)
        parse_procedural_expression(self.source, value, keyword("select", tokens[-1]))

    def check_assignable(self, variable: Variable, at: Lexeme) -> None:
        """Refuse to assign to a constant."""
        if variable.constant:
            self.refuse(f'variable "{variable.name}" is declared CONSTANT', at, "22005")

    # The tokens of a fragment

    def _construct(
        self, until: Sequence[str], expected: str, what: str, first: Sequence[Token] = ()
    ) -> list[Token]:
        found = list(first)
        depth = 0
        lookup, self.lookup = self.lookup, "expression"
        while True:
            at = self.next()
            if not depth and (_is_one_of(at, until) or (at.kind == "end" and len(until) < _MOST)):
                break
            if at.is_symbol("(", "["):
                depth += 1
            elif at.is_symbol(")", "]"):
                depth -= 1
                if depth < 0:
                    self.error("mismatched parentheses")
            elif at.kind == "end" or at.is_symbol(";"):
                self._missing_end(depth, expected, what)
            found.extend(at.tokens)
        self.lookup = lookup
        if not found:
            self.error("missing expression" if what == "expression" else "missing SQL statement")
        return found

    def _missing_end(self, depth: int, expected: str, what: str) -> NoReturn:
        if depth:
            self.error("mismatched parentheses")
        noun = "SQL expression" if what == "expression" else "SQL statement"
        self.refuse(f'missing "{expected}" at end of {noun}', self.current)

    # Targets

    def into_target(self, *, strict: bool = True) -> Target:
        """What follows INTO: a record, or scalar variables with commas between them."""
        at = self.next()
        if strict and at.is_keyword("strict"):
            at = self.next()
        if at.variable is None:
            self.not_a_variable(at)
        if at.variable.type.record and not at.variable.part:
            self.check_assignable(at.variable, at)
            if self.peek().is_symbol(","):
                self.refuse(
                    "record variable cannot be part of multiple-item INTO list", self.next()
                )
            return Target(record=True)
        self.check_assignable(at.variable, at)
        self.more_targets()
        return Target(record=False)

    def more_targets(self) -> None:
        """The rest of a list of scalar variables (read_into_scalar_list)."""
        while self.peek().is_symbol(","):
            self.next()
            at = self.next()
            if at.variable is None:
                self.not_a_variable(at)
            self.check_assignable(at.variable, at)
            if at.variable.type.record and not at.variable.part:
                self.refuse(f'"{at.variable.name}" is not a scalar variable', at)

    def not_a_variable(self, at: Lexeme) -> NoReturn:
        """Refuse a token that would have to be a variable (current_token_is_not_variable)."""
        if at.kind in ("word", "compound"):
            self.refuse(f'"{".".join(at.names)}" is not a known variable', at)
        self.error()


def _is_one_of(at: Lexeme, until: Sequence[str]) -> bool:
    return at.kind in ("keyword", "other") and at.word in until
