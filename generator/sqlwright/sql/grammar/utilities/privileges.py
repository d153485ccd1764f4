"""GRANT and REVOKE, of privileges and of roles, and what else is said about roles and labels."""

from __future__ import annotations

from collections.abc import Callable

from sqlwright.sql import ddl_nodes as ddl
from sqlwright.sql import nodes
from sqlwright.sql.grammar.definitions.references import ReferenceGrammar
from sqlwright.sql.grammar.queries.limit import LimitGrammar

_COLUMN_PRIVILEGES = ("select", "references", "create")
_PLURALS = ("tables", "sequences", "functions", "procedures", "routines")
_FUNCTION_KINDS: tuple[ddl.ObjectKind, ...] = ("function", "procedure", "routine")


class PrivilegesGrammar(ReferenceGrammar, LimitGrammar):
    """`GrantStmt`, `GrantRoleStmt`, their opposites, and `SecLabelStmt`."""

    def grant_command(self, start: int) -> nodes.Utility:
        """After GRANT."""
        may_be_roles = self._privileges()
        if self.at("on") or not may_be_roles:
            self.expect("on")
            self._privilege_target()
            self.expect("to")
            self.comma_list(self._grantee)
            if self.accept("with"):
                self.expect("grant", "option")
            self._granted_by()
            return nodes.Utility(start=start, end=self.end(), keyword="GRANT")
        self.expect("to")
        self.comma_list(self.role)
        if self.accept("with"):
            self.comma_list(self._role_option)
        self._granted_by()
        return nodes.Utility(start=start, end=self.end(), keyword="GRANT ROLE")

    def revoke_command(self, start: int) -> nodes.Utility:
        """After REVOKE."""
        only_privileges = self.at("grant")
        only_roles = self.at_col_id() and self.peek(1).keyword == "option"
        if only_privileges:
            self.expect("grant", "option", "for")
        elif only_roles:
            self.col_id()
            self.expect("option", "for")
        may_be_roles = self._privileges()
        if not only_roles and (self.at("on") or only_privileges or not may_be_roles):
            self.expect("on")
            self._privilege_target()
            self.expect("from")
            self.comma_list(self._grantee)
            keyword = "REVOKE"
        else:
            self.expect("from")
            self.comma_list(self.role)
            keyword = "REVOKE ROLE"
        self._granted_by()
        self.accept_any("cascade", "restrict")
        return nodes.Utility(start=start, end=self.end(), keyword=keyword)

    def _privileges(self) -> bool:
        """ALL or a list of privileges; whether they may be the names of roles instead."""
        if not self.accept("all"):
            self.comma_list(self._privilege)
            return True
        self.accept("privileges")
        self._optional_columns()
        return False

    def _privilege(self) -> None:
        if self.accept("alter", "system"):
            return
        if not self.accept_any(*_COLUMN_PRIVILEGES):
            self.col_id()
        self._optional_columns()

    def _optional_columns(self) -> None:
        if self.at_symbol("("):
            self.parenthesised(self.col_id_list)

    def _privilege_target(self) -> None:
        if self.accept("all"):
            self.expect_any(*_PLURALS)
            self.expect("in", "schema")
            self.col_id_list()
            return
        word = self._curr.keyword
        reader = self._target_readers().get(word)
        if reader is None or self._is_relation_name():
            self.comma_list(self.qualified_name)
            return
        self.advance()
        reader()

    def _is_relation_name(self) -> bool:
        """Whether the word that could say the kind of object is a relation's name instead."""
        after = self.peek(1)
        return self.at_col_id() and (after.keyword in ("to", "from") or after.symbol in (",", "."))

    def _target_readers(self) -> dict[str, Callable[[], object]]:
        readers: dict[str, Callable[[], object]] = {
            "table": lambda: self.comma_list(self.qualified_name),
            "sequence": lambda: self.comma_list(self.qualified_name),
            "foreign": self._foreign_target,
            "database": self.col_id_list,
            "language": self.col_id_list,
            "schema": self.col_id_list,
            "tablespace": self.col_id_list,
            "domain": lambda: self.comma_list(self.any_name),
            "type": lambda: self.comma_list(self.any_name),
            "large": self._large_objects,
            "parameter": lambda: self.comma_list(self._parameter_name_in_grant),
        }
        for kind in _FUNCTION_KINDS:
            readers[kind] = lambda: self.comma_list(lambda: self.function_reference("function"))
        return readers

    def _parameter_name_in_grant(self) -> None:
        self.col_id()
        while self.accept_symbol("."):
            self.col_id()

    def _foreign_target(self) -> None:
        if self.accept("data"):
            self.expect("wrapper")
        else:
            self.expect("server")
        self.col_id_list()

    def _large_objects(self) -> None:
        self.expect("object")
        self.comma_list(self.signed_number)

    def _grantee(self) -> None:
        if self.at("group") and not self.at_col_id():
            self.advance()
        self.role()

    def _granted_by(self) -> None:
        if self.accept("granted"):
            self.expect("by")
            self.role()

    def _role_option(self) -> None:
        self.col_label()
        self.expect_any("option", "true", "false")

    def security_label_command(self, start: int) -> nodes.Utility:
        """After SECURITY."""
        self.expect("label")
        if self.accept("for"):
            self.string_constant() if self.at_string() else self.non_reserved_word()
        self.expect("on")
        self.object_reference(self.object_kind())
        self.expect("is")
        if not self.accept("null"):
            self.string_constant()
        return nodes.Utility(start=start, end=self.end(), keyword="SECURITY LABEL")

    def reassign_command(self, start: int) -> nodes.Utility:
        """After REASSIGN."""
        self.expect("owned", "by")
        self.comma_list(self.role)
        self.expect("to")
        self.role()
        return nodes.Utility(start=start, end=self.end(), keyword="REASSIGN OWNED")

    def import_command(self, start: int) -> nodes.Utility:
        """After IMPORT."""
        self.expect("foreign", "schema")
        self.col_id()
        if self.at("limit"):
            self.expect("limit", "to")
            self.parenthesised_list(self.relation_expr)
        elif self.accept("except"):
            self.parenthesised_list(self.relation_expr)
        self.expect("from", "server")
        self.col_id()
        self.expect("into")
        self.col_id()
        self.generic_options()
        return nodes.Utility(start=start, end=self.end(), keyword="IMPORT FOREIGN SCHEMA")
