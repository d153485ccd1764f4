"""OPEN, FETCH, MOVE and CLOSE (manual 41.7)."""

from __future__ import annotations

from sqlwright.sql.plpgsql.raising import RaisingReader
from sqlwright.sql.plpgsql.scanner import Lexeme
from sqlwright.sql.plpgsql.variables import Variable


class CursorReader(RaisingReader):
    """What is done with cursors."""

    def open_statement(self) -> None:
        """After OPEN."""
        cursor = self._cursor_variable()
        if cursor.bound:
            self.cursor_values(cursor, ";")
            return
        at = self.next()
        if at.is_keyword("no"):
            if self.next().is_keyword("scroll"):
                at = self.next()
        elif at.is_keyword("scroll"):
            at = self.next()
        if not self.current.is_keyword("for"):
            self.error('syntax error, expected "FOR"')
        if not self.next().is_keyword("execute"):
            self.push_back()
            self.statement_text()
        elif self.expression("using", ";", expected="USING or ;").is_keyword("using"):
            self.expressions(",", ";", expected=", or ;")

    def _cursor_variable(self) -> Variable:
        at = self.next()
        found = at.variable
        if found is None:
            self.not_a_variable(at)
        if found.part or found.type.record:
            self.refuse("cursor variable must be a simple variable", at, "42804")
        if not found.type.cursor:
            self.refuse(f'variable "{found.name}" must be of type cursor or refcursor', at, "42804")
        return found

    def cursor_values(self, cursor: Variable, until: str) -> None:
        """Values for a bound cursor's arguments (read_cursor_args), up to what has to follow."""
        at = self.next()
        if not cursor.arguments:
            if at.is_symbol("("):
                self.refuse(f'cursor "{cursor.name}" has no arguments', at)
            if not _is(at, until):
                self.error()
            return
        if not at.is_symbol("("):
            self.refuse(f'cursor "{cursor.name}" has arguments', at)
        for number in range(1, cursor.arguments + 1):
            self._step_over_name()
            end = self.expression(",", ")", expected='," or ")')
            if end.is_symbol(")") and number < cursor.arguments:
                self.refuse(f'not enough arguments for cursor "{cursor.name}"', end)
            if end.is_symbol(",") and number == cursor.arguments:
                self.refuse(f'too many arguments for cursor "{cursor.name}"', end)
        if not _is(self.next(), until):
            self.error()

    def _step_over_name(self) -> None:
        """`name :=` or `name =>` before a value."""
        first, second = self.upcoming(2)
        if second.symbol in (":=", "=>") and first.kind in ("word", "quoted"):
            self.skip(2)

    def fetch_statement(self) -> None:
        """After FETCH."""
        start = self.current
        several = self._direction()
        self._cursor_variable()
        self.expect_keyword("into")
        self.into_target(strict=False)
        if not self.next().is_symbol(";"):
            self.error()
        if several:
            self.refuse("FETCH statement cannot return multiple rows", start, "0A000")

    def move_statement(self) -> None:
        """After MOVE."""
        self._direction()
        self._cursor_variable()
        self.expect_symbol(";")

    def close_statement(self) -> None:
        """After CLOSE."""
        self._cursor_variable()
        self.expect_symbol(";")

    def _direction(self) -> bool:
        """Which row or rows (read_fetch_direction); whether they are several."""
        at = self._some_token()
        if at.is_keyword("next", "prior", "first", "last", "all"):
            self._from_or_in()
            return at.is_keyword("all")
        if at.is_keyword("absolute", "relative"):
            self.expression("from", "in", expected="FROM or IN")
            return False
        if at.is_keyword("forward", "backward"):
            return self._rest_of_direction()
        if at.is_keyword("from", "in"):
            return False
        self.push_back()
        if at.kind == "datum":
            return False
        self.expression("from", "in", expected="FROM or IN")
        return True

    def _rest_of_direction(self) -> bool:
        at = self._some_token()
        if at.is_keyword("from", "in"):
            return False
        if at.is_keyword("all"):
            self._from_or_in()
            return True
        self.push_back()
        self.expression("from", "in", expected="FROM or IN")
        return True

    def _from_or_in(self) -> None:
        if not self.next().is_keyword("from", "in"):
            self.error("expected FROM or IN")


def _is(at: Lexeme, word: str) -> bool:
    return at.is_symbol(word) or at.is_keyword(word)
