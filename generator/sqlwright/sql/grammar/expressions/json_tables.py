"""JSON_TABLE."""

from __future__ import annotations

from typing import Literal

from sqlwright.sql import nodes
from sqlwright.sql.grammar import making
from sqlwright.sql.grammar.expressions.json import JsonGrammar


class JsonTables(JsonGrammar):
    """`json_table` and its columns."""

    def json_table(self) -> nodes.JsonTable:
        """`JSON_TABLE(...)` without LATERAL and alias."""
        start = self.start()
        self.expect("json_table")
        self.expect_symbol("(")
        context = self.json_value_expr()
        self.expect_symbol(",")
        path = self.a_expr()
        path_name = self.col_id() if self.accept("as") else None
        passing = self.json_passing()
        columns = self._json_columns()
        on_error = self.json_on_error()
        self.expect_symbol(")")
        if not isinstance(path, nodes.Const) or path.kind != "string":
            self.refuse(
                "feature-not-supported",
                "only string constants are supported in JSON_TABLE path specification",
                path.start,
                path.end,
                sqlstate="0A000",
            )
        return nodes.JsonTable(
            start=start,
            end=self.end(),
            context=context,
            path=path,
            columns=columns,
            path_name=path_name,
            passing=passing,
            on_error=on_error,
        )

    def _json_columns(self) -> tuple[nodes.JsonTableColumn, ...]:
        self.expect("columns")
        return self.parenthesised_list(self._json_column)

    def _json_column(self) -> nodes.JsonTableColumn:
        start = self.start()
        if self.at("nested"):
            next_ = self.peek(1)
            if next_.keyword == "path" or next_.kind == "string":
                return self._nested_columns(start)
        name = self.col_id()
        if self.accept("for"):
            self.expect("ordinality")
            return nodes.JsonTableColumn(start=start, end=self.end(), kind="ordinality", name=name)
        type_name = self.type_name()
        if self.accept("exists"):
            path = self._json_column_path()
            on_error = self.json_on_error()
            return nodes.JsonTableColumn(
                start=start,
                end=self.end(),
                kind="exists",
                name=name,
                type_name=type_name,
                path=path,
                on_error=on_error,
            )
        format_ = self.json_format()
        kind: Literal["regular", "formatted"] = "regular" if format_ is None else "formatted"
        path = self._json_column_path()
        wrapper = self.json_wrapper()
        omit_quotes = self.json_omit_quotes()
        on_empty, on_error = self.json_behaviors()
        return nodes.JsonTableColumn(
            start=start,
            end=self.end(),
            kind=kind,
            name=name,
            type_name=type_name,
            path=path,
            format=format_,
            wrapper=wrapper,
            omit_quotes=omit_quotes,
            on_empty=on_empty,
            on_error=on_error,
        )

    def _nested_columns(self, start: int) -> nodes.JsonTableColumn:
        self.expect("nested")
        self.accept("path")
        path = self._path_constant()
        path_name = self.col_id() if self.accept("as") else None
        columns = self._json_columns()
        return nodes.JsonTableColumn(
            start=start,
            end=self.end(),
            kind="nested",
            name=None,
            path=path,
            nested=columns,
            path_name=path_name,
        )

    def _json_column_path(self) -> nodes.Const | None:
        return self._path_constant() if self.accept("path") else None

    def _path_constant(self) -> nodes.Const:
        token = self._curr
        text = self.string_constant()
        return making.Const(start=token.start, end=token.end, kind="string", value=text)
