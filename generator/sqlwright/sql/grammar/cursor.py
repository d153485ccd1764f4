"""Reading a token list from left to right, with PostgreSQL's rules for names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NoReturn, TypeVar

from sqlwright.depth import levels
from sqlwright.diagnostics import Code, Diagnostic, DiagnosticError, Label
from sqlwright.source import SourceFile, Span
from sqlwright.sql.lexing.tokens import Token
from sqlwright.sql.nodes import QualifiedName

T = TypeVar("T")

_LOOKS_AHEAD = frozenset(("format", "not", "nulls", "with", "without"))
_UNICODE = frozenset(("U&", "u&"))

_COLUMN_NAME = frozenset(("", "U", "C"))
_TYPE_OR_FUNCTION_NAME = frozenset(("", "U", "T"))
_SET_OPERATION_OR_CLAUSE = frozenset(
    ("union", "intersect", "except", "order", "limit", "offset", "fetch", "for")
)


class Cursor:
    """A place in the tokens of one statement.

    Words are given in lower case and match unquoted keywords only. Whatever is not as the grammar
    says ends in `syntax_error`; no method ever moves back.
    """

    def __init__(self, source: SourceFile, tokens: Sequence[Token]) -> None:
        self.source = source
        at_end = tokens[-1].end if tokens else 0
        end = Token("end", "", "", at_end, at_end)
        self._tokens = [*tokens, end, end]  # one may always look one token ahead
        self._tokens_size = len(self._tokens)
        self._index = 0
        self._curr = self._tokens[0]
        self._closing: dict[int, int] | None = None
        self._holding: dict[int, bool] = {}
        self._levels = levels()

    # Levels

    def descend(self) -> None:
        """Go one level down, from which `ascend` comes back. Raises RecursionError where the stack
        has no room for one."""
        self._levels -= 1
        if self._levels < 0:
            raise RecursionError

    def ascend(self) -> None:
        """Come back up one level."""
        self._levels += 1

    # Moving

    def peek(self, offset: int = 0) -> Token:
        """The token `offset` places ahead, the end token where there are no more."""
        index = self._index + offset
        return self._tokens[index] if index < self._tokens_size else self._tokens[-1]

    def advance(self) -> Token:
        """Step over the current token and return it; refuses to step over the end."""
        token = self._curr
        if token.kind == "end":
            self.syntax_error(token)
        self._index += 1
        self._curr = self._tokens[self._index]
        return token

    @property
    def previous(self) -> Token:
        """The token read last."""
        return self._tokens[self._index - 1]

    def start(self) -> int:
        """Where the current token begins."""
        return self._curr.start

    def end(self) -> int:
        """Where the token read last ended."""
        return self._tokens[self._index - 1].end if self._index else self._curr.start

    def at_end(self) -> bool:
        """Whether every token has been read."""
        return self._curr.kind == "end"

    def expect_end(self) -> None:
        """Refuse whatever is left over."""
        if self._curr.kind != "end":
            self.syntax_error()

    # Keywords and symbols

    def at(self, *words: str) -> bool:
        """Whether the current token is one of these keywords."""
        return self._curr.keyword in words

    def at_sequence(self, *words: str) -> bool:
        """Whether these keywords come next, in this order."""
        tokens, index = self._tokens, self._index
        for word in words:
            if tokens[index].keyword != word:
                return False
            index += 1
        return True

    def accept(self, word: str, second: str = "", third: str = "") -> bool:
        """Step over these keywords if they come next, in this order."""
        if self._curr.keyword != word:  # what is asked most, and most often in vain
            return False
        if second:
            return self.accept_all(word, second, third) if third else self.accept_all(word, second)
        self._index += 1
        self._curr = self._tokens[self._index]
        return True

    def accept_all(self, *words: str) -> bool:
        """`accept` for any number of keywords."""
        if not self.at_sequence(*words):
            return False
        self._index += len(words)
        self._curr = self._tokens[self._index]
        return True

    def accept_any(self, *words: str) -> str | None:
        """Step over the current token if it is one of these keywords, and say which."""
        keyword = self._curr.keyword
        if keyword not in words or not keyword:
            return None
        self.advance()
        return keyword

    def expect(self, *words: str) -> Token:
        """Step over these keywords, in this order; the last one's token."""
        token = self._curr
        for word in words:
            token = self._curr
            if token.keyword != word:
                self.syntax_error(token)
            self.advance()
        return token

    def expect_any(self, *words: str) -> str:
        """Step over one of these keywords and say which."""
        keyword = self._curr.keyword
        if keyword not in words or not keyword:
            self.syntax_error()
        self.advance()
        return keyword

    def at_symbol(self, *symbols: str) -> bool:
        """Whether the current token is one of these operators or punctuation marks."""
        return self._curr.symbol in symbols

    def accept_symbol(self, symbol: str) -> bool:
        """Step over this operator or punctuation mark if it comes next."""
        if self._curr.symbol != symbol:
            return False
        self._index += 1
        self._curr = self._tokens[self._index]
        return True

    def expect_symbol(self, symbol: str) -> Token:
        """Step over this operator or punctuation mark."""
        token = self._curr
        if token.symbol != symbol:
            self.syntax_error(token)
        self._index += 1
        self._curr = self._tokens[self._index]
        return token

    # Repetition and parentheses

    def comma_list(self, parse_item: Callable[[], T]) -> tuple[T, ...]:
        """One or more items with commas between them."""
        items = [parse_item()]
        while self._curr.symbol == ",":
            self._index += 1
            self._curr = self._tokens[self._index]
            items.append(parse_item())
        return tuple(items)

    def parenthesised(self, parse: Callable[[], T]) -> T:
        """What `parse` reads, in parentheses."""
        self.expect_symbol("(")
        result = parse()
        self.expect_symbol(")")
        return result

    def parenthesised_list(self, parse_item: Callable[[], T]) -> tuple[T, ...]:
        """One or more items with commas between them, in parentheses."""
        self.expect_symbol("(")
        items = self.comma_list(parse_item)
        self.expect_symbol(")")
        return items

    def holds_query(self, offset: int = 0) -> bool:
        """Whether the parenthesis at this token encloses a query, not an expression or a join.

        With several parentheses open at once the text after each closing one decides, so that no
        attempt need ever be taken back: a query in parentheses that is followed by `)`, a set
        operation or a query's closing clause is part of a query, anything else makes it an operand.
        """
        first = self._index + offset
        if self._tokens[first].symbol != "(":
            return False
        if first not in self._holding:
            self._find_holding(first)
        return self._holding[first]

    def _find_holding(self, first: int) -> None:
        """Decide for all parentheses that are opened in a row at once."""
        tokens = self._tokens
        innermost = first
        while tokens[innermost + 1].symbol == "(":
            innermost += 1
        holds = self._holding[innermost] = self._starts_query(innermost + 1)
        closing = self._closing_parentheses() if holds else {}
        for opening in range(innermost, first, -1):
            after = tokens[closing.get(opening, self._tokens_size - 3) + 1] if holds else None
            holds = after is not None and (
                after.kind == "end"
                or after.symbol == ")"
                or after.keyword in _SET_OPERATION_OR_CLAUSE
            )
            self._holding[opening - 1] = holds

    def holds_semicolon(self) -> bool:
        """Whether the parenthesis opened here encloses several statements."""
        closing = self._closing_parentheses().get(self._index, self._tokens_size)
        return any(token.symbol == ";" for token in self._tokens[self._index : closing])

    def continues_query_after_parentheses(self) -> bool:
        """Whether a set operation or a query's clause follows the parenthesis opened here."""
        closing = self._closing_parentheses().get(self._index)
        if closing is None:
            return False
        return self._tokens[closing + 1].keyword in _SET_OPERATION_OR_CLAUSE

    def _starts_query(self, index: int) -> bool:
        keyword = self._tokens[index].keyword
        if keyword == "values":  # alone it may be a column's name
            return self._tokens[index + 1].symbol == "("
        return keyword in ("select", "with", "table")

    def _closing_parentheses(self) -> dict[int, int]:
        """For each opening parenthesis that is closed, the index of the closing one."""
        if self._closing is None:
            self._closing = {}
            open_: list[int] = []
            for index, token in enumerate(self._tokens):
                if token.symbol == "(":
                    open_.append(index)
                elif token.symbol == ")" and open_:
                    self._closing[open_.pop()] = index
        return self._closing

    # Names (the grammar's ColId, type_function_name, ColLabel, BareColLabel)

    def at_col_id(self, offset: int = 0) -> bool:
        """Whether a column's, table's or alias's name stands here."""
        token = self.peek(offset)
        return token.kind == "quoted" or (token.kind == "word" and token.category in _COLUMN_NAME)

    def col_id(self) -> str:
        """The name of a column, table or the like."""
        token = self._curr
        if token.kind != "quoted" and (token.kind != "word" or token.category not in _COLUMN_NAME):
            self.syntax_error(token)
        self._index += 1
        self._curr = self._tokens[self._index]
        return token.value

    def at_type_function_name(self, offset: int = 0) -> bool:
        """Whether an unqualified type's or function's name stands here."""
        token = self.peek(offset)
        return token.kind == "quoted" or (
            token.kind == "word" and token.category in _TYPE_OR_FUNCTION_NAME
        )

    def type_function_name(self) -> str:
        """The unqualified name of a type or a function."""
        token = self._curr
        if token.kind != "quoted" and (
            token.kind != "word" or token.category not in _TYPE_OR_FUNCTION_NAME
        ):
            self.syntax_error(token)
        self._index += 1
        self._curr = self._tokens[self._index]
        return token.value

    def at_non_reserved_word(self) -> bool:
        """Whether any word but a reserved one stands here."""
        token = self._curr
        return token.kind == "quoted" or (token.kind == "word" and token.category not in ("R", "L"))

    def non_reserved_word(self) -> str:
        """Any word but a reserved one."""
        if not self.at_non_reserved_word():
            self.syntax_error()
        return self.advance().value

    def col_label(self) -> str:
        """A name that may be any keyword: after AS, after a dot."""
        token = self._curr
        if token.kind != "quoted" and (token.kind != "word" or token.category == "L"):
            self.syntax_error(token)
        self._index += 1
        self._curr = self._tokens[self._index]
        return token.value

    def at_bare_col_label(self) -> bool:
        """Whether a name stands here that may name an output column without AS."""
        token = self._curr
        return token.kind == "quoted" or (
            token.kind == "word" and token.category != "L" and token.bare_label
        )

    def bare_col_label(self) -> str:
        """The name of an output column without AS."""
        if not self.at_bare_col_label():
            self.syntax_error()
        return self.advance().value

    def any_name(self) -> QualifiedName:
        """`name` or `schema.name` or longer."""
        parts = [self.col_id()]
        while self.accept_symbol("."):
            parts.append(self.col_label())
        return tuple(parts)

    def col_id_list(self) -> tuple[str, ...]:
        """One or more names with commas between them."""
        return self.comma_list(self.col_id)

    # Constants

    def at_string(self) -> bool:
        """Whether a string constant stands here."""
        return self._curr.kind == "string"

    def string_constant(self) -> str:
        """The contents of a string constant."""
        if self._curr.kind != "string":
            self.syntax_error()
        return self.advance().value

    def integer_constant(self) -> int:
        """An unsigned integer constant that fits into four bytes."""
        if self._curr.kind != "integer":
            self.syntax_error()
        return int(self.advance().value, 0)

    # Refusals

    def syntax_error(self, token: Token | None = None) -> NoReturn:
        """Refuse the current or the given token, as PostgreSQL does."""
        token = token or self._curr
        if token is self._curr and (token.keyword in _LOOKS_AHEAD or token.text[:2] in _UNICODE):
            token = self._lookahead_error(token)
        if token.diagnostic is not None:
            raise DiagnosticError(token.diagnostic)
        near = "at end of input" if token.kind == "end" else f'at or near "{token.text}"'
        self.refuse("syntax-error", f"syntax error {near}", token.start, token.end)

    def _lookahead_error(self, token: Token) -> Token:
        """The next token instead, if it is none: PostgreSQL looks at it before it refuses this."""
        next_ = self.peek(1)
        return next_ if next_.diagnostic is not None else token

    def refuse(
        self,
        code: Code,
        message: str,
        start: int,
        end: int,
        *,
        sqlstate: str = "42601",
        hint: str | None = None,
    ) -> NoReturn:
        """Refuse a stretch of the source with the words PostgreSQL's grammar has for it."""
        where = Label(Span(self.source, start, end))
        raise DiagnosticError(
            Diagnostic(code, "error", message, (where,), (hint,) if hint else (), sqlstate=sqlstate)
        )
