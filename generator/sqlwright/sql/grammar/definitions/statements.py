"""Reading any statement of a schema file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from sqlwright.sql import ddl_nodes as ddl
from sqlwright.sql import nodes
from sqlwright.sql.grammar.definitions.alter import AlterGrammar

_QUERY_WORDS = ("select", "with", "values", "table")
_PASSED_OVER = (
    "grant",
    "revoke",
    "analyze",
    "analyse",
    "vacuum",
    "cluster",
    "reindex",
    "checkpoint",
    "copy",
    "insert",
    "update",
    "delete",
    "merge",
    "truncate",
    "lock",
    "notify",
    "listen",
    "unlisten",
    "explain",
    "execute",
    "prepare",
    "deallocate",
    "declare",
    "fetch",
    "move",
    "close",
    "discard",
    "load",
    "refresh",
    "reassign",
    "security",
    "show",
)
_TEXT_SEARCH: tuple[tuple[str, ddl.ObjectKind], ...] = (
    ("parser", "text search parser"),
    ("dictionary", "text search dictionary"),
    ("template", "text search template"),
    ("configuration", "text search configuration"),
)


class DdlGrammar(AlterGrammar):
    """Statements of schema files, by their first words."""

    def schema_statement(self) -> ddl.DdlStatement:
        """One whole statement."""
        statement = self.schema_definition()
        self.expect_end()
        return statement

    def schema_definition(self) -> ddl.DdlStatement:
        """One statement, whatever follows it."""
        start = self.start()
        word = self.peek().keyword
        if self.accept("create"):
            return self._create(start)
        if self.accept("alter"):
            return self.alter_statement(start)
        if self.accept("drop"):
            return self.drop_statement(start)
        if self.accept("comment"):
            return self.comment_statement(start)
        if self.at("set", "reset"):
            return self.set_statement(start)
        if self.accept("do"):
            return self.do_statement(start)
        if word in _QUERY_WORDS or self.at_symbol("("):
            return self._query(start)
        if word in ("call", "import"):
            self.skip_to_end()
            return ddl.PassedOver(start=start, end=self.end(), keyword=word.upper())
        transaction = self._transaction(start)
        if transaction is not None:
            return transaction
        if word in _PASSED_OVER:
            self.advance()
            self.skip_to_end()
            return ddl.PassedOver(start=start, end=self.end(), keyword=word.upper())
        return self.syntax_error()

    def _query(self, start: int) -> ddl.DdlStatement:
        """A query at the top level: SELECT INTO makes a table, a call may do anything."""
        statement = self.preparable_statement()
        if not isinstance(statement, nodes.Select):
            return ddl.PassedOver(start=start, end=self.end(), keyword="WITH")
        if _into(statement) is not None:
            return ddl.SelectInto(start=start, end=self.end(), query=statement)
        calls = tuple(
            target.expr for target in statement.targets if isinstance(target.expr, nodes.FuncCall)
        )
        setting = _search_path_call(calls)
        if setting is not None:
            path, scope = setting
            return ddl.SetVariable(
                start=start, end=self.end(), name="search_path", values=path, scope=scope
            )
        return ddl.PassedOver(start=start, end=self.end(), keyword="SELECT", calls=calls)

    # Transactions

    def _transaction(self, start: int) -> ddl.Transaction | None:
        kind: Literal["begin", "commit", "rollback", "savepoint", "release", "rollback to"]
        savepoint: str | None = None
        if self.at("begin") or self.at_sequence("start", "transaction"):
            kind = "begin"
            self.skip_to_end()
        elif self.accept_any("commit", "end"):
            kind = "commit"
            self.skip_to_end()
        elif self.accept_any("rollback", "abort"):
            self.accept_any("work", "transaction")
            kind = "rollback"
            if self.accept("to"):
                kind = "rollback to"
                self.accept("savepoint")
                savepoint = self.col_id()
            else:
                self.skip_to_end()
        elif self.accept("savepoint"):
            kind, savepoint = "savepoint", self.col_id()
        elif self.accept("release"):
            self.accept("savepoint")
            kind, savepoint = "release", self.col_id()
        else:
            return None
        return ddl.Transaction(start=start, end=self.end(), kind=kind, savepoint=savepoint)

    # CREATE

    def _schema_element(self) -> ddl.DdlStatement:
        """A statement inside CREATE SCHEMA: it ends where the next CREATE or GRANT begins."""
        start = self.start()
        if self.accept("grant"):
            while not self.at_end() and not self.at("create", "grant"):
                self.advance()
            return ddl.PassedOver(start=start, end=self.end(), keyword="GRANT")
        self.expect("create")
        return self._create(start)

    def _create(self, start: int) -> ddl.DdlStatement:
        if self.accept("or", "replace"):
            return self._create_or_replace(start)
        persistence = self.persistence()
        relation = self._create_relation(start, persistence)
        if relation is not None:
            return relation
        if persistence != "permanent":
            self.syntax_error()
        if self.accept("foreign", "table"):
            return self.create_table(start, "permanent", foreign=True)
        if self.at("unique", "index"):
            unique = self.accept("unique")
            self.expect("index")
            return self.create_index(start, unique=unique)
        if self.accept("text", "search"):
            return self._create_text_search(start)
        reader = self._create_readers().get(self._create_words())
        if reader is not None:
            return reader(start)
        self.accept("default")
        return self.create_named(start, self._named_kind())

    def _named_kind(self) -> ddl.ObjectKind:
        kind = self.object_kind()
        if kind in ("column", "constraint", "trigger", "index", "table", "cast"):
            self.syntax_error(self.previous)
        return kind

    def _create_or_replace(self, start: int) -> ddl.DdlStatement:
        if self.accept("function"):
            return self.create_function(start, procedure=False, replace_=True)
        if self.accept("procedure"):
            return self.create_function(start, procedure=True, replace_=True)
        if self.accept("aggregate"):
            return self.create_aggregate(start, replace_=True)
        if self.accept("rule"):
            return self.create_rule(start, replace_=True)
        if self.at("trigger", "constraint"):
            constraint = self.accept("constraint")
            self.expect("trigger")
            return self.create_trigger(start, constraint=constraint, replace_=True)
        persistence = self.persistence()
        recursive = self.accept("recursive")
        if self.accept("view"):
            return self.create_view(start, persistence, replace=True, recursive=recursive)
        if persistence != "permanent" or recursive:
            self.syntax_error()
        kind = self.object_kind()
        if kind not in ("language", "transform"):
            self.syntax_error(self.previous)
        return self.create_named(start, kind, replace_=True)

    def _create_relation(self, start: int, persistence: ddl.Persistence) -> ddl.DdlStatement | None:
        if self.accept("table"):
            return self.create_table(start, persistence)
        if self.accept("materialized"):
            self.expect("view")
            return self.create_materialized_view(start, persistence)
        if self.accept("sequence"):
            return self.create_sequence(start, persistence)
        recursive = self.accept("recursive")
        if self.accept("view"):
            return self.create_view(start, persistence, replace=False, recursive=recursive)
        if recursive:
            self.syntax_error()
        return None

    def _create_words(self) -> str:
        """Step over the keyword or keywords that choose a reader; "" if none does."""
        for words in (
            ("constraint", "trigger"),
            ("operator", "class"),
            ("operator", "family"),
        ):
            if self.accept(*words):
                return " ".join(words)
        word = self.peek().keyword
        if word in self._create_readers():
            self.advance()
            return word
        return ""

    def _create_readers(self) -> dict[str, Callable[[int], ddl.DdlStatement]]:
        return {
            "function": lambda at: self.create_function(at, procedure=False, replace_=False),
            "procedure": lambda at: self.create_function(at, procedure=True, replace_=False),
            "aggregate": lambda at: self.create_aggregate(at, replace_=False),
            "type": self.create_type,
            "domain": self.create_domain,
            "schema": lambda at: self.create_schema(at, self._schema_element),
            "extension": self.create_extension,
            "operator": self.create_operator,
            "operator class": self.create_operator_class,
            "operator family": self.create_operator_family,
            "cast": self.create_cast,
            "trigger": lambda at: self.create_trigger(at, constraint=False, replace_=False),
            "constraint trigger": lambda at: self.create_trigger(
                at, constraint=True, replace_=False
            ),
            "rule": lambda at: self.create_rule(at, replace_=False),
            "policy": self.create_policy,
            "collation": self.create_collation,
            "statistics": self.create_statistics,
        }

    def _create_text_search(self, start: int) -> ddl.DdlStatement:
        for word, kind in _TEXT_SEARCH:
            if self.accept(word):
                return self.create_text_search(start, kind)
        return self.syntax_error()


def _into(query: nodes.Select) -> nodes.IntoClause | None:
    """The INTO of a query; in a set operation the leftmost SELECT holds it."""
    while query.left is not None:
        query = query.left
    return query.into


def _search_path_call(
    calls: tuple[nodes.FuncCall, ...],
) -> tuple[tuple[str, ...], Literal["local", "session"]] | None:
    """The path that `set_config('search_path', ..., is_local)` sets, and for how long."""
    if len(calls) != 1 or calls[0].name not in (("set_config",), ("pg_catalog", "set_config")):
        return None
    values = [arg.value for arg in calls[0].args if isinstance(arg, nodes.Const)]
    if len(values) != 3 or values[0].lower() != "search_path":
        return None
    path = tuple(part.strip().strip('"') for part in values[1].split(","))
    return path, "local" if values[2].lower() in ("true", "t") else "session"
