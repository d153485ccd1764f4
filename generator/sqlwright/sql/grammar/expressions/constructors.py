"""Parentheses, rows, arrays, subqueries and CASE: what encloses other expressions."""

from __future__ import annotations

from abc import abstractmethod
from typing import Literal

from sqlwright.sql import nodes
from sqlwright.sql.grammar.expressions.json_tables import JsonTables


class Constructors(JsonTables):
    """The parts of `c_expr` with parentheses or brackets; `array_expr`, `row`, `case_expr`."""

    @abstractmethod
    def with_indirection(self, start: int, operand: nodes.Expr) -> nodes.Expr:
        """An operand with the subscripts and fields that follow it."""

    def parenthesis(self) -> nodes.Expr:
        """`(expression)`, `(a, b, ...)`, which is a row, or a scalar subquery."""
        start = self.start()
        if self.holds_query():
            return self.with_indirection(start, self._subquery(start, "scalar"))
        self.advance()
        expr = self.a_expr()
        if self.at_symbol(","):
            items = [expr]
            while self.accept_symbol(","):
                items.append(self.a_expr())
            self.expect_symbol(")")
            return nodes.Row(start=start, end=self.end(), items=tuple(items), explicit=False)
        self.expect_symbol(")")
        return self.with_indirection(start, expr)

    def _subquery(self, start: int, kind: Literal["exists", "scalar", "array"]) -> nodes.SubLink:
        query = self.select_with_parens()
        return nodes.SubLink(start=start, end=self.end(), kind=kind, query=query)

    def exists(self) -> nodes.Expr:
        """`EXISTS (query)`."""
        start = self.start()
        self.advance()
        return self._subquery(start, "exists")

    def array(self) -> nodes.Expr:
        """`ARRAY[...]` or `ARRAY(query)`."""
        start = self.start()
        self.advance()
        if self.at_symbol("("):
            return self._subquery(start, "array")
        return self._array_literal(start)

    def _array_literal(self, start: int) -> nodes.ArrayLiteral:
        self.expect_symbol("[")
        items: tuple[nodes.Expr, ...] = ()
        if self.at_symbol("["):
            items = self.comma_list(lambda: self._array_literal(self.start()))
        elif not self.at_symbol("]"):
            items = self.expr_list()
        self.expect_symbol("]")
        return nodes.ArrayLiteral(start=start, end=self.end(), items=items)

    def row(self) -> nodes.Expr:
        """`ROW(...)`."""
        start = self.start()
        self.advance()
        self.expect_symbol("(")
        items = () if self.at_symbol(")") else self.expr_list()
        self.expect_symbol(")")
        return nodes.Row(start=start, end=self.end(), items=items, explicit=True)

    def grouping(self) -> nodes.Expr:
        """`GROUPING(...)`."""
        start = self.start()
        self.advance()
        args = self.parenthesised(self.expr_list)
        return nodes.Grouping(start=start, end=self.end(), args=args)

    def case(self) -> nodes.Expr:
        """`CASE [operand] WHEN ... THEN ... [ELSE ...] END`."""
        start = self.start()
        self.advance()
        operand = None if self.at("when") else self.a_expr()
        branches = [self._case_branch()]
        while self.at("when"):
            branches.append(self._case_branch())
        default = self.a_expr() if self.accept("else") else None
        self.expect("end")
        return nodes.Case(
            start=start,
            end=self.end(),
            operand=operand,
            branches=tuple(branches),
            default=default,
        )

    def _case_branch(self) -> nodes.CaseBranch:
        start = self.start()
        self.expect("when")
        condition = self.a_expr()
        self.expect("then")
        result = self.a_expr()
        return nodes.CaseBranch(start=start, end=self.end(), condition=condition, result=result)
