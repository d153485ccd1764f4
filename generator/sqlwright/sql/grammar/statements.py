"""Any statement that may be annotated, by its first words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from sqlwright.sql import nodes
from sqlwright.sql.grammar.command_tags import command_tag
from sqlwright.sql.grammar.definitions.statements import DdlGrammar
from sqlwright.sql.grammar.utilities.copy import CopyGrammar
from sqlwright.sql.grammar.utilities.cursors import CursorsGrammar
from sqlwright.sql.grammar.utilities.maintenance import MaintenanceGrammar
from sqlwright.sql.grammar.utilities.privileges import PrivilegesGrammar

_QUERY_WORDS = frozenset(
    ("select", "values", "table", "with", "insert", "update", "delete", "merge")
)
_DEFINITION_WORDS = frozenset(("create", "alter", "drop", "comment"))
_TRANSACTION_WORDS = frozenset(
    ("begin", "start", "commit", "end", "rollback", "abort", "savepoint", "release")
)
_BEFORE_TABLE_AS = frozenset(
    ("table", "temp", "temporary", "local", "global", "unlogged", "materialized")
)
_LONGEST_TAG = 8
_EXPLAIN_FORMATS: dict[str, Literal["xml", "json", "yaml"]] = {
    "xml": "xml",
    "json": "json",
    "yaml": "yaml",
}


class StatementGrammar(
    MaintenanceGrammar, CopyGrammar, CursorsGrammar, PrivilegesGrammar, DdlGrammar
):
    """`stmt`: queries, definitions and everything else."""

    def whole_statement(self) -> nodes.Statement:
        """One statement and nothing after it."""
        statement = self._any_statement()
        self.expect_end()
        return statement

    def _any_statement(self) -> nodes.Statement:
        start = self.start()
        word = self._curr.keyword
        if word in _QUERY_WORDS or self.at_symbol("("):
            return self.preparable_statement()
        if word in _DEFINITION_WORDS:
            return self._definition(start)
        command = self._commands().get(word)
        if command is None:
            self.syntax_error()
        self.advance()
        return command(start)

    def _commands(self) -> dict[str, Callable[[int], nodes.Statement]]:
        commands: dict[str, Callable[[int], nodes.Statement]] = {
            "analyse": self.analyze_command,
            "analyze": self.analyze_command,
            "call": self._call_command,
            "checkpoint": lambda start: self._utility(start, "CHECKPOINT"),
            "close": self.close_command,
            "cluster": self.cluster_command,
            "copy": self.copy_command,
            "deallocate": self.deallocate_command,
            "declare": self.declare_command,
            "discard": self._discard_command,
            "do": self._do_command,
            "execute": self.execute_command,
            "explain": self._explain_command,
            "fetch": lambda start: self.fetch_command(start, "fetch"),
            "grant": self.grant_command,
            "import": self.import_command,
            "listen": self._listen_command,
            "load": self._load_command,
            "lock": self.lock_command,
            "move": lambda start: self.fetch_command(start, "move"),
            "notify": self._notify_command,
            "prepare": self.prepare_command,
            "reassign": self.reassign_command,
            "refresh": self.refresh_command,
            "reindex": self.reindex_command,
            "reset": self.reset_command,
            "revoke": self.revoke_command,
            "security": self.security_label_command,
            "set": self.set_command,
            "show": self.show_command,
            "truncate": self.truncate_command,
            "unlisten": self._unlisten_command,
            "vacuum": self.vacuum_command,
        }
        for word in _TRANSACTION_WORDS:
            commands[word] = lambda start, word=word: self.transaction_command(start, word)  # type: ignore[misc]
        return commands

    def _utility(self, start: int, keyword: str) -> nodes.Utility:
        return nodes.Utility(start=start, end=self.end(), keyword=keyword)

    def _definition(self, start: int) -> nodes.Statement:
        """CREATE, ALTER, DROP or COMMENT: only what holds a query keeps its tree."""
        tag = command_tag(self.peek(offset).keyword for offset in range(_LONGEST_TAG))
        definition = self.schema_definition()
        if isinstance(definition, nodes.CreateTableAs):
            return definition
        return self._utility(start, tag)

    def _call_command(self, start: int) -> nodes.Call:
        call = self.func_application()
        return nodes.Call(start=start, end=self.end(), call=call)

    def _discard_command(self, start: int) -> nodes.Utility:
        what = self.expect_any("all", "temp", "temporary", "plans", "sequences")
        return self._utility(start, f"DISCARD {'TEMP' if what == 'temporary' else what.upper()}")

    def _do_command(self, start: int) -> nodes.Utility:
        self._do_item()
        while not self.at_end():
            self._do_item()
        return self._utility(start, "DO")

    def _do_item(self) -> None:
        if self.accept("language"):
            self.word_or_string()
        else:
            self.string_constant()

    def _load_command(self, start: int) -> nodes.Utility:
        self.string_constant()
        return self._utility(start, "LOAD")

    # Notifications

    def _notify_command(self, start: int) -> nodes.Utility:
        self.col_id()
        if self.accept_symbol(","):
            self.string_constant()
        return self._utility(start, "NOTIFY")

    def _listen_command(self, start: int) -> nodes.Utility:
        self.col_id()
        return self._utility(start, "LISTEN")

    def _unlisten_command(self, start: int) -> nodes.Utility:
        if not self.accept_symbol("*"):
            self.col_id()
        return self._utility(start, "UNLISTEN")

    # EXPLAIN

    def _explain_command(self, start: int) -> nodes.Explain:
        options: tuple[tuple[str, str], ...] = ()
        if self.at_symbol("(") and self.peek(1).symbol != "(" and not self.holds_query():
            options = self.option_list()
        else:
            self.accept_any("analyze", "analyse")
            self.accept("verbose")
        statement = self._explainable_statement()
        written = [value for name, value in options if name == "format"]
        return nodes.Explain(
            start=start,
            end=self.end(),
            statement=statement,
            format=_EXPLAIN_FORMATS.get(written[-1], "text") if written else "text",
        )

    def _explainable_statement(self) -> nodes.Statement:
        start = self.start()
        if self.accept("declare"):
            return self.declare_command(start)
        if self.accept("execute"):
            return self.execute_command(start)
        if self.accept("refresh"):
            return self.refresh_command(start)
        if self.at("create"):
            if self.peek(1).keyword not in _BEFORE_TABLE_AS:
                self.advance()
                self.syntax_error()
            definition = self.schema_definition()
            if not isinstance(definition, nodes.CreateTableAs):
                self.syntax_error()
            return definition
        return self.preparable_statement()
