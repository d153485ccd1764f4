"""The constructors, query functions and predicates of SQL/JSON."""

from __future__ import annotations

from abc import abstractmethod
from typing import Literal

from sqlwright.dataclass import replace
from sqlwright.sql import nodes
from sqlwright.sql.grammar.expressions.json_clauses import JsonClauses

JsonKind = Literal["any", "object", "array", "scalar"]

_PREDICATE_KINDS: dict[str, JsonKind] = {
    "value": "any",
    "array": "array",
    "object": "object",
    "scalar": "scalar",
}

_QUERY_FUNCTIONS: dict[str, Literal["exists", "query", "value"]] = {
    "json_exists": "exists",
    "json_query": "query",
    "json_value": "value",
}


class JsonGrammar(JsonClauses):
    """The JSON part of `func_expr_common_subexpr`; `json_aggregate_func`; `IS JSON`."""

    @abstractmethod
    def at_prefix_operator(self) -> bool:
        """Whether the expression here is more than its first `c_expr` from the start."""

    @abstractmethod
    def a_expr_after(self, start: int, operand: nodes.Expr) -> nodes.Expr:
        """The expression whose first operand was just read."""

    # Constructors

    def json_object(self) -> nodes.Expr:
        """`JSON_OBJECT(...)`: by keys and values, or the older function of that name."""
        start = self.start()
        self.advance()
        self.expect_symbol("(")
        items: tuple[nodes.JsonKeyValue, ...] = ()
        absent, unique = False, False
        if not self.at_symbol(")") and not self.at("returning"):
            if self.at_named_argument():
                return self._old_json_object(start, self.func_arg_expr())
            item_start = self.start()
            key = self._json_key()
            if self.at_symbol(",", ")"):
                return self._old_json_object(start, key)
            items = (self._json_key_value(item_start, key),)
            while self.accept_symbol(","):
                items = (*items, self._json_name_and_value())
            absent = self.absent_on_null(default=False)
            unique = self.json_unique_keys()
        returning = self.json_returning()
        self.expect_symbol(")")
        return nodes.JsonObject(
            start=start,
            end=self.end(),
            items=items,
            absent_on_null=absent,
            unique=unique,
            returning=returning,
        )

    def _old_json_object(self, start: int, first: nodes.Expr) -> nodes.Expr:
        args: tuple[nodes.Expr, ...] = (first,)
        while self.accept_symbol(","):
            args = (*args, self.func_arg_expr())
        self.expect_symbol(")")
        return self.system_call(start, "json_object", args, sql_syntax=False)

    def _json_name_and_value(self) -> nodes.JsonKeyValue:
        return self._json_key_value(self.start(), self._json_key())

    def _json_key(self) -> nodes.Expr:
        """A key: before VALUE it may be no more than a `c_expr`, before a colon anything."""
        start = self.start()
        if self.at_prefix_operator():
            key = self.a_expr()
            self._refuse_value_word()
            return key
        key = self.c_expr()
        if not self.at("value"):
            key = self.a_expr_after(start, key)
            self._refuse_value_word()
        return key

    def _refuse_value_word(self) -> None:
        if self.at("value"):
            self.syntax_error()

    def _json_key_value(self, start: int, key: nodes.Expr) -> nodes.JsonKeyValue:
        if not self.accept_symbol(":"):
            self.expect("value")
        value = self.json_value_expr()
        return nodes.JsonKeyValue(start=start, end=self.end(), key=key, value=value)

    def json_array(self) -> nodes.Expr:
        """`JSON_ARRAY(...)` over values or over a query."""
        start = self.start()
        self.advance()
        self.expect_symbol("(")
        items: tuple[nodes.JsonValue, ...] = ()
        query, format_, absent = None, None, True
        if self._at_bare_query():
            query = self.select_no_parens()
            format_ = self.json_format()
        elif not self.at_symbol(")") and not self.at("returning"):
            items = self.comma_list(self.json_value_expr)
            absent = self.absent_on_null(default=True)
        returning = self.json_returning()
        self.expect_symbol(")")
        return nodes.JsonArray(
            start=start,
            end=self.end(),
            items=items,
            query=query,
            format=format_,
            absent_on_null=absent,
            returning=returning,
        )

    def _at_bare_query(self) -> bool:
        """Whether a query stands here that is not wholly in parentheses."""
        if self.at("select", "with", "table"):
            return True
        if self.at("values"):
            return self.peek(1).symbol == "("
        return self.holds_query() and self.continues_query_after_parentheses()

    def json(self) -> nodes.Expr:
        """`JSON(value [WITH UNIQUE KEYS])`."""
        start = self.start()
        self.advance()
        self.expect_symbol("(")
        value = self.json_value_expr()
        unique = self.json_unique_keys()
        self.expect_symbol(")")
        return nodes.JsonParse(start=start, end=self.end(), op="json", value=value, unique=unique)

    def json_scalar(self) -> nodes.Expr:
        """`JSON_SCALAR(value)`."""
        start = self.start()
        self.advance()
        self.expect_symbol("(")
        expr = self.a_expr()
        value = nodes.JsonValue(start=expr.start, end=expr.end, expr=expr)
        self.expect_symbol(")")
        return nodes.JsonParse(start=start, end=self.end(), op="scalar", value=value)

    def json_serialize(self) -> nodes.Expr:
        """`JSON_SERIALIZE(value [RETURNING type])`."""
        start = self.start()
        self.advance()
        self.expect_symbol("(")
        value = self.json_value_expr()
        returning = self.json_returning()
        self.expect_symbol(")")
        return nodes.JsonParse(
            start=start, end=self.end(), op="serialize", value=value, returning=returning
        )

    # Aggregates

    def json_aggregate(self) -> nodes.JsonAggregate:
        """`JSON_OBJECTAGG(...)` or `JSON_ARRAYAGG(...)`, without FILTER and OVER."""
        return self._json_objectagg() if self.at("json_objectagg") else self._json_arrayagg()

    def json_aggregate_call(self) -> nodes.Expr:
        """`JSON_OBJECTAGG(...)` or `JSON_ARRAYAGG(...)` with FILTER and OVER."""
        call = self.json_aggregate()
        filter_ = self.filter_clause()
        over = self.over_clause()
        if call.end == self.end():
            return call
        return replace(call, end=self.end(), filter=filter_, over=over)

    def _json_objectagg(self) -> nodes.JsonAggregate:
        start = self.start()
        self.advance()
        self.expect_symbol("(")
        item = self._json_name_and_value()
        absent = self.absent_on_null(default=False)
        unique = self.json_unique_keys()
        returning = self.json_returning()
        self.expect_symbol(")")
        return nodes.JsonAggregate(
            start=start,
            end=self.end(),
            key=item.key,
            value=item.value,
            absent_on_null=absent,
            unique=unique,
            returning=returning,
        )

    def _json_arrayagg(self) -> nodes.JsonAggregate:
        start = self.start()
        self.advance()
        self.expect_symbol("(")
        value = self.json_value_expr()
        order = self.opt_sort_clause()
        absent = self.absent_on_null(default=True)
        returning = self.json_returning()
        self.expect_symbol(")")
        return nodes.JsonAggregate(
            start=start,
            end=self.end(),
            key=None,
            value=value,
            order=order,
            absent_on_null=absent,
            returning=returning,
        )

    # Query functions

    def json_query_call(self) -> nodes.Expr:
        """`JSON_EXISTS(...)`, `JSON_QUERY(...)` or `JSON_VALUE(...)`."""
        start = self.start()
        op = _QUERY_FUNCTIONS[self.advance().keyword]
        self.expect_symbol("(")
        context = self.json_value_expr()
        self.expect_symbol(",")
        path = self.a_expr()
        passing = self.json_passing()
        returning, wrapper, omit_quotes, on_empty = None, None, None, None
        if op == "exists":
            on_error = self.json_on_error()
        else:
            returning = self.json_returning()
            if op == "query":
                wrapper = self.json_wrapper()
                omit_quotes = self.json_omit_quotes()
            on_empty, on_error = self.json_behaviors()
        self.expect_symbol(")")
        return nodes.JsonQueryCall(
            start=start,
            end=self.end(),
            op=op,
            context=context,
            path=path,
            passing=passing,
            returning=returning,
            wrapper=wrapper,
            omit_quotes=omit_quotes,
            on_empty=on_empty,
            on_error=on_error,
        )

    # IS JSON

    def json_predicate(self, start: int, operand: nodes.Expr) -> nodes.JsonPredicate:
        """What follows `operand IS [NOT]`, at JSON."""
        self.expect("json")
        kind = _PREDICATE_KINDS.get(self._curr.keyword)
        if kind is not None:
            self.advance()
        unique = self.json_unique_keys()
        return nodes.JsonPredicate(
            start=start, end=self.end(), operand=operand, kind=kind or "any", unique=unique
        )
