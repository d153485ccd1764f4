"""ORDER BY items and windows."""

from __future__ import annotations

from typing import Literal

from sqlwright.sql import nodes
from sqlwright.sql.grammar.entry_points import Grammar
from sqlwright.sql.grammar.expressions.precedence import MATCH, WORD_LEVELS

_NO_WINDOW_NAME = frozenset(("partition", "range", "rows", "groups"))
_FRAME_MODES: tuple[Literal["range", "rows", "groups"], ...] = ("range", "rows", "groups")


class Windows(Grammar):
    """`sort_clause`, `window_definition`, `over_clause`."""

    # ORDER BY

    def sort_clause(self) -> tuple[nodes.SortBy, ...]:
        """`ORDER BY` and its items."""
        self.expect("order", "by")
        return self.comma_list(self.sort_by)

    def opt_sort_clause(self) -> tuple[nodes.SortBy, ...]:
        """`ORDER BY` and its items, or nothing."""
        return self.sort_clause() if self.at("order") else ()

    def sort_by(self) -> nodes.SortBy:
        """One item of ORDER BY."""
        start = self.start()
        expr = self.a_expr()
        direction: nodes.Direction | None = None
        operator = None
        if self.accept("using"):
            direction = "using"
            operator = self._sort_operator()
        elif self.accept("asc"):
            direction = "asc"
        elif self.accept("desc"):
            direction = "desc"
        nulls = self._nulls_order()
        return nodes.SortBy(
            start=start,
            end=self.end(),
            expr=expr,
            direction=direction,
            nulls=nulls,
            operator=operator,
        )

    def _nulls_order(self) -> nodes.NullsOrder | None:
        if self.accept("nulls", "first"):
            return "first"
        return "last" if self.accept("nulls", "last") else None

    def _sort_operator(self) -> nodes.QualifiedName:
        if self.accept("operator"):
            return self.parenthesised(self.any_operator)
        return (self.all_op(),)

    # Operators by name

    def any_operator(self) -> nodes.QualifiedName:
        """An operator with or without schema, as inside `OPERATOR(...)`."""
        parts = []
        while self.at_col_id():
            parts.append(self.col_id())
            self.expect_symbol(".")
        return (*parts, self.all_op())

    def all_op(self) -> str:
        """The name of any operator."""
        token = self._curr
        if token.kind != "operator" and token.symbol not in MATH_OPERATORS:
            self.syntax_error(token)
        return self.advance().symbol

    # Windows

    def window_definition(self) -> nodes.WindowDef:
        """`name AS (specification)` in a WINDOW clause."""
        start = self.start()
        name = self.col_id()
        self.expect("as")
        return self._window_specification(start, name)

    def over_clause(self) -> nodes.WindowDef | None:
        """`OVER name` or `OVER (specification)`, or nothing."""
        if not self.accept("over"):
            return None
        start = self.start()
        if self.at_symbol("("):
            return self._window_specification(start, None)
        name = self.col_id()
        return nodes.WindowDef(start=start, end=self.end(), ref=name, over_name=True)

    def _window_specification(self, start: int, name: str | None) -> nodes.WindowDef:
        self.expect_symbol("(")
        ref = None
        if self.at_col_id() and not self.at(*_NO_WINDOW_NAME):
            ref = self.col_id()
        partition: tuple[nodes.Expr, ...] = ()
        if self.accept("partition"):
            self.expect("by")
            partition = self.expr_list()
        order = self.opt_sort_clause()
        frame = self._frame()
        self.expect_symbol(")")
        return nodes.WindowDef(
            start=start,
            end=self.end(),
            name=name,
            ref=ref,
            partition=partition,
            order=order,
            frame=frame,
        )

    # Frames

    def _frame(self) -> nodes.Frame | None:
        start = self.start()
        for mode in _FRAME_MODES:
            if self.accept(mode):
                break
        else:
            return None
        if self.at("between") and not self._between_is_column():
            self.advance()
            if WORD_LEVELS.get(self._curr.keyword) == MATCH:
                self.syntax_error()  # nor may BETWEEN be a column before these
            low = self._frame_bound()
            self.expect("and")
            high = self._frame_bound()
            self._check_frame(low, high)
        else:
            low, high = self._frame_bound(), None
            self._check_frame_start(low)
        exclude = self._frame_exclusion() if self.accept("exclude") else None
        return nodes.Frame(
            start=start, end=self.end(), mode=mode, low=low, high=high, exclude=exclude
        )

    def _between_is_column(self) -> bool:
        """Whether BETWEEN here is a column's name: what follows cannot begin a bound."""
        next_ = self.peek(1)
        return next_.kind == "symbol" and next_.symbol not in ("(", "+", "-")

    def _frame_bound(self) -> nodes.FrameBound:
        start = self.start()
        if self.accept("unbounded", "preceding"):
            return nodes.FrameBound(start=start, end=self.end(), kind="unbounded preceding")
        if self.accept("unbounded", "following"):
            return nodes.FrameBound(start=start, end=self.end(), kind="unbounded following")
        if self.accept("current", "row"):
            return nodes.FrameBound(start=start, end=self.end(), kind="current row")
        offset = self.a_expr()
        if self.accept("preceding"):
            return nodes.FrameBound(start=start, end=self.end(), kind="preceding", offset=offset)
        self.expect("following")
        return nodes.FrameBound(start=start, end=self.end(), kind="following", offset=offset)

    def _check_frame(self, low: nodes.FrameBound, high: nodes.FrameBound) -> None:
        """Refuse bounds that run backwards by their words alone."""
        if low.kind == "unbounded following":
            self._refuse_frame("frame start cannot be UNBOUNDED FOLLOWING", low)
        if high.kind == "unbounded preceding":
            self._refuse_frame("frame end cannot be UNBOUNDED PRECEDING", high)
        if low.kind == "current row" and high.kind == "preceding":
            self._refuse_frame("frame starting from current row cannot have preceding rows", high)
        if low.kind == "following" and high.kind in ("preceding", "current row"):
            self._refuse_frame("frame starting from following row cannot have preceding rows", high)

    def _check_frame_start(self, low: nodes.FrameBound) -> None:
        if low.kind == "unbounded following":
            self._refuse_frame("frame start cannot be UNBOUNDED FOLLOWING", low)
        if low.kind == "following":
            self._refuse_frame("frame starting from following row cannot end with current row", low)

    def _refuse_frame(self, message: str, bound: nodes.FrameBound) -> None:
        self.refuse("invalid-window", message, bound.start, bound.end, sqlstate="42P20")

    def _frame_exclusion(self) -> Literal["current row", "group", "ties", "no others"]:
        if self.accept("current"):
            self.expect("row")
            return "current row"
        if self.accept("group"):
            return "group"
        if self.accept("ties"):
            return "ties"
        self.expect("no", "others")
        return "no others"


MATH_OPERATORS = frozenset(("+", "-", "*", "/", "%", "^", "<", ">", "=", "<=", ">=", "<>"))
