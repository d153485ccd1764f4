"""GROUP BY with its grouping sets."""

from __future__ import annotations

from typing import Literal

from sqlwright.sql import nodes
from sqlwright.sql.grammar.entry_points import Grammar


class GroupingGrammar(Grammar):
    """`group_clause`."""

    def group_clause(self) -> tuple[tuple[nodes.Expr | nodes.GroupingSet, ...], bool]:
        """`GROUP BY [ALL|DISTINCT] ...` or nothing: the items, and whether DISTINCT was written."""
        if not self.accept("group"):
            return (), False
        self.expect("by")
        distinct = self.accept_any("all", "distinct") == "distinct"
        return self.comma_list(self._group_by_item), distinct

    def _group_by_item(self) -> nodes.Expr | nodes.GroupingSet:
        start = self.start()
        if self.at_symbol("(") and self.peek(1).symbol == ")":
            self.advance()
            self.advance()
            return nodes.GroupingSet(start=start, end=self.end(), kind="empty")
        if self.at("cube", "rollup") and self.peek(1).symbol == "(":
            kind: Literal["cube", "rollup"] = "cube" if self.at("cube") else "rollup"
            self.advance()
            items = self.parenthesised(self.expr_list)
            return nodes.GroupingSet(start=start, end=self.end(), kind=kind, items=items)
        if self.accept("grouping", "sets"):
            sets = self.parenthesised_list(self._group_by_item)
            return nodes.GroupingSet(start=start, end=self.end(), kind="sets", items=sets)
        return self.a_expr()
