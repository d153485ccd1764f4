"""COPY in its present form and in those of earlier versions."""

from __future__ import annotations

from sqlwright.sql import nodes
from sqlwright.sql.grammar.utilities.settings import SettingsGrammar

_STANDARD_STREAMS = ("stdin", "stdout")


class CopyGrammar(SettingsGrammar):
    """`CopyStmt`."""

    def copy_command(self, start: int) -> nodes.Utility:
        """After COPY."""
        if self.at_symbol("("):
            self.parenthesised(self.preparable_statement)
            self.expect("to")
            self._copy_file()
            self.accept("with")
            self._copy_options()
            return nodes.Utility(start=start, end=self.end(), keyword="COPY")
        self.accept("binary")
        relation = self.relation_name()
        if self.at_symbol("("):
            self.parenthesised(self.col_id_list)
        reads = self.expect_any("from", "to") == "from"
        self._copy_file()
        if self.at("using", "delimiters"):
            self.accept("using")
            self.expect("delimiters")
            self.string_constant()
        self.accept("with")
        self._copy_options()
        self._copy_where(reads=reads)
        return nodes.Utility(start=start, end=self.end(), keyword="COPY", relations=(relation,))

    def _copy_where(self, *, reads: bool) -> None:
        start = self.start()
        if not self.accept("where"):
            return
        self.a_expr()
        if not reads:
            self.refuse(
                "syntax-error",
                "WHERE clause not allowed with COPY TO",
                start,
                self.end(),
                hint="Try the COPY (SELECT ... WHERE ...) TO variant.",
            )

    def _copy_file(self) -> None:
        start = self.start()
        program = self.accept("program")
        if self.accept_any(*_STANDARD_STREAMS):
            if program:
                self.refuse(
                    "syntax-error",
                    "STDIN/STDOUT not allowed with PROGRAM",
                    start,
                    self.end(),
                )
            return
        self.string_constant()

    def _copy_options(self) -> None:
        if self.at_symbol("("):
            self.parenthesised_list(self._copy_option)
            return
        while not self.at_end() and not self.at("where"):
            self._old_copy_option()

    def _copy_option(self) -> None:
        self.col_label()
        if self.at_symbol(",", ")") or self.accept("default") or self.accept_symbol("*"):
            return
        if self.at_symbol("("):
            self.parenthesised_list(self.boolean_or_string)
        elif self._curr.kind in ("integer", "float") or self.at_symbol("+", "-"):
            self.signed_number()
        else:
            self.boolean_or_string()

    def _old_copy_option(self) -> None:
        word = self.expect_any(
            "binary",
            "freeze",
            "delimiter",
            "null",
            "csv",
            "header",
            "quote",
            "escape",
            "force",
            "encoding",
        )
        if word in ("delimiter", "null", "quote", "escape"):
            self.accept("as")
            self.string_constant()
        elif word == "encoding":
            self.string_constant()
        elif word == "force":
            kind = self.expect_any("quote", "not", "null")
            if kind == "not":
                self.expect("null")
            if not self.accept_symbol("*"):
                self.col_id_list()
