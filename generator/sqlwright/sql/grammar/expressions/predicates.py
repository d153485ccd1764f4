"""Predicates: IS, BETWEEN, IN, LIKE, and comparisons with ANY or ALL of many."""

from __future__ import annotations

from abc import abstractmethod
from typing import Literal

from sqlwright.sql import nodes
from sqlwright.sql.grammar import making
from sqlwright.sql.grammar.expressions.precedence import IS, MATCH
from sqlwright.sql.grammar.expressions.primaries import Primaries

QUANTIFIERS: dict[str, Literal["any", "all"]] = {"any": "any", "some": "any", "all": "all"}

_LIKE_OPERATORS = {
    ("like", False): "~~",
    ("like", True): "!~~",
    ("ilike", False): "~~*",
    ("ilike", True): "!~~*",
}
_TRUTH: tuple[Literal["true", "false", "unknown"], ...] = ("true", "false", "unknown")


class Predicates(Primaries):
    """What follows an operand and is written in words.

    Where a rule gives a level beside its result, an operator of that level may not follow at once.
    """

    @abstractmethod
    def expression_above(self, floor: int) -> nodes.Expr:
        """An expression of operators that bind tighter than `floor`."""

    def quantified(
        self,
        start: int,
        left: nodes.Expr,
        name: nodes.QualifiedName,
        quantifier: Literal["any", "all"],
        operator_start: int,
        operator_end: int,
    ) -> nodes.Expr:
        """`left operator ANY|SOME|ALL (query or array)`, at the quantifier."""
        self.advance()
        if self.holds_query():
            query = self.select_with_parens()
            return nodes.SubLink(
                start=start,
                end=self.end(),
                kind=quantifier,
                query=query,
                left=left,
                operator=name,
            )
        array = self.parenthesised(self.a_expr)
        return nodes.ArrayOperation(
            start=start,
            end=self.end(),
            name=name,
            left=left,
            quantifier=quantifier,
            array=array,
            operator_start=operator_start,
            operator_end=operator_end,
        )

    # IS

    def is_predicate(self, start: int, left: nodes.Expr) -> tuple[nodes.Expr, int]:
        """IS and the like."""
        word = self.advance().keyword
        if word != "is":
            negated = word == "notnull"
            test = nodes.NullTest(start=start, end=self.end(), operand=left, negated=negated)
            return test, 0
        negated = self.accept("not")
        if self.accept("distinct"):
            self.expect("from")
            right = self.expression_above(IS)
            distinct = nodes.DistinctTest(
                start=start, end=self.end(), left=left, right=right, negated=negated
            )
            return distinct, IS
        return self._is_property(start, left, negated), 0

    def _is_property(self, start: int, left: nodes.Expr, negated: bool) -> nodes.Expr:
        if self.accept("null"):
            return nodes.NullTest(start=start, end=self.end(), operand=left, negated=negated)
        for value in _TRUTH:
            if self.accept(value):
                return nodes.BooleanTest(
                    start=start, end=self.end(), operand=left, value=value, negated=negated
                )
        test: nodes.Expr
        if self.accept("document"):
            test = nodes.XmlCall(start=start, end=self.end(), op="document", args=(left,))
        elif self.at("json"):
            test = self.json_predicate(start, left)
        else:
            args: tuple[nodes.Expr, ...] = (left,)
            if self.at_normal_form():
                args = (left, self.normal_form())
            self.expect("normalized")
            test = self.system_call(start, "is_normalized", args)
        return self.negated(start, test) if negated else test

    def negated(self, start: int, operand: nodes.Expr) -> nodes.Expr:
        return making.BoolOperation(start=start, end=self.end(), op="not", operands=(operand,))

    # BETWEEN, IN, LIKE

    def match_predicate(self, start: int, left: nodes.Expr) -> tuple[nodes.Expr, int]:
        """BETWEEN, IN, LIKE and the like, negated or not."""
        operator_start = self._curr.start
        negated = self.accept("not")
        word = self.advance().keyword
        if word == "in":
            return self._in(start, left, negated, operator_start), 0
        if word == "between":
            return self._between(start, left, negated), MATCH
        if word == "similar":
            self.expect("to")
            return self._like_operation(start, left, "similar", negated), MATCH
        quantifier = QUANTIFIERS.get(self._curr.keyword)
        if quantifier is None:
            kind: Literal["like", "ilike"] = "like" if word == "like" else "ilike"
            return self._like_operation(start, left, kind, negated), MATCH
        name = (_LIKE_OPERATORS[word, negated],)
        end = self.end()
        return self.quantified(start, left, name, quantifier, operator_start, end), 0

    def _in(self, start: int, left: nodes.Expr, negated: bool, operator_start: int) -> nodes.Expr:
        if self.holds_query():
            query = self.select_with_parens()
            link = nodes.SubLink(
                start=start, end=self.end(), kind="any", query=query, left=left, is_in=True
            )
            return self.negated(start, link) if negated else link
        items = self.parenthesised(self.expr_list)
        return nodes.InList(
            start=start,
            end=self.end(),
            operand=left,
            items=items,
            negated=negated,
            operator_start=operator_start,
        )

    def _between(self, start: int, left: nodes.Expr, negated: bool) -> nodes.Expr:
        symmetric = self.accept_any("symmetric", "asymmetric") == "symmetric"
        low = self.b_expr()
        self.expect("and")
        high = self.expression_above(MATCH)
        return nodes.BetweenOperation(
            start=start,
            end=self.end(),
            operand=left,
            low=low,
            high=high,
            negated=negated,
            symmetric=symmetric,
        )

    def _like_operation(
        self,
        start: int,
        left: nodes.Expr,
        kind: Literal["like", "ilike", "similar"],
        negated: bool,
    ) -> nodes.Expr:
        pattern = self.expression_above(MATCH)
        escape = self.expression_above(MATCH) if self.accept("escape") else None
        return nodes.LikeOperation(
            start=start,
            end=self.end(),
            kind=kind,
            negated=negated,
            left=left,
            pattern=pattern,
            escape=escape,
        )
