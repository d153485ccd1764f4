"""jsonpath as text: its grammar (manual 8.14.7, 9.16.2)."""

from __future__ import annotations

import re
from typing import Literal, NoReturn

from sqlwright.analysis.literals.errors import refuse
from sqlwright.analysis.literals.numbers import read_integer, read_numeric
from sqlwright.analysis.literals.regular import check_regular
from sqlwright.dataclass import dataclass
from sqlwright.patterns import pattern

TokenKind = Literal["word", "string", "variable", "number", "integer", "symbol", "end"]

_SKIPPED = pattern(r"(?:[ \t\n\r\f]|/\*.*?\*/)*", re.DOTALL)
_NUMBER = pattern(
    r"0[xX][0-9a-fA-F](?:_?[0-9a-fA-F])*|0[oO][0-7](?:_?[0-7])*|0[bB][01](?:_?[01])*"
    r"|(?:(?:0|[1-9](?:_?\d)*)(?:\.(?:\d(?:_?\d)*)?)?|\.\d(?:_?\d)*)(?:[eE][+-]?\d(?:_?\d)*)?",
    re.ASCII,
)
_BLANKS = pattern(r"[ \t\n\r\f]*")
_INTEGER = pattern(r"0[xXoObB][0-9a-fA-F_]+|[0-9_]+", re.ASCII)
_STRING = pattern(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_WORD = pattern(r'(?:[^?%$.\[\]{}()|&!=<>@#,*:+\-/\\"\s]|\\.)+', re.DOTALL)
_SYMBOLS = (
    "&&", "||", "**", "==", "!=", "<>", "<=", ">=", *"<>!?()[]{}.,*/+-%@$:&|=#",
)  # fmt: skip
_COMPARISONS = frozenset({"==", "!=", "<>", "<", ">", "<=", ">="})
_METHODS = frozenset(
    {
        *("abs", "bigint", "boolean", "ceiling", "date", "double", "floor", "integer"),
        *("keyvalue", "number", "size", "string", "type"),
    }
)
_WITH_ARGUMENTS = {"decimal": 2, "datetime": 1, "time": 1, "time_tz": 1}
_WITH_ARGUMENTS |= {"timestamp": 1, "timestamp_tz": 1}
_REGULAR_FLAGS = frozenset("ismxq")


@dataclass(frozen=True, slots=True)
class _Token:
    """`near` is what messages show of it, which is odd: of a word only the blanks after it."""

    kind: TokenKind
    text: str
    near: str

    @property
    def keyword(self) -> str:
        return self.text.lower() if self.kind == "word" else ""


_END = _Token("end", "", "")


class _UncertainError(Exception):
    """Something whose fate is left to the server."""


def read_jsonpath(text: str) -> None:
    """A path expression or predicate, strict or lax."""
    if not text.strip():
        refuse(f'invalid input syntax for type jsonpath: "{text}"')
    try:
        _Parser(_tokens(text)).whole()
    except (_UncertainError, RecursionError):
        return


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    at = 0
    while True:
        skipped = _SKIPPED.match(text, at)
        assert skipped is not None
        at = skipped.end()
        if at >= len(text):
            return found
        token, at = _token(text, at)
        found.append(token)


def _token(text: str, at: int) -> tuple[_Token, int]:
    letter = text[at]
    if letter == '"':
        return _take(_STRING, "string", text, at)
    if letter == "$" and text[at + 1 : at + 2] == '"':
        return _take(_STRING, "variable", text, at + 1)
    if letter == "$" and _WORD.match(text, at + 1):
        return _take(_WORD, "variable", text, at + 1)
    number = _NUMBER.match(text, at)
    if number is not None:
        if _WORD.match(text, number.end()):
            refuse(
                f'trailing junk after numeric literal at or near "{number[0]}'
                f'{text[number.end()]}" of jsonpath input',
                "42601",
            )
        read_numeric(number[0])
        kind: TokenKind = "integer" if _INTEGER.fullmatch(number[0]) else "number"
        return _Token(kind, number[0], number[0]), number.end()
    for symbol in _SYMBOLS:
        if text.startswith(symbol, at):
            return _Token("symbol", symbol, symbol), at + len(symbol)
    return _take(_WORD, "word", text, at)


def _take(pattern: re.Pattern[str], kind: TokenKind, text: str, at: int) -> tuple[_Token, int]:
    match = pattern.match(text, at)
    if match is None:
        raise _UncertainError  # what the lexer alone refuses
    if "\\" in match[0]:
        if not match[0].startswith('"'):
            raise _UncertainError
        return _Token(kind, _unescaped(match[0]), '"'), match.end()
    if match[0].startswith('"'):
        return _Token(kind, match[0], '"'), match.end()
    if kind == "variable":
        return _Token(kind, match[0], f"${match[0]}"), match.end()
    blanks = _BLANKS.match(text, match.end())
    return _Token(kind, match[0], blanks[0] if blanks else ""), match.end()


def _unescaped(written: str) -> str:
    """A string without its escapes, of which only JSON's are known here."""
    import json

    try:
        value = json.loads(written, strict=False)
    except ValueError:
        raise _UncertainError from None
    if "\0" in value:
        refuse("unsupported Unicode escape sequence", "22P05")
    if any(0xD800 <= ord(letter) <= 0xDFFF for letter in value):
        refuse("invalid input syntax for type jsonpath")
    return f'"{value}"'


class _Parser:
    """Expressions and predicates; each rule says which of the two it read."""

    def __init__(self, tokens: list[_Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self.in_filter = 0
        self.in_subscript = 0
        self.misplaced: list[str] = []

    @property
    def token(self) -> _Token:
        return self.tokens[self.at] if self.at < len(self.tokens) else _END

    def fail(self) -> NoReturn:
        if not self.token.near:
            refuse("syntax error at end of jsonpath input", "42601")
        refuse(f'syntax error at or near "{self.token.near}" of jsonpath input', "42601")

    def accept(self, *symbols: str) -> str:
        token = self.token
        if token.kind == "symbol" and token.text in symbols:
            self.at += 1
            return token.text
        return ""

    def expect(self, symbol: str) -> None:
        if not self.accept(symbol):
            self.fail()

    def accept_word(self, *words: str) -> str:
        word = self.token.keyword
        if word in words:
            self.at += 1
            return word
        return ""

    def whole(self) -> None:
        self.accept_word("strict", "lax")
        self.either()
        if self.token is not _END:
            self.fail()
        if self.misplaced:
            refuse(self.misplaced[0], "42601")

    def either(self) -> bool:
        """An expression or a predicate; True for a predicate."""
        predicate = self.conjunction()
        while self.token.text == "||" and self.token.kind == "symbol":
            self._need(predicate)
            self.at += 1
            self._need(self.conjunction())
        return predicate

    def _need(self, condition: bool) -> None:
        if not condition:
            self.fail()

    def predicate(self) -> None:
        self._need(self.either())

    def conjunction(self) -> bool:
        predicate = self.comparison()
        while self.token.text == "&&" and self.token.kind == "symbol":
            self._need(predicate)
            self.at += 1
            self._need(self.comparison())
        return predicate

    def comparison(self) -> bool:
        if self.accept("!"):
            self._delimited_predicate()
            return True
        predicate = self.sum()
        if predicate:
            return True
        if self.accept(*_COMPARISONS):
            self._need(not self.sum())
            return True
        if self.accept_word("starts"):
            if not self.accept_word("with"):
                self.fail()
            if self.token.kind not in ("string", "variable"):
                self.fail()
            self.at += 1
            return True
        if self.accept_word("like_regex"):
            self._pattern()
            return True
        return False

    def _delimited_predicate(self) -> None:
        if self.accept_word("exists"):
            self._exists()
        else:
            self.expect("(")
            self.predicate()
            self.expect(")")

    def _exists(self) -> None:
        self.expect("(")
        self._need(not self.sum())
        self.expect(")")

    def _pattern(self) -> None:
        """A regular expression with its flags."""
        if self.token.kind != "string":
            self.fail()
        pattern, flags = self.token.text[1:-1], ""
        self.at += 1
        if self.accept_word("flag"):
            if self.token.kind != "string":
                self.fail()
            flags = self.token.text.strip('"')
            self.at += 1
        if not set(flags) <= _REGULAR_FLAGS:
            refuse(
                "invalid input syntax for type jsonpath",
                "42601",
                detail="Unrecognized flag character in LIKE_REGEX predicate.",
            )
        if "x" in flags and "q" not in flags:
            refuse('XQuery "x" flag (expanded regular expressions) is not implemented', "0A000")
        if "q" not in flags:
            check_regular(pattern)

    def sum(self) -> bool:
        """Arithmetic; a parenthesised predicate stands alone."""
        predicate = self.unary()
        while not predicate and self.accept("+", "-", "*", "/", "%"):
            self._need(not self.unary())
        return predicate

    def unary(self) -> bool:
        if self.accept("+", "-"):
            self._need(not self.unary())
            return False
        return self.accessed()

    def accessed(self) -> bool:
        predicate = self.primary()
        if predicate and self.accept_word("is"):
            if not self.accept_word("unknown"):
                self.fail()
            return True
        while self._accessor():
            predicate = False
        return predicate

    def primary(self) -> bool:
        token = self.token
        if self.accept("("):
            predicate = self.either()
            self.expect(")")
            return predicate
        if self.accept("$"):
            return False
        if self.accept("@"):
            if not self.in_filter:
                self.misplaced.append("@ is not allowed in root expressions")
            return False
        if self.accept_word("last"):
            if not self.in_subscript:
                self.misplaced.append("LAST is allowed only in array subscripts")
            return False
        if self.accept_word("exists"):
            self._exists()
            return True
        scalar = token.kind in ("string", "variable", "number", "integer")
        if not scalar and token.text not in ("true", "false", "null"):
            self.fail()
        self.at += 1
        return False

    def _accessor(self) -> bool:
        if self.accept("."):
            self._member()
        elif self.accept("["):
            self._subscripts()
        elif self.accept("?"):
            self.expect("(")
            self.in_filter += 1
            self.predicate()
            self.in_filter -= 1
            self.expect(")")
        else:
            return False
        return True

    def _member(self) -> None:
        if self.accept("*"):
            return
        if self.accept("**"):
            self._levels()
            return
        if self.token.kind not in ("word", "string"):
            self.fail()
        name = self.token.keyword
        self.at += 1
        if not name or not self.accept("("):
            return
        if name in _METHODS:
            self.expect(")")
        elif name in _WITH_ARGUMENTS:
            self._arguments(name)
        else:
            self.at -= 1
            self.fail()

    def _arguments(self, name: str) -> None:
        """Numbers, but a template for datetime()."""
        kinds = ("string",) if name == "datetime" else ("integer",)
        count = 0
        while not self.accept(")"):
            if count:
                self.expect(",")
            if name == "decimal":
                self.accept("-", "+")
            if self.token.kind not in kinds:
                self.fail()
            self.at += 1
            count += 1
        if count > _WITH_ARGUMENTS[name] and name == "decimal":
            refuse(
                "invalid input syntax for type jsonpath",
                "42601",
                detail=".decimal() can only have an optional precision[,scale].",
            )
        if count > _WITH_ARGUMENTS[name]:
            self.fail()

    def _levels(self) -> None:
        if not self.accept("{"):
            return
        for _ in range(2):
            if self.token.kind != "integer" and self.token.keyword != "last":
                self.fail()
            if self.token.kind == "integer":
                read_integer("integer", 32, self.token.text)
            self.at += 1
            if not self.accept_word("to"):
                break
        self.expect("}")

    def _subscripts(self) -> None:
        if self.accept("*"):
            self.expect("]")
            return
        self.in_subscript += 1
        while True:
            self._need(not self.sum())
            if self.accept_word("to"):
                self._need(not self.sum())
            if not self.accept(","):
                break
        self.in_subscript -= 1
        self.expect("]")
