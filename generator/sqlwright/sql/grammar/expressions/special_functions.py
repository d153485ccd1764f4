"""Functions with a syntax of their own, apart from those of XML and SQL/JSON."""

from __future__ import annotations

from abc import abstractmethod
from typing import Literal

from sqlwright.sql import nodes
from sqlwright.sql.grammar import making
from sqlwright.sql.grammar.expressions.calls import Calls

_EXTRACT_KEYWORDS = frozenset(("year", "month", "day", "hour", "minute", "second"))
_NORMAL_FORMS = ("nfc", "nfd", "nfkc", "nfkd")
_TRIM_FUNCTIONS = {"both": "btrim", "leading": "ltrim", "trailing": "rtrim"}
_WITH_PRECISION = frozenset(("current_time", "current_timestamp", "localtime", "localtimestamp"))


class SpecialFunctions(Calls):
    """Most of `func_expr_common_subexpr`; every method begins at the function's name."""

    @abstractmethod
    def expr_before_similar(self) -> nodes.Expr:
        """An expression that `SIMILAR pattern`, without TO, may follow."""

    def system_call(
        self, start: int, name: str, args: tuple[nodes.Expr, ...], *, sql_syntax: bool = True
    ) -> nodes.FuncCall:
        """A call of a `pg_catalog` function that the text need not name."""
        return making.FuncCall(
            start=start,
            end=self.end(),
            name=("pg_catalog", name),
            args=args,
            sql_syntax=sql_syntax,
            name_start=start,
            name_end=self.end(),
        )

    def _plain_call(self, name: nodes.Node, args: tuple[nodes.Expr, ...], word: str) -> nodes.Expr:
        """A call in the ordinary form of a function that also has a special one."""
        return making.FuncCall(
            start=name.start,
            end=self.end(),
            name=(word,),
            args=args,
            name_start=name.start,
            name_end=name.end,
        )

    def _name(self) -> nodes.Node:
        token = self.advance()
        return nodes.Node(start=token.start, end=token.end)

    # Values without parentheses

    def sql_value(self) -> nodes.Expr:
        """`current_date`, `current_timestamp(3)`, `user` and the like."""
        start = self.start()
        name = self.advance().keyword
        precision = None
        if name in _WITH_PRECISION and self.at_symbol("("):
            precision = self.parenthesised(self.integer_constant)
        return nodes.SqlValue(start=start, end=self.end(), name=name, precision=precision)

    def system_user(self) -> nodes.Expr:
        """`system_user`."""
        start = self.start()
        self.advance()
        return self.system_call(start, "system_user", ())

    def collation_for(self) -> nodes.Expr:
        """`COLLATION FOR (expression)`."""
        start = self.start()
        self.expect("collation", "for")
        value = self.parenthesised(self.a_expr)
        return self.system_call(start, "pg_collation_for", (value,))

    # Casts and conditionals

    def cast(self) -> nodes.Expr:
        """`CAST(expression AS type)`."""
        start = self.start()
        self.advance()
        self.expect_symbol("(")
        operand = self.a_expr()
        self.expect("as")
        type_name = self.type_name()
        self.expect_symbol(")")
        return making.TypeCast(
            start=start, end=self.end(), operand=operand, type_name=type_name, form="cast"
        )

    def treat(self) -> nodes.Expr:
        """`TREAT(expression AS type)`: a call of the system function named as the type."""
        start = self.start()
        self.advance()
        self.expect_symbol("(")
        operand = self.a_expr()
        self.expect("as")
        name = self.type_name().names[-1]
        self.expect_symbol(")")
        return self.system_call(start, name, (operand,), sql_syntax=False)

    def coalesce(self) -> nodes.Expr:
        """`COALESCE(...)`."""
        start = self.start()
        self.advance()
        args = self.parenthesised(self.expr_list)
        return nodes.Coalesce(start=start, end=self.end(), args=args)

    def greatest_or_least(self) -> nodes.Expr:
        """`GREATEST(...)` or `LEAST(...)`."""
        start = self.start()
        op: Literal["greatest", "least"] = "greatest" if self.at("greatest") else "least"
        self.advance()
        args = self.parenthesised(self.expr_list)
        return nodes.MinMax(start=start, end=self.end(), op=op, args=args)

    def nullif(self) -> nodes.Expr:
        """`NULLIF(left, right)`."""
        start = self.start()
        self.advance()
        self.expect_symbol("(")
        left = self.a_expr()
        self.expect_symbol(",")
        right = self.a_expr()
        self.expect_symbol(")")
        return nodes.NullIf(start=start, end=self.end(), left=left, right=right)

    def merge_action(self) -> nodes.Expr:
        """`MERGE_ACTION()`."""
        start = self.start()
        self.advance()
        self.expect_symbol("(")
        self.expect_symbol(")")
        return nodes.MergeAction(start=start, end=self.end())

    # Strings, dates and times

    def extract(self) -> nodes.Expr:
        """`EXTRACT(field FROM source)`."""
        start = self.start()
        self.advance()
        self.expect_symbol("(")
        token = self._curr
        if not (
            token.kind in ("string", "quoted")
            or token.keyword in _EXTRACT_KEYWORDS
            or (token.kind == "word" and not token.keyword)
        ):
            self.syntax_error(token)
        self.advance()
        field = making.Const(start=token.start, end=token.end, kind="string", value=token.value)
        self.expect("from")
        source = self.a_expr()
        self.expect_symbol(")")
        return self.system_call(start, "extract", (field, source))

    def normalize(self) -> nodes.Expr:
        """`NORMALIZE(text [, form])`."""
        start = self.start()
        self.advance()
        self.expect_symbol("(")
        args: tuple[nodes.Expr, ...] = (self.a_expr(),)
        if self.accept_symbol(","):
            args = (*args, self.normal_form())
        self.expect_symbol(")")
        return self.system_call(start, "normalize", args)

    def at_normal_form(self) -> bool:
        """Whether `NFC` or another Unicode normal form comes next."""
        return self.at(*_NORMAL_FORMS)

    def normal_form(self) -> nodes.Const:
        """The name of a Unicode normal form, as the string that the function takes."""
        token = self._curr
        form = self.expect_any(*_NORMAL_FORMS).upper()
        return making.Const(start=token.start, end=token.end, kind="string", value=form)

    def overlay(self) -> nodes.Expr:
        """`OVERLAY(text PLACING new FROM start [FOR count])`, or an ordinary call."""
        name = self._name()
        self.expect_symbol("(")
        args: tuple[nodes.Expr, ...] = () if self.at_symbol(")") else (self.func_arg_expr(),)
        if not args or self.at_symbol(",", ")") or isinstance(args[0], nodes.NamedArg):
            return self._plain_call(name, self._other_arguments(args), "overlay")
        self.expect("placing")
        new = self.a_expr()
        self.expect("from")
        args = (*args, new, self.a_expr())
        if self.accept("for"):
            args = (*args, self.a_expr())
        self.expect_symbol(")")
        return self.system_call(name.start, "overlay", args)

    def _other_arguments(self, first: tuple[nodes.Expr, ...]) -> tuple[nodes.Expr, ...]:
        """The arguments after the first one, to the closing parenthesis."""
        args = first
        while args and self.accept_symbol(","):
            args = (*args, self.func_arg_expr())
        self.expect_symbol(")")
        return args

    def position(self) -> nodes.Expr:
        """`POSITION(part IN whole)`; the function takes them the other way round."""
        start = self.start()
        self.advance()
        self.expect_symbol("(")
        part = self.b_expr()
        self.expect("in")
        whole = self.b_expr()
        self.expect_symbol(")")
        return self.system_call(start, "position", (whole, part))

    def substring(self) -> nodes.Expr:
        """`SUBSTRING(text FROM start FOR count)` in all its forms, or an ordinary call."""
        name = self._name()
        self.expect_symbol("(")
        args: tuple[nodes.Expr, ...] = ()
        if self.at_named_argument():
            args = (self.func_arg_expr(),)
        elif not self.at_symbol(")"):
            args = (self.expr_before_similar(),)
        if not args or self.at_symbol(",", ")") or isinstance(args[0], nodes.NamedArg):
            return self._plain_call(name, self._other_arguments(args), "substring")
        text = args[0]
        if self.accept("similar"):
            pattern = self.a_expr()
            self.expect("escape")
            args = (text, pattern, self.a_expr())
        elif self.accept("from"):
            args = (text, self.a_expr())
            if self.accept("for"):
                args = (*args, self.a_expr())
        else:
            self.expect("for")
            args = self._substring_for(text, self.a_expr())
        self.expect_symbol(")")
        return self.system_call(name.start, "substring", args)

    def _substring_for(self, text: nodes.Expr, count: nodes.Expr) -> tuple[nodes.Expr, ...]:
        if self.accept("from"):
            return (text, self.a_expr(), count)
        # Without FROM the count is cast, so that no function with a text argument is chosen.
        first = making.Const(start=count.start, end=count.start, kind="integer", value="1")
        int4 = making.TypeName(start=count.start, end=count.end, names=("pg_catalog", "int4"))
        cast = making.TypeCast(
            start=count.start, end=count.end, operand=count, type_name=int4, form="cast"
        )
        return (text, first, cast)

    def trim(self) -> nodes.Expr:
        """`TRIM([BOTH|LEADING|TRAILING] [characters] FROM text)` and its looser forms."""
        start = self.start()
        self.advance()
        self.expect_symbol("(")
        side = self.accept_any(*_TRIM_FUNCTIONS)
        name = _TRIM_FUNCTIONS[side or "both"]
        args: tuple[nodes.Expr, ...]
        if self.accept("from"):
            args = self.expr_list()
        else:
            first = self.a_expr()
            if self.accept("from"):
                args = (*self.expr_list(), first)
            else:
                args = (first,)
                while self.accept_symbol(","):
                    args = (*args, self.a_expr())
        self.expect_symbol(")")
        return self.system_call(start, name, args)
