"""From text to tokens, by PostgreSQL's own lexical rules.

Source of the rules: PostgreSQL manual, section 4.1 (Lexical Structure). Text that is no token
becomes an `error` token, so that one mistake leaves the other statements of a file readable.
"""

from __future__ import annotations

import re
from contextlib import suppress

from sqlwright.source import SourceFile
from sqlwright.sql.lexing import patterns, spellings
from sqlwright.sql.lexing.errors import LexicalError
from sqlwright.sql.lexing.spellings import KNOWN, MAX_INT4, MAX_NAME_BYTES, Spelling, learnt
from sqlwright.sql.lexing.string_escapes import (
    EscapeError,
    InvalidBytesError,
    is_unicode_escape_character,
    unescape_backslashes,
    unescape_unicode,
)
from sqlwright.sql.lexing.tokens import ParameterToken, Token, TokenKind, make_token

_WHOLE = re.Match.group
_RADIX_NAME = {"x": "hexadecimal", "o": "octal", "b": "binary"}


def tokenize(source: SourceFile, start: int = 0) -> list[Token]:
    """The tokens of a file from `start` on, without comments and without an end token."""
    return _Lexer(source).run(start)


class _Lexer:
    def __init__(self, source: SourceFile) -> None:
        self.source = source
        self.text = source.text
        self.tokens: list[Token] = []
        self.unicode_literals: list[int] = []

    def run(self, position: int) -> list[Token]:
        text, tokens = self.text, self.tokens
        known, add = KNOWN.get, tokens.append
        while position < len(text):
            for piece in map(_WHOLE, patterns.PIECE.finditer(text, position)):
                found = known(piece) or learnt(piece)
                if found is None:
                    expected = position + len(piece)
                    position = self._read_at(position, piece)
                    if position != expected:
                        break
                    continue
                blanks, spelling = found
                written, kind, value, word, category, bare_label, mark, special = spelling
                if special:
                    self._make_special(special)
                start = position + blanks
                position += len(piece)
                add(
                    make_token(
                        kind, written, value, start, position, word, category, bare_label, mark
                    )
                )
            else:
                break
        if self.unicode_literals:
            self._apply_unicode_escapes()
        return tokens

    def _make_special(self, keywords: tuple[str, ...]) -> None:
        """Let the token before be no name of any sort if it is one of these."""
        if self.tokens and self.tokens[-1].keyword in keywords:
            self.tokens[-1].category = "L"
            self.tokens[-1].bare_label = False

    def _read_at(self, position: int, piece: str) -> int:
        """Step over a comment, or read a token that depends on what follows; where it ends."""
        if piece.lstrip().startswith("--"):
            return position + len(piece)
        found = patterns.TOKEN.match(self.text, position)
        if found is None:
            return len(self.text)
        kind = found.lastindex or 0
        start, end = found.span(kind)
        if kind in (2, 3):
            text = found[kind]
            self._put(spellings.word(text) if kind == 2 else spellings.symbol(text), start, end)
            return end
        return self._scan(kind, start, end)

    def _scan(self, kind: int, start: int, end: int) -> int:
        """Read one token that is neither a word nor a single mark; where it ends."""
        try:
            match kind:
                case 1:
                    return self._prefixed(start)
                case 4:
                    return self._string(start, end)
                case 5:
                    return self._number(start)
                case 6:
                    return self._dots_or_colons(start, end)
                case 7:
                    return self._operator(start, end)
                case 8:
                    return self._quoted_name(start, end)
                case 9:
                    return self._dollar(start)
                case _:
                    self._symbol(start, end)
                    return end
        except LexicalError as refused:
            return self._add_error(refused, start)

    # Words

    def _quoted_name(self, start: int, body: int) -> int:
        end, value = self._quoted_body(start, body)
        self._add("quoted", start, end, spellings.truncated(value))
        return end

    def _quoted_body(self, start: int, body: int) -> tuple[int, str]:
        found = patterns.QUOTED_NAME_END.match(self.text, body)
        if not found:
            raise LexicalError("unterminated quoted identifier", start, len(self.text))
        end = found.end()
        if end == body + 1:
            raise LexicalError("zero-length delimited identifier", start, end)
        return end, self.text[body : end - 1].replace('""', '"')

    # Strings

    def _prefixed(self, start: int) -> int:
        """A literal with a letter before its opening quote."""
        prefix = self.text[start].lower()
        body = start + 2
        if prefix == "n":  # stands for the type name NCHAR before an ordinary string
            self._put((self.text[start], *spellings.word("nchar")[1:]), start, start + 1)
            return start + 1
        if prefix == "u":
            return self._unicode_literal(start)
        if prefix == "e":
            return self._escape_string(start, body)
        found = self._string_body_or_refuse(start, body, prefix)
        end, content = found
        self._add("bit" if prefix == "b" else "hexbit", start, end, content)
        return end

    def _string_body_or_refuse(self, start: int, body: int, prefix: str) -> tuple[int, str]:
        kind = "bit" if prefix == "b" else "hexadecimal"
        return self._string_body(
            start, body, patterns.BITS_END, f"unterminated {kind} string literal"
        )

    def _string(self, start: int, body: int) -> int:
        end, content = self._string_body(start, body, patterns.STRING_END)
        self._add("string", start, end, content.replace("''", "'"))
        return end

    def _string_body(
        self,
        start: int,
        body: int,
        closing: re.Pattern[str],
        unterminated: str = "unterminated quoted string",
    ) -> tuple[int, str]:
        """Where a literal ends and what lies between its quotes, its continuations joined on."""
        text = self.text
        found = closing.match(text, body)
        if not found:
            raise LexicalError(unterminated, start, len(text))
        end = found.end()
        content = text[body : end - 1]
        while text[end : end + 1] in _MAY_CONTINUE:
            more = patterns.CONTINUATION.match(text, end)
            if not more:
                break
            found = closing.match(text, more.end())
            if not found:
                raise LexicalError(unterminated, start, len(text))
            content += text[more.end() : found.end() - 1]
            end = found.end()
        return end, content

    def _escape_string(self, start: int, body: int) -> int:
        try:
            end, content = self._string_body(start, body, patterns.ESCAPE_STRING_END)
        except LexicalError as unterminated:
            # Its escapes are refused before its end is missed; its bytes would be looked at later.
            with suppress(InvalidBytesError):
                self._unescaped(self.text[body:], body, unterminated.end)
            raise
        try:
            self._add("string", start, end, self._unescaped(content, body, end))
        except InvalidBytesError as error:
            raise LexicalError(str(error), start, end, sqlstate="22021", near=False) from None
        return end

    def _unescaped(self, content: str, body: int, end: int) -> str:
        try:
            return unescape_backslashes(content)
        except EscapeError as error:
            at = min(body + error.offset, end)
            raise LexicalError(
                error.message,
                at,
                min(at + error.length, len(self.text)),
                sqlstate=error.sqlstate,
                hint=error.hint,
                near=error.hint is None,
                resume=end,
            ) from None

    def _unicode_literal(self, start: int) -> int:
        """`U&'...'` or `U&"..."`; its escapes wait until UESCAPE has been looked for."""
        body = start + 3
        if self.text[start + 2] == '"':
            end, value = self._quoted_body(start, body)
            self._add("quoted", start, end, value)
        else:
            end, content = self._string_body(start, body, patterns.STRING_END)
            self._add("string", start, end, content.replace("''", "'"))
        self.unicode_literals.append(len(self.tokens) - 1)
        return end

    def _apply_unicode_escapes(self) -> None:
        """Finish the `U&` literals, and drop the `UESCAPE 'x'` that belongs to them."""
        tokens = self.tokens
        for index in reversed(self.unicode_literals):
            literal = tokens[index]
            if index + 1 < len(tokens) and tokens[index + 1].kind == "error":
                del tokens[index]  # what follows is looked at first
                continue
            has_escape = index + 1 < len(tokens) and tokens[index + 1].keyword == "uescape"
            try:
                escape, end = self._unicode_escape(index) if has_escape else ("\\", literal.end)
                tokens[index] = self._finished(literal, escape, end)
            except LexicalError as refused:
                tokens[index] = refused.token(self.source)
            if has_escape:
                del tokens[index + 1 : index + 3]

    def _finished(self, literal: Token, escape: str, end: int) -> Token:
        try:
            value = unescape_unicode(literal.value, escape)
        except EscapeError as error:
            at = min(literal.start + 3 + error.offset, literal.end)
            raise LexicalError(
                error.message, at, at + error.length, hint=error.hint, near=False, resume=end
            ) from None
        if literal.kind == "quoted":
            value = spellings.truncated(value)
        return Token(literal.kind, self.text[literal.start : end], value, literal.start, end)

    def _unicode_escape(self, index: int) -> tuple[str, int]:
        """The character that UESCAPE after a literal names, and where that ends."""
        if index + 2 == len(self.tokens):
            end = self.tokens[index + 1].end
            raise LexicalError("UESCAPE must be followed by a simple string literal", end, end)
        given = self.tokens[index + 2]
        if given.diagnostic is not None:
            raise LexicalError(given.diagnostic.message, given.start, given.end, near=False)
        if given.kind != "string":
            raise LexicalError(
                "UESCAPE must be followed by a simple string literal", given.start, given.end
            )
        if not is_unicode_escape_character(given.value):
            raise LexicalError("invalid Unicode escape character", given.start, given.end)
        return given.value, given.end

    # Numbers and parameters

    def _number(self, start: int) -> int:
        text = self.text
        empty = patterns.EMPTY_RADIX.match(text, start)
        if empty:
            name = _RADIX_NAME[empty[1].lower()]
            raise LexicalError(f"invalid {name} integer", start, empty.end())
        found = patterns.NUMBER.match(text, start)
        assert found is not None
        end = found.end()
        # A number that ends like a name (`1e5`, `1_0`) goes on like one.
        junk = (
            patterns.NAME_AFTER if patterns.NAMELIKE_END.search(found[0]) else patterns.WORD_AFTER
        ).match(text, end)
        if not (found["radix"] or found["exponent"] or found["point_exponent"]):
            junk = patterns.EMPTY_EXPONENT.match(text, end) or junk
        if junk:
            raise LexicalError("trailing junk after numeric literal", start, junk.end())
        value = found[0].replace("_", "")
        if found["fraction"] is None and found["exponent"] is None and found["digits"]:
            self._put(spellings.integer(found[0], value), start, end)
        else:
            fits = bool(found["radix"]) and int(value, 0) <= MAX_INT4
            self._add("integer" if fits else "float", start, end, value)
        return end

    def _dollar(self, start: int) -> int:
        text = self.text
        parameter = patterns.PARAMETER.match(text, start)
        if parameter:
            return self._parameter(start, parameter.end(), parameter[1])
        quote = patterns.DOLLAR_QUOTE.match(text, start)
        if not quote:
            self._symbol(start, start + 1)
            return start + 1
        closing = text.find(quote[0], quote.end())
        if closing < 0:
            raise LexicalError("unterminated dollar-quoted string", start, len(text))
        end = closing + len(quote[0])
        self._add("string", start, end, text[quote.end() : closing])
        return end

    def _parameter(self, start: int, end: int, digits: str) -> int:
        junk = patterns.WORD_AFTER.match(self.text, end)
        if junk:
            raise LexicalError("trailing junk after parameter", start, junk.end())
        if len(digits) > 10 or int(digits) > MAX_INT4:
            raise LexicalError("parameter number too large", start, end)
        text = self.text[start:end]
        self.tokens.append(ParameterToken("param", text, start, end, int(digits)))
        return end

    # Operators and punctuation

    def _dots_or_colons(self, start: int, end: int) -> int:
        mark = self.text[start:end]
        if mark not in ("..", "::", ":="):
            end = start + 1
        self._symbol(start, end)
        return end

    def _operator(self, start: int, end: int) -> int:
        """The longest operator that the run of operator characters at `start` begins with."""
        run = self.text[start:end]
        if run.startswith("/*"):
            return self._comment_end(start)
        found = spellings.first_operator(run)
        if found in ("+", "-"):
            return self._signs(start, end)
        if len(found) > MAX_NAME_BYTES:
            raise LexicalError("operator too long", start, start + len(found))
        end = start + len(found)
        self._put(spellings.operator(found), start, end)
        return end

    def _signs(self, start: int, end: int) -> int:
        """The signs of a run that are an operator each, up to a comment."""
        text = self.text
        while start < end and text[start] in "+-" and not text.startswith("--", start):
            self._symbol(start, start + 1)
            start += 1
        return start

    def _comment_end(self, start: int) -> int:
        depth, position = 1, start + 2
        while depth:
            edge = patterns.COMMENT_EDGE.search(self.text, position)
            if not edge:
                raise LexicalError("unterminated /* comment", start, len(self.text))
            depth += 1 if edge[0] == "/*" else -1
            position = edge.end()
        return position

    # Tokens

    def _symbol(self, start: int, end: int) -> None:
        self._put(spellings.symbol(self.text[start:end]), start, end)

    def _add(self, kind: TokenKind, start: int, end: int, value: str) -> None:
        self._put(spellings.plain(kind, self.text[start:end], value), start, end)

    def _put(self, spelling: Spelling, start: int, end: int) -> None:
        text, kind, value, keyword, category, bare_label, mark, special = spelling
        if special:
            self._make_special(special)
        self.tokens.append(
            Token(kind, text, value, start, end, keyword, category, bare_label, mark)
        )

    def _add_error(self, refused: LexicalError, start: int) -> int:
        token = refused.token(self.source)
        token.start = min(token.start, start)
        self.tokens.append(token)
        return refused.resume


_MAY_CONTINUE = frozenset(" \t\n\r\f\v-")
