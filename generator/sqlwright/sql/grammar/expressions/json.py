"""The constructors, query functions and predicates of SQL/JSON."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import replace
from typing import Literal

from sqlwright.sql import nodes
from sqlwright.sql.grammar.expressions.xml import XmlGrammar

Wrapper = Literal["without", "conditional", "unconditional"]
JsonKind = Literal["any", "object", "array", "scalar"]

_ENCODINGS = frozenset(("utf8", "utf16", "utf32"))
_BEHAVIORS: tuple[Literal["error", "null", "true", "false", "unknown"], ...] = (
    "error",
    "null",
    "true",
    "false",
    "unknown",
)
_BEHAVIOR_WORDS = frozenset((*_BEHAVIORS, "empty", "default"))
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


class JsonGrammar(XmlGrammar):
    """The JSON part of `func_expr_common_subexpr`; `json_aggregate_func`; `IS JSON`."""

    @abstractmethod
    def at_prefix_operator(self) -> bool:
        """Whether the expression here is more than its first `c_expr` from the start."""

    @abstractmethod
    def a_expr_after(self, start: int, operand: nodes.Expr) -> nodes.Expr:
        """The expression whose first operand was just read."""

    # Clauses

    def json_value_expr(self) -> nodes.JsonValue:
        """A value with an optional FORMAT."""
        start = self.start()
        expr = self.a_expr()
        format_ = self.json_format()
        return nodes.JsonValue(start=start, end=self.end(), expr=expr, format=format_)

    def json_format(self) -> nodes.JsonFormat | None:
        """`FORMAT JSON [ENCODING name]`, or nothing."""
        start = self.start()
        if not self.accept("format", "json"):
            return None
        encoding = None
        if self.accept("encoding"):
            encoding_start = self.start()
            encoding = self.col_id()
            if encoding.lower() not in _ENCODINGS:
                self.refuse(
                    "invalid-parameter-value",
                    f"unrecognized JSON encoding: {encoding}",
                    encoding_start,
                    self.end(),
                    sqlstate="22023",
                )
        return nodes.JsonFormat(start=start, end=self.end(), encoding=encoding)

    def json_returning(self) -> nodes.JsonReturning | None:
        """`RETURNING type [FORMAT ...]`, or nothing."""
        start = self.start()
        if not self.accept("returning"):
            return None
        type_name = self.type_name()
        format_ = self.json_format()
        return nodes.JsonReturning(start=start, end=self.end(), type_name=type_name, format=format_)

    def _absent_on_null(self, *, default: bool) -> bool:
        if self.accept("null"):
            self.expect("on", "null")
            return False
        if self.accept("absent"):
            self.expect("on", "null")
            return True
        return default

    def json_unique_keys(self) -> bool:
        """`WITH UNIQUE [KEYS]` or its opposite, or nothing; whether keys must be unique."""
        word = self.accept_any("with", "without")
        if word is None:
            return False
        self.expect("unique")
        self.accept("keys")
        return word == "with"

    def json_passing(self) -> tuple[nodes.JsonArgument, ...]:
        """`PASSING value AS name, ...`, or nothing."""
        return self.comma_list(self._json_argument) if self.accept("passing") else ()

    def _json_argument(self) -> nodes.JsonArgument:
        start = self.start()
        value = self.json_value_expr()
        self.expect("as")
        name = self.col_label()
        return nodes.JsonArgument(start=start, end=self.end(), value=value, name=name)

    def json_wrapper(self) -> Wrapper | None:
        """`WITH|WITHOUT ... WRAPPER`, or nothing."""
        if self.accept("without"):
            self.accept("array")
            self.expect("wrapper")
            return "without"
        if not self.accept("with"):
            return None
        wrapper: Wrapper = "unconditional"
        if self.accept("conditional"):
            wrapper = "conditional"
        else:
            self.accept("unconditional")
        self.accept("array")
        self.expect("wrapper")
        return wrapper

    def json_omit_quotes(self) -> bool | None:
        """`KEEP|OMIT QUOTES [ON SCALAR STRING]`, or nothing."""
        word = self.accept_any("keep", "omit")
        if word is None:
            return None
        self.expect("quotes")
        if self.accept("on"):
            self.expect("scalar", "string")
        return word == "omit"

    def json_behaviors(self) -> tuple[nodes.JsonBehavior | None, nodes.JsonBehavior | None]:
        """`... ON EMPTY ... ON ERROR`, either or both or neither."""
        if self._curr.keyword not in _BEHAVIOR_WORDS:
            return None, None
        first = self._json_behavior()
        self.expect("on")
        if self.accept("error"):
            return None, first
        self.expect("empty")
        return first, self.json_on_error()

    def json_on_error(self) -> nodes.JsonBehavior | None:
        """`... ON ERROR`, or nothing."""
        if self._curr.keyword not in _BEHAVIOR_WORDS:
            return None
        behavior = self._json_behavior()
        self.expect("on", "error")
        return behavior

    def _json_behavior(self) -> nodes.JsonBehavior:
        start = self.start()
        for kind in _BEHAVIORS:
            if self.accept(kind):
                return nodes.JsonBehavior(start=start, end=self.end(), kind=kind)
        if self.accept("empty"):
            if self.accept("object"):
                return nodes.JsonBehavior(start=start, end=self.end(), kind="empty object")
            self.accept("array")
            return nodes.JsonBehavior(start=start, end=self.end(), kind="empty array")
        self.expect("default")
        default = self.a_expr()
        return nodes.JsonBehavior(start=start, end=self.end(), kind="default", default=default)

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
            absent = self._absent_on_null(default=False)
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
            absent = self._absent_on_null(default=True)
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
        absent = self._absent_on_null(default=False)
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
        absent = self._absent_on_null(default=True)
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
