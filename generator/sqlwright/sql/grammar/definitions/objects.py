"""Reading CREATE of schemas, extensions, triggers, rules, policies and all lesser objects."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, cast

from sqlwright.dataclass import replace
from sqlwright.sql import ddl_nodes as ddl
from sqlwright.sql import nodes
from sqlwright.sql.grammar import making
from sqlwright.sql.grammar.definitions.functions import FunctionGrammar, content_start

_EVENTS = ("insert", "update", "delete", "truncate")


class ObjectGrammar(FunctionGrammar):
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

    # Triggers, rules and policies

    def create_trigger(self, start: int, *, constraint: bool, replace_: bool) -> ddl.CreateTrigger:
        """After CREATE ... TRIGGER."""
        name = self.simple_name()
        timing: Literal["before", "after", "instead of"] = "after"
        if self.accept("instead", "of"):
            timing = "instead of"
        elif self.expect_any("before", "after") == "before":
            timing = "before"
        events, columns = self._trigger_events()
        self.expect("on")
        relation = self.target_relation()
        if constraint:
            self._constraint_trigger_options()
        transitions = self._transition_names()
        row_level = constraint
        if self.accept("for"):
            self.accept("each")
            row_level = self.expect_any("row", "statement") == "row"
        when = self.parenthesised(self.a_expr) if self.accept("when") else None
        self.expect("execute")
        self.expect_any("function", "procedure")
        function = self.function_name()
        self._trigger_arguments()
        return ddl.CreateTrigger(
            start=start,
            end=self.end(),
            name=name,
            relation=relation,
            timing=timing,
            events=events,
            columns=columns,
            row_level=row_level,
            when=when,
            function=function,
            replace=replace_,
            constraint=constraint,
            transition_names=transitions,
        )

    def _trigger_events(
        self,
    ) -> tuple[
        tuple[Literal["insert", "update", "delete", "truncate"], ...], tuple[ddl.ObjectName, ...]
    ]:
        events: list[Literal["insert", "update", "delete", "truncate"]] = []
        columns: tuple[ddl.ObjectName, ...] = ()
        while True:
            token = self.peek()
            word = self.expect_any(*_EVENTS)
            event = cast(Literal["insert", "update", "delete", "truncate"], word)
            if event in events:
                self.refuse(
                    "syntax-error",
                    f'duplicate trigger events specified at or near "{token.text}"',
                    token.start,
                    token.end,
                )
            events.append(event)
            if event == "update" and self.accept("of"):
                columns = self.comma_list(self.simple_name)
            if not self.accept("or"):
                return tuple(events), columns

    def _constraint_trigger_options(self) -> None:
        if self.accept("from"):
            self.target_relation()
        while (
            self.accept("not", "deferrable")
            or self.accept("deferrable")
            or self.accept("initially", "deferred")
            or self.accept("initially", "immediate")
        ):
            pass

    def _transition_names(self) -> tuple[str, ...]:
        names: list[str] = []
        if self.accept("referencing"):
            while self.at("old", "new"):
                self.advance()
                self.expect_any("table", "row")
                self.accept("as")
                names.append(self.col_id())
        return tuple(names)

    def _trigger_arguments(self) -> None:
        self.expect_symbol("(")
        if self.accept_symbol(")"):
            return
        self.comma_list(self._trigger_argument)
        self.expect_symbol(")")

    def _trigger_argument(self) -> None:
        if self.peek().kind in ("integer", "float", "string"):
            self.advance()
        else:
            self.col_label()

    def create_rule(self, start: int, *, replace_: bool) -> ddl.CreateRule:
        """After CREATE [OR REPLACE] RULE."""
        name = self.simple_name()
        self.expect("as", "on")
        word = self.expect_any("select", "insert", "update", "delete")
        event = cast(Literal["select", "insert", "update", "delete"], word)
        self.expect("to")
        relation = self.target_relation()
        where = self.a_expr() if self.accept("where") else None
        self.expect("do")
        instead = self.accept_any("instead", "also") == "instead"
        actions: tuple[nodes.Statement, ...] = ()
        if self.at_symbol("(") and not self.holds_query():
            self.expect_symbol("(")
            actions = self._rule_actions()
            self.expect_symbol(")")
        elif not self.accept("nothing"):
            actions = (self._rule_action(),)
        return ddl.CreateRule(
            start=start,
            end=self.end(),
            name=name,
            relation=relation,
            event=event,
            instead=instead,
            where=where,
            actions=actions,
            replace=replace_,
        )

    def _rule_actions(self) -> tuple[nodes.Statement, ...]:
        actions: list[nodes.Statement] = []
        while not self.at_symbol(")"):
            if not self.accept_symbol(";"):
                actions.append(self._rule_action())
        return tuple(actions)

    def _rule_action(self) -> nodes.Statement:
        start = self.start()
        if not self.accept("notify"):
            return self.preparable_statement()
        self.col_id()
        if self.accept_symbol(","):
            self.string_constant()
        return nodes.Utility(start=start, end=self.end(), keyword="NOTIFY")

    def create_policy(self, start: int) -> ddl.CreatePolicy:
        """After CREATE POLICY."""
        name = self.simple_name()
        self.expect("on")
        relation = self.target_relation()
        if self.accept("as"):
            token = self.peek()
            if self.col_id() not in ("permissive", "restrictive"):
                self.refuse(
                    "syntax-error",
                    f'unrecognized row security option "{token.value}"',
                    token.start,
                    token.end,
                    hint="Only PERMISSIVE or RESTRICTIVE policies are supported currently.",
                )
        event = "all"
        if self.accept("for"):
            event = self.expect_any("all", "select", "insert", "update", "delete")
        policy = ddl.CreatePolicy(
            start=start, end=self.end(), name=name, relation=relation, event=event
        )
        return self.policy_clauses(policy)

    def policy_clauses(self, policy: ddl.CreatePolicy) -> ddl.CreatePolicy:
        """TO roles, USING and WITH CHECK."""
        if self.accept("to"):
            self.comma_list(self.role)
        using = self.parenthesised(self.a_expr) if self.accept("using") else None
        check = self.parenthesised(self.a_expr) if self.accept("with", "check") else None
        return replace(policy, end=self.end(), using=using, check=check)

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
        if self.at_symbol("("):
            self.parenthesised_list(self.col_id)
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
        )

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
