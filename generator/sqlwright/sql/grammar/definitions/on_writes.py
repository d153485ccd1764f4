"""Reading what happens as rows of a table are written: triggers, rules and policies."""

from __future__ import annotations

from typing import Literal, cast

from sqlwright.dataclass import replace
from sqlwright.sql import ddl_nodes as ddl
from sqlwright.sql import nodes
from sqlwright.sql.grammar.definitions.functions import FunctionGrammar

_EVENTS = ("insert", "update", "delete", "truncate")


class OnWritesGrammar(FunctionGrammar):
    """CREATE TRIGGER, CREATE RULE, CREATE POLICY."""

    def create_trigger(self, start: int, *, constraint: bool, replace_: bool) -> ddl.CreateTrigger:
        """After CREATE ... TRIGGER."""
        name = self.simple_name()
        timing: Literal["before", "after", "instead of"] = "after"
        if not constraint and self.accept("instead", "of"):
            timing = "instead of"
        elif constraint:
            self.expect("after")
        elif self.expect_any("before", "after") == "before":
            timing = "before"
        events, columns = self._trigger_events()
        self.expect("on")
        relation = self.target_relation()
        if constraint:
            self._constraint_trigger_options()
        transitions = () if constraint else self._transitions()
        row_level = constraint
        if constraint:
            self.expect("for")
            self.accept("each")
            self.expect("row")
        elif self.accept("for"):
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
            transitions=transitions,
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

    def _transitions(self) -> tuple[ddl.Transition, ...]:
        found: list[ddl.Transition] = []
        if self.accept("referencing"):
            while self.at("old", "new"):
                start = self.start()
                row = cast(Literal["old", "new"], self.advance().keyword)
                table = self.expect_any("table", "row") == "table"
                self.accept("as")
                name = self.col_id()
                found.append(
                    ddl.Transition(start=start, end=self.end(), row=row, table=table, name=name)
                )
        return tuple(found)

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
        if self.at_symbol("(") and (self.holds_semicolon() or not self.holds_query()):
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
        if self.at("merge"):
            self.syntax_error()
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
