"""Statements that hold no others: assignments, RETURN, EXECUTE and SQL (manual 41.5, 41.6.1)."""

from __future__ import annotations

from sqlwright.sql.lexing.tokens import Token
from sqlwright.sql.plpgsql.cursors import CursorReader
from sqlwright.sql.plpgsql.scanner import Lexeme

_INTO_OF_SQL = ("insert", "merge")
_ROUTINES = ("function", "procedure")


class StatementReader(CursorReader):
    """One statement, of which the first word is read."""

    # RETURN

    def return_statement(self) -> None:
        """After RETURN."""
        start = self.current
        at = self.next()
        if at.kind == "end":
            self.error("unexpected end of function definition")
        if at.is_keyword("next"):
            self._return_next(start)
        elif at.is_keyword("query"):
            self._return_query(start)
        else:
            self.push_back()
            self._return_value()

    def _return_value(self) -> None:
        routine = self.routine
        if routine.procedure and routine.returns_void:
            self._no_value("in a procedure", "42601")
        elif routine.returns_set:
            self._no_value("in function returning set", hint="Use RETURN NEXT or RETURN QUERY.")
        elif routine.returns_void:
            self._no_value("in function returning void")
        elif routine.has_outputs:
            self._no_value("in function with OUT parameters")
        else:
            self.expression(";")

    def _no_value(self, where: str, sqlstate: str = "42804", hint: str | None = None) -> None:
        if not self.next().is_symbol(";"):
            self.refuse(f"RETURN cannot have a parameter {where}", self.current, sqlstate, hint)

    def _return_next(self, start: Lexeme) -> None:
        if not self.routine.returns_set:
            self.refuse("cannot use RETURN NEXT in a non-SETOF function", start, "42804")
        if not self.routine.has_outputs:
            self.expression(";")
        elif not self.next().is_symbol(";"):
            self.refuse(
                "RETURN NEXT cannot have a parameter in function with OUT parameters",
                self.current,
                "42804",
            )

    def _return_query(self, start: Lexeme) -> None:
        if not self.routine.returns_set:
            self.refuse("cannot use RETURN QUERY in a non-SETOF function", start, "42804")
        if not self.next().is_keyword("execute"):
            self.push_back()
            self.statement_text()
        elif self.expression(";", "using", expected="; or USING").is_keyword("using"):
            self.expressions(",", ";", expected=", or ;")

    # EXECUTE

    def execute_statement(self) -> None:
        """After EXECUTE."""
        end = self.expression("into", "using", ";", expected="INTO or USING or ;")
        seen: set[str] = set()
        while not end.is_symbol(";"):
            if not end.is_keyword("into", "using") or end.word in seen:
                self.error()
            seen.add(end.word)
            if end.word == "into":
                self.into_target()
                end = self.next()
            else:
                end = self.expressions(",", ";", "into", expected=", or ; or INTO")

    # SQL

    def sql_statement(self, first: Lexeme) -> None:
        """A statement of SQL, whose INTO names variables of the body (make_execsql_stmt)."""
        tokens: list[Token] = list(first.tokens)
        self.lookup = "expression"
        nesting = _Nesting(first)
        into = False
        while True:
            before = self.current
            at = self.next()
            if at.is_symbol(";") and not nesting.is_open:
                break
            if at.kind == "end":
                self.error("unexpected end of function definition")
            nesting.add(at)
            if at.is_keyword("into") and not _is_of_sql(before, first):
                if into:
                    self.error("INTO specified more than once")
                into = True
                self.lookup = "normal"
                self.into_target()
                self.lookup = "expression"
            else:
                tokens.extend(at.tokens)
        self.lookup = "normal"
        self.check_statement(tokens)

    def commit_statement(self) -> None:
        """After COMMIT or ROLLBACK."""
        if self.accept_keyword("and"):
            self.accept_keyword("no")
            self.expect_keyword("chain")
        self.expect_symbol(";")

    def exit_statement(self, *, leaves: bool) -> None:
        """After EXIT (which `leaves`) or CONTINUE."""
        start = self.current
        label = self.label_name() if self.peek().is_identifier else None
        if self.accept_keyword("when"):
            self.expression(";")
        else:
            self.expect_symbol(";")
        if label is not None:
            self._check_label(label, leaves=leaves)
        elif not self.variables.in_loop():
            self.refuse(
                "EXIT cannot be used outside a loop, unless it has a label"
                if leaves
                else "CONTINUE cannot be used outside a loop",
                start,
            )

    def _check_label(self, label: Lexeme, *, leaves: bool) -> None:
        name = label.names[0]
        kind = self.variables.label_kind(name)
        if kind is None:
            self.refuse(
                f'there is no label "{name}" attached to any block or loop enclosing this '
                "statement",
                label,
            )
        if kind == "block" and not leaves:
            self.refuse(f'block label "{name}" cannot be used in CONTINUE', label)


def _is_of_sql(before: Lexeme, first: Lexeme) -> bool:
    """Whether INTO is that of INSERT INTO, MERGE INTO or IMPORT FOREIGN SCHEMA."""
    return before.is_keyword(*_INTO_OF_SQL) or first.is_keyword("import")


class _Nesting:
    """Whether a semicolon is one within parentheses, or in the body of a function that is made."""

    def __init__(self, first: Lexeme) -> None:
        self._may_make = first.word == "create"
        self._words = [first.word]
        self._parentheses = 0
        self._blocks = 0

    @property
    def is_open(self) -> bool:
        return self._parentheses > 0 or self._blocks > 0

    def add(self, at: Lexeme) -> None:
        self._parentheses += at.is_symbol("(") - at.is_symbol(")")
        if not self._may_make:
            return
        if len(self._words) < 4:
            self._words.append(at.word)
        if not self._parentheses and self._makes_routine():
            self._blocks += at.is_keyword("begin") or (self._blocks > 0 and at.is_keyword("case"))
            self._blocks -= self._blocks > 0 and at.is_keyword("end")

    def _makes_routine(self) -> bool:
        words = [each for each in self._words[1:] if each not in ("or", "replace")]
        return bool(words) and words[0] in _ROUTINES
