"""Expressions that need no parentheses as an operand (`c_expr`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

from sqlwright.sql import nodes
from sqlwright.sql.grammar import making
from sqlwright.sql.grammar.expressions.constructors import Constructors
from sqlwright.sql.grammar.type_names import TYPE_WORDS
from sqlwright.sql.lexing.tokens import Token

Step = nodes.SubscriptStep | nodes.FieldStep | nodes.StarStep

_CONSTANT_KINDS: dict[str, Literal["integer", "float", "string", "bit", "hexbit"]] = {
    "integer": "integer",
    "float": "float",
    "string": "string",
    "bit": "bit",
    "hexbit": "hexbit",
}
_CONSTANT_WORDS: dict[str, Literal["null", "boolean"]] = {
    "null": "null",
    "true": "boolean",
    "false": "boolean",
}

_MOST_NAME_PARTS = 3


class Primaries(Constructors):
    """`c_expr`, `columnref`, `AexprConst`, `func_expr`."""

    def c_expr(self) -> nodes.Expr:
        """An expression that needs no parentheses as an operand."""
        token = self._curr
        kind = token.kind
        if kind == "word":
            return self._word(token) if token.keyword else self._name_or_call(token)
        if kind == "quoted":
            return self._name_or_call(token)
        if kind in _CONSTANT_KINDS:
            self.advance()
            return making.Const(
                start=token.start, end=token.end, kind=_CONSTANT_KINDS[kind], value=token.value
            )
        if kind == "param":
            self.advance()
            parameter = making.ParamRef(
                start=token.start,
                end=token.end,
                number=token.number,
                named=token.named,
                slice=token.slice,
            )
            return self.with_indirection(token.start, parameter)
        if token.symbol == "(":
            return self.parenthesis()
        if kind == "embed":
            self.advance()
            return nodes.Embed(start=token.start, end=token.end, relation=token.relation)
        return self.syntax_error(token)

    # Words

    def _word(self, token: Token) -> nodes.Expr:
        keyword, category = token.keyword, token.category
        if category == "R":
            return self._reserved(token)
        if category in ("C", "T") and self._tokens[self._index + 1].symbol == "(":
            special = SPECIAL_FUNCTIONS.get(keyword)
            if special is not None:
                return special(self)
        if keyword in TYPE_WORDS and self._at_typed_literal():
            return self._literal_of_keyword_type()
        if category == "T":
            return self._function_word(token)
        if category == "L":
            self.syntax_error(token)
        return self._name_or_call(token, may_be_called=category != "C")

    def _reserved(self, token: Token) -> nodes.Expr:
        constant = _CONSTANT_WORDS.get(token.keyword)
        if constant is not None:
            self.advance()
            value = "" if constant == "null" else token.keyword
            return making.Const(start=token.start, end=token.end, kind=constant, value=value)
        special = RESERVED_FUNCTIONS.get(token.keyword)
        if special is None:
            self.syntax_error(token)
        return special(self)

    def _function_word(self, token: Token) -> nodes.Expr:
        """A keyword that may name a function or a type but not a column."""
        next_ = self._tokens[self._index + 1]
        if token.keyword == "collation" and next_.keyword == "for":
            return self.collation_for()
        if token.keyword == "current_schema" and next_.symbol != "(" and next_.kind != "string":
            return self.sql_value()
        self.advance()
        if self.at_string():
            return self._literal_of_named_type(token.start, (token.value,))
        if not self.at_symbol("("):
            self.syntax_error()
        return self.call_or_literal(token.start, (token.value,), token.end)

    def _name_or_call(self, token: Token, *, may_be_called: bool = True) -> nodes.Expr:
        """A column, a call, or `type 'text'`: whatever begins with an ordinary name."""
        start, names = token.start, [token.value]
        self._index += 1
        next_ = self._curr = self._tokens[self._index]
        while next_.symbol == "." and self._tokens[self._index + 1].symbol != "*":
            self._index += 1
            self._curr = self._tokens[self._index]
            names.append(self.col_label())
            next_ = self._curr
            may_be_called = True
        if next_.symbol == "(" and may_be_called:
            return self.call_or_literal(start, tuple(names), self.end())
        if next_.kind == "string" and may_be_called:
            return self._literal_of_named_type(start, tuple(names))
        return self._column_ref(start, tuple(names))

    def _column_ref(self, start: int, names: nodes.QualifiedName) -> nodes.Expr:
        star = self._curr.symbol == "."
        if star:
            self.advance()
            self.expect_symbol("*")
        end = self._tokens[self._index - 1].end
        reference = making.ColumnRef(start=start, end=end, fields=names, star=star)
        if star and self._curr.symbol in (".", "["):
            self.indirection()
            self._improper_star()
        if self._curr.symbol != "[":
            return reference
        return self.with_indirection(start, reference)

    # Indirection

    def indirection(self) -> tuple[Step, ...]:
        """Subscripts and field selections, none or more."""
        if self._curr.symbol not in (".", "["):
            return ()
        steps: list[Step] = []
        while True:
            start = self.start()
            if self.accept_symbol("."):
                if self.accept_symbol("*"):
                    steps.append(nodes.StarStep(start=start, end=self.end()))
                else:
                    name = self.col_label()
                    steps.append(nodes.FieldStep(start=start, end=self.end(), name=name))
            elif self._curr.symbol == "[":
                steps.append(self._subscript())
            else:
                return tuple(steps)

    def qualified_name(self) -> nodes.QualifiedName:
        """The name of a relation: at most three parts."""
        start = self.start()
        parts = [self.col_id()]
        for step in self.indirection():
            if not isinstance(step, nodes.FieldStep):
                self.syntax_error()
            parts.append(step.name)
        if len(parts) > _MOST_NAME_PARTS:
            self.refuse(
                "improper-name",
                f"improper qualified name (too many dotted names): {'.'.join(parts)}",
                start,
                self.end(),
            )
        return tuple(parts)

    def with_indirection(self, start: int, operand: nodes.Expr) -> nodes.Expr:
        if self._curr.symbol not in (".", "["):
            return operand
        steps = self.indirection()
        if any(isinstance(step, nodes.StarStep) for step in steps[:-1]):
            self._improper_star()
        return nodes.Indirection(start=start, end=self.end(), operand=operand, steps=steps)

    def _improper_star(self) -> None:
        token = self._curr
        near = f'at or near "{token.text}"' if token else "at end of input"
        self.refuse("syntax-error", f'improper use of "*" {near}', token.start, token.end)

    def _subscript(self) -> nodes.SubscriptStep:
        start = self.start()
        self.expect_symbol("[")
        lower = upper = None
        if not self.at_symbol(":"):
            lower = self.a_expr()
        is_slice = self.accept_symbol(":")
        if is_slice and not self.at_symbol("]"):
            upper = self.a_expr()
        self.expect_symbol("]")
        return nodes.SubscriptStep(
            start=start, end=self.end(), is_slice=is_slice, lower=lower, upper=upper
        )

    # Typed literals

    def _at_typed_literal(self) -> bool:
        """Whether the type keyword here begins `type 'text'` rather than naming a column."""
        word = self._curr.keyword
        next_ = self._tokens[self._index + 1]
        if next_.kind == "string" or next_.symbol == "(":
            return word != "double"
        return (word, next_.keyword) in _TYPE_CONTINUATIONS

    def _literal_of_keyword_type(self) -> nodes.Expr:
        is_interval = self.at("interval")
        type_name = self.keyword_type(constant=True)
        literal = self.literal_of_type(type_name)
        if not is_interval or type_name.modifiers:
            return literal
        with_fields = self.with_interval_fields(type_name)
        if with_fields is type_name:
            return literal
        return making.TypeCast(
            start=literal.start,
            end=self.end(),
            operand=literal.operand,
            type_name=with_fields,
            form="literal",
        )

    def _literal_of_named_type(self, start: int, names: nodes.QualifiedName) -> nodes.Expr:
        type_name = making.TypeName(start=start, end=self.end(), names=names)
        return self.literal_of_type(type_name)

    # Calls without FILTER and OVER

    def func_expr_windowless(self) -> nodes.Expr:
        """A call without FILTER, WITHIN GROUP or OVER: what may stand in FROM or in an index."""
        token = self._curr
        next_ = self._tokens[self._index + 1]
        if token.keyword in ("json_objectagg", "json_arrayagg") and next_.symbol != ".":
            return self.json_aggregate()
        if token.category == "R":
            special = _RESERVED_CALLS.get(token.keyword)
            if special is not None:
                return special(self)
        elif token.category == "C" and next_.symbol != ".":
            special = _CALLS.get(token.keyword)
            if special is not None:
                return special(self)
        elif token.keyword == "collation" and next_.keyword == "for":
            return self.collation_for()
        elif token.keyword == "current_schema" and next_.symbol != "(":
            return self.sql_value()
        return self.func_application()


_TYPE_CONTINUATIONS = frozenset(
    (
        ("bit", "varying"),
        ("char", "varying"),
        ("character", "varying"),
        ("double", "precision"),
        ("national", "char"),
        ("national", "character"),
        ("nchar", "varying"),
        ("time", "with"),
        ("time", "without"),
        ("timestamp", "with"),
        ("timestamp", "without"),
    )
)

_Rule = Callable[[Primaries], nodes.Expr]

_CALLS: Mapping[str, _Rule] = {
    "coalesce": Primaries.coalesce,
    "extract": Primaries.extract,
    "greatest": Primaries.greatest_or_least,
    "json": Primaries.json,
    "json_array": Primaries.json_array,
    "json_exists": Primaries.json_query_call,
    "json_object": Primaries.json_object,
    "json_query": Primaries.json_query_call,
    "json_scalar": Primaries.json_scalar,
    "json_serialize": Primaries.json_serialize,
    "json_value": Primaries.json_query_call,
    "least": Primaries.greatest_or_least,
    "merge_action": Primaries.merge_action,
    "normalize": Primaries.normalize,
    "nullif": Primaries.nullif,
    "overlay": Primaries.overlay,
    "position": Primaries.position,
    "substring": Primaries.substring,
    "treat": Primaries.treat,
    "trim": Primaries.trim,
    "xmlconcat": Primaries.xmlconcat,
    "xmlelement": Primaries.xmlelement,
    "xmlexists": Primaries.xmlexists,
    "xmlforest": Primaries.xmlforest,
    "xmlparse": Primaries.xmlparse,
    "xmlpi": Primaries.xmlpi,
    "xmlroot": Primaries.xmlroot,
    "xmlserialize": Primaries.xmlserialize,
}
"""Rules of function-like keywords, taken where a parenthesis follows."""

_RESERVED_CALLS: Mapping[str, _Rule] = {
    "cast": Primaries.cast,
    "current_catalog": Primaries.sql_value,
    "current_date": Primaries.sql_value,
    "current_role": Primaries.sql_value,
    "current_time": Primaries.sql_value,
    "current_timestamp": Primaries.sql_value,
    "current_user": Primaries.sql_value,
    "localtime": Primaries.sql_value,
    "localtimestamp": Primaries.sql_value,
    "session_user": Primaries.sql_value,
    "system_user": Primaries.system_user,
    "user": Primaries.sql_value,
}

SPECIAL_FUNCTIONS: Mapping[str, _Rule] = {
    **_CALLS,
    "exists": Primaries.exists,
    "grouping": Primaries.grouping,
    "json_arrayagg": Primaries.json_aggregate_call,
    "json_objectagg": Primaries.json_aggregate_call,
    "row": Primaries.row,
}
RESERVED_FUNCTIONS: Mapping[str, _Rule] = {
    **_RESERVED_CALLS,
    "array": Primaries.array,
    "case": Primaries.case,
}
