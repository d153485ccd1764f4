"""Calls of functions by name, with all that may follow the arguments."""

from __future__ import annotations

from typing import NamedTuple

from sqlwright.dataclass import replace
from sqlwright.sql import nodes
from sqlwright.sql.grammar import making
from sqlwright.sql.grammar.queries.windows import Windows
from sqlwright.sql.grammar.type_names import TypeNames


class _Arguments(NamedTuple):
    """What stands between the parentheses of a call."""

    args: tuple[nodes.Expr, ...] = ()
    star: bool = False
    all: bool = False
    distinct: bool = False
    variadic: bool = False
    order: tuple[nodes.SortBy, ...] = ()

    @property
    def could_be_modifiers(self) -> bool:
        return bool(self.args) and not (self.all or self.distinct or self.variadic)


class Calls(TypeNames, Windows):
    """`func_application` and the clauses after a call."""

    def func_application(self) -> nodes.FuncCall:
        """`name(arguments)`."""
        start = self.start()
        names = self.func_name()
        name_end = self.end()
        return self._call(start, names, name_end, self._arguments())

    def func_name(self) -> nodes.QualifiedName:
        """The name before the parenthesis of a call or the like, qualified or not."""
        if not self.at_col_id():
            return (self.type_function_name(),)
        first = self.advance()
        names = [first.value]
        for step in self.indirection():
            if not isinstance(step, nodes.FieldStep):
                self.syntax_error()
            names.append(step.name)
        if len(names) == 1 and first.category == "C":
            self.syntax_error()
        return tuple(names)

    def call_or_literal(self, start: int, names: nodes.QualifiedName, name_end: int) -> nodes.Expr:
        """What a name before an opening parenthesis begins: a call, or `type(modifiers) 'text'`."""
        arguments = self._arguments()
        if self.at_string() and arguments.could_be_modifiers:
            return self._literal_with_modifiers(start, names, arguments)
        call = self._call(start, names, name_end, arguments)
        if self.at("within"):
            call = self._within_group(call, arguments)
        filter_ = self.filter_clause()
        over = self.over_clause()
        if call.end == self.end():
            return call
        return replace(call, end=self.end(), filter=filter_, over=over)

    def _call(
        self, start: int, names: nodes.QualifiedName, name_end: int, arguments: _Arguments
    ) -> nodes.FuncCall:
        return making.FuncCall(
            start=start,
            end=self.end(),
            name=names,
            args=arguments.args,
            star=arguments.star,
            distinct=arguments.distinct,
            variadic=arguments.variadic,
            order=arguments.order,
            name_start=start,
            name_end=name_end,
        )

    # Arguments

    def _arguments(self) -> _Arguments:
        self.expect_symbol("(")
        if self.accept_symbol(")"):
            return _Arguments()
        if self.accept_symbol("*"):
            self.expect_symbol(")")
            return _Arguments(star=True)
        every = self.accept("all")
        distinct = not every and self.accept("distinct")
        args = []
        variadic = False
        while True:
            variadic = not every and not distinct and self.accept("variadic")
            args.append(self.func_arg_expr())
            if variadic or not self.accept_symbol(","):
                break
        order = self.opt_sort_clause()
        self.expect_symbol(")")
        return _Arguments(tuple(args), all=every, distinct=distinct, variadic=variadic, order=order)

    def func_arg_expr(self) -> nodes.Expr:
        """One argument: an expression, or `name => value`."""
        if not self.at_named_argument():
            return self.a_expr()
        start = self.start()
        name = self.type_function_name()
        self.advance()
        value = self.a_expr()
        return nodes.NamedArg(start=start, end=self.end(), name=name, value=value)

    def at_named_argument(self) -> bool:
        """Whether `name =>` or `name :=` comes next."""
        return self.peek(1).symbol in ("=>", ":=") and self.at_type_function_name()

    # What may follow

    def _within_group(self, call: nodes.FuncCall, arguments: _Arguments) -> nodes.FuncCall:
        start = self.start()
        self.expect("within", "group")
        order = self.parenthesised(self.sort_clause)
        for misused, what in (
            (arguments.order, "multiple ORDER BY clauses"),
            (arguments.variadic, "VARIADIC"),
            (arguments.distinct, "DISTINCT"),
        ):
            if misused:
                self.refuse(
                    "syntax-error", f"cannot use {what} with WITHIN GROUP", start, self.end()
                )
        return replace(call, end=self.end(), order=order, within_group=True)

    def filter_clause(self) -> nodes.Expr | None:
        """`FILTER (WHERE condition)`, or nothing."""
        if not self.accept("filter"):
            return None
        self.expect_symbol("(")
        self.expect("where")
        condition = self.a_expr()
        self.expect_symbol(")")
        return condition

    def _literal_with_modifiers(
        self, start: int, names: nodes.QualifiedName, arguments: _Arguments
    ) -> nodes.TypeCast:
        """`type(modifiers) 'text'` for a type that is no keyword."""
        for arg in arguments.args:
            if isinstance(arg, nodes.NamedArg):
                self.refuse(
                    "syntax-error",
                    "type modifier cannot have parameter name",
                    arg.start,
                    arg.end,
                )
        if arguments.order:
            first = arguments.order[0]
            self.refuse(
                "syntax-error", "type modifier cannot have ORDER BY", first.start, first.end
            )
        type_name = making.TypeName(
            start=start, end=self.end(), names=names, modifiers=arguments.args
        )
        return self.literal_of_type(type_name)

    def literal_of_type(self, type_name: nodes.TypeName) -> nodes.TypeCast:
        """The string that stands here, as a constant of the type before it."""
        token = self._curr
        text = self.string_constant()
        operand = making.Const(start=token.start, end=token.end, kind="string", value=text)
        return making.TypeCast(
            start=type_name.start,
            end=token.end,
            operand=operand,
            type_name=type_name,
            form="literal",
        )
