"""SET, RESET, SHOW and the statements that begin and end transactions."""

from __future__ import annotations

from sqlwright.sql import nodes
from sqlwright.sql.grammar.queries.modify import ModifyGrammar

_TRANSACTION_WORDS = frozenset(("isolation", "read", "deferrable", "not"))


class SettingsGrammar(ModifyGrammar):
    """`VariableSetStmt`, `VariableShowStmt`, `TransactionStmt` and their like."""

    def set_command(self, start: int) -> nodes.Utility:
        """After SET."""
        if self.accept("constraints"):
            if not self.accept("all"):
                self.comma_list(self.qualified_name)
            self.expect_any("deferred", "immediate")
            return nodes.Utility(start=start, end=self.end(), keyword="SET CONSTRAINTS")
        if self.at("local", "session") and self._set_follows():
            self.advance()
        self._set_rest()
        return nodes.Utility(start=start, end=self.end(), keyword="SET")

    def _set_follows(self) -> bool:
        """Whether LOCAL or SESSION here is a scope, not the name or the first word of a setting."""
        after = self.peek(1)
        if self.at("session") and after.keyword == "authorization":
            return False
        if self.at("session") and after.keyword == "characteristics":
            return self._setting_follows(2)
        return after.keyword not in ("to", "from") and after.symbol not in ("=", ".")

    def _set_rest(self) -> None:
        if self.at("transaction") and not self._setting_follows(1):
            self.advance()
            if self.accept("snapshot"):
                self.string_constant()
            else:
                self._transaction_modes()
        elif self.at_sequence("session", "characteristics"):
            self.advance()
            self.advance()
            self.expect("as", "transaction")
            self._transaction_modes()
        else:
            self.setting_rest()

    def _setting_follows(self, offset: int) -> bool:
        """Whether the words before `offset` are the name of a setting that gets a value."""
        token = self.peek(offset)
        return token.keyword in ("to", "from") or token.symbol in ("=", ".")

    def setting_rest(self) -> None:
        """What SET takes also within ALTER ... SET and CREATE FUNCTION ... SET."""
        if self._setting_follows(1):
            self._setting_and_value()
        elif self.accept("time"):
            self.expect("zone")
            self._time_zone()
        elif self.at("catalog"):
            start = self.start()
            self.advance()
            self.string_constant()
            self.refuse(
                "feature-not-supported",
                "current database cannot be changed",
                start + len("catalog "),
                self.end(),
                sqlstate="0A000",
            )
        elif self.accept("schema"):
            self.string_constant()
        elif self.accept("names"):
            if self.at_string():
                self.advance()
            else:
                self.accept("default")
        elif self.accept("role"):
            self.word_or_string()
        elif self.accept("session"):
            self.expect("authorization")
            if not self.accept("default"):
                self.word_or_string()
        elif self.accept("xml"):
            self.expect("option")
            self.expect_any("document", "content")
        else:
            self._setting_and_value()

    def _setting_and_value(self) -> None:
        self._variable_name()
        if self.accept("from"):
            self.expect("current")
            return
        if not self.accept_symbol("="):
            self.expect("to")
        if not self.accept("default"):
            self.comma_list(self._one_value)

    def _variable_name(self) -> str:
        """A setting's name; that of an extension's setting has dots in it."""
        name = self.col_id()
        while self.accept_symbol("."):
            name = f"{name}.{self.col_id()}"
        return name

    def _one_value(self) -> None:
        if self.at_symbol("+", "-") or self._curr.kind in ("integer", "float"):
            self.signed_number()
        else:
            self.boolean_or_string()

    def boolean_or_string(self) -> str:
        """TRUE, FALSE, ON, any other word that is not reserved, or a string."""
        word = self.accept_any("true", "false", "on")
        return word if word is not None else self.word_or_string()

    def word_or_string(self) -> str:
        """A word that is not reserved, or a string."""
        return self.string_constant() if self.at_string() else self.non_reserved_word()

    def _time_zone(self) -> None:
        if self.accept_any("default", "local"):
            return
        if self.at_string():
            self.advance()
        elif self.at("interval"):
            self._interval_zone()
        elif self._curr.kind in ("word", "quoted") and not self._curr.keyword:
            self.advance()
        else:
            self.signed_number()

    def _interval_zone(self) -> None:
        self.expect("interval")
        if self.accept_symbol("("):
            self.integer_constant()
            self.expect_symbol(")")
            self.string_constant()
            return
        self.string_constant()
        fields_start = self.start()
        fields = self.interval_fields()
        if fields not in (None, "hour", "hour to minute"):
            self.refuse(
                "syntax-error",
                "time zone interval must be HOUR or HOUR TO MINUTE",
                fields_start,
                self.end(),
            )

    # RESET and SHOW

    def reset_command(self, start: int) -> nodes.Utility:
        """After RESET."""
        if not self.accept("all"):
            self._named_setting()
        return nodes.Utility(start=start, end=self.end(), keyword="RESET")

    def show_command(self, start: int) -> nodes.Show:
        """After SHOW."""
        name = "all" if self.accept("all") else self._named_setting()
        return nodes.Show(start=start, end=self.end(), name=name)

    def _named_setting(self) -> str:
        if self.accept("time", "zone"):
            return "timezone"
        if self.accept("transaction", "isolation"):
            self.expect("level")
            return "transaction_isolation"
        if self.accept("session", "authorization"):
            return "session_authorization"
        return self._variable_name()

    # Transactions

    def _transaction_modes(self) -> None:
        """One or more modes, with or without commas between them."""
        self._transaction_mode()
        while self.at_symbol(",") or self._curr.keyword in _TRANSACTION_WORDS:
            self.accept_symbol(",")
            self._transaction_mode()

    def _transaction_mode(self) -> None:
        if self.accept("isolation"):
            self.expect("level")
            self._isolation_level()
        elif self.accept("read"):
            self.expect_any("only", "write")
        else:
            self.accept("not")
            self.expect("deferrable")

    def _isolation_level(self) -> None:
        word = self.expect_any("read", "repeatable", "serializable")
        if word == "read":
            self.expect_any("uncommitted", "committed")
        elif word == "repeatable":
            self.expect("read")

    def transaction_command(self, start: int, word: str) -> nodes.Utility:
        """After BEGIN, START, COMMIT, END, ROLLBACK, ABORT, SAVEPOINT or RELEASE."""
        keyword = self._transaction_keyword(word)
        return nodes.Utility(start=start, end=self.end(), keyword=keyword)

    def _transaction_keyword(self, word: str) -> str:
        if word in ("begin", "start"):
            if word == "start":
                self.expect("transaction")
            else:
                self.accept_any("work", "transaction")
            if self._curr.keyword in _TRANSACTION_WORDS:
                self._transaction_modes()
            return "BEGIN" if word == "begin" else "START TRANSACTION"
        if word == "savepoint":
            self.col_id()
            return "SAVEPOINT"
        if word == "release":
            self._savepoint_name()
            return "RELEASE"
        return self._end_of_transaction(word)

    def _end_of_transaction(self, word: str) -> str:
        keyword = "COMMIT" if word in ("commit", "end") else "ROLLBACK"
        if word in ("commit", "rollback") and self.accept("prepared"):
            self.string_constant()
            return f"{keyword} PREPARED"
        self.accept_any("work", "transaction")
        if word == "rollback" and self.accept("to"):
            self._savepoint_name()
        elif self.accept("and"):
            self.accept("no")
            self.expect("chain")
        return keyword

    def _savepoint_name(self) -> None:
        """`[SAVEPOINT] name`; alone, SAVEPOINT is the name."""
        if self.at("savepoint") and self.at_col_id(1):
            self.advance()
        self.col_id()
