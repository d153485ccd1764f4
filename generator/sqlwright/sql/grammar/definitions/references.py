"""Reading how statements name objects that exist: DROP, COMMENT and the start of ALTER."""

from __future__ import annotations

from collections.abc import Callable

from sqlwright.sql import ddl_nodes as ddl
from sqlwright.sql import nodes
from sqlwright.sql.grammar import making
from sqlwright.sql.grammar.definitions.types import TypeGrammar

_OBJECT_WORDS: tuple[tuple[tuple[str, ...], ddl.ObjectKind], ...] = (
    (("foreign", "table"), "foreign table"),
    (("foreign", "data", "wrapper"), "foreign-data wrapper"),
    (("materialized", "view"), "materialized view"),
    (("text", "search", "parser"), "text search parser"),
    (("text", "search", "dictionary"), "text search dictionary"),
    (("text", "search", "template"), "text search template"),
    (("text", "search", "configuration"), "text search configuration"),
    (("operator", "class"), "operator class"),
    (("operator", "family"), "operator family"),
    (("access", "method"), "access method"),
    (("event", "trigger"), "event trigger"),
    (("user", "mapping"), "user mapping"),
    (("large", "object"), "large object"),
    (("trusted", "procedural", "language"), "language"),
    (("procedural", "language"), "language"),
    (("table",), "table"),
    (("sequence",), "sequence"),
    (("view",), "view"),
    (("index",), "index"),
    (("type",), "type"),
    (("domain",), "domain"),
    (("schema",), "schema"),
    (("extension",), "extension"),
    (("collation",), "collation"),
    (("conversion",), "conversion"),
    (("statistics",), "statistics"),
    (("function",), "function"),
    (("procedure",), "procedure"),
    (("routine",), "routine"),
    (("aggregate",), "aggregate"),
    (("operator",), "operator"),
    (("cast",), "cast"),
    (("transform",), "transform"),
    (("column",), "column"),
    (("constraint",), "constraint"),
    (("trigger",), "trigger"),
    (("rule",), "rule"),
    (("policy",), "policy"),
    (("server",), "server"),
    (("language",), "language"),
    (("publication",), "publication"),
    (("subscription",), "subscription"),
    (("role",), "role"),
    (("user",), "role"),
    (("group",), "role"),
    (("database",), "database"),
    (("tablespace",), "tablespace"),
)
_RELATION_KINDS = (
    "table",
    "sequence",
    "view",
    "materialized view",
    "index",
    "foreign table",
)
_TABLE_PARTS = ("trigger", "rule", "policy")
_NAMED_ALONE = ("operator class", "operator family", "cast", "transform", *_TABLE_PARTS)


class ReferenceGrammar(TypeGrammar):
    """References to objects of every kind."""

    def object_kind(self) -> ddl.ObjectKind:
        """The words that say what kind of object is meant."""
        for words, kind in _OBJECT_WORDS:
            if self.accept(*words):
                return kind
        return self.syntax_error()

    def object_reference(self, kind: ddl.ObjectKind) -> ddl.ObjectReference:
        """The name of an object, with what its kind needs besides."""
        readers: dict[str, Callable[[int], ddl.ObjectReference]] = {
            "function": lambda start: self._function(start, kind),
            "procedure": lambda start: self._function(start, kind),
            "routine": lambda start: self._function(start, kind),
            "aggregate": self._aggregate,
            "operator": self._operator,
            "cast": self._cast,
            "type": lambda start: self._type(start, kind),
            "domain": lambda start: self._type(start, kind),
            "column": self._column,
            "constraint": self._constraint_on,
            "operator class": lambda start: self._with_access_method(start, kind),
            "operator family": lambda start: self._with_access_method(start, kind),
            "transform": self._transform,
            "user mapping": self._user_mapping,
            "large object": self._large_object,
        }
        start = self.start()
        if kind in readers:
            return readers[kind](start)
        if kind in _TABLE_PARTS:
            return self._part_of_table(start, kind)
        names = self.any_name()
        return ddl.ObjectReference(start=start, end=self.end(), kind=kind, name=names)

    def function_reference(self, kind: ddl.ObjectKind) -> ddl.ObjectReference:
        """A function with or without its argument types."""
        return self._function(self.start(), kind)

    def _function(self, start: int, kind: ddl.ObjectKind) -> ddl.ObjectReference:
        name = self.function_name()
        args: tuple[nodes.TypeName, ...] | None = None
        modes: tuple[ddl.ParameterMode | None, ...] = ()
        if self.at_symbol("("):
            args, modes = self.argument_types()
        return ddl.ObjectReference(
            start=start, end=self.end(), kind=kind, name=name.parts, args=args, modes=modes
        )

    def _aggregate(self, start: int) -> ddl.ObjectReference:
        name = self.function_name()
        parameters, _, star = self.aggregate_parameters()
        return ddl.ObjectReference(
            start=start,
            end=self.end(),
            kind="aggregate",
            name=name.parts,
            args=tuple(each.type_name for each in parameters),
            modes=tuple(each.mode for each in parameters),
            star=star,
        )

    def _operator(self, start: int) -> ddl.ObjectReference:
        name = self.operator_object_name()
        args = self.operator_arguments()
        return ddl.ObjectReference(
            start=start, end=self.end(), kind="operator", name=name.parts, args=args
        )

    def operator_arguments(self) -> tuple[nodes.TypeName | None, ...]:
        """`(left, right)` or `(NONE, right)`."""
        self.expect_symbol("(")
        left = None if self.accept("none") else self.type_name()
        if left is not None and self.at_symbol(")"):
            token = self.peek()
            self.refuse(
                "syntax-error",
                "missing argument",
                token.start,
                token.end,
                hint="Use NONE to denote the missing argument of a unary operator.",
            )
        self.expect_symbol(",")
        right = None if self.accept("none") else self.type_name()
        self.expect_symbol(")")
        return left, right

    def _cast(self, start: int) -> ddl.ObjectReference:
        self.expect_symbol("(")
        source = self.type_name()
        self.expect("as")
        target = self.type_name()
        self.expect_symbol(")")
        return ddl.ObjectReference(start=start, end=self.end(), kind="cast", types=(source, target))

    def _type(self, start: int, kind: ddl.ObjectKind) -> ddl.ObjectReference:
        type_name = self.type_name()
        return ddl.ObjectReference(
            start=start, end=self.end(), kind=kind, name=type_name.names, type_name=type_name
        )

    def _column(self, start: int) -> ddl.ObjectReference:
        names = self.any_name()
        relation = making.RangeVar(start=start, end=self.end(), name=names[:-1])
        return ddl.ObjectReference(
            start=start, end=self.end(), kind="column", name=names[-1:], relation=relation
        )

    def _constraint_on(self, start: int) -> ddl.ObjectReference:
        name = self.col_id()
        self.expect("on")
        if self.accept("domain"):
            type_start = self.start()
            names = self.any_name()
            type_name = making.TypeName(start=type_start, end=self.end(), names=names)
            return ddl.ObjectReference(
                start=start,
                end=self.end(),
                kind="domain constraint",
                name=(name,),
                type_name=type_name,
            )
        relation = self.target_relation()
        return ddl.ObjectReference(
            start=start, end=self.end(), kind="constraint", name=(name,), relation=relation
        )

    def _part_of_table(self, start: int, kind: ddl.ObjectKind) -> ddl.ObjectReference:
        name = self.col_id()
        self.expect("on")
        relation = self.target_relation()
        return ddl.ObjectReference(
            start=start, end=self.end(), kind=kind, name=(name,), relation=relation
        )

    def _with_access_method(self, start: int, kind: ddl.ObjectKind) -> ddl.ObjectReference:
        names = self.any_name()
        self.expect("using")
        method = self.col_id()
        return ddl.ObjectReference(
            start=start, end=self.end(), kind=kind, name=names, access_method=method
        )

    def _transform(self, start: int) -> ddl.ObjectReference:
        self.expect("for")
        type_name = self.type_name()
        self.expect("language")
        language = self.col_id()
        return ddl.ObjectReference(
            start=start, end=self.end(), kind="transform", name=(language,), type_name=type_name
        )

    def _user_mapping(self, start: int) -> ddl.ObjectReference:
        self.expect("for")
        role = self.role()
        self.expect("server")
        server = self.col_id()
        return ddl.ObjectReference(
            start=start, end=self.end(), kind="user mapping", name=(role, server)
        )

    def role(self) -> str:
        """A role's name, CURRENT_USER and the like among them."""
        if self.at("current_role", "current_user", "session_user"):
            return self.advance().value
        start = self.start()
        name = self.non_reserved_word()
        if name == "none":
            self.refuse(
                "reserved-name",
                'role name "none" is reserved',
                start,
                self.end(),
                sqlstate="42939",
            )
        return name

    def _large_object(self, start: int) -> ddl.ObjectReference:
        self.signed_constant()
        return ddl.ObjectReference(start=start, end=self.end(), kind="large object")

    # Statements

    def drop_statement(self, start: int) -> ddl.Drop | ddl.PassedOver:
        """After DROP."""
        if self.accept("owned", "by"):
            self.comma_list(self.role)
            self.drop_behavior()
            return ddl.PassedOver(start=start, end=self.end(), keyword="DROP OWNED")
        kind = self.object_kind()
        if kind in ("column", "constraint"):
            self.syntax_error(self.previous)
        if kind == "index":
            self.accept("concurrently")
        if_exists = self.if_exists()
        if kind in ("table", "foreign table", "database", "tablespace", "role"):
            objects = self.comma_list(lambda: self.object_reference(kind))
        elif kind in _NAMED_ALONE:
            objects = (self.object_reference(kind),)
        else:
            objects = self.comma_list(lambda: self.object_reference(kind))
        if kind == "database" and self.accept("with"):
            self.storage_parameters()
        cascade = self.drop_behavior()
        return ddl.Drop(
            start=start,
            end=self.end(),
            kind=kind,
            objects=objects,
            if_exists=if_exists,
            cascade=cascade,
        )

    def comment_statement(self, start: int) -> ddl.Comment:
        """After COMMENT."""
        self.expect("on")
        reference = self.object_reference(self.object_kind())
        self.expect("is")
        text = None if self.accept("null") else self.string_constant()
        return ddl.Comment(start=start, end=self.end(), object=reference, text=text)
