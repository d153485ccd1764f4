"""Reading CREATE TYPE, CREATE DOMAIN, ALTER DOMAIN and the enum forms of ALTER TYPE."""

from __future__ import annotations

from sqlwright.dataclass import replace
from sqlwright.sql import ddl_nodes as ddl
from sqlwright.sql.grammar import making
from sqlwright.sql.grammar.definitions.tables import TableGrammar


class TypeGrammar(TableGrammar):
    """Definitions of types."""

    def create_type(
        self, start: int
    ) -> ddl.CreateEnum | ddl.CreateComposite | ddl.CreateRange | ddl.CreateBaseType:
        """After CREATE TYPE."""
        name = self.object_name()
        if not self.accept("as"):
            options = self.definition() if self.at_symbol("(") else None
            return ddl.CreateBaseType(start=start, end=self.end(), name=name, options=options)
        if self.accept("enum"):
            return self._enum(start, name)
        if self.accept("range"):
            options = self.definition()
            return ddl.CreateRange(start=start, end=self.end(), name=name, options=options)
        self.expect_symbol("(")
        columns: tuple[ddl.ColumnDefinition, ...] = ()
        if not self.at_symbol(")"):
            columns = self.comma_list(self.attribute_definition)
        self.expect_symbol(")")
        return ddl.CreateComposite(start=start, end=self.end(), name=name, columns=columns)

    def _enum(self, start: int, name: ddl.ObjectName) -> ddl.CreateEnum:
        self.expect_symbol("(")
        labels: tuple[ddl.ObjectName, ...] = ()
        if not self.at_symbol(")"):
            labels = self.comma_list(self.string_name)
        self.expect_symbol(")")
        return ddl.CreateEnum(start=start, end=self.end(), name=name, labels=labels)

    def attribute_definition(self) -> ddl.ColumnDefinition:
        """`name type [COLLATE name]` of a composite type."""
        start = self.start()
        name = self.col_id()
        name_end = self.end()
        type_name = self.type_name()
        clause = self.start()
        collation = self.collation_after(clause) if self.accept("collate") else None
        return making.ColumnDefinition(
            start=start,
            end=self.end(),
            name=name,
            name_end=name_end,
            type_name=type_name,
            collation=collation,
        )

    def alter_enum(self, start: int, name: ddl.ObjectName) -> ddl.AlterEnum:
        """After ALTER TYPE name, at ADD VALUE or RENAME VALUE."""
        if self.accept("rename", "value"):
            old_label = self.string_name()
            self.expect("to")
            label = self.string_name()
            return ddl.AlterEnum(
                start=start, end=self.end(), name=name, label=label, old_label=old_label
            )
        self.expect("add", "value")
        if_not_exists = self.if_not_exists()
        label = self.string_name()
        side = self.accept_any("before", "after")
        neighbor = self.string_name() if side else None
        return ddl.AlterEnum(
            start=start,
            end=self.end(),
            name=name,
            label=label,
            neighbor=neighbor,
            after=side == "after",
            if_not_exists=if_not_exists,
        )

    # Domains

    def create_domain(self, start: int) -> ddl.CreateDomain:
        """After CREATE DOMAIN."""
        name = self.object_name()
        self.accept("as")
        type_name = self.type_name()
        constraints, collation = self.column_constraints(of_domain=True)
        return ddl.CreateDomain(
            start=start,
            end=self.end(),
            name=name,
            type_name=type_name,
            collation=collation,
            constraints=constraints,
        )

    def alter_domain_action(self, start: int, name: ddl.ObjectName) -> ddl.AlterDomain | None:
        """What ALTER DOMAIN may do beyond what every object can; None if something else follows."""
        base = ddl.AlterDomain(start=start, end=start, name=name, action="default")
        if self.accept("set", "default"):
            base = replace(base, expr=self.a_expr())
        elif self.accept("drop", "default"):
            pass
        elif self.accept("set", "not", "null"):
            base = replace(base, action="set not null")
        elif self.accept("drop", "not", "null"):
            base = replace(base, action="drop not null")
        elif self.accept("add"):
            base = replace(base, action="add constraint", constraint=self.domain_constraint())
        elif self.accept("drop", "constraint"):
            if_exists = self.if_exists()
            constraint_name = self.simple_name()
            base = replace(
                base,
                action="drop constraint",
                constraint_name=constraint_name,
                if_exists=if_exists,
                cascade=self.drop_behavior(),
            )
        elif self.accept("validate", "constraint"):
            base = replace(base, action="validate constraint", constraint_name=self.simple_name())
        else:
            return None
        return replace(base, end=self.end())

    def domain_constraint(self) -> ddl.ConstraintDefinition:
        """`[CONSTRAINT name] CHECK (...)` or `NOT NULL` after ADD."""
        start = self.start()
        name = self.simple_name() if self.accept("constraint") else None
        constraint: ddl.ConstraintDefinition
        if self.accept("check"):
            expr = self.parenthesised(self.a_expr)
            constraint = making.ConstraintDefinition(
                start=start, end=self.end(), kind="check", expr=expr
            )
        else:
            self.expect("not", "null")
            constraint = making.ConstraintDefinition(start=start, end=self.end(), kind="not null")
        if name is not None:
            constraint = replace(
                constraint, name=name.parts[0], name_start=name.start, name_end=name.end
            )
        return self.constraint_attributes(constraint)
