"""Reading ALTER statements."""

from __future__ import annotations

from collections.abc import Callable

from sqlwright.sql import ddl_nodes as ddl
from sqlwright.sql import nodes
from sqlwright.sql.ddl_objects import ObjectGrammar

_RELATIONS = ("table", "sequence", "view", "materialized view", "index", "foreign table")
_TRIGGER_SCOPES = ("all", "user")


class AlterGrammar(ObjectGrammar):
    """ALTER of everything."""

    def alter_statement(self, start: int) -> ddl.DdlStatement:
        """After ALTER."""
        if self.at("system") or self.at_sequence("default", "privileges"):
            self.skip_to_end()
            return ddl.PassedOver(start=start, end=self.end(), keyword="ALTER")
        kind = self.object_kind()
        readers: dict[str, Callable[[int], ddl.DdlStatement]] = {
            "type": self._alter_type,
            "domain": self._alter_domain,
            "function": lambda at: self._alter_function(at, kind),
            "procedure": lambda at: self._alter_function(at, kind),
            "routine": lambda at: self._alter_function(at, kind),
            "trigger": lambda at: self._alter_part(at, kind),
            "rule": lambda at: self._alter_part(at, kind),
            "policy": self._alter_policy,
            "extension": self._alter_extension,
            "role": lambda at: self._alter_setting(at, kind),
            "database": lambda at: self._alter_setting(at, kind),
            "operator family": self._alter_operator_family,
        }
        if kind in _RELATIONS:
            return self._alter_relation(start, kind)
        if kind in readers:
            return readers[kind](start)
        return self._alter_other(start, kind)

    # What every object can undergo

    def _common_change(
        self, start: int, reference: ddl.ObjectReference, *, if_exists: bool = False
    ) -> ddl.Rename | ddl.SetSchema | ddl.PassedOver | None:
        """RENAME TO, SET SCHEMA, OWNER TO, DEPENDS ON EXTENSION."""
        if self.accept("rename", "to"):
            new_name = self.simple_name()
            return ddl.Rename(
                start=start,
                end=self.end(),
                object=reference,
                new_name=new_name,
                if_exists=if_exists,
            )
        if self.accept("set", "schema"):
            schema = self.simple_name()
            return ddl.SetSchema(
                start=start, end=self.end(), object=reference, schema=schema, if_exists=if_exists
            )
        if self.accept("owner", "to"):
            self.role()
            return ddl.PassedOver(start=start, end=self.end(), keyword="ALTER")
        if self.at_sequence("depends") or self.at_sequence("no", "depends"):
            self.accept("no")
            self.expect("depends", "on", "extension")
            self.col_id()
            return ddl.PassedOver(start=start, end=self.end(), keyword="ALTER")
        return None

    def _alter_other(self, start: int, kind: ddl.ObjectKind) -> ddl.DdlStatement:
        reference = self.object_reference(kind)
        changed = self._common_change(start, reference)
        if changed is not None:
            return changed
        if kind in ("schema", "aggregate", "operator class", "conversion", "cast"):
            self.syntax_error()
        self.skip_to_end()
        return ddl.PassedOver(start=start, end=self.end(), keyword="ALTER")

    def _alter_part(self, start: int, kind: ddl.ObjectKind) -> ddl.DdlStatement:
        changed = self._common_change(start, self.object_reference(kind))
        if changed is None:
            self.syntax_error()
        return changed

    # Relations

    def _alter_relation(self, start: int, kind: ddl.ObjectKind) -> ddl.DdlStatement:
        if self.accept("all", "in", "tablespace"):
            self.skip_to_end()
            return ddl.PassedOver(start=start, end=self.end(), keyword="ALTER")
        if_exists = self.if_exists()
        relation = self.relation_with_children()
        reference = ddl.ObjectReference(
            start=relation.start, end=relation.end, kind=kind, name=relation.name
        )
        if self.at("rename") and self.peek(1).keyword != "to":
            return self._rename_part(start, reference, if_exists)
        if (
            self.at_sequence("rename")
            or self.at_sequence("set", "schema")
            or self.at("no", "depends")
        ):
            changed = self._common_change(start, reference, if_exists=if_exists)
            if changed is not None:
                return changed
        if kind == "sequence" and not self.at_sequence("owner", "to"):
            options = self.sequence_options()
            if options:
                return ddl.AlterSequence(
                    start=start,
                    end=self.end(),
                    relation=relation,
                    options=options,
                    if_exists=if_exists,
                )
        actions = self.comma_list(self.alter_action)
        return ddl.AlterTable(
            start=start,
            end=self.end(),
            kind=kind,
            relation=relation,
            actions=actions,
            if_exists=if_exists,
        )

    def _rename_part(
        self, start: int, reference: ddl.ObjectReference, if_exists: bool
    ) -> ddl.Rename:
        self.expect("rename")
        constraint = self.accept("constraint")
        if not constraint:
            self.accept("column")
        part = self.simple_name()
        self.expect("to")
        new_name = self.simple_name()
        return ddl.Rename(
            start=start,
            end=self.end(),
            object=reference,
            new_name=new_name,
            part=part,
            part_kind="constraint" if constraint else "column",
            if_exists=if_exists,
        )

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
        return self._column_action(start, name, "drop", if_exists=if_exists, cascade=cascade)

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

    def _column_action(
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
            self.advance()
            self.expect("set", "statistics")
            self.signed_constant()
            return self._done(start)
        name = self.simple_name()
        if self.accept("set"):
            return self._set_column(start, name)
        if self.accept("drop"):
            return self._drop_of_column(start, name)
        if self.accept("type"):
            return self._column_type(start, name)
        if self.accept("add"):
            self.expect("generated")
            always = self.generated_when()
            self.expect("as", "identity")
            options = self.parenthesised(self.sequence_options) if self.at_symbol("(") else ()
            return self._column_action(start, name, "add identity", always=always, options=options)
        if self.accept("reset"):
            self.storage_parameters()
            return self._done(start)
        if self.at("restart"):
            options = self.sequence_options()
            return self._column_action(start, name, "set identity", options=options)
        if self.at("options"):
            self.generic_options()
            return self._column_action(start, name, "other")
        return self.syntax_error()

    def _set_column(self, start: int, name: ddl.ObjectName) -> ddl.AlterAction:
        if self.accept("default"):
            return self._column_action(start, name, "default", expr=self.a_expr())
        if self.accept("not", "null"):
            return self._column_action(start, name, "set not null")
        if self.accept("data", "type"):
            return self._column_type(start, name)
        if self.accept("expression", "as"):
            expr = self.parenthesised(self.a_expr)
            return self._column_action(start, name, "expression", expr=expr)
        if self.accept("statistics"):
            if not self.accept("default"):
                self.signed_constant()
        elif self.accept_any("storage", "compression"):
            if not self.accept("default"):
                self.col_id()
        elif self.at_symbol("("):
            self.storage_parameters()
        else:
            return self._set_identity(start, name)
        return self._column_action(start, name, "other")

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
        return self._column_action(start, name, "set identity", always=always, options=options)

    def _drop_of_column(self, start: int, name: ddl.ObjectName) -> ddl.AlterAction:
        if self.accept("default"):
            return self._column_action(start, name, "default")
        if self.accept("not", "null"):
            return self._column_action(start, name, "drop not null")
        word = self.expect_any("expression", "identity")
        if_exists = self.if_exists()
        action = "drop expression" if word == "expression" else "drop identity"
        return self._column_action(start, name, action, if_exists=if_exists)

    def _column_type(self, start: int, name: ddl.ObjectName) -> ddl.AlterAction:
        type_name = self.type_name()
        clause = self.start()
        collation = self.collation_after(clause) if self.accept("collate") else None
        using = self.a_expr() if self.accept("using") else None
        cascade = self.drop_behavior()
        return self._column_action(
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
        while not self.at_end() and not self.at_symbol(","):
            if self.accept("inherit"):
                inherit = True
            elif self.accept("no", "inherit"):
                inherit = False
            elif self.accept("not", "deferrable"):
                deferrable = False
            elif self.accept("deferrable") or self.accept("initially", "deferred"):
                deferrable = True
            elif not (
                self.accept("initially", "immediate")
                or self.accept("enforced")
                or self.accept("not", "enforced")
            ):
                self.syntax_error()
        return ddl.ConstraintAction(
            start=start,
            end=self.end(),
            action="alter",
            name=name.parts[0],
            name_start=name.start,
            name_end=name.end,
            deferrable=deferrable,
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
        type_name = nodes.TypeName(start=type_start, end=self.end(), names=names)
        return ddl.TypeAction(start=start, end=self.end(), type_name=type_name)

    def _not_of(self, start: int) -> ddl.AlterAction:
        self.expect("not", "of")
        return ddl.TypeAction(start=start, end=self.end(), type_name=None)

    def _enable(self, start: int) -> ddl.AlterAction:
        enabled = self.expect_any("enable", "disable") == "enable"
        if self.accept("row", "level", "security"):
            return ddl.SecurityAction(start=start, end=self.end(), enabled=enabled)
        if enabled:
            self.accept_any("always", "replica")
        self.expect_any("trigger", "rule")
        if not self.accept_any(*_TRIGGER_SCOPES):
            self.col_id()
        return self._done(start)

    def _force(self, start: int) -> ddl.AlterAction:
        self.expect("force", "row", "level", "security")
        return self._done(start)

    def _set(self, start: int) -> ddl.AlterAction:
        self.expect("set")
        if self.at_symbol("("):
            self.storage_parameters()
        elif self.accept("tablespace"):
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
        self.storage_parameters()
        return self._done(start)

    def _owner_to(self, start: int) -> ddl.AlterAction:
        self.expect("owner", "to")
        self.role()
        return self._done(start)

    def _cluster(self, start: int) -> ddl.AlterAction:
        self.expect("cluster", "on")
        self.col_id()
        return self._done(start)

    def _replica_identity(self, start: int) -> ddl.AlterAction:
        self.expect("replica", "identity")
        if self.accept("using", "index"):
            self.col_id()
        else:
            self.expect_any("nothing", "full", "default")
        return self._done(start)

    def _depends(self, start: int) -> ddl.AlterAction:
        self.expect("depends", "on", "extension")
        self.col_id()
        return self._done(start)

    def _options(self, start: int) -> ddl.AlterAction:
        self.generic_options()
        return self._done(start)

    # Types

    def _alter_type(self, start: int) -> ddl.DdlStatement:
        name = self.object_name()
        reference = ddl.ObjectReference(
            start=name.start, end=name.end, kind="type", name=name.parts
        )
        if self.at_sequence("add", "value") or self.at_sequence("rename", "value"):
            return self.alter_enum(start, name)
        changed = self._common_change(start, reference)
        if changed is not None:
            return changed
        if self.accept("rename", "attribute"):
            part = self.simple_name()
            self.expect("to")
            new_name = self.simple_name()
            cascade = self.drop_behavior()
            return ddl.Rename(
                start=start,
                end=self.end(),
                object=reference,
                new_name=new_name,
                part=part,
                part_kind="attribute",
                cascade=cascade,
            )
        if self.accept("set"):
            self.definition()
            return ddl.PassedOver(start=start, end=self.end(), keyword="ALTER TYPE")
        relation = nodes.RangeVar(start=name.start, end=name.end, name=name.parts)
        actions = self.comma_list(self._attribute_action)
        return ddl.AlterTable(
            start=start, end=self.end(), kind="type", relation=relation, actions=actions
        )

    def _attribute_action(self) -> ddl.AlterAction:
        start = self.start()
        if self.accept("add", "attribute"):
            column = self.attribute_definition()
            cascade = self.drop_behavior()
            return ddl.AddColumn(start=start, end=self.end(), column=column, cascade=cascade)
        if self.accept("drop", "attribute"):
            if_exists = self.if_exists()
            name = self.simple_name()
            cascade = self.drop_behavior()
            return self._column_action(start, name, "drop", if_exists=if_exists, cascade=cascade)
        self.expect("alter", "attribute")
        name = self.simple_name()
        self.accept("set", "data")
        self.expect("type")
        return self._column_type(start, name)

    def _alter_domain(self, start: int) -> ddl.DdlStatement:
        name = self.object_name()
        action = self.alter_domain_action(start, name)
        if action is not None:
            return action
        reference = ddl.ObjectReference(
            start=name.start, end=name.end, kind="domain", name=name.parts
        )
        if self.accept("rename", "constraint"):
            part = self.simple_name()
            self.expect("to")
            new_name = self.simple_name()
            return ddl.Rename(
                start=start,
                end=self.end(),
                object=reference,
                new_name=new_name,
                part=part,
                part_kind="constraint",
            )
        changed = self._common_change(start, reference)
        if changed is None:
            self.syntax_error()
        return changed

    # Functions and the rest

    def _alter_function(self, start: int, kind: ddl.ObjectKind) -> ddl.DdlStatement:
        reference = self.function_reference(kind)
        changed = self._common_change(start, reference)
        if changed is not None:
            return changed
        changes = ddl.CreateFunction(
            start=start,
            end=self.end(),
            name=ddl.ObjectName(start=start, end=start, parts=reference.name),
            kind="function",
        )
        mentioned: set[str] = set()
        while not self.at_end() and not self.at("restrict"):
            before = self.peek().keyword
            option = self.common_function_option(changes)
            if option is None:
                self.syntax_error()
            mentioned.add(before)
            changes = option
        self.accept("restrict")
        if not mentioned:
            self.syntax_error()
        volatile = mentioned & {"immutable", "stable", "volatile"}
        strict = mentioned & {"strict", "called", "returns"}
        return ddl.AlterFunction(
            start=start,
            end=self.end(),
            function=reference,
            volatility=changes.volatility if volatile else None,
            strict=changes.strict if strict else None,
        )

    def _alter_policy(self, start: int) -> ddl.DdlStatement:
        name = self.simple_name()
        self.expect("on")
        relation = self.target_relation()
        reference = ddl.ObjectReference(
            start=name.start, end=name.end, kind="policy", name=name.parts, relation=relation
        )
        if self.at("rename"):
            changed = self._common_change(start, reference)
            if changed is not None:
                return changed
        policy = ddl.CreatePolicy(
            start=start, end=self.end(), name=name, relation=relation, alter=True
        )
        return self.policy_clauses(policy)

    def _alter_extension(self, start: int) -> ddl.DdlStatement:
        reference = self.object_reference("extension")
        if self.at_sequence("set", "schema"):
            changed = self._common_change(start, reference)
            if changed is not None:
                return changed
        self.expect_any("update", "add", "drop")
        self.skip_to_end()
        return ddl.PassedOver(start=start, end=self.end(), keyword="ALTER EXTENSION")

    def _alter_setting(self, start: int, kind: ddl.ObjectKind) -> ddl.DdlStatement:
        """ALTER ROLE and ALTER DATABASE, whose `SET search_path` counts for every later session."""
        self.role()
        if self.accept("rename", "to"):
            self.col_id()
        elif self.at_sequence("in", "database"):
            self.expect("in", "database")
            self.col_id()
        elif not self.at("set", "reset"):
            self.skip_to_end()
        if self.at("set", "reset") and self.peek(1).keyword != "tablespace":
            return self.set_statement(start, "role" if kind == "role" else "database")
        self.skip_to_end()
        return ddl.PassedOver(start=start, end=self.end(), keyword="ALTER")

    def _alter_operator_family(self, start: int) -> ddl.DdlStatement:
        reference = self.object_reference("operator family")
        changed = self._common_change(start, reference)
        if changed is not None:
            return changed
        drop = self.expect_any("add", "drop") == "drop"
        items = self.comma_list(self.operator_class_drop_item if drop else self.operator_class_item)
        return ddl.CreateOperatorFamily(
            start=start,
            end=self.end(),
            name=ddl.ObjectName(start=reference.start, end=reference.end, parts=reference.name),
            access_method=reference.access_method or "",
            alter=True,
            drop=drop,
            items=items,
        )
