"""Statements that look after tables: VACUUM, ANALYZE, CLUSTER, REINDEX, REFRESH, TRUNCATE, LOCK."""

from __future__ import annotations

from sqlwright.sql import nodes
from sqlwright.sql.grammar.utilities.settings import SettingsGrammar

_LOCK_MODES: dict[str, tuple[tuple[str, ...], ...]] = {
    "access": (("share",), ("exclusive",)),
    "row": (("share",), ("exclusive",)),
    "share": (("update", "exclusive"), ("row", "exclusive"), ()),
    "exclusive": ((),),
}


class MaintenanceGrammar(SettingsGrammar):
    """Statements on tables as a whole, and their option lists."""

    def lock_command(self, start: int) -> nodes.Utility:
        """After LOCK."""
        self.accept("table")
        relations = self.comma_list(self.relation_expr)
        if self.accept("in"):
            self._lock_mode()
            self.expect("mode")
        self.accept("nowait")
        return self._on_relations(start, "LOCK TABLE", relations)

    def _lock_mode(self) -> None:
        for words in _LOCK_MODES[self.expect_any(*_LOCK_MODES)]:
            if words and self.at(words[0]):
                self.expect(*words)
                return
            if not words:
                return
        self.syntax_error()

    def truncate_command(self, start: int) -> nodes.Truncate:
        """After TRUNCATE."""
        self.accept("table")
        relations = self.comma_list(self.relation_expr)
        if self.accept_any("restart", "continue"):
            self.expect("identity")
        cascade = self.accept_any("cascade", "restrict") == "cascade"
        return nodes.Truncate(start=start, end=self.end(), relations=relations, cascade=cascade)

    def refresh_command(self, start: int) -> nodes.Refresh:
        """After REFRESH."""
        self.expect("materialized", "view")
        concurrently = self.accept("concurrently")
        relation = self.relation_name()
        with_data = True
        if self.accept("with"):
            with_data = not self.accept("no")
            self.expect("data")
        return nodes.Refresh(
            start=start,
            end=self.end(),
            relation=relation,
            concurrently=concurrently,
            with_data=with_data,
        )

    def vacuum_command(self, start: int) -> nodes.Utility:
        """After VACUUM."""
        if self.at_symbol("("):
            self.option_list()
        else:
            self.accept("full")
            self.accept("freeze")
            self.accept("verbose")
            self.accept_any("analyze", "analyse")
        return self._on_relations(start, "VACUUM", self._vacuum_relations())

    def analyze_command(self, start: int) -> nodes.Utility:
        """After ANALYZE or ANALYSE."""
        if self.at_symbol("("):
            self.option_list()
        else:
            self.accept("verbose")
        return self._on_relations(start, "ANALYZE", self._vacuum_relations())

    def _vacuum_relations(self) -> tuple[nodes.RangeVar, ...]:
        return () if self.at_end() else self.comma_list(self._vacuum_relation)

    def _vacuum_relation(self) -> nodes.RangeVar:
        relation = self.relation_expr()
        if self.at_symbol("("):
            self.parenthesised(self.col_id_list)
        return relation

    def cluster_command(self, start: int) -> nodes.Utility:
        """After CLUSTER."""
        with_options = self.at_symbol("(")
        if with_options:
            self.option_list()
        else:
            self.accept("verbose")
        if self.at_end():
            return nodes.Utility(start=start, end=self.end(), keyword="CLUSTER")
        relation = self.relation_name()
        if self.accept("using"):
            self.col_id()
        elif not with_options and len(relation.name) == 1 and self.accept("on"):
            relation = self.relation_name()
        return self._on_relations(start, "CLUSTER", (relation,))

    def reindex_command(self, start: int) -> nodes.Utility:
        """After REINDEX."""
        if self.at_symbol("("):
            self.option_list()
        kind = self.expect_any("index", "table", "schema", "system", "database")
        self.accept("concurrently")
        if kind == "table":
            return self._on_relations(start, "REINDEX", (self.relation_name(),))
        if kind == "index":
            self.qualified_name()
        elif kind == "schema" or not self.at_end():
            self.col_id()
        return nodes.Utility(start=start, end=self.end(), keyword="REINDEX")

    def _on_relations(
        self, start: int, keyword: str, relations: tuple[nodes.RangeVar, ...]
    ) -> nodes.Utility:
        return nodes.Utility(start=start, end=self.end(), keyword=keyword, relations=relations)

    # Option lists, as EXPLAIN, VACUUM, CLUSTER and REINDEX have them

    def option_list(self) -> tuple[tuple[str, str], ...]:
        """`(name [value], ...)`: the names with their values, "" where none was written."""
        return self.parenthesised_list(self._option)

    def _option(self) -> tuple[str, str]:
        if self.at("format", "analyze", "analyse"):
            name = self.advance().keyword
        else:
            name = self.non_reserved_word()
        if self.at_symbol(",", ")"):
            return name, ""
        if self._curr.kind in ("integer", "float") or self.at_symbol("+", "-"):
            return name, self.signed_number().value
        return name, self.boolean_or_string()
