"""How types are written, the spellings of several words included."""

from __future__ import annotations

from typing import NoReturn

from sqlwright.dataclass import replace
from sqlwright.sql import nodes
from sqlwright.sql.grammar import making
from sqlwright.sql.grammar.entry_points import Grammar

_SINGLE_WORDS = {
    "int": "int4",
    "integer": "int4",
    "smallint": "int2",
    "bigint": "int8",
    "real": "float4",
    "boolean": "bool",
    "json": "json",
}
_WITH_MODIFIERS = frozenset(("decimal", "dec", "numeric"))
_CHARACTER = frozenset(("character", "char", "varchar", "national", "nchar"))
_INTERVAL_RANGES = {
    "year": ("month",),
    "month": (),
    "day": ("hour", "minute", "second"),
    "hour": ("minute", "second"),
    "minute": ("second",),
    "second": (),
}
_SINGLE_PRECISION_BITS = 24
_DOUBLE_PRECISION_BITS = 53

TYPE_WORDS = frozenset(
    (
        *_SINGLE_WORDS,
        *_WITH_MODIFIERS,
        *_CHARACTER,
        "float",
        "double",
        "bit",
        "timestamp",
        "time",
        "interval",
    )
)
"""Keywords that begin a type of the grammar's own; some are ordinary names as well."""


class TypeNames(Grammar):
    """`Typename`, `SimpleTypename`, `func_type`."""

    def type_name(self) -> nodes.TypeName:
        """A type, SETOF and array bounds included."""
        start = self._curr.start
        setof = self.accept("setof")
        simple = self.simple_type_name()
        if not setof and self._curr.symbol != "[" and self._curr.keyword != "array":
            return simple
        bounds = self._array_bounds()
        return replace(simple, start=start, end=self.end(), setof=setof, array_bounds=bounds)

    def func_type(self) -> nodes.TypeName:
        """The type of a function's argument or result, which may be `column%TYPE`."""
        start = self.start()
        offset = 1 if self.at("setof") else 0
        after = offset + 1
        while self.peek(after).symbol == ".":
            after += 2
        if (
            after == offset + 1
            or self.peek(after).symbol != "%"
            or self.peek(after + 1).keyword != "type"
        ):
            return self.type_name()
        setof = self.accept("setof")
        names = [self.type_function_name()]
        while self.accept_symbol("."):
            names.append(self.col_label())
        self.expect_symbol("%")
        self.expect("type")
        return making.TypeName(
            start=start, end=self.end(), names=tuple(names), setof=setof, percent_type=True
        )

    def _array_bounds(self) -> tuple[int | None, ...]:
        if self.accept("array"):
            return (self._array_bound(),) if self.at_symbol("[") else (None,)
        bounds: list[int | None] = []
        while self.at_symbol("["):
            if self.peek(1).symbol == "]":
                self.advance()
                self.advance()
                bounds.append(None)
            else:
                bounds.append(self._array_bound())
        return tuple(bounds)

    def _array_bound(self) -> int:
        self.expect_symbol("[")
        bound = self.integer_constant()
        self.expect_symbol("]")
        return bound

    def simple_type_name(self) -> nodes.TypeName:
        """A type without SETOF and array bounds."""
        token = self._curr
        if token.keyword in TYPE_WORDS and not self._double_as_name():
            return self.keyword_type(constant=False)
        start = token.start
        names = [self.type_function_name()]
        while self._curr.symbol == ".":
            self.advance()
            names.append(self.col_label())
        modifiers = self._type_modifiers()
        return making.TypeName(start=start, end=self.end(), names=tuple(names), modifiers=modifiers)

    def _double_as_name(self) -> bool:
        return self.at("double") and self.peek(1).keyword != "precision"

    def _type_modifiers(self) -> tuple[nodes.Expr, ...]:
        return self.parenthesised(self.expr_list) if self._curr.symbol == "(" else ()

    # Types of the grammar's own

    def keyword_type(self, *, constant: bool) -> nodes.TypeName:
        """A type that begins with one of `TYPE_WORDS`.

        `constant` is set before a string, where `bit` and `char` have no length of one, and where
        the fields of an interval come after the string.
        """
        start = self.start()
        word = self.advance().keyword
        if word in _SINGLE_WORDS:
            return self._system_type(start, _SINGLE_WORDS[word])
        if word in _WITH_MODIFIERS:
            return self._system_type(start, "numeric", self._type_modifiers())
        if word in _CHARACTER:
            return self._character(start, word, constant)
        if word == "float":
            return self._system_type(start, self._float(start))
        if word == "double":
            self.expect("precision")
            return self._system_type(start, "float8")
        if word == "bit":
            return self._bit(start, constant)
        if word == "interval":
            return self._interval(start, constant)
        precision = self._parenthesised_integer()
        name = f"{word}tz" if self._with_time_zone() else word
        return self._system_type(start, name, precision)

    def _system_type(
        self, start: int, name: str, modifiers: tuple[nodes.Expr, ...] = ()
    ) -> nodes.TypeName:
        return making.TypeName(
            start=start, end=self.end(), names=("pg_catalog", name), modifiers=modifiers
        )

    def _parenthesised_integer(self) -> tuple[nodes.Expr, ...]:
        if not self.accept_symbol("("):
            return ()
        token = self._curr
        self.integer_constant()
        self.expect_symbol(")")
        return (making.Const(start=token.start, end=token.end, kind="integer", value=token.value),)

    def _length_one(self) -> tuple[nodes.Expr, ...]:
        return (making.Const(start=self.end(), end=self.end(), kind="integer", value="1"),)

    def _character(self, start: int, word: str, constant: bool) -> nodes.TypeName:
        if word == "national":
            word = self.expect_any("character", "char")
        varying = word == "varchar" or self.accept("varying")
        modifiers = self._parenthesised_integer()
        if not modifiers and not varying and not constant:
            modifiers = self._length_one()
        return self._system_type(start, "varchar" if varying else "bpchar", modifiers)

    def _bit(self, start: int, constant: bool) -> nodes.TypeName:
        varying = self.accept("varying")
        modifiers = self._type_modifiers()
        if not modifiers and not varying and not constant:
            modifiers = self._length_one()
        return self._system_type(start, "varbit" if varying else "bit", modifiers)

    def _float(self, start: int) -> str:
        if not self.at_symbol("("):
            return "float8"
        digits_start = self.peek(1)
        precision = self.parenthesised(self.integer_constant)
        if precision < 1:
            self._refuse_float("must be at least 1 bit", digits_start.start, digits_start.end)
        if precision > _DOUBLE_PRECISION_BITS:
            self._refuse_float("must be less than 54 bits", digits_start.start, digits_start.end)
        return "float4" if precision <= _SINGLE_PRECISION_BITS else "float8"

    def _refuse_float(self, rule: str, start: int, end: int) -> NoReturn:
        self.refuse(
            "invalid-type-modifier",
            f"precision for type float {rule}",
            start,
            end,
            sqlstate="22023",
        )

    def _with_time_zone(self) -> bool:
        if self.at("with") and self.peek(1).keyword == "time":
            self.expect("with", "time", "zone")
            return True
        if self.at("without") and self.peek(1).keyword == "time":
            self.expect("without", "time", "zone")
        return False

    def _interval(self, start: int, constant: bool) -> nodes.TypeName:
        if self.at_symbol("("):
            return self._system_type(start, "interval", self._parenthesised_integer())
        plain = self._system_type(start, "interval")
        return plain if constant else self.with_interval_fields(plain)

    def with_interval_fields(self, interval: nodes.TypeName) -> nodes.TypeName:
        """The interval type with the fields that follow here, if any do."""
        fields = self.interval_fields()
        if fields is None:
            return interval
        modifiers: tuple[nodes.Expr, ...] = ()
        if fields.endswith("second"):
            modifiers = self._parenthesised_integer()
        return replace(interval, end=self.end(), interval_fields=fields, modifiers=modifiers)

    def interval_fields(self) -> str | None:
        """`YEAR`, `DAY TO SECOND` and the like, in lower case; a precision is left unread."""
        first = self.accept_any(*_INTERVAL_RANGES)
        if first is None:
            return None
        lasts = _INTERVAL_RANGES[first]
        if not lasts or not self.accept("to"):
            return first
        return f"{first} to {self.expect_any(*lasts)}"
