"""Tokens of PostgreSQL's SQL, placed in the user's own text."""

from __future__ import annotations

from typing import Literal

from sqlwright.dataclass import maker
from sqlwright.diagnostics import Diagnostic

TokenKind = Literal[
    "word",
    "quoted",
    "integer",
    "float",
    "string",
    "bit",
    "hexbit",
    "param",
    "embed",
    "operator",
    "symbol",
    "error",
    "end",
]
"""`word` is an unquoted name or keyword, `quoted` a quoted name, `operator` one that the grammar
has no rule of its own for (`Op`), `symbol` all other punctuation, `<=` and `::` included. `error`
is text that is no token; the parser refuses it with its `diagnostic` if it gets that far."""

KeywordCategory = Literal["", "U", "C", "T", "R", "L"]
"""What a word may be used as, by `pg_get_keywords()`: U unreserved, C any name but a function's or
a type's, T a function or type name only, R reserved, "" not a keyword at all. L marks a keyword
that the next word has made special (NULLS before FIRST, NOT before IN), which then is no name of
any sort."""


class Token:
    """One token.

    `text` is as written, `value` what it means: a name folded or unquoted, a string's contents, a
    number without underscores, an operator (`<>` for `!=`). `keyword` is the lower-case keyword of
    an unquoted word, else empty; `symbol` the operator or punctuation, else empty. `start` and
    `end` enclose it in the source as a slice does. The others are those of the classes below.
    """

    __slots__ = (
        "bare_label",
        "category",
        "end",
        "keyword",
        "kind",
        "start",
        "symbol",
        "text",
        "value",
    )

    number: int = 0
    named: bool = False
    slice: bool = False
    relation: tuple[str, ...] = ()
    diagnostic: Diagnostic | None = None

    def __init__(
        self,
        kind: TokenKind,
        text: str,
        value: str,
        start: int,
        end: int,
        keyword: str = "",
        category: KeywordCategory = "",
        bare_label: bool = True,
        symbol: str = "",
    ) -> None:
        self.text = text
        self.start = start
        self.end = end
        self.kind: TokenKind = kind
        self.value = value
        self.keyword = keyword
        self.category: KeywordCategory = category
        self.bare_label = bare_label
        self.symbol = symbol

    def __bool__(self) -> bool:
        return self.kind != "end"

    def __repr__(self) -> str:
        return f"Token({self.kind}, {self.text!r}, {self.start}:{self.end})"


make_token = maker(Token)
"""Makes a token sooner than its class does."""


class ParameterToken(Token):
    """A parameter, or what a macro has been read as."""

    __slots__ = ("named", "number", "relation", "slice")

    def __init__(
        self,
        kind: Literal["param", "embed"],
        text: str,
        start: int,
        end: int,
        number: int = 0,
        *,
        named: bool = False,
        slice: bool = False,
        relation: tuple[str, ...] = (),
    ) -> None:
        super().__init__(kind, text, text, start, end)
        self.number = number
        self.named = named
        self.slice = slice
        self.relation = relation


class RefusedToken(Token):
    """Text that is no token, with what is to be said of it."""

    __slots__ = ("diagnostic",)

    def __init__(self, text: str, start: int, end: int, diagnostic: Diagnostic) -> None:
        super().__init__("error", text, "", start, end)
        self.diagnostic = diagnostic
