"""Values in DO blocks that follow from constants alone (manual 41.3, 41.5, 9.4).

Migrations make definitions for a list of names: a loop over an array of constants, and EXECUTE of
what `format` makes of each. No more of PL/pgSQL's expressions is worked out than that takes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from sqlwright.patterns import pattern
from sqlwright.sql.lexing.keywords import quote_identifier
from sqlwright.sql.lexing.tokens import Token

Value = str | int | bool | tuple[str | int, ...]

_INTEGERS = ("int", "integer", "int4", "bigint", "int8", "smallint", "int2")
_TEXTS = ("text", "varchar", "regclass", "name")
_PLACE = pattern(r"%(?:(\d+)\$)?([sIL%])")
_PLAIN_ARRAY = pattern(r"\{ *\w+ *(?:, *\w+ *)*\}")
_COMPARISONS: dict[str, Callable[[int, int], bool]] = {
    "=": lambda left, right: left == right,
    "<>": lambda left, right: left != right,
    "<": lambda left, right: left < right,
    ">": lambda left, right: left > right,
    "<=": lambda left, right: left <= right,
    ">=": lambda left, right: left >= right,
}


class _UnknownError(Exception):
    """The value depends on something that only a server knows."""


def evaluate(
    tokens: Sequence[Token],
    variables: Mapping[str, Value],
    major: int,
    unknown: str | None = None,
) -> Value | None:
    """The value of an expression, None if constants and these variables do not tell; `major` is
    the version of the server, `unknown` a text to take for what only a server knows.
    """
    reader = _Evaluator(tokens, variables, major, unknown)
    try:
        value = reader.expression()
    except (_UnknownError, IndexError, ZeroDivisionError):
        return None
    return value if reader.at == len(tokens) else None


class _Evaluator:
    """Walks over the tokens of one expression, by PostgreSQL's precedence of its few operators."""

    def __init__(
        self,
        tokens: Sequence[Token],
        variables: Mapping[str, Value],
        major: int,
        unknown: str | None,
    ) -> None:
        self.tokens = tokens
        self.variables = variables
        self.major = major
        self.unknown = unknown
        self.at = 0

    def symbol(self) -> str:
        if self.at >= len(self.tokens):
            return ""
        token = self.tokens[self.at]
        return token.symbol or (token.value if token.kind == "operator" else "")

    def accept(self, symbol: str) -> bool:
        if self.symbol() != symbol:
            return False
        self.at += 1
        return True

    def expression(self) -> Value:
        left = self.concatenation()
        compare = _COMPARISONS.get(self.symbol())
        if compare is None:
            return left
        self.at += 1
        right = self.concatenation()
        if isinstance(left, int) and isinstance(right, int):
            return compare(left, right)
        if isinstance(left, str) and isinstance(right, str) and compare in _EQUALITY:
            return (left == right) is (compare is _COMPARISONS["="])
        raise _UnknownError

    def concatenation(self) -> Value:
        left = self.sum()
        while self.accept("||"):
            left = _text(left) + _text(self.sum())
        return left

    def sum(self) -> Value:
        left = self.product()
        while self.symbol() in ("+", "-"):
            sign = 1 if self.tokens[self.at].symbol == "+" else -1
            self.at += 1
            left = _integer(left) + sign * _integer(self.product())
        return left

    def product(self) -> Value:
        left = self.cast()
        while self.accept("*"):
            left = _integer(left) * _integer(self.cast())
        return left

    def cast(self) -> Value:
        value = self.primary()
        while self.accept("::"):
            name = self.tokens[self.at].value
            self.at += 1
            if name in _INTEGERS and not isinstance(value, tuple):
                value = _integer(value)
            elif name in _TEXTS and self.accept("["):
                self.close("]")
                value = _array(value)
            elif name in _TEXTS and not isinstance(value, tuple):
                value = _text(value)
            else:
                raise _UnknownError
        return value

    def primary(self) -> Value:
        token = self.tokens[self.at]
        self.at += 1
        if token.kind == "string":
            return token.value
        if token.kind == "integer":
            return int(token.value, 0)
        if token.symbol == "(":
            value = self.expression()
            self.close(")")
            return value
        if token.symbol == "-":
            return -_integer(self.primary())
        if token.kind not in ("word", "quoted"):
            raise _UnknownError
        if token.value == "array" and self.accept("["):
            return self.items("]")
        if self.accept("("):
            return _call(token.value, self.items(")"), self.major)
        name = token.value
        if self.accept("."):
            name = f"{name}.{self.tokens[self.at].value}"
            self.at += 1
        if name in self.variables:
            return self.variables[name]
        if self.unknown is None:
            raise _UnknownError
        return self.unknown

    def close(self, symbol: str) -> None:
        if not self.accept(symbol):
            raise _UnknownError

    def items(self, closing: str) -> tuple[str | int, ...]:
        found: list[str | int] = []
        while not self.accept(closing):
            if found:
                self.close(",")
            value = self.expression()
            if isinstance(value, tuple):
                raise _UnknownError
            found.append(value)
        return tuple(found)


_EQUALITY = (_COMPARISONS["="], _COMPARISONS["<>"])


def _integer(value: Value) -> int:
    if isinstance(value, str) and re.fullmatch(r"\s*[+-]?\d+\s*", value, re.ASCII):
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise _UnknownError


def _text(value: Value) -> str:
    if isinstance(value, bool | tuple):
        raise _UnknownError
    return str(value)


def _array(value: Value) -> tuple[str | int, ...]:
    """An array, or a text such as `{a,b}` read as one."""
    if isinstance(value, str) and _PLAIN_ARRAY.fullmatch(value):
        return tuple(each.strip() for each in value[1:-1].split(","))
    if isinstance(value, tuple):
        return value
    raise _UnknownError


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _call(name: str, args: tuple[str | int, ...], major: int) -> Value:
    texts = [str(each) for each in args]
    if name == "format" and texts:
        return _format(texts[0], texts[1:])
    if name == "concat":
        return "".join(texts)
    if name == "current_setting" and texts == ["server_version_num"]:
        return str(major * 10_000)
    if name == "lpad" and len(args) == 3 and isinstance(args[1], int) and len(texts[2]) == 1:
        return texts[0].rjust(args[1], texts[2])[: args[1]]
    simple = {"quote_ident": quote_identifier, "quote_literal": _quoted, "lower": str.lower}
    if name in simple and len(texts) == 1:
        return simple[name](texts[0])
    raise _UnknownError


def _format(template: str, args: Sequence[str]) -> str:
    """format() without widths."""
    if len(_PLACE.findall(template)) != template.replace("%%", "%").count("%"):
        raise _UnknownError
    position = 0
    parts: list[str] = []
    end = 0
    for match in _PLACE.finditer(template):
        parts.append(template[end : match.start()])
        end = match.end()
        if match[2] == "%":
            parts.append("%")
            continue
        position = int(match[1]) if match[1] else position + 1
        if position > len(args):
            raise _UnknownError
        text = args[position - 1]
        shown = {"I": quote_identifier, "L": _quoted}.get(match[2])
        parts.append(shown(text) if shown else text)
    return "".join((*parts, template[end:]))
