"""What may stand in FROM: relations, subqueries, functions, samples and joins."""

from __future__ import annotations

from sqlwright.dataclass import replace
from sqlwright.sql import nodes
from sqlwright.sql.grammar import making
from sqlwright.sql.grammar.entry_points import Grammar

_JOIN_WORDS = frozenset(("join", "inner", "left", "right", "full", "cross", "natural"))
_OUTER_JOINS: tuple[nodes.JoinKind, ...] = ("left", "right", "full")
_FUNCTIONS_WITH_OWN_SYNTAX = frozenset(
    (
        "coalesce",
        "extract",
        "greatest",
        "json",
        "json_array",
        "json_arrayagg",
        "json_exists",
        "json_object",
        "json_objectagg",
        "json_query",
        "json_scalar",
        "json_serialize",
        "json_value",
        "least",
        "merge_action",
        "normalize",
        "nullif",
        "overlay",
        "position",
        "substring",
        "treat",
        "trim",
        "xmlconcat",
        "xmlelement",
        "xmlexists",
        "xmlforest",
        "xmlparse",
        "xmlpi",
        "xmlroot",
        "xmlserialize",
    )
)


class FromGrammar(Grammar):
    """`table_ref` and what belongs to it."""

    def from_clause(self) -> tuple[nodes.FromItem, ...]:
        """`FROM ...`, or nothing."""
        return self.comma_list(self.table_ref) if self.accept("from") else ()

    def table_ref(self) -> nodes.FromItem:
        """One item of FROM with all the joins that follow it."""
        return self._table_ref()[0]

    def relation_expr(self) -> nodes.RangeVar:
        """`name`, `name *`, `ONLY name` or `ONLY (name)`; the node encloses the name alone."""
        only = self.accept("only")
        in_parentheses = only and self.accept_symbol("(")
        start = self.start()
        name = self.qualified_name()
        relation = making.RangeVar(start=start, end=self.end(), name=name, only=only)
        if in_parentheses:
            self.expect_symbol(")")
        elif not only:
            self.accept_symbol("*")
        return relation

    def relation_name(self) -> nodes.RangeVar:
        """A relation by its name alone."""
        start = self.start()
        name = self.qualified_name()
        return making.RangeVar(start=start, end=self.end(), name=name)

    def modified_relation(self) -> nodes.RangeVar:
        """The relation that UPDATE, DELETE or MERGE changes, with an alias without columns.

        SET without AS is never its alias, so that `UPDATE t SET ...` needs no quotes.
        """
        relation = self.relation_expr()
        start = self.start()
        if not self.accept("as") and (self.at("set") or not self.at_col_id()):
            return relation
        name = self.col_id()
        return replace(relation, alias=making.Alias(start=start, end=self.end(), name=name))

    def alias_clause(self) -> nodes.Alias | None:
        """`[AS] name [(columns)]`, or nothing."""
        start = self.start()
        if not self.accept("as") and not self.at_col_id():
            return None
        name = self.col_id()
        columns = self.parenthesised_list(self.col_id) if self.at_symbol("(") else ()
        return making.Alias(start=start, end=self.end(), name=name, columns=columns)

    # Joins. The second value says whether the item is a `joined_table`, which alone may stand in
    # parentheses.

    def _table_ref(self) -> tuple[nodes.FromItem, bool]:
        self.descend()
        start = self.start()
        item, joined = self._table_primary()
        self.ascend()
        while self._curr.keyword in _JOIN_WORDS:
            item = self._join(start, item)
            joined = True
        return item, joined

    def _join(self, start: int, left: nodes.FromItem) -> nodes.Join:
        if self.accept("cross"):
            self.expect("join")
            right = self._table_primary()[0]
            return nodes.Join(start=start, end=self.end(), kind="inner", left=left, right=right)
        natural = self.accept("natural")
        kind = self._join_type()
        self.expect("join")
        if natural:
            right = self._table_primary()[0]
            return nodes.Join(
                start=start, end=self.end(), kind=kind, left=left, right=right, natural=True
            )
        # The condition comes last, so every join before it belongs to the right operand.
        right = self.table_ref()
        if self.accept("using"):
            using = self.parenthesised_list(self.col_id)
            using_alias = self._using_alias()
            return nodes.Join(
                start=start,
                end=self.end(),
                kind=kind,
                left=left,
                right=right,
                using=using,
                using_alias=using_alias,
            )
        self.expect("on")
        condition = self.a_expr()
        return nodes.Join(
            start=start, end=self.end(), kind=kind, left=left, right=right, on=condition
        )

    def _join_type(self) -> nodes.JoinKind:
        for kind in _OUTER_JOINS:
            if self.accept(kind):
                self.accept("outer")
                return kind
        self.accept("inner")
        return "inner"

    def _using_alias(self) -> nodes.Alias | None:
        start = self.start()
        if not self.accept("as"):
            return None
        name = self.col_id()
        return making.Alias(start=start, end=self.end(), name=name)

    def _parenthesised_join(self) -> tuple[nodes.FromItem, bool]:
        start = self.start()
        self.expect_symbol("(")
        item, joined = self._table_ref()
        if not joined or not isinstance(item, nodes.Join):
            self.syntax_error()
        self.expect_symbol(")")
        alias = self.alias_clause()
        if alias is None:
            return item, True
        return replace(item, start=start, end=self.end(), alias=alias), False

    # Items that are no join

    def _table_primary(self) -> tuple[nodes.FromItem, bool]:
        if self.at_symbol("(") and not self.holds_query():
            return self._parenthesised_join()
        return self._single_item(), False

    def _single_item(self) -> nodes.FromItem:
        start = self.start()
        lateral = self.accept("lateral")
        if self.at_symbol("("):
            query = self.select_with_parens()
            alias = self.alias_clause()
            return nodes.RangeSubselect(
                start=start, end=self.end(), query=query, lateral=lateral, alias=alias
            )
        word = self._curr.keyword
        if word in ("xmltable", "json_table") and self._tokens[self._index + 1].symbol == "(":
            table = self.xml_table() if self.at("xmltable") else self.json_table()
            alias = self.alias_clause()
            return replace(table, start=start, end=self.end(), lateral=lateral, alias=alias)
        if word == "rows" and self.at_sequence("rows", "from"):
            return self._rows_from(start, lateral)
        if lateral and not self.at_function():
            self.func_name()
            self.syntax_error()
        if lateral or self.at_function():
            call = self.func_expr_windowless()
            item = nodes.FunctionItem(start=call.start, end=self.end(), call=call)
            return self._range_function(start, lateral, (item,), rows_from=False)
        return self._relation()

    def at_function(self) -> bool:
        """Whether a call stands here, by the parenthesis after its name."""
        first = self._curr
        if first.keyword == "only":
            return False
        if not self.at_col_id():
            return True
        after = 1
        symbol = self._tokens[self._index + 1].symbol
        while symbol == ".":
            after += 2
            symbol = self.peek(after).symbol
        if symbol != "(":
            return False
        return after > 1 or first.category != "C" or first.keyword in _FUNCTIONS_WITH_OWN_SYNTAX

    def _relation(self) -> nodes.RangeVar | nodes.TableSample:
        start = self.start()
        relation = self.relation_expr()
        alias = self.alias_clause()
        if alias is not None:
            relation = replace(relation, alias=alias)
        if not self.accept("tablesample"):
            return relation
        method = self.func_name()
        args = self.parenthesised(self.expr_list)
        repeatable = self.parenthesised(self.a_expr) if self.accept("repeatable") else None
        return nodes.TableSample(
            start=start,
            end=self.end(),
            relation=relation,
            method=method,
            args=args,
            repeatable=repeatable,
        )

    # Functions

    def _rows_from(self, start: int, lateral: bool) -> nodes.RangeFunction:
        self.expect("rows", "from")
        items = self.parenthesised_list(self._rows_from_item)
        return self._range_function(start, lateral, items, rows_from=True)

    def _rows_from_item(self) -> nodes.FunctionItem:
        call = self.func_expr_windowless()
        columns = self._column_definitions() if self.accept("as") else ()
        return nodes.FunctionItem(start=call.start, end=self.end(), call=call, columns=columns)

    def _range_function(
        self, start: int, lateral: bool, items: tuple[nodes.FunctionItem, ...], *, rows_from: bool
    ) -> nodes.RangeFunction:
        ordinality = self.accept("with", "ordinality")
        alias, columns = self._function_alias()
        return nodes.RangeFunction(
            start=start,
            end=self.end(),
            items=items,
            rows_from=rows_from,
            lateral=lateral,
            ordinality=ordinality,
            alias=alias,
            columns=columns,
        )

    def _function_alias(self) -> tuple[nodes.Alias | None, tuple[nodes.ColumnDefinition, ...]]:
        """An alias, or column definitions with or without a name before them."""
        start = self.start()
        with_as = self.accept("as")
        if with_as and self.at_symbol("("):
            return None, self._column_definitions()
        if not with_as and not self.at_col_id():
            return None, ()
        name = self.col_id()
        alias = making.Alias(start=start, end=self.end(), name=name)
        if not self.at_symbol("("):
            return alias, ()
        if self.peek(2).symbol not in (",", ")"):
            return alias, self._column_definitions()
        names = self.parenthesised_list(self.col_id)
        return replace(alias, end=self.end(), columns=names), ()

    def _column_definitions(self) -> tuple[nodes.ColumnDefinition, ...]:
        return self.parenthesised_list(self._column_definition)

    def _column_definition(self) -> nodes.ColumnDefinition:
        start = self.start()
        name = self.col_id()
        type_name = self.type_name()
        collation = self.any_name() if self.accept("collate") else None
        return nodes.ColumnDefinition(
            start=start, end=self.end(), name=name, type_name=type_name, collation=collation
        )
