"""The tokens of PL/pgSQL, made of those of SQL as pl_scanner.c does: names up to three parts long
are one, known as a variable or not, and the words of the language are not those of SQL.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NoReturn

from sqlwright.dataclass import dataclass
from sqlwright.diagnostics import Code, Diagnostic, DiagnosticError, Label
from sqlwright.source import SourceFile, Span
from sqlwright.sql.lexing.tokens import Token
from sqlwright.sql.plpgsql.variables import Namespace, Routine, Types, Variable
from sqlwright.sql.plpgsql.words import RESERVED, UNRESERVED

_BEFORE_STATEMENTS = frozenset((";", "begin", "then", "else", "loop"))
_ASSIGNING = ("=", ":=", "[")

_CODES: dict[str, Code] = {
    "0A000": "feature-not-supported",
    "42601": "syntax-error",
    "42704": "unknown-object",
}

LexemeKind = Literal["datum", "word", "compound", "keyword", "string", "integer", "other", "end"]


@dataclass(frozen=True, slots=True)
class Lexeme:
    """One token: a variable (`datum`), a name that is none (`word`, or `compound` with points), a
    word of the language. `word` is the keyword, the symbol or the name, as far as it is one.
    """

    kind: LexemeKind
    word: str
    tokens: Sequence[Token]
    start: int
    end: int
    names: tuple[str, ...] = ()
    variable: Variable | None = None

    def is_keyword(self, *words: str) -> bool:
        """Whether it is one of these words, even where a variable has that name."""
        if self.kind == "datum":
            quoted = self.tokens[0].kind == "quoted"
            return len(self.names) == 1 and not quoted and self.word in words
        return self.kind == "keyword" and self.word in words

    def is_symbol(self, *symbols: str) -> bool:
        """Whether it is one of these operators or punctuation marks."""
        return self.kind == "other" and self.word in symbols

    @property
    def is_identifier(self) -> bool:
        """`any_identifier`: a name of one part, whatever it stands for."""
        return self.kind == "word" or self.is_unreserved or self.is_simple_datum

    @property
    def is_unreserved(self) -> bool:
        """A keyword that may be a name."""
        return self.kind == "keyword" and self.word in UNRESERVED

    @property
    def is_simple_datum(self) -> bool:
        """A variable by a name of one part."""
        return self.kind == "datum" and len(self.names) == 1


class Scanner:
    """Walks over the tokens of a body; `lookup` is what names may stand for where it is."""

    def __init__(
        self,
        source: SourceFile,
        tokens: Sequence[Token],
        end: int,
        routine: Routine,
        types: Types,
    ) -> None:
        """`end` is where the body ends in the source."""
        self.routine = routine
        self.types = types
        self.source = source
        self._end = end
        self.variables = Namespace(routine)
        self.lookup: Literal["normal", "declare", "expression"] = "normal"
        self._tokens = tokens
        self._index = 0
        self._pushed: Lexeme | None = None
        self.current = Lexeme("other", ";", (), end, end)

    def next(self) -> Lexeme:
        """The next token, which becomes the current one."""
        found, self._pushed = self._pushed or self._read(), None
        self.current = found
        return found

    def push_back(self) -> None:
        """Have the current token read again."""
        self._pushed = self.current

    def peek(self) -> Lexeme:
        """The next token, which is read again."""
        current = self.current
        found = self.next()
        self.push_back()
        self.current = current
        return found

    def upcoming(self, count: int) -> list[Token]:
        """The next tokens of SQL, an empty one in place of each that is missing."""
        found = list(self._tokens[self._index : self._index + count])
        missing = Token("end", "", "", self._end, self._end)
        return found + [missing] * (count - len(found))

    def skip(self, count: int) -> None:
        """Step over tokens of SQL."""
        self._index += count

    # Refusals

    def error(self, message: str = "syntax error") -> NoReturn:
        """Refuse the current token (plpgsql_yyerror)."""
        at = self.current
        text = self.source.text[at.start : at.end]
        near = "at end of input" if at.kind == "end" else f'at or near "{text}"'
        self.refuse(f"{message} {near}", at)

    def refuse(
        self, message: str, at: Lexeme | Token, sqlstate: str = "42601", hint: str | None = None
    ) -> NoReturn:
        """Refuse a stretch of the body."""
        self.refuse_with(message, at.start, at.end, sqlstate, hint)

    def refuse_with(
        self, message: str, start: int, end: int, sqlstate: str, hint: str | None = None
    ) -> NoReturn:
        """Refuse a stretch of the body, given by its ends."""
        place = Label(Span(self.source, start, end))
        code = _CODES.get(sqlstate, "invalid-function-definition")
        notes = (hint,) if hint else ()
        raise DiagnosticError(
            Diagnostic(code, "error", message, (place,), notes, sqlstate=sqlstate)
        )

    # Steps

    def expect_keyword(self, *words: str) -> Lexeme:
        """Step over these words, one after the other."""
        for word in words:
            if not self.next().is_keyword(word):
                self.error()
        return self.current

    def expect_symbol(self, symbol: str) -> None:
        """Step over an operator or punctuation mark."""
        if not self.next().is_symbol(symbol):
            self.error()

    def accept_keyword(self, *words: str) -> bool:
        """Step over one of these words if it comes next."""
        if self.peek().is_keyword(*words):
            self.next()
            return True
        return False

    # Tokens

    def _read(self) -> Lexeme:
        if self._index >= len(self._tokens):
            return Lexeme("end", "", (), self._end, self._end)
        token = self._tokens[self._index]
        if token.diagnostic is not None:
            raise DiagnosticError(token.diagnostic)
        if token.kind == "word" and token.value in RESERVED:
            return self._single("keyword", token.value)
        if token.kind in ("word", "quoted", "param"):
            return self._name()
        if token.kind in ("string", "integer"):
            return self._single("string" if token.kind == "string" else "integer", token.value)
        return self._single("other", token.symbol)

    def _single(self, kind: LexemeKind, word: str) -> Lexeme:
        token = self._tokens[self._index]
        self._index += 1
        return Lexeme(kind, word, (token,), token.start, token.end)

    def _name(self) -> Lexeme:
        tokens = self._name_tokens()
        names = tuple(each.value for each in tokens if each.symbol != ".")
        start, end, first = tokens[0].start, tokens[-1].end, tokens[0]
        following = self._tokens[self._index + len(tokens) :][:1]
        keyword = len(names) == 1 and first.kind == "word" and first.value in UNRESERVED
        begins = self.current.word in _BEFORE_STATEMENTS and self.current.kind in (
            "keyword",
            "other",
        )
        assigned = bool(following) and following[0].symbol in _ASSIGNING
        self._index += len(tokens)
        alone = begins and not assigned and len(names) == 1
        found = None if alone else self._known(names)
        if found is not None:
            return Lexeme("datum", names[0], tokens, start, end, names, found)
        if keyword:
            return Lexeme("keyword", first.value, tokens, start, end, names)
        kind: LexemeKind = "word" if len(names) == 1 else "compound"
        return Lexeme(kind, names[0], tokens, start, end, names)

    def _known(self, names: tuple[str, ...]) -> Variable | None:
        if self.lookup == "declare" or (self.lookup == "expression" and len(names) == 1):
            return None
        return self.variables.find(names)

    def _name_tokens(self) -> Sequence[Token]:
        """A name with up to two more behind points, none of which is a reserved word."""
        first, tokens = self._index, self._tokens
        last = first
        while last < first + 4 and last + 2 < len(tokens) and tokens[last + 1].symbol == ".":
            part = tokens[last + 2]
            if part.kind not in ("word", "quoted") or (
                part.kind == "word" and part.value in RESERVED
            ):
                break
            last += 2
        return tokens[first : last + 1]
