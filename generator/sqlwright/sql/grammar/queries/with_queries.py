"""WITH and its common table expressions."""

from __future__ import annotations

from sqlwright.sql import nodes
from sqlwright.sql.grammar.entry_points import Grammar


class WithGrammar(Grammar):
    """`with_clause`."""

    def with_clause(self) -> nodes.With | None:
        """`WITH [RECURSIVE] ...`, or nothing."""
        start = self.start()
        if not self.accept("with"):
            return None
        # RECURSIVE is a name where one has to follow.
        recursive = self.at("recursive") and self.at_col_id(1)
        if recursive:
            self.advance()
        ctes = self.comma_list(self._common_table_expr)
        return nodes.With(start=start, end=self.end(), recursive=recursive, ctes=ctes)

    def _common_table_expr(self) -> nodes.CommonTableExpr:
        start = self.start()
        name = self.col_id()
        columns = self.parenthesised_list(self.col_id) if self.at_symbol("(") else ()
        self.expect("as")
        materialized = None
        if self.at("materialized"):
            self.advance()
            materialized = True
        elif self.accept("not"):
            self.expect("materialized")
            materialized = False
        query = self.parenthesised(self.preparable_statement)
        search = self._search_clause()
        cycle = self._cycle_clause()
        return nodes.CommonTableExpr(
            start=start,
            end=self.end(),
            name=name,
            columns=columns,
            materialized=materialized,
            query=query,
            search=search,
            cycle=cycle,
        )

    def _search_clause(self) -> nodes.CteSearch | None:
        start = self.start()
        if not self.accept("search"):
            return None
        breadth = self.expect_any("depth", "breadth") == "breadth"
        self.expect("first", "by")
        by = self.col_id_list()
        self.expect("set")
        column = self.col_id()
        return nodes.CteSearch(start=start, end=self.end(), breadth=breadth, by=by, column=column)

    def _cycle_clause(self) -> nodes.CteCycle | None:
        start = self.start()
        if not self.accept("cycle"):
            return None
        columns = self.col_id_list()
        self.expect("set")
        mark = self.col_id()
        value = default = None
        if self.accept("to"):
            value = self._constant()
            self.expect("default")
            default = self._constant()
        self.expect("using")
        path = self.col_id()
        return nodes.CteCycle(
            start=start,
            end=self.end(),
            columns=columns,
            mark=mark,
            value=value,
            default=default,
            path=path,
        )

    def _constant(self) -> nodes.Expr:
        """A literal, with or without a type's name before it (`AexprConst`)."""
        if self.at_symbol("(") or self._curr.kind == "param":
            self.syntax_error()
        expr = self.c_expr()
        if not isinstance(expr, nodes.Const) and not (
            isinstance(expr, nodes.TypeCast) and expr.form == "literal"
        ):
            self.syntax_error()
        return expr
