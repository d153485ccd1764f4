"""Reading the names that statements defining objects are made of: objects, options, signatures."""

from __future__ import annotations

from sqlwright.sql import ddl_nodes as ddl
from sqlwright.sql import nodes
from sqlwright.sql.grammar import making
from sqlwright.sql.grammar.entry_points import Grammar

_MODES: tuple[tuple[tuple[str, ...], ddl.ParameterMode], ...] = (
    (("in", "out"), "inout"),
    (("inout",), "inout"),
    (("in",), "in"),
    (("out",), "out"),
    (("variadic",), "variadic"),
)


class NameGrammar(Grammar):
    """Names, option lists and argument lists."""

    def object_name(self) -> ddl.ObjectName:
        """A name with or without schema."""
        start = self.start()
        parts = self.qualified_name()
        return making.ObjectName(start=start, end=self.end(), parts=parts)

    def function_name(self) -> ddl.ObjectName:
        """A function's name: unqualified, it may be a keyword of the type-or-function sort."""
        start = self.start()
        if self.at_col_id() and self.peek(1).symbol == ".":
            parts = self.any_name()
        else:
            parts = (self.type_function_name(),)
        return making.ObjectName(start=start, end=self.end(), parts=parts)

    def collation_after(self, start: int) -> ddl.ObjectName:
        """The name after COLLATE, which begins at `start`: refusals point at the whole clause."""
        parts = self.any_name()
        return making.ObjectName(start=start, end=self.end(), parts=parts)

    def simple_name(self) -> ddl.ObjectName:
        """One name that takes no schema."""
        start = self.start()
        name = self.col_id()
        return making.ObjectName(start=start, end=self.end(), parts=(name,))

    def column_names(self) -> tuple[ddl.ObjectName, ...]:
        """`(a, b, ...)`."""
        return self.parenthesised_list(self.simple_name)

    def string_name(self) -> ddl.ObjectName:
        """A string constant that names something, such as an enum label."""
        start = self.start()
        text = self.string_constant()
        return making.ObjectName(start=start, end=self.end(), parts=(text,))

    def target_relation(self) -> nodes.RangeVar:
        """`name` alone, as CREATE and most ALTER statements take it."""
        start = self.start()
        name = self.qualified_name()
        return making.RangeVar(start=start, end=self.end(), name=name)

    def relation_with_children(self) -> nodes.RangeVar:
        """`[ONLY] name [*]` or `ONLY (name)`."""
        start = self.start()
        only = self.accept("only")
        if only and self.accept_symbol("("):
            name = self.qualified_name()
            self.expect_symbol(")")
        else:
            name = self.qualified_name()
            if not only:
                self.accept_symbol("*")
        return making.RangeVar(start=start, end=self.end(), name=name, only=only)

    def if_exists(self) -> bool:
        """An optional IF EXISTS."""
        return self.accept("if", "exists")

    def if_not_exists(self) -> bool:
        """An optional IF NOT EXISTS."""
        if not self.accept("if", "not"):
            return False
        self.expect("exists")
        return True

    def drop_behavior(self) -> bool:
        """An optional CASCADE or RESTRICT; whether it was CASCADE."""
        return self.accept_any("cascade", "restrict") == "cascade"

    # Option lists

    def definition(self) -> tuple[ddl.Option, ...]:
        """`(name [= value], ...)` of CREATE TYPE, OPERATOR, AGGREGATE ..."""
        return self.parenthesised_list(self.definition_item)

    def definition_item(self) -> ddl.Option:
        """One `name [= value]`."""
        start = self.start()
        name = self.col_label()
        while self.accept_symbol("."):
            name = f"{name}.{self.col_label()}"
        value = self.definition_value() if self.accept_symbol("=") else None
        return ddl.Option(start=start, end=self.end(), name=name, value=value)

    def definition_value(self) -> nodes.TypeName | nodes.Expr | ddl.ObjectName:
        """The value of a definition: a type, an operator, a number, a string or a word."""
        token = self.peek()
        if token.kind in ("integer", "float", "string") or self.at_symbol("+", "-"):
            if self.at_symbol("+", "-") and self.peek(1).kind not in ("integer", "float"):
                return self.operator_object_name()
            return self.signed_constant()
        if token.keyword == "operator" or (token.symbol and token.symbol not in "(),;"):
            return self.operator_object_name()
        if token.kind == "word" and (token.category == "R" or token.keyword == "none"):
            start = self.start()
            word = self.advance().value
            return making.ObjectName(start=start, end=self.end(), parts=(word,))
        return self.func_type()

    def signed_constant(self) -> nodes.Expr:
        """A number with an optional sign, or a string."""
        start = self.start()
        sign = "-" if self.accept_symbol("-") else ""
        if not sign:
            self.accept_symbol("+")
        token = self.advance()
        if token.kind == "integer":
            return making.Const(
                start=start, end=self.end(), kind="integer", value=sign + token.value
            )
        if token.kind == "float":
            return making.Const(start=start, end=self.end(), kind="float", value=sign + token.value)
        if token.kind != "string" or sign:
            self.syntax_error(token)
        return making.Const(start=start, end=self.end(), kind="string", value=token.value)

    def storage_parameters(self) -> tuple[ddl.Option, ...]:
        """`(name [= value], ...)` of WITH and SET, most of which change nothing known here."""
        return self.parenthesised_list(self.definition_item)

    def operator_object_name(self) -> ddl.ObjectName:
        """An operator's name: `+`, `schema.+` or `OPERATOR(schema.+)`."""
        start = self.start()
        wrapped = self.accept("operator")
        if wrapped:
            self.expect_symbol("(")
        parts: list[str] = []
        while self.at_col_id() and self.peek(1).symbol == ".":
            parts.append(self.col_id())
            self.expect_symbol(".")
        token = self.advance()
        if not token.symbol or token.symbol in ("(", ")", "[", "]", ",", ";", ".", ":", "::"):
            self.syntax_error(token)
        parts.append(token.symbol)
        if wrapped:
            self.expect_symbol(")")
        return making.ObjectName(start=start, end=self.end(), parts=tuple(parts))

    # Signatures

    def function_parameters(self, *, defaults: bool) -> tuple[ddl.FunctionParameter, ...]:
        """`([mode] [name] type [DEFAULT value], ...)`, possibly empty."""
        self.expect_symbol("(")
        if self.accept_symbol(")"):
            return ()
        parameters = self.comma_list(lambda: self.function_parameter(defaults=defaults))
        self.expect_symbol(")")
        return parameters

    def function_parameter(self, *, defaults: bool) -> ddl.FunctionParameter:
        """One argument; the mode may stand before or after the name."""
        start = self.start()
        mode = self._parameter_mode()
        name = self._parameter_name()
        if name is not None and mode is None:
            mode = self._parameter_mode()
        type_name = self.func_type()
        default = None
        if defaults and (self.accept("default") or self.accept_symbol("=")):
            default = self.a_expr()
        return ddl.FunctionParameter(
            start=start,
            end=self.end(),
            name=name,
            type_name=type_name,
            mode=mode,
            default=default,
        )

    def _parameter_mode(self) -> ddl.ParameterMode | None:
        for words, mode in _MODES:
            if self.accept(*words):
                return mode
        return None

    def _parameter_name(self) -> str | None:
        """A name stands here if what follows it can begin a type (or a mode)."""
        if not self.at_type_function_name():
            return None
        after = self.peek(1)
        if after.kind != "quoted" and (
            after.kind != "word"
            or (after.category == "R" and after.keyword not in ("in", "variadic"))
            or self.at_sequence("double", "precision")
        ):
            return None
        return self.type_function_name()

    def argument_types(
        self,
    ) -> tuple[tuple[nodes.TypeName, ...], tuple[ddl.ParameterMode | None, ...]]:
        """The types and modes of an argument list that only identifies a function."""
        parameters = self.function_parameters(defaults=False)
        return tuple(each.type_name for each in parameters), tuple(each.mode for each in parameters)

    def aggregate_parameters(self) -> tuple[tuple[ddl.FunctionParameter, ...], int, bool]:
        """`(*)`, `(args)` or `([args] ORDER BY args)`: arguments, number of direct ones, star."""
        self.expect_symbol("(")
        if self.accept_symbol("*"):
            self.expect_symbol(")")
            return (), -1, True
        direct: tuple[ddl.FunctionParameter, ...] = ()
        if not self.at_sequence("order", "by"):
            direct = self.comma_list(lambda: self.function_parameter(defaults=False))
        if not self.accept("order", "by"):
            self.expect_symbol(")")
            return direct, -1, False
        ordered = self.comma_list(lambda: self.function_parameter(defaults=False))
        self.expect_symbol(")")
        return self._joined_arguments(direct, ordered), len(direct), False

    @staticmethod
    def _joined_arguments(
        direct: tuple[ddl.FunctionParameter, ...], ordered: tuple[ddl.FunctionParameter, ...]
    ) -> tuple[ddl.FunctionParameter, ...]:
        """A VARIADIC argument written on both sides of ORDER BY is one argument."""
        if direct and direct[-1].mode == "variadic":
            return direct
        return direct + ordered
