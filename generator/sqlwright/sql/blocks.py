"""The body of a DO block in PL/pgSQL, as far as it can define objects (manual 41).

Read are nested blocks with their exception handlers, IF with its branches, and SQL statements;
whatever else stands in a body is kept as a stretch of tokens that cannot be followed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlwright.source import SourceFile
from sqlwright.sql.lexing.tokens import Token

_ENDS = ("end", "elsif", "elseif", "else", "exception", "when")
_CALLS = ("perform", "execute", "call")
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
class Block:
    """BEGIN ... [EXCEPTION ...] END."""

    body: tuple[Step, ...]
    handlers: tuple[Handler, ...] = ()


@dataclass(frozen=True, slots=True)
class Opaque:
    """A loop, a CASE: run who knows how often, with values that are not known."""

    tokens: Sequence[Token]


Step = Statement | Conditional | Block | Opaque


def read_block(tokens: Sequence[Token]) -> Block | None:
    """The block that a body is; None if it is none that can be read."""
    reader = _Reader(tokens)
    try:
        reader.skip_declarations()
        return reader.block()
    except IndexError:
        return None


def starts_with(step_tokens: Sequence[Token], *words: str) -> bool:
    """Whether a statement begins with these words."""
    return [each.keyword for each in step_tokens[: len(words)]] == list(words)


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

    def skip_declarations(self) -> None:
        """The label and DECLARE section before BEGIN."""
        while self.word() != "begin":
            self.at += 1

    def block(self) -> Block:
        self.at += 1  # begin
        body = self.steps()
        handlers: list[Handler] = []
        if self.word() == "exception":
            self.at += 1
            while self.word() == "when":
                handlers.append(self.handler())
        self.at += 1  # end
        self.after_end()
        return Block(body, tuple(handlers))

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
            self.skip_declarations()
            return self.block()
        if word == "if":
            return self.conditional()
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


def body_source(source: SourceFile, body: str, start: int, near: int) -> SourceFile:
    """A body as a text of its own in which every offset is that of the whole source; where quotes
    in the body are doubled (`start` is -1) the offsets are only near the given one.
    """
    begin = start if start >= 0 else near
    return SourceFile(source.path, " " * begin + body)
