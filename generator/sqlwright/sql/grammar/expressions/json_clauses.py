"""The clauses that the functions of SQL/JSON share: FORMAT, RETURNING, PASSING, ON ERROR ..."""

from __future__ import annotations

from typing import Literal

from sqlwright.sql import nodes
from sqlwright.sql.grammar.expressions.xml import XmlGrammar

Wrapper = Literal["without", "conditional", "unconditional"]

_ENCODINGS = frozenset(("utf8", "utf16", "utf32"))
_BEHAVIORS: tuple[Literal["error", "null", "true", "false", "unknown"], ...] = (
    "error",
    "null",
    "true",
    "false",
    "unknown",
)
_BEHAVIOR_WORDS = frozenset((*_BEHAVIORS, "empty", "default"))


class JsonClauses(XmlGrammar):
    """`json_value_expr`, `json_returning_clause_opt`, `json_behavior_clause_opt` and their like."""

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

    def absent_on_null(self, *, default: bool) -> bool:
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
