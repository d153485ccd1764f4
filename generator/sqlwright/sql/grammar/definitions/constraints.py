"""Reading constraints of columns, tables and domains, and the keys of indexes."""

from __future__ import annotations

from typing import Literal, NoReturn

from sqlwright.dataclass import replace
from sqlwright.sql import ddl_nodes as ddl
from sqlwright.sql.grammar import making
from sqlwright.sql.grammar.definitions.keys import KeyGrammar

_ACTIONS: dict[tuple[str, ...], ddl.KeyAction] = {
    ("no", "action"): "no action",
    ("restrict",): "restrict",
    ("cascade",): "cascade",
    ("set", "null"): "set null",
    ("set", "default"): "set default",
}


class ConstraintGrammar(KeyGrammar):
    """Constraints, as parts of column definitions and on their own."""

    # Of columns and domains

    def column_constraints(
        self, *, of_domain: bool = False
    ) -> tuple[tuple[ddl.ConstraintDefinition, ...], ddl.ObjectName | None]:
        """Constraints after a column's or domain's type, and the COLLATE clause among them."""
        found: list[ddl.ConstraintDefinition] = []
        collation: ddl.ObjectName | None = None
        while True:
            start = self.start()
            if self.accept("collate"):
                if collation is not None:
                    self.refuse(
                        "syntax-error",
                        "multiple COLLATE clauses not allowed",
                        start,
                        self.end(),
                    )
                collation = self.collation_after(start)
            elif self._constraint_attribute(found, of_domain=of_domain):
                continue
            else:
                constraint = self._column_constraint()
                if constraint is None:
                    return tuple(found), collation
                found.append(constraint)

    def _constraint_attribute(
        self, found: list[ddl.ConstraintDefinition], *, of_domain: bool
    ) -> bool:
        """DEFERRABLE and its like after a constraint belong to the one read last."""
        if self._curr.keyword not in _ATTRIBUTE_BEGINNINGS:
            return False
        start = self.start()
        words = next(
            (each for each in _COLUMN_ATTRIBUTES if self.at_sequence(*each)),
            None,
        )
        if words is None:
            if self.at("not") and self.peek(1).keyword != "null":
                self.advance()
                self.syntax_error()
            return False
        self.accept_all(*words)
        changes = _ATTRIBUTES[words]
        if of_domain:
            self._refuse_for_domain(start, enforced="enforced" in changes)
        kinds = ("primary key", "unique", "foreign key", "exclusion")
        allowed = ("check", "foreign key") if "enforced" in changes else kinds
        if not found or found[-1].kind not in allowed:
            self.refuse(
                "syntax-error",
                f"misplaced {' '.join(words).upper()} clause",
                start,
                self.end(),
            )
        for key in changes:
            if getattr(found[-1], key) is not None:
                message = f"multiple {_REPEATED[key]} clauses not allowed"
                self.refuse("syntax-error", message, start, self.end())
        found[-1] = replace(found[-1], end=self.end(), **changes)  # type: ignore[arg-type]
        self._check_deferred(found[-1], start)
        return True

    def _refuse_for_domain(self, start: int, *, enforced: bool) -> NoReturn:
        """Constraints of domains hold at once, and always."""
        what = "enforceability" if enforced else "deferrability"
        self.refuse(
            "feature-not-supported",
            f"specifying constraint {what} not supported for domains",
            start,
            self.end(),
            sqlstate="42P17" if enforced else "0A000",
        )

    def _check_deferred(self, constraint: ddl.ConstraintDefinition, start: int) -> None:
        if constraint.initially_deferred and constraint.deferrable is False:
            message = "constraint declared INITIALLY DEFERRED must be DEFERRABLE"
            self.refuse("syntax-error", message, start, self.end())

    def _column_constraint(self) -> ddl.ConstraintDefinition | None:
        start = self.start()
        name: ddl.ObjectName | None = None
        if self.accept("constraint"):
            name = self.simple_name()
        constraint = self._column_constraint_element(start)
        if constraint is None:
            if name is not None:
                self.syntax_error()
            return None
        return self._with_name(constraint, name)

    def _with_name(
        self, constraint: ddl.ConstraintDefinition, name: ddl.ObjectName | None
    ) -> ddl.ConstraintDefinition:
        if name is None:
            return constraint
        return replace(constraint, name=name.parts[0], name_start=name.start, name_end=name.end)

    def _column_constraint_element(self, start: int) -> ddl.ConstraintDefinition | None:
        if self._curr.keyword not in _CONSTRAINT_BEGINNINGS:
            return None
        if self.accept("not", "null"):
            no_inherit = self.accept("no", "inherit")
            return self._constraint(start, "not null", no_inherit=no_inherit)
        if self.accept("null"):
            return self._constraint(start, "null")
        if self.accept("unique"):
            nulls_not_distinct = self._nulls_not_distinct()
            parameters = self._index_options()
            return self._constraint(
                start, "unique", nulls_not_distinct=nulls_not_distinct, parameters=parameters
            )
        if self.accept("primary"):
            self.expect("key")
            return self._constraint(start, "primary key", parameters=self._index_options())
        if self.accept("check"):
            expr = self.parenthesised(self.a_expr)
            no_inherit = self.accept("no", "inherit")
            return self._constraint(start, "check", expr=expr, no_inherit=no_inherit)
        if self.accept("default"):
            return self._constraint(start, "default", expr=self.b_expr())
        if self.accept("generated"):
            return self._generated(start)
        if self.at("references"):
            return self._references(start, ())
        return None

    def _constraint(
        self, start: int, kind: ddl.ConstraintKind, **fields: object
    ) -> ddl.ConstraintDefinition:
        return making.ConstraintDefinition(
            start=start,
            end=self.end(),
            kind=kind,
            **fields,  # type: ignore[arg-type]
        )

    def _generated(self, start: int) -> ddl.ConstraintDefinition:
        when = self.start()
        always = self.generated_when()
        self.expect("as")
        if self.accept("identity"):
            options = self.parenthesised(self.sequence_options) if self.at_symbol("(") else ()
            return self._constraint(start, "identity", always=always, options=options)
        if not always:
            self.refuse(
                "syntax-error",
                "for a generated column, GENERATED ALWAYS must be specified",
                when,
                self.end(),
            )
        expr = self.parenthesised(self.a_expr)
        # VIRTUAL is the default since PostgreSQL 18.
        stored = self.accept_any("stored", "virtual") == "stored"
        return self._constraint(start, "generated", expr=expr, stored=stored)

    def generated_when(self) -> bool:
        """ALWAYS or BY DEFAULT; whether it was ALWAYS."""
        if self.accept("always"):
            return True
        self.expect("by", "default")
        return False

    def _nulls_not_distinct(self) -> bool:
        if self.accept("nulls", "not", "distinct"):
            return True
        self.accept("nulls", "distinct")
        return False

    def storage_option(self, word: str) -> ddl.Option:
        """After STORAGE or COMPRESSION: which one, or DEFAULT, which is no value."""
        start = self.start()
        value = None
        if not self.accept("default"):
            value = making.ObjectName(start=start, parts=(self.col_id(),), end=self.end())
        return ddl.Option(start=start, end=self.end(), name=word, value=value)

    def _index_options(self) -> tuple[ddl.Option, ...]:
        parameters = self.storage_parameters() if self.accept("with") else ()
        if self.accept("using", "index", "tablespace"):
            self.col_id()
        return parameters

    # Foreign keys

    def _references(
        self, start: int, columns: tuple[ddl.ObjectName, ...], *, period: bool = False
    ) -> ddl.ConstraintDefinition:
        self.expect("references")
        referenced = self.target_relation()
        referenced_columns: tuple[ddl.ObjectName, ...] = ()
        referenced_period = False
        if self.at_symbol("("):
            referenced_columns, referenced_period = self.key_columns()
        match_full = self._match_full()
        on_delete: ddl.KeyAction = "no action"
        on_update: ddl.KeyAction = "no action"
        set_columns: tuple[ddl.ObjectName, ...] = ()
        while self.at("on"):
            if self.accept("on", "delete"):
                on_delete = self._key_action()
                if on_delete.startswith("set") and self.at_symbol("("):
                    set_columns = self.column_names()
            else:
                clause = self.start()
                self.expect("on", "update")
                on_update = self._key_action()
                if on_update.startswith("set") and self.at_symbol("("):
                    self._refuse_columns_of_update(clause, on_update)
        return self._constraint(
            start,
            "foreign key",
            columns=columns,
            period=period,
            referenced_period=referenced_period,
            referenced=referenced,
            referenced_columns=referenced_columns,
            match_full=match_full,
            on_delete=on_delete,
            on_update=on_update,
            set_columns=set_columns,
        )

    def _match_full(self) -> bool:
        """Optional MATCH; whether it is MATCH FULL."""
        start = self.start()
        if not self.accept("match"):
            return False
        word = self.expect_any("full", "partial", "simple")
        if word == "partial":
            message = "MATCH PARTIAL not yet implemented"
            self.refuse("feature-not-supported", message, start, self.end(), sqlstate="0A000")
        return word == "full"

    def _refuse_columns_of_update(self, start: int, action: str) -> None:
        self.column_names()
        self.refuse(
            "feature-not-supported",
            f"a column list with {action.upper()} is only supported for ON DELETE actions",
            start,
            self.end(),
            sqlstate="0A000",
        )

    def _key_action(self) -> ddl.KeyAction:
        for words, action in _ACTIONS.items():
            if self.accept(*words):
                return action
        return self.syntax_error()

    def key_columns(self) -> tuple[tuple[ddl.ObjectName, ...], bool]:
        """`(a, b [, PERIOD c])` of a foreign key, and whether there is a PERIOD."""
        self.expect_symbol("(")
        columns = [self.simple_name()]
        period = False
        while not period and self.accept_symbol(","):
            if self.at("period") and self.peek(1).symbol not in (",", ")"):
                self.expect("period")
                period = True
            columns.append(self.simple_name())
        self.expect_symbol(")")
        return tuple(columns), period

    # Of tables and domains

    def table_constraint(self) -> ddl.ConstraintDefinition:
        """`[CONSTRAINT name] ...` as an element of a table, or after ADD."""
        start = self.start()
        name = self.simple_name() if self.accept("constraint") else None
        constraint = self._with_name(self._table_constraint_element(start), name)
        return self.constraint_attributes(constraint)

    def constraint_attributes(
        self, constraint: ddl.ConstraintDefinition
    ) -> ddl.ConstraintDefinition:
        """DEFERRABLE, NOT VALID and the like after a constraint, each where it may stand."""
        found = True
        while found and self._curr.keyword in _ATTRIBUTE_BEGINNINGS:
            found = False
            start = self.start()
            for words, changes in _ATTRIBUTES.items():
                if not self.accept(*words):
                    continue
                if not _attribute_allowed(constraint.kind, words):
                    kind = constraint.kind.upper()
                    noun = f"{kind} constraints"
                    self.refuse(
                        "feature-not-supported",
                        f"{noun} cannot be marked {' '.join(words).upper()}",
                        start,
                        self.end(),
                        sqlstate="0A000",
                    )
                before, found = constraint, True
                constraint = replace(constraint, end=self.end(), **changes)  # type: ignore[arg-type]
                self._check_deferred(constraint, start)
                for key in _REPEATED:
                    if getattr(before, key) not in (None, getattr(constraint, key)):
                        message = "conflicting constraint properties"
                        self.refuse("syntax-error", message, start, self.end())
                break
        return constraint

    def _table_constraint_element(self, start: int) -> ddl.ConstraintDefinition:
        if self.accept("check"):
            return self._constraint(start, "check", expr=self.parenthesised(self.a_expr))
        if self.accept("not", "null"):
            return self._constraint(start, "not null", columns=(self.simple_name(),))
        if self.at("unique", "primary"):
            return self._unique_constraint(start)
        if self.accept("exclude"):
            return self._exclusion_constraint(start)
        if self.accept("foreign"):
            self.expect("key")
            columns, period = self.key_columns()
            return self._references(start, columns, period=period)
        return self.syntax_error()

    def _unique_constraint(self, start: int) -> ddl.ConstraintDefinition:
        kind: Literal["unique", "primary key"] = "unique"
        nulls_not_distinct = False
        if self.accept("primary"):
            self.expect("key")
            kind = "primary key"
        else:
            self.expect("unique")
        if self.accept("using", "index"):
            return self._constraint(start, kind, using_index=self.col_id())
        if kind == "unique":
            nulls_not_distinct = self._nulls_not_distinct()
        self.expect_symbol("(")
        columns = self.comma_list(self.simple_name)
        without_overlaps = self.accept("without", "overlaps")
        self.expect_symbol(")")
        including: tuple[str, ...] = ()
        if self.accept("include"):
            including = tuple(each.parts[0] for each in self.column_names())
        parameters = self._index_options()
        return self._constraint(
            start,
            kind,
            parameters=parameters,
            columns=columns,
            including=including,
            nulls_not_distinct=nulls_not_distinct,
            without_overlaps=without_overlaps,
        )

    def _exclusion_constraint(self, start: int) -> ddl.ConstraintDefinition:
        access_method = self.col_id() if self.accept("using") else None
        elements = self.parenthesised_list(self._exclusion_element)
        if self.accept("include"):
            self.column_names()
        parameters = self._index_options()
        where = self.parenthesised(self.a_expr) if self.accept("where") else None
        return self._constraint(
            start,
            "exclusion",
            elements=elements,
            where=where,
            access_method=access_method,
            parameters=parameters,
        )

    def _exclusion_element(self) -> ddl.IndexElement:
        element = self.index_element()
        self.expect("with")
        operator = self.operator_object_name()
        return replace(element, end=self.end(), operator=operator.parts)


_ATTRIBUTES: dict[tuple[str, ...], dict[str, bool]] = {
    ("not", "deferrable"): {"deferrable": False},
    ("deferrable",): {"deferrable": True},
    ("initially", "deferred"): {"initially_deferred": True},
    ("initially", "immediate"): {"initially_deferred": False},
    ("not", "enforced"): {"enforced": False},
    ("enforced",): {"enforced": True},
    ("not", "valid"): {"not_valid": True},
    ("no", "inherit"): {"no_inherit": True},
}
_REPEATED = {
    "deferrable": "DEFERRABLE/NOT DEFERRABLE",
    "initially_deferred": "INITIALLY IMMEDIATE/DEFERRED",
    "enforced": "ENFORCED/NOT ENFORCED",
}
"""Of which only one may be said, as messages call it."""
_ATTRIBUTE_BEGINNINGS = frozenset(words[0] for words in _ATTRIBUTES)
_CONSTRAINT_BEGINNINGS = frozenset(
    ("not", "null", "unique", "primary", "check", "default", "generated", "references")
)
_COLUMN_ATTRIBUTES = [words for words in _ATTRIBUTES if "valid" not in words and "no" not in words]
_KEY_ATTRIBUTES = (
    ("not", "deferrable"),
    ("deferrable",),
    ("initially", "deferred"),
    ("initially", "immediate"),
)
_ALLOWED_ATTRIBUTES: dict[str, tuple[tuple[str, ...], ...]] = {
    "check": (("not", "valid"), ("no", "inherit"), ("not", "enforced"), ("enforced",)),
    "not null": (("not", "valid"), ("no", "inherit")),
    "foreign key": (*_KEY_ATTRIBUTES, ("not", "valid"), ("not", "enforced"), ("enforced",)),
}


def _attribute_allowed(kind: str, words: tuple[str, ...]) -> bool:
    if words in (("not", "deferrable"), ("initially", "immediate"), ("enforced",)):
        return True  # the default of every kind
    return words in _ALLOWED_ATTRIBUTES.get(kind, _KEY_ATTRIBUTES)
