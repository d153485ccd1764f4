"""RAISE, ASSERT, GET DIAGNOSTICS and exception conditions (manual 41.5.5, 41.6.8, 41.9)."""

from __future__ import annotations

import re
from functools import cache

from sqlwright.patterns import pattern
from sqlwright.resources import resource
from sqlwright.sql.plpgsql.declarations import DeclarationReader
from sqlwright.sql.plpgsql.scanner import Lexeme
from sqlwright.sql.plpgsql.words import RAISE_OPTIONS, STACKED_DIAGNOSTICS

LEVELS = ("exception", "warning", "notice", "info", "log", "debug")
"""What RAISE can be, the first of which alone is an error (manual 41.9.1)."""
_CURRENT = ("row_count", "pg_routine_oid")
_ALIKE = "pg_context"
_SQLSTATE = pattern(r"[0-9A-Z]{5}", re.ASCII)


@cache
def conditions() -> dict[str, str]:
    """The names of exception conditions with their SQLSTATEs (manual, appendix A)."""
    text = resource("sql", "plpgsql", "conditions.txt").read_text(encoding="utf-8")
    return dict(line.split() for line in text.splitlines())


class RaisingReader(DeclarationReader):
    """What is about errors."""

    def raise_statement(self) -> None:
        """After RAISE."""
        at = self._some_token()
        if at.is_symbol(";"):
            return
        if at.is_keyword(*LEVELS):
            at = self._some_token()
        message, parameters = None, 0
        if at.kind == "string":
            message = at.tokens[0].value
            parameters = self._message_parameters()
        elif not at.is_keyword("using"):
            self._raised_condition(at)
            if not self.next().is_symbol(";") and not self.current.is_keyword("using"):
                self.error()
        if self.current.is_keyword("using"):
            self._raise_options()
        if message is not None:
            self._check_parameters(message, parameters, at)

    def _some_token(self) -> Lexeme:
        at = self.next()
        if at.kind == "end":
            self.error("unexpected end of function definition")
        return at

    def _message_parameters(self) -> int:
        count = 0
        self.next()
        if not self.current.is_symbol(",", ";") and not self.current.is_keyword("using"):
            self.error()
        while self.current.is_symbol(","):
            self.expression(",", ";", "using", expected=", or ; or USING")
            count += 1
        return count

    def _check_parameters(self, message: str, given: int, at: Lexeme) -> None:
        """Each `%` that is not doubled stands for one (check_raise_parameters)."""
        expected = message.replace("%%", "").count("%")
        if expected < given:
            self.refuse("too many parameters specified for RAISE", at)
        if expected > given:
            self.refuse("too few parameters specified for RAISE", at)

    def _raised_condition(self, at: Lexeme) -> None:
        if at.is_keyword("sqlstate"):
            self._sqlstate()
        elif at.kind == "word" or at.is_unreserved:
            self._check_condition(at.names[0], at)
        else:
            self.error()

    def _sqlstate(self) -> None:
        at = self.next()
        if at.kind != "string":
            self.error()
        if _SQLSTATE.fullmatch(at.tokens[0].value) is None:
            self.error("invalid SQLSTATE code")

    def _check_condition(self, name: str, at: Lexeme) -> None:
        if name not in conditions():
            self.refuse(f'unrecognized exception condition "{name}"', at, "42704")

    def _raise_options(self) -> None:
        while True:
            if not self._some_token().is_keyword(*RAISE_OPTIONS):
                self.error("unrecognized RAISE statement option")
            if not self.next().is_symbol("=", ":="):
                self.error('syntax error, expected "="')
            if self.expression(",", ";", expected=", or ;").is_symbol(";"):
                return

    def caught_condition(self) -> None:
        """One condition of WHEN in an EXCEPTION section."""
        at = self.next()
        if not at.is_identifier:
            self.error()
        name = at.names[0]
        if name == "sqlstate":
            self._sqlstate()
        elif name != "others":
            self._check_condition(name, at)

    def assert_statement(self) -> None:
        """After ASSERT."""
        if self.expression(",", ";", expected=", or ;").is_symbol(","):
            self.expression(";")

    def get_statement(self) -> None:
        """After GET."""
        start = self.current
        stacked = self.accept_keyword("stacked")
        if not stacked:
            self.accept_keyword("current")
        self.expect_keyword("diagnostics")
        items: list[Lexeme] = []
        while not items or self.current.is_symbol(","):
            items.append(self._diagnostics_item())
            self.next()
        if not self.current.is_symbol(";"):
            self.error()
        for item in items:
            self._check_item(item, start, stacked=stacked)

    def _diagnostics_item(self) -> Lexeme:
        at = self.next()
        if at.variable is None:
            self.not_a_variable(at)
        if at.variable.type.record and not at.variable.part:
            self.refuse(f'"{at.variable.name}" is not a scalar variable', at)
        self.check_assignable(at.variable, at)
        if not self.next().is_symbol("=", ":="):
            self.error()
        item = self.next()
        if not item.is_keyword(_ALIKE, *_CURRENT, *STACKED_DIAGNOSTICS):
            self.error("unrecognized GET DIAGNOSTICS item")
        return item

    def _check_item(self, item: Lexeme, start: Lexeme, *, stacked: bool) -> None:
        if item.is_keyword(*_CURRENT) and stacked:
            self._wrong_item(item, start, "STACKED")
        elif item.is_keyword(*STACKED_DIAGNOSTICS) and not stacked:
            self._wrong_item(item, start, "CURRENT")

    def _wrong_item(self, item: Lexeme, start: Lexeme, area: str) -> None:
        name = item.word.upper()
        self.refuse(f"diagnostics item {name} is not allowed in GET {area} DIAGNOSTICS", start)
