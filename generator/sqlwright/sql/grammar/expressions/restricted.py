"""Expressions where some operators would be ambiguous (`b_expr`)."""

from __future__ import annotations

from collections.abc import Callable

from sqlwright.sql import nodes
from sqlwright.sql.grammar import making
from sqlwright.sql.grammar.expressions.precedence import (
    CAST,
    COMPARISON,
    IS,
    OTHER,
    SIGN,
    SYMBOL_LEVELS,
)
from sqlwright.sql.grammar.expressions.predicates import Predicates
from sqlwright.sql.lexing.tokens import Token


class RestrictedExpressions(Predicates):
    """`b_expr`, and the prefix operators that it shares with `a_expr`."""

    def prefix_operation(self, token: Token, expression: Callable[[int], nodes.Expr]) -> nodes.Expr:
        symbol = token.symbol
        if symbol == "+" or symbol == "-":
            self.advance()
            operand = expression(SIGN)
            if symbol == "-" and isinstance(operand, nodes.Const):
                negated = _sign_changed(operand, token.start, self.end())
                if negated is not None:
                    return negated
            name: nodes.QualifiedName = (symbol,)
        elif token.kind == "operator" or token.keyword == "operator":
            name = self.qual_op()
            token_end = self.end()
            operand = expression(OTHER)
            return making.Operation(
                start=token.start,
                end=self.end(),
                name=name,
                left=None,
                right=operand,
                operator_start=token.start,
                operator_end=token_end,
            )
        else:
            self.syntax_error(token)
        return making.Operation(
            start=token.start,
            end=self.end(),
            name=name,
            left=None,
            right=operand,
            operator_start=token.start,
            operator_end=token.end,
        )

    def qual_op(self) -> nodes.QualifiedName:
        if self.accept("operator"):
            return self.parenthesised(self.any_operator)
        return (self.advance().symbol,)

    def cast_to(self, start: int, left: nodes.Expr) -> nodes.Expr:
        self.advance()
        type_name = self.type_name()
        return making.TypeCast(
            start=start, end=self.end(), operand=left, type_name=type_name, form="colon"
        )

    def b_expr(self) -> nodes.Expr:
        """An expression without the operators that would be ambiguous in some places."""
        return self._restricted(0)

    def _restricted(self, floor: int) -> nodes.Expr:
        start = self._curr.start
        token = self._curr
        left = (
            self.prefix_operation(token, self._restricted)
            if self._at_restricted_prefix(token)
            else self.c_expr()
        )
        spent = 0
        while True:
            token = self._curr
            level = self._restricted_level(token)
            if level <= floor:
                return left
            if level == spent:
                self.syntax_error(token)
            spent = 0
            if level == CAST:
                left = self.cast_to(start, left)
            elif level == IS:
                left, spent = self._restricted_is(start, left)
            else:
                left = self._restricted_binary(start, left, level)
                spent = level if level == COMPARISON else 0

    def _at_restricted_prefix(self, token: Token) -> bool:
        if token.keyword == "operator":
            return self._tokens[self._index + 1].symbol == "("
        return token.kind == "operator" or token.symbol in ("+", "-")

    def _restricted_level(self, token: Token) -> int:
        if token.symbol:
            return SYMBOL_LEVELS.get(token.symbol, OTHER if token.kind == "operator" else 0)
        if token.keyword == "is":
            return IS
        return OTHER if token.keyword == "operator" else 0

    def _restricted_is(self, start: int, left: nodes.Expr) -> tuple[nodes.Expr, int]:
        self.advance()
        negated = self.accept("not")
        if self.accept("document"):
            test = nodes.XmlCall(start=start, end=self.end(), op="document", args=(left,))
            return (self.negated(start, test) if negated else test), 0
        self.expect("distinct", "from")
        right = self._restricted(IS)
        distinct = nodes.DistinctTest(
            start=start, end=self.end(), left=left, right=right, negated=negated
        )
        return distinct, IS

    def _restricted_binary(self, start: int, left: nodes.Expr, level: int) -> nodes.Expr:
        operator_start = self._curr.start
        name = self.qual_op()
        operator_end = self.end()
        right = self._restricted(level)
        return making.Operation(
            start=start,
            end=self.end(),
            name=name,
            left=left,
            right=right,
            operator_start=operator_start,
            operator_end=operator_end,
        )


def _sign_changed(number: nodes.Const, start: int, end: int) -> nodes.Const | None:
    """The constant with its sign changed, as the grammar does for a number after a minus."""
    if number.kind not in ("integer", "float"):
        return None
    value = number.value[1:] if number.value.startswith("-") else f"-{number.value}"
    if number.kind == "integer" and int(number.value, 0) == 0:
        value = number.value.removeprefix("-")
    return making.Const(start=start, end=end, kind=number.kind, value=value)
