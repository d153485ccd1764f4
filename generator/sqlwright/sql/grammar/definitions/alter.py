"""Reading ALTER statements."""

from __future__ import annotations

from collections.abc import Callable

from sqlwright.sql import ddl_nodes as ddl
from sqlwright.sql.grammar import making
from sqlwright.sql.grammar.definitions.alter_actions import AlterActionGrammar

_RELATIONS = ("table", "sequence", "view", "materialized view", "index", "foreign table")


class AlterGrammar(AlterActionGrammar):
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
            start=relation.start,
            end=relation.end,
            kind=kind,
            name=relation.name,
            only=relation.only,
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
        relation = making.RangeVar(start=name.start, end=name.end, name=name.parts)
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
            return self.column_action(start, name, "drop", if_exists=if_exists, cascade=cascade)
        self.expect("alter", "attribute")
        name = self.simple_name()
        self.accept("set", "data")
        self.expect("type")
        return self.column_type(start, name)

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
            name=making.ObjectName(start=start, end=start, parts=reference.name),
            kind="function",
        )
        mentioned: set[str] = set()
        kinds: set[str] = set()
        while not self.at_end() and not self.at("restrict"):
            before = self.peek()
            option = self.common_function_option(changes)
            if option is None:
                self.syntax_error()
            if kind == "procedure":
                self.check_procedure_option(before)
            self.check_given_once(before, kinds)
            mentioned.add(before.keyword)
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
            options=changes.options,
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
        if kind != "role" or not self.accept("all"):
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
            name=making.ObjectName(start=reference.start, end=reference.end, parts=reference.name),
            access_method=reference.access_method or "",
            alter=True,
            drop=drop,
            items=items,
        )
