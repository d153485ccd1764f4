"""Reading CREATE of schemas, extensions and all lesser objects."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from sqlwright.dataclass import replace
from sqlwright.sql import ddl_nodes as ddl
from sqlwright.sql import nodes
from sqlwright.sql.grammar import making
from sqlwright.sql.grammar.definitions.functions import content_start
from sqlwright.sql.grammar.definitions.on_writes import OnWritesGrammar


class ObjectGrammar(OnWritesGrammar):
    """Definitions of the remaining kinds of objects, and settings."""

    # Schemas and extensions

    def create_schema(
        self, start: int, element: Callable[[], ddl.DdlStatement]
    ) -> ddl.CreateSchema:
        """After CREATE SCHEMA; `element` reads one statement inside it."""
        if_not_exists = self.if_not_exists()
        name_start = self.start()
        if self.accept("authorization"):
            name = self.role()
        else:
            name = self.col_id()
            if self.accept("authorization"):
                self.role()
        schema = making.ObjectName(start=name_start, end=self.end(), parts=(name,))
        elements: list[ddl.DdlStatement] = []
        while self.at("create", "grant"):
            if if_not_exists:
                self.refuse(
                    "feature-not-supported",
                    "CREATE SCHEMA IF NOT EXISTS cannot include schema elements",
                    self.start(),
                    self.peek().end,
                    sqlstate="0A000",
                )
            elements.append(element())
        return ddl.CreateSchema(
            start=start,
            end=self.end(),
            name=schema,
            if_not_exists=if_not_exists,
            elements=tuple(elements),
        )

    def create_extension(self, start: int) -> ddl.CreateExtension:
        """After CREATE EXTENSION."""
        if_not_exists = self.if_not_exists()
        name = self.simple_name()
        extension = ddl.CreateExtension(
            start=start, end=self.end(), name=name, if_not_exists=if_not_exists
        )
        self.accept("with")
        while not self.at_end():
            if self.accept("schema"):
                extension = replace(extension, schema=self.simple_name())
            elif self.accept("version"):
                version = self.string_constant() if self.at_string() else self.non_reserved_word()
                extension = replace(extension, version=version)
            elif self.accept("from"):
                self.string_constant() if self.at_string() else self.non_reserved_word()
            else:
                self.expect("cascade")
                extension = replace(extension, cascade=True)
        return replace(extension, end=self.end())

    # Objects of which the name is enough

    def create_collation(self, start: int) -> ddl.CreateObject:
        """After CREATE COLLATION."""
        if_not_exists = self.if_not_exists()
        name = self.object_name()
        options: tuple[ddl.Option, ...] = ()
        source = None
        if self.accept("from"):
            source = self.object_name()
        else:
            options = self.definition()
        return ddl.CreateObject(
            start=start,
            end=self.end(),
            kind="collation",
            name=name,
            if_not_exists=if_not_exists,
            options=options,
            source=source,
        )

    def create_statistics(self, start: int) -> ddl.CreateObject:
        """After CREATE STATISTICS."""
        if_not_exists = self.if_not_exists()
        name = None
        if self.at_col_id():
            name = self.object_name()
        kinds = self.parenthesised_list(self._statistics_kind) if self.at_symbol("(") else ()
        self.expect("on")
        expressions = self.comma_list(self._statistics_item)
        self.expect("from")
        relation = self.target_relation()
        return ddl.CreateObject(
            start=start,
            end=self.end(),
            kind="statistics",
            name=name,
            if_not_exists=if_not_exists,
            relation=relation,
            expressions=expressions,
            options=kinds,
        )

    def _statistics_kind(self) -> ddl.Option:
        start = self.start()
        return ddl.Option(start=start, end=self.peek().end, name=self.col_id())

    def _statistics_item(self) -> nodes.Expr:
        start = self.start()
        column, expr = self.key_expression()
        if expr is not None:
            return expr
        return making.ColumnRef(start=start, end=self.end(), fields=(column or "",))

    def create_text_search(self, start: int, kind: ddl.ObjectKind) -> ddl.CreateObject:
        """After CREATE TEXT SEARCH PARSER and its like."""
        name = self.object_name()
        options = self.definition()
        return ddl.CreateObject(start=start, end=self.end(), kind=kind, name=name, options=options)

    def create_named(
        self, start: int, kind: ddl.ObjectKind, *, replace_: bool = False
    ) -> ddl.CreateObject:
        """Any object whose details change nothing known here."""
        if_not_exists = self.if_not_exists()
        name_start = self.start()
        if kind == "language" and self.at_string():
            name = self.string_name()
        elif kind in ("role", "user mapping", "transform", "database"):
            name = making.ObjectName(
                start=name_start,
                parts=(self.role() if kind in ("role", "database") else "",),
                end=self.end(),
            )
        else:
            name = self.object_name()
        self.skip_to_end()
        return ddl.CreateObject(
            start=start,
            end=self.end(),
            kind=kind,
            name=name,
            if_not_exists=if_not_exists,
            replace=replace_,
        )

    # Settings and DO

    def set_statement(
        self, start: int, scope: Literal["session", "database", "role"] = "session"
    ) -> ddl.SetVariable | ddl.PassedOver:
        """SET or RESET, the keyword not read yet."""
        if self.at("reset"):
            name, values = self.setting()
            return self._variable(start, name, values, scope)
        self.expect("set")
        final: Literal["local", "session", "database", "role"] = scope
        if self.at("transaction", "constraints", "xml") or self.at_sequence(
            "session", "characteristics"
        ):
            self.skip_to_end()
            return ddl.PassedOver(start=start, end=self.end(), keyword="SET")
        if self.at_sequence("session", "authorization"):
            self.skip_to_end()
            return ddl.PassedOver(start=start, end=self.end(), keyword="SET")
        if self.at("local", "session") and self.peek(1).kind in ("word", "quoted"):
            final = "local" if self.advance().keyword == "local" else scope
        if self.at("transaction") or self.at_sequence("session", "authorization"):
            self.skip_to_end()
            return ddl.PassedOver(start=start, end=self.end(), keyword="SET")
        name, values = self.setting_after_set()
        return self._variable(start, name, values, final)

    def _variable(
        self,
        start: int,
        name: str,
        values: tuple[str, ...] | None,
        scope: Literal["local", "session", "database", "role"],
    ) -> ddl.SetVariable:
        if name == "all":
            name = "search_path"
        return ddl.SetVariable(start=start, end=self.end(), name=name, values=values, scope=scope)

    def do_statement(self, start: int) -> ddl.DoBlock:
        """After DO."""
        language = "plpgsql"
        body: str | None = None
        body_start = -1
        while not self.at_end():
            if self.accept("language"):
                language = (
                    self.string_constant() if self.at_string() else self.non_reserved_word()
                ).lower()
            else:
                token = self.peek()
                body = self.string_constant()
                body_start = content_start(token)
        if body is None:
            self.refuse("syntax-error", "no inline code specified", start, self.end())
        return ddl.DoBlock(
            start=start, end=self.end(), body=body, body_start=body_start, language=language
        )
