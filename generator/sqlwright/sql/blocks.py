"""The body of a DO block in PL/pgSQL, as far as it can define objects (manual 41).

Read are nested blocks with their declarations and exception handlers, IF with its branches, FOR
over integers and queries, FOREACH, and SQL statements; whatever else stands in a body is kept as a
stretch of tokens that cannot be followed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from sqlwright.dataclass import dataclass
from sqlwright.source import SourceFile
from sqlwright.sql.lexing.lexer import tokenize
from sqlwright.sql.lexing.tokens import Token

_ENDS = ("end", "elsif", "elseif", "else", "exception", "when")
_CALLS = ("perform", "execute", "call")
_ROW_TYPES = ("record", "rowtype")
_QUERIES = ("select", "values", "(")
_OPENING = ("loop", "case", "if")


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement up to its semicolon."""

    tokens: Sequence[Token]


@dataclass(frozen=True, slots=True)
class Branch:
    """IF or ELSIF with its condition; ELSE has no condition."""

    condition: Sequence[Token]
    body: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Conditional:
    """IF ... END IF."""

    branches: tuple[Branch, ...]


@dataclass(frozen=True, slots=True)
class Handler:
    """`WHEN condition OR condition THEN`: names of conditions, or five-digit SQLSTATEs."""

    conditions: tuple[str, ...]
    body: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Declaration:
    """`name type [:= value]` in a DECLARE section; without a value there are no tokens. `record`:
    it holds rows."""

    name: str
    value: Sequence[Token]
    record: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """[DECLARE ...] BEGIN ... [EXCEPTION ...] END."""

    body: tuple[Step, ...]
    handlers: tuple[Handler, ...] = ()
    declared: tuple[Declaration, ...] = ()


@dataclass(frozen=True, slots=True)
class Loop:
    """`FOR variable IN [REVERSE] low .. high [BY step]`, `FOR variable IN query` or
    `FOREACH variable IN ARRAY value`. `tokens` are all of it, should the values not be known.
    """

    kind: Literal["integers", "elements", "rows"]
    variable: str
    source: Sequence[Token]
    body: tuple[Step, ...]
    tokens: Sequence[Token]


@dataclass(frozen=True, slots=True)
class Opaque:
    """Another loop, a CASE: run who knows how often, with values that are not known."""

    tokens: Sequence[Token]


Step = Statement | Conditional | Block | Loop | Opaque


def read_block(tokens: Sequence[Token]) -> Block | None:
    """The block that a body is; None if it is none that can be read."""
    reader = _Reader(tokens)
    try:
        return reader.block(reader.declarations())
    except IndexError:
        return None


class _Reader:
    """Walks over the tokens of a body; running out of them raises IndexError."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.at = 0

    @property
    def token(self) -> Token:
        return self.tokens[self.at]

    def word(self) -> str:
        token = self.token
        return token.value if token.kind == "word" else ""

    def declarations(self) -> tuple[Declaration, ...]:
        """The label and DECLARE section before BEGIN."""
        start = self.at
        while self.word() != "begin":
            self.at += 1
        words = [token.value if token.kind == "word" else "" for token in self.tokens]
        if "declare" not in words[start : self.at]:
            return ()
        first = words.index("declare", start) + 1
        return tuple(map(_declaration, _parts(self.tokens[first : self.at])))

    def block(self, declared: tuple[Declaration, ...] = ()) -> Block:
        self.at += 1  # begin
        body = self.steps()
        handlers: list[Handler] = []
        if self.word() == "exception":
            self.at += 1
            while self.word() == "when":
                handlers.append(self.handler())
        self.at += 1  # end
        self.after_end()
        return Block(body, tuple(handlers), declared)

    def after_end(self) -> None:
        """The label and semicolon after END; the outermost block needs neither."""
        while self.at < len(self.tokens) and self.token.symbol != ";":
            self.at += 1
        self.at += 1

    def handler(self) -> Handler:
        self.at += 1  # when
        conditions: list[str] = []
        while self.word() != "then":
            if self.token.kind in ("word", "quoted", "string") and self.word() not in (
                "or",
                "sqlstate",
            ):
                conditions.append(self.token.value)
            self.at += 1
        self.at += 1
        return Handler(tuple(conditions), self.steps())

    def steps(self) -> tuple[Step, ...]:
        found: list[Step] = []
        while self.word() not in _ENDS:
            found.append(self.step())
        return tuple(found)

    def step(self) -> Step:
        word = self.word()
        if word == "begin":
            return self.block()
        if word == "declare":
            return self.block(self.declarations())
        if word == "if":
            return self.conditional()
        if word in ("for", "foreach"):
            return self.loop()
        if word in ("for", "foreach", "while", "loop", "case"):
            return self.opaque()
        return self.statement()

    def conditional(self) -> Conditional:
        branches: list[Branch] = []
        while self.word() in ("if", "elsif", "elseif"):
            self.at += 1
            start = self.at
            while self.word() != "then":
                self.at += 1
            condition = self.tokens[start : self.at]
            self.at += 1
            branches.append(Branch(condition, self.steps()))
        if self.word() == "else":
            self.at += 1
            branches.append(Branch((), self.steps()))
        self.after_end()
        return Conditional(tuple(branches))

    def loop(self) -> Loop | Opaque:
        """A loop over integers, an array or the rows of a query; no other can be followed."""
        start = self.at
        opaque = self.opaque()
        tokens = opaque.tokens
        words = [token.value if token.kind == "word" else token.symbol for token in tokens]
        head = words[: words.index("loop")]
        if head[0] == "foreach" and head[2:4] == ["in", "array"]:
            kind: Literal["integers", "elements", "rows"] = "elements"
            source = tokens[4 : len(head)]
        elif head[0] == "for" and head[2:3] == ["in"] and ".." in head:
            kind, source = "integers", tokens[3 : len(head)]
        elif head[0] == "for" and head[2:3] == ["in"] and head[3] in _QUERIES:
            kind, source = "rows", tokens[3 : len(head)]
        else:
            return opaque
        end, self.at = self.at, start + len(head) + 1
        body = self.steps()
        self.at = end
        return Loop(kind, tokens[1].value, source, body, tokens)

    def opaque(self) -> Opaque:
        """Up to the END LOOP or END CASE that closes it."""
        start = self.at
        depth = 0
        while True:
            word = self.word()
            if word == "end":
                depth -= 1
                self.at += 1
                if self.word() in _OPENING:
                    self.at += 1
                if depth == 0:
                    break
                continue
            if word in ("loop", "if", "case", "begin"):
                depth += 1
            self.at += 1
        tokens = self.tokens[start : self.at]
        self.after_end()
        return Opaque(tokens)

    def statement(self) -> Statement:
        start = self.at
        depth = 0
        while depth or self.token.symbol != ";":
            symbol = self.token.symbol
            depth += (symbol == "(") - (symbol == ")")
            self.at += 1
        self.at += 1
        return Statement(self.tokens[start : self.at - 1])


def _parts(tokens: Sequence[Token]) -> list[Sequence[Token]]:
    """What stands between semicolons."""
    parts: list[Sequence[Token]] = []
    start = 0
    for at, token in enumerate(tokens):
        if token.symbol == ";":
            parts.append(tokens[start:at])
            start = at + 1
    return [part for part in parts if part]


def _declaration(tokens: Sequence[Token]) -> Declaration:
    record = any(token.kind == "word" and token.value in _ROW_TYPES for token in tokens[1:])
    for at, token in enumerate(tokens):
        if token.symbol in (":=", "=") or token.keyword == "default":
            return Declaration(tokens[0].value, tokens[at + 1 :], record)
    return Declaration(tokens[0].value, (), record)


def body_source(source: SourceFile, body: str, start: int, near: int) -> SourceFile:
    """A body as a text of its own in which every offset is that of the whole source; where quotes
    in the body are doubled (`start` is -1) the offsets are only near the given one.
    """
    begin = start if start >= 0 else near
    return SourceFile(source.path, " " * begin + body)


def body_tokens(text: SourceFile, body: str) -> list[Token]:
    """The tokens of a body in its text, whose blanks in front are not looked at."""
    return tokenize(text, len(text.text) - len(body))
