"""Expressions with operators, by precedence climbing over PostgreSQL's own table.

Source of the levels: PostgreSQL manual, section 4.1.6 (Operator Precedence), and the grammar for
what the manual leaves out: an operator that may not be repeated is refused only where its rule
ends in an operand (`a < b < c`, but not `a IS NULL IS NULL`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from sqlwright.sql import nodes
from sqlwright.sql.grammar import making
from sqlwright.sql.grammar.expressions.precedence import (
    AND,
    AT,
    CAST,
    COMPARISON,
    IS,
    MATCH,
    NOT,
    OR,
    OTHER,
    SYMBOL_LEVELS,
    WORD_LEVELS,
)
from sqlwright.sql.grammar.expressions.predicates import QUANTIFIERS
from sqlwright.sql.grammar.expressions.restricted import RestrictedExpressions
from sqlwright.sql.lexing.tokens import Token

_AFTER_LABEL_WORDS = frozenset(
    (
        "except",
        "fetch",
        "for",
        "from",
        "group",
        "having",
        "intersect",
        "into",
        "limit",
        "offset",
        "on",
        "order",
        "returning",
        "union",
        "where",
        "window",
        "with",
    )
)
_NO_OPERATORS = frozenset(("", ",", ")", "]"))
_PREFIX_WORDS = frozenset(("not", "row", "default", "unique", "operator"))
_AFTER_LABEL_SYMBOLS = frozenset((",", ")", ";"))


class Expressions(RestrictedExpressions):
    """`a_expr`, `b_expr`, `expr_list`."""

    def a_expr(self) -> nodes.Expr:
        """Any expression."""
        return self.expression_above(0)

    def target_expr(self) -> nodes.Expr:
        """A select-list item's expression, after which even an operator's word may be its name."""
        start = self._curr.start
        return self._with_operators(start, self._operand(), 0, self._at_label)

    def expr_before_similar(self) -> nodes.Expr:
        """An expression that `SIMILAR pattern`, without TO, may follow."""
        start = self._curr.start
        return self._with_operators(start, self._operand(), 0, self._at_similar_pattern)

    def expr_list(self) -> tuple[nodes.Expr, ...]:
        """One or more expressions with commas between them."""
        return self.comma_list(self.a_expr)

    def a_expr_after(self, start: int, operand: nodes.Expr) -> nodes.Expr:
        """The expression whose first operand was just read."""
        return self._with_operators(start, self._overlaps_after(start, operand), 0)

    def expression_above(self, floor: int) -> nodes.Expr:
        """An expression of operators that bind tighter than `floor`."""
        self.descend()
        start = self._curr.start
        found = self._with_operators(start, self._operand(), floor)
        self.ascend()
        return found

    def _with_operators(
        self,
        start: int,
        left: nodes.Expr,
        floor: int,
        is_end: Callable[[Token], bool] | None = None,
    ) -> nodes.Expr:
        """An operand and the operators after it that bind tighter than `floor`.

        `is_end` knows of operators' words that mean something else here.
        """
        token = self._curr
        if token.symbol in _NO_OPERATORS and token.keyword not in WORD_LEVELS:
            return left  # as behind most
        spent = 0  # the level of an operator just used that may not follow itself
        while True:
            token = self._curr
            level = self._level(token)
            if level <= floor or (is_end is not None and is_end(token)):
                return left
            if level == spent:
                self.syntax_error(token)
            spent = 0
            if token.keyword:
                if level in (AND, OR):
                    left = self._logical(start, left, "and" if level == AND else "or", level)
                elif level == IS:
                    left, spent = self.is_predicate(start, left)
                elif level == MATCH:
                    left, spent = self.match_predicate(start, left)
                elif level == OTHER:
                    left = self._binary(start, left, level)
                elif level == AT:
                    left = self._at_time_zone(start, left)
                else:
                    left = self._collate(start, left)
            elif level == CAST:
                left = self.cast_to(start, left)
            else:
                left = self._binary(start, left, level)
                if level == COMPARISON and isinstance(left, nodes.Operation):
                    spent = level

    def _level(self, token: Token) -> int:
        """How tightly the operator here binds; 0 where none stands."""
        if token.symbol:
            return SYMBOL_LEVELS.get(token.symbol, OTHER if token.kind == "operator" else 0)
        keyword = token.keyword
        if keyword == "not" and token.category != "L":  # only before IN, LIKE and the like
            return 0
        return WORD_LEVELS.get(keyword, 0)

    def _at_label(self, token: Token) -> bool:
        """Whether the operator's word here is the name of an output column: no operand follows."""
        if not token.keyword or not token.bare_label:
            return False
        after = self._tokens[self._index + 1]
        return (
            after.kind == "end"
            or after.symbol in _AFTER_LABEL_SYMBOLS
            or after.keyword in _AFTER_LABEL_WORDS
        )

    def _at_similar_pattern(self, token: Token) -> bool:
        return token.keyword == "similar" and self._tokens[self._index + 1].keyword != "to"

    # Operands and prefix operators

    def at_prefix_operator(self) -> bool:
        """Whether the expression here is more than its first `c_expr` from the start."""
        token = self._curr
        if token.symbol in ("+", "-") or token.kind == "operator":
            return True
        if token.keyword == "operator":
            return self._tokens[self._index + 1].symbol == "("
        return token.keyword in ("not", "default", "unique")

    def _operand(self) -> nodes.Expr:
        token = self._curr
        if token.symbol:
            if token.symbol == "(":
                return self._row_or_overlaps(token)
            return self.prefix_operation(token, self.expression_above)
        keyword = token.keyword
        if keyword not in _PREFIX_WORDS:
            return self.c_expr()
        if keyword == "not":
            self.advance()
            operand = self.expression_above(NOT)
            return making.BoolOperation(
                start=token.start, end=self.end(), op="not", operands=(operand,)
            )
        if keyword == "row":
            return self._row_or_overlaps(token)
        if keyword == "default":
            self.advance()
            return nodes.SetToDefault(start=token.start, end=token.end)
        if keyword == "unique":
            self._unique_predicate()
        if keyword == "operator" and self._tokens[self._index + 1].symbol == "(":
            return self.prefix_operation(token, self.expression_above)
        return self.c_expr()

    def _unique_predicate(self) -> None:
        start = self.start()
        self.expect("unique")
        if self.accept("nulls"):
            self.accept("not")
            self.expect("distinct")
        self.select_with_parens()
        self.refuse(
            "feature-not-supported",
            "UNIQUE predicate is not yet implemented",
            start,
            self.end(),
            sqlstate="0A000",
        )

    # Binary operators

    def _binary(self, start: int, left: nodes.Expr, level: int) -> nodes.Expr:
        operator_start = self._curr.start
        name = self.qual_op()
        operator_end = self.end()
        quantifier = QUANTIFIERS.get(self._curr.keyword)
        if quantifier is not None:
            return self.quantified(start, left, name, quantifier, operator_start, operator_end)
        right = self.expression_above(level)
        return making.Operation(
            start=start,
            end=self.end(),
            name=name,
            left=left,
            right=right,
            operator_start=operator_start,
            operator_end=operator_end,
        )

    def _logical(
        self, start: int, left: nodes.Expr, op: Literal["and", "or"], level: int
    ) -> nodes.Expr:
        self.advance()
        right = self.expression_above(level)
        operands: tuple[nodes.Expr, ...] = (left, right)
        if isinstance(left, nodes.BoolOperation) and left.op == op:
            operands = (*left.operands, right)
        return making.BoolOperation(start=start, end=self.end(), op=op, operands=operands)

    def _collate(self, start: int, left: nodes.Expr) -> nodes.Expr:
        self.advance()
        collation = self.any_name()
        return nodes.Collate(start=start, end=self.end(), operand=left, collation=collation)

    def _at_time_zone(self, start: int, left: nodes.Expr) -> nodes.Expr:
        at = self.advance()
        if self.accept("local"):
            args: tuple[nodes.Expr, ...] = (left,)
        else:
            self.expect("time", "zone")
            args = (self.expression_above(AT), left)
        return making.FuncCall(
            start=start,
            end=self.end(),
            name=("pg_catalog", "timezone"),
            args=args,
            sql_syntax=True,
            name_start=at.start,
            name_end=at.end,
        )

    def _row_or_overlaps(self, token: Token) -> nodes.Expr:
        return self._overlaps_after(token.start, self.c_expr())

    def _overlaps_after(self, start: int, left: nodes.Expr) -> nodes.Expr:
        """What was just read, or OVERLAPS of it if it is a row and OVERLAPS follows."""
        if (
            self._curr.keyword != "overlaps"
            or not isinstance(left, nodes.Row)
            or left.start != start
        ):
            return left
        operator = self.advance()
        right = self._row_operand()
        for row, side in ((left, "left"), (right, "right")):
            if len(row.items) != 2:
                self.refuse(
                    "syntax-error",
                    f"wrong number of parameters on {side} side of OVERLAPS expression",
                    row.start,
                    row.end,
                )
        return making.FuncCall(
            start=start,
            end=self.end(),
            name=("pg_catalog", "overlaps"),
            args=(*left.items, *right.items),
            sql_syntax=True,
            name_start=operator.start,
            name_end=operator.end,
        )

    def _row_operand(self) -> nodes.Row:
        """A row, with ROW or without, and nothing else."""
        start = self.start()
        explicit = self.accept("row")
        self.expect_symbol("(")
        items = () if explicit and self.at_symbol(")") else self.expr_list()
        if len(items) == 1 and not explicit:
            self.syntax_error()
        self.expect_symbol(")")
        return nodes.Row(start=start, end=self.end(), items=items, explicit=explicit)
