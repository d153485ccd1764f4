"""Reading the actions of ALTER TABLE."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from sqlwright.sql import ddl_nodes as ddl
from sqlwright.sql.grammar import making
from sqlwright.sql.grammar.definitions.objects import ObjectGrammar

_TRIGGER_SCOPES = ("all", "user")


class AlterActionGrammar(ObjectGrammar):
    """What ALTER TABLE can do to a table, its columns and its constraints."""

    def alter_action(self) -> ddl.AlterAction:
        """One action of ALTER TABLE."""
        start = self.start()
        readers: dict[str, Callable[[int], ddl.AlterAction]] = {
            "add": self._add,
            "drop": self._drop,
            "alter": self._alter_column_or_constraint,
            "validate": self._validate,
            "attach": self._attach,
            "detach": self._detach,
            "inherit": self._inherit,
            "no": self._no,
            "of": self._of,
            "not": self._not_of,
            "enable": self._enable,
            "disable": self._enable,
            "force": self._force,
            "set": self._set,
            "reset": self._reset,
            "owner": self._owner_to,
            "cluster": self._cluster,
            "replica": self._replica_identity,
            "depends": self._depends,
            "options": self._options,
        }
        reader = readers.get(self.peek().keyword)
        if reader is None:
            self.syntax_error()
        return reader(start)

    def _done(self, start: int) -> ddl.AlterAction:
        return ddl.AlterAction(start=start, end=self.end())

    def _add(self, start: int) -> ddl.AlterAction:
        self.expect("add")
        constraint_words = ("constraint", "check", "unique", "primary", "foreign", "exclude")
        if self.at(*constraint_words) or self.at_sequence("not", "null"):
            constraint = self.table_constraint()
            return ddl.AddConstraint(start=start, end=self.end(), constraint=constraint)
        self.accept("column")
        if_not_exists = self.if_not_exists()
        column = self.column_definition()
        return ddl.AddColumn(
            start=start, end=self.end(), column=column, if_not_exists=if_not_exists
        )

    def _drop(self, start: int) -> ddl.AlterAction:
        self.expect("drop")
        if self.accept("constraint"):
            return self._constraint_action(start, "drop")
        self.accept("column")
        if_exists = self.if_exists()
        name = self.simple_name()
        cascade = self.drop_behavior()
        return self.column_action(start, name, "drop", if_exists=if_exists, cascade=cascade)

    def _constraint_action(self, start: int, action: str) -> ddl.ConstraintAction:
        if_exists = self.if_exists() if action == "drop" else False
        name = self.simple_name()
        cascade = self.drop_behavior() if action == "drop" else False
        return ddl.ConstraintAction(
            start=start,
            end=self.end(),
            action="drop" if action == "drop" else "validate",
            name=name.parts[0],
            name_start=name.start,
            name_end=name.end,
            if_exists=if_exists,
            cascade=cascade,
        )

    def column_action(
        self, start: int, name: ddl.ObjectName, action: str, **fields: object
    ) -> ddl.ColumnAction:
        return ddl.ColumnAction(
            start=start,
            end=self.end(),
            action=action,  # type: ignore[arg-type]
            name=name.parts[0],
            name_start=name.start,
            name_end=name.end,
            **fields,  # type: ignore[arg-type]
        )

    def _alter_column_or_constraint(self, start: int) -> ddl.AlterAction:
        self.expect("alter")
        if self.accept("constraint"):
            return self._alter_constraint(start)
        self.accept("column")
        if self.peek().kind == "integer":  # an index's column by number
            return self._statistics_by_number(start)
        name = self.simple_name()
        if self.accept("set"):
            return self._set_column(start, name)
        if self.accept("drop"):
            return self._drop_of_column(start, name)
        if self.accept("type"):
            return self.column_type(start, name)
        if self.accept("add"):
            self.expect("generated")
            always = self.generated_when()
            self.expect("as", "identity")
            options = self.parenthesised(self.sequence_options) if self.at_symbol("(") else ()
            return self.column_action(start, name, "add identity", always=always, options=options)
        if self.accept("reset"):
            parameters = self.storage_parameters()
            return self.column_action(start, name, "reset", options=parameters)
        if self.at("restart"):
            options = self.sequence_options()
            return self.column_action(start, name, "set identity", options=options)
        if self.at("options"):
            self.generic_options()
            return self.column_action(start, name, "other")
        return self.syntax_error()

    def _set_column(self, start: int, name: ddl.ObjectName) -> ddl.AlterAction:
        if self.accept("default"):
            return self.column_action(start, name, "default", expr=self.a_expr())
        if self.accept("not", "null"):
            return self.column_action(start, name, "set not null")
        if self.accept("data", "type"):
            return self.column_type(start, name)
        if self.accept("expression", "as"):
            expr = self.parenthesised(self.a_expr)
            return self.column_action(start, name, "expression", expr=expr)
        if self.accept("statistics"):
            option = self._statistics_target()
        elif (word := self.accept_any("storage", "compression") or "") != "":
            option = self.storage_option(word)
        elif self.at_symbol("("):
            parameters = self.storage_parameters()
            return self.column_action(start, name, "set", options=parameters)
        else:
            return self._set_identity(start, name)
        return self.column_action(start, name, "other", options=(option,))

    def _statistics_by_number(self, start: int) -> ddl.AlterAction:
        number = self.start()
        name = making.ObjectName(start=number, parts=("",), end=self.peek().end)
        number = int(self.advance().value)
        self.expect("set", "statistics")
        options = (self._statistics_target(),)
        return self.column_action(start, name, "other", options=options, number=number)

    def _statistics_target(self) -> ddl.Option:
        start = self.start()
        value = None if self.accept("default") else self.signed_constant()
        return ddl.Option(start=start, end=self.end(), name="statistics", value=value)

    def _set_identity(self, start: int, name: ddl.ObjectName) -> ddl.AlterAction:
        always: bool | None = None
        options: tuple[ddl.Option, ...] = ()
        while True:
            if self.accept("generated"):
                always = self.generated_when()
            else:
                read = self.sequence_options()
                if not read:
                    self.syntax_error()
                options += read
            if self.at("restart"):
                options += self.sequence_options()
            if not self.accept("set"):
                break
        return self.column_action(start, name, "set identity", always=always, options=options)

    def _drop_of_column(self, start: int, name: ddl.ObjectName) -> ddl.AlterAction:
        if self.accept("default"):
            return self.column_action(start, name, "default")
        if self.accept("not", "null"):
            return self.column_action(start, name, "drop not null")
        word = self.expect_any("expression", "identity")
        if_exists = self.if_exists()
        action = "drop expression" if word == "expression" else "drop identity"
        return self.column_action(start, name, action, if_exists=if_exists)

    def column_type(self, start: int, name: ddl.ObjectName) -> ddl.AlterAction:
        type_name = self.type_name()
        clause = self.start()
        collation = self.collation_after(clause) if self.accept("collate") else None
        using = self.a_expr() if self.accept("using") else None
        cascade = self.drop_behavior()
        return self.column_action(
            start,
            name,
            "type",
            type_name=type_name,
            collation=collation,
            using=using,
            cascade=cascade,
        )

    def _alter_constraint(self, start: int) -> ddl.AlterAction:
        name = self.simple_name()
        inherit: bool | None = None
        deferrable: bool | None = None
        deferred = False
        enforced: bool | None = None
        while not self.at_end() and not self.at_symbol(","):
            if self.accept("inherit"):
                inherit = True
            elif self.accept("no", "inherit"):
                inherit = False
            elif self.accept("not", "deferrable"):
                deferrable = False
            elif self.accept("deferrable"):
                deferrable = True
            elif self.accept("initially", "deferred"):
                deferrable = deferred = True
            elif self.accept("initially", "immediate"):
                deferrable = bool(deferrable)
            elif self.accept("not", "enforced"):
                enforced = False
            elif self.accept("enforced"):
                enforced = True
            else:
                self.syntax_error()
        return ddl.ConstraintAction(
            start=start,
            end=self.end(),
            action="alter",
            name=name.parts[0],
            name_start=name.start,
            name_end=name.end,
            deferrable=deferrable,
            deferred=deferred,
            enforced=enforced,
            inherit=inherit,
        )

    def _validate(self, start: int) -> ddl.AlterAction:
        self.expect("validate", "constraint")
        return self._constraint_action(start, "validate")

    def _attach(self, start: int) -> ddl.AlterAction:
        self.expect("attach", "partition")
        relation = self.target_relation()
        bound = None if self.at_end() else self.partition_bound()
        return ddl.ParentAction(
            start=start, end=self.end(), action="attach", relation=relation, bound=bound
        )

    def _detach(self, start: int) -> ddl.AlterAction:
        self.expect("detach", "partition")
        relation = self.target_relation()
        self.accept_any("concurrently", "finalize")
        return ddl.ParentAction(start=start, end=self.end(), action="detach", relation=relation)

    def _inherit(self, start: int) -> ddl.AlterAction:
        self.expect("inherit")
        relation = self.target_relation()
        return ddl.ParentAction(start=start, end=self.end(), action="inherit", relation=relation)

    def _no(self, start: int) -> ddl.AlterAction:
        self.expect("no")
        if self.accept("force"):
            self.expect("row", "level", "security")
            return self._done(start)
        if self.at("depends"):
            return self._depends(start)
        self.expect("inherit")
        relation = self.target_relation()
        return ddl.ParentAction(start=start, end=self.end(), action="no inherit", relation=relation)

    def _of(self, start: int) -> ddl.AlterAction:
        self.expect("of")
        type_start = self.start()
        names = self.any_name()
        type_name = making.TypeName(start=type_start, end=self.end(), names=names)
        return ddl.TypeAction(start=start, end=self.end(), type_name=type_name)

    def _not_of(self, start: int) -> ddl.AlterAction:
        self.expect("not", "of")
        return ddl.TypeAction(start=start, end=self.end(), type_name=None)

    def _enable(self, start: int) -> ddl.AlterAction:
        enabled = self.expect_any("enable", "disable") == "enable"
        if self.accept("row", "level", "security"):
            return ddl.SecurityAction(start=start, end=self.end(), enabled=enabled)
        when = self.accept_any("always", "replica") if enabled else ""
        fires = enabled and when != "replica"
        what = self.expect_any("trigger", "rule")
        scope = self.accept_any(*_TRIGGER_SCOPES) if what == "trigger" else ""
        if scope == "all":
            return ddl.TriggersAction(start=start, end=self.end(), enabled=fires)
        kind: Literal["trigger", "rule"] = "trigger" if what == "trigger" else "rule"
        words = " ".join(filter(None, ("enable" if enabled else "disable", when, what)))
        return self._naming(start, kind, words.upper(), named=not scope)

    def _naming(
        self,
        start: int,
        kind: Literal["index", "trigger", "rule"],
        words: str,
        *,
        named: bool = True,
    ) -> ddl.NamingAction:
        name = self.col_id() if named else None
        return ddl.NamingAction(start=start, end=self.end(), kind=kind, words=words, name=name)

    def _force(self, start: int) -> ddl.AlterAction:
        self.expect("force", "row", "level", "security")
        return self._done(start)

    def _set(self, start: int) -> ddl.AlterAction:
        self.expect("set")
        if self.at_symbol("("):
            return self._parameters(start, reset=False)
        if self.accept("tablespace"):
            self.col_id()
            self.accept("nowait")
        elif self.accept("access", "method"):
            if not self.accept("default"):
                self.col_id()
        elif self.accept("without"):
            self.expect_any("cluster", "oids")
        else:
            logged = self.expect_any("logged", "unlogged") == "logged"
            return ddl.PersistenceAction(start=start, end=self.end(), logged=logged)
        return self._done(start)

    def _reset(self, start: int) -> ddl.AlterAction:
        self.expect("reset")
        return self._parameters(start, reset=True)

    def _parameters(self, start: int, *, reset: bool) -> ddl.AlterAction:
        parameters = self.storage_parameters()
        return ddl.ParametersAction(start=start, end=self.end(), parameters=parameters, reset=reset)

    def _owner_to(self, start: int) -> ddl.AlterAction:
        self.expect("owner", "to")
        self.role()
        return self._done(start)

    def _cluster(self, start: int) -> ddl.AlterAction:
        self.expect("cluster", "on")
        return self._naming(start, "index", "CLUSTER ON")

    def _replica_identity(self, start: int) -> ddl.AlterAction:
        self.expect("replica", "identity")
        if self.accept("using", "index"):
            return self._naming(start, "index", "REPLICA IDENTITY")
        self.expect_any("nothing", "full", "default")
        return self._naming(start, "index", "REPLICA IDENTITY", named=False)

    def _depends(self, start: int) -> ddl.AlterAction:
        self.expect("depends", "on", "extension")
        self.col_id()
        return self._done(start)

    def _options(self, start: int) -> ddl.AlterAction:
        self.generic_options()
        return self._done(start)
