"""Cursors and prepared statements: DECLARE, FETCH, MOVE, CLOSE, PREPARE, EXECUTE, DEALLOCATE."""

from __future__ import annotations

from sqlwright.sql import nodes
from sqlwright.sql.grammar.entry_points import Grammar


class CursorsGrammar(Grammar):
    """`DeclareCursorStmt`, `FetchStmt`, `PrepareStmt` and their like."""

    def declare_command(self, start: int) -> nodes.Declare:
        """After DECLARE."""
        name = self.col_id()
        options: list[str] = []
        while not self.accept("cursor"):
            if self.accept("no"):
                self.expect("scroll")
                options.append("no scroll")
            else:
                options.append(self.expect_any("scroll", "binary", "asensitive", "insensitive"))
        word = self.accept_any("with", "without")
        if word:
            self.expect("hold")
            options.append(f"{word} hold")
        self.expect("for")
        query = self.select_statement()
        return nodes.Declare(
            start=start, end=self.end(), name=name, query=query, options=tuple(options)
        )

    def fetch_command(self, start: int, word: str) -> nodes.Utility:
        """After FETCH or MOVE."""
        self._fetch_direction()
        self.accept_any("from", "in")
        self.col_id()
        return nodes.Utility(start=start, end=self.end(), keyword=word.upper())

    def _fetch_direction(self) -> None:
        """How far to move, if said. All of the words but ALL are a cursor's name if alone."""
        name_follows = self.at_col_id(1) or self.peek(1).keyword in ("from", "in")
        number_follows = self._at_integer(1)
        if self.accept("all"):
            return
        if self._at_integer():
            self.signed_integer()
        elif self.at("next", "prior", "first", "last") and name_follows:
            self.advance()
        elif self.at("absolute", "relative") and number_follows:
            self.advance()
            self.signed_integer()
        elif self.at("forward", "backward") and (
            name_follows or number_follows or self.peek(1).keyword == "all"
        ):
            self.advance()
            if number_follows:
                self.signed_integer()
            else:
                self.accept("all")

    def _at_integer(self, offset: int = 0) -> bool:
        token = self.peek(offset)
        return token.kind == "integer" or token.symbol in ("+", "-")

    def signed_integer(self) -> int:
        """An integer with an optional sign."""
        negative = self.accept_symbol("-")
        if not negative:
            self.accept_symbol("+")
        value = self.integer_constant()
        return -value if negative else value

    def close_command(self, start: int) -> nodes.Utility:
        """After CLOSE."""
        every = self.accept("all")
        if not every:
            self.col_id()
        keyword = "CLOSE CURSOR ALL" if every else "CLOSE CURSOR"
        return nodes.Utility(start=start, end=self.end(), keyword=keyword)

    def prepare_command(self, start: int) -> nodes.Execute | nodes.Utility:
        """After PREPARE."""
        if self.at("transaction") and self.peek(1).kind == "string":
            self.advance()
            self.advance()
            return nodes.Utility(start=start, end=self.end(), keyword="PREPARE TRANSACTION")
        name = self.col_id()
        if self.at_symbol("("):
            self.parenthesised_list(self.type_name)
        self.expect("as")
        statement = self.preparable_statement()
        return nodes.Execute(start=start, end=self.end(), name=name, statement=statement)

    def execute_command(self, start: int) -> nodes.Execute:
        """After EXECUTE."""
        name = self.col_id()
        args = self.parenthesised(self.expr_list) if self.at_symbol("(") else ()
        return nodes.Execute(start=start, end=self.end(), name=name, args=args)

    def deallocate_command(self, start: int) -> nodes.Utility:
        """After DEALLOCATE; PREPARE may stand before the name, or be it."""
        if self.at("prepare") and (self.at_col_id(1) or self.peek(1).keyword == "all"):
            self.advance()
        every = self.accept("all")
        if not every:
            self.col_id()
        keyword = "DEALLOCATE ALL" if every else "DEALLOCATE"
        return nodes.Utility(start=start, end=self.end(), keyword=keyword)
