"""From text to tokens, by PostgreSQL's own lexical rules.

Source of the rules: PostgreSQL manual, section 4.1 (Lexical Structure). Text that is no token
becomes an `error` token, so that one mistake leaves the other statements of a file readable.
"""

from __future__ import annotations

import re

from sqlwright.diagnostics import Diagnostic, Label
from sqlwright.source import SourceFile, Span
from sqlwright.sql.keywords import KEYWORDS
from sqlwright.sql.string_escapes import (
    EscapeError,
    is_unicode_escape_character,
    unescape_backslashes,
    unescape_unicode,
)
from sqlwright.sql.tokens import Token, TokenKind

_IDENTIFIER_START = "A-Za-z_\\x80-\U0010ffff"
_IDENTIFIER = f"[{_IDENTIFIER_START}][{_IDENTIFIER_START}0-9$]*"

_TOKEN = re.compile(
    rf"""
    (?:[ \t\n\r\f\v]++|--[^\n\r]*+)*+
    (?:
        ([eEbBxXnN]'|[uU]&['"])
      | ({_IDENTIFIER})
      | ([,()\[\];])
      | (')
      | (\.?[0-9])
      | ([.:][.:=]?)
      | ([-+*/%<>=~!@#^&|`?]+)
      | (")
      | (\$)
      | ([^ \t\n\r\f\v])
    )
    """,
    re.VERBOSE,
)
_STRING_END = re.compile(r"(?:[^']++|'')*+'")
_ESCAPE_STRING_END = re.compile(r"(?:[^'\\]++|''|\\.)*+'", re.DOTALL)
_BITS_END = re.compile(r"[^']*+'")
_QUOTED_NAME_END = re.compile(r'(?:[^"]++|"")*+"')
_CONTINUATION = re.compile(
    r"(?:[ \t\f\v]|--[^\n\r]*+)*+[\n\r](?:[ \t\n\r\f\v]++|--[^\n\r]*+[\n\r])*+'"
)
_COMMENT_EDGE = re.compile(r"/\*|\*/")
_DOLLAR_QUOTE = re.compile(rf"\$(?:[{_IDENTIFIER_START}][{_IDENTIFIER_START}0-9]*)?\$")
_PARAMETER = re.compile(r"\$([0-9]+)")
_NUMBER = re.compile(
    r"""
    (?P<radix> 0[xX](?:_?[0-9A-Fa-f])+ | 0[oO](?:_?[0-7])+ | 0[bB](?:_?[01])+ )
  | (?P<digits> [0-9](?:_?[0-9])*+ )
    (?P<fraction> \.(?!\.)(?:[0-9](?:_?[0-9])*+)? )?
    (?P<exponent> [eE][-+]?[0-9](?:_?[0-9])*+ )?
  | \.[0-9](?:_?[0-9])*+ (?: [eE][-+]?[0-9](?:_?[0-9])*+ )?
    """,
    re.VERBOSE,
)
_EMPTY_RADIX = re.compile(rf"0([xXoObB])_?(?![{_IDENTIFIER_START}0-9$])")
_WORD_AFTER = re.compile(_IDENTIFIER)
_RADIX_JUNK = re.compile(rf"[{_IDENTIFIER_START}0-9$]+")
_EMPTY_EXPONENT = re.compile(r"[eE][-+]")

_RADIX_NAME = {"x": "hexadecimal", "o": "octal", "b": "binary"}
_MAX_INT4 = 2**31 - 1
_MAX_NAME_BYTES = 63
_NOT_ONLY_SIGN = frozenset("~!@#^&|`?%")
_SPECIAL_OPERATORS = frozenset(("=>", "<=", ">=", "<>"))
_SELF_OPERATORS = frozenset("+-*/%^<>=")

_MAKES_SPECIAL = {
    "first": ("nulls",),
    "last": ("nulls",),
    "time": ("with", "without"),
    "ordinality": ("with",),
    "json": ("format",),
    "between": ("not",),
    "in": ("not",),
    "like": ("not",),
    "ilike": ("not",),
    "similar": ("not",),
}
_ASCII_FOLD = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}


def tokenize(source: SourceFile, start: int = 0) -> list[Token]:
    """The tokens of a file from `start` on, without comments and without an end token."""
    return _Lexer(source).run(start)


class _LexicalError(Exception):
    """Text from `start` to `end` that is no token."""

    def __init__(
        self,
        message: str,
        start: int,
        end: int,
        *,
        sqlstate: str = "42601",
        hint: str | None = None,
        near: bool = True,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.start = start
        self.end = end
        self.sqlstate = sqlstate
        self.hint = hint
        self.near = near


class _Lexer:
    def __init__(self, source: SourceFile) -> None:
        self.source = source
        self.text = source.text
        self.tokens: list[Token] = []
        self.unicode_literals: list[int] = []

    def run(self, position: int) -> list[Token]:
        match, text, add = _TOKEN.match, self.text, self.tokens.append
        while found := match(text, position):
            kind = found.lastindex or 0
            start, position = found.span(kind)
            if kind == 2:
                self._add_word(found[2], start, position)
            elif kind == 3:
                mark = found[3]
                add(Token("symbol", mark, mark, start, position, "", "", False, mark))
            else:
                position = self._scan(kind, start, position)
        if self.unicode_literals:
            self._apply_unicode_escapes()
        return self.tokens

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
        except _LexicalError as refused:
            return self._add_error(refused, start)

    # Words

    def _add_word(self, text: str, start: int, end: int) -> None:
        value = text.lower() if text.isascii() else text.translate(_ASCII_FOLD)
        keyword = KEYWORDS.get(value)
        if keyword is None:
            if len(value) > _MAX_NAME_BYTES // 4:
                value = _truncated(value)
            self.tokens.append(Token("word", text, value, start, end))
            return
        word, category, bare_label = keyword
        if word in _MAKES_SPECIAL and self.tokens:
            before = self.tokens[-1]
            if before.keyword in _MAKES_SPECIAL[word]:
                before.category = "L"
                before.bare_label = False
        self.tokens.append(Token("word", text, value, start, end, word, category, bare_label))

    def _quoted_name(self, start: int, body: int) -> int:
        end, value = self._quoted_body(start, body)
        self._add("quoted", start, end, _truncated(value))
        return end

    def _quoted_body(self, start: int, body: int) -> tuple[int, str]:
        found = _QUOTED_NAME_END.match(self.text, body)
        if not found:
            raise _LexicalError("unterminated quoted identifier", start, len(self.text))
        end = found.end()
        if end == body + 1:
            raise _LexicalError("zero-length delimited identifier", start, end)
        return end, self.text[body : end - 1].replace('""', '"')

    # Strings

    def _prefixed(self, start: int) -> int:
        """A literal with a letter before its opening quote."""
        prefix = self.text[start].lower()
        body = start + 2
        if prefix == "n":  # stands for the type name NCHAR before an ordinary string
            word = KEYWORDS["nchar"]
            self.tokens.append(Token("word", self.text[start], "nchar", start, start + 1, *word))
            return start + 1
        if prefix == "u":
            return self._unicode_literal(start)
        if prefix == "e":
            end, content = self._string_body(start, body, _ESCAPE_STRING_END)
            self._add("string", start, end, self._unescaped(content, start, body, end))
            return end
        found = self._string_body_or_refuse(start, body, prefix)
        end, content = found
        self._add("bit" if prefix == "b" else "hexbit", start, end, content)
        return end

    def _string_body_or_refuse(self, start: int, body: int, prefix: str) -> tuple[int, str]:
        kind = "bit" if prefix == "b" else "hexadecimal"
        return self._string_body(start, body, _BITS_END, f"unterminated {kind} string literal")

    def _string(self, start: int, body: int) -> int:
        end, content = self._string_body(start, body, _STRING_END)
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
            raise _LexicalError(unterminated, start, len(text))
        end = found.end()
        content = text[body : end - 1]
        while text[end : end + 1] in _MAY_CONTINUE:
            more = _CONTINUATION.match(text, end)
            if not more:
                break
            found = closing.match(text, more.end())
            if not found:
                raise _LexicalError(unterminated, start, len(text))
            content += text[more.end() : found.end() - 1]
            end = found.end()
        return end, content

    def _unescaped(self, content: str, start: int, body: int, end: int) -> str:
        try:
            return unescape_backslashes(content)
        except EscapeError as error:
            raise _escape_refused(error, start, body, end) from None

    def _unicode_literal(self, start: int) -> int:
        """`U&'...'` or `U&"..."`; its escapes wait until UESCAPE has been looked for."""
        body = start + 3
        if self.text[start + 2] == '"':
            end, value = self._quoted_body(start, body)
            self._add("quoted", start, end, value)
        else:
            end, content = self._string_body(start, body, _STRING_END)
            self._add("string", start, end, content.replace("''", "'"))
        self.unicode_literals.append(len(self.tokens) - 1)
        return end

    def _apply_unicode_escapes(self) -> None:
        """Finish the `U&` literals, and drop the `UESCAPE 'x'` that belongs to them."""
        tokens = self.tokens
        for index in reversed(self.unicode_literals):
            literal = tokens[index]
            escape, end = "\\", literal.end
            try:
                if index + 1 < len(tokens) and tokens[index + 1].keyword == "uescape":
                    escape, end = self._unicode_escape_character(index)
                    del tokens[index + 1 : index + 3]
                value = unescape_unicode(literal.value, escape)
            except EscapeError as error:
                refused = _escape_refused(error, literal.start, literal.start + 3, end)
                tokens[index] = self._error_token(refused)
                continue
            except _LexicalError as refused:
                tokens[index + 1] = self._error_token(refused)
                continue
            if literal.kind == "quoted":
                value = _truncated(value)
            text = self.text[literal.start : end]
            tokens[index] = Token(literal.kind, text, value, literal.start, end)

    def _unicode_escape_character(self, index: int) -> tuple[str, int]:
        given = self.tokens[index + 2] if index + 2 < len(self.tokens) else None
        if given is None or given.kind != "string":
            at = given or self.tokens[index + 1]
            raise _LexicalError(
                "UESCAPE must be followed by a simple string literal", at.start, at.end
            )
        if not is_unicode_escape_character(given.value):
            raise _LexicalError("invalid Unicode escape character", given.start, given.end)
        return given.value, given.end

    # Numbers and parameters

    def _number(self, start: int) -> int:
        text = self.text
        empty = _EMPTY_RADIX.match(text, start)
        if empty:
            name = _RADIX_NAME[empty[1].lower()]
            raise _LexicalError(f"invalid {name} integer", start, empty.end())
        found = _NUMBER.match(text, start)
        assert found is not None
        end = found.end()
        junk = (_RADIX_JUNK if found["radix"] else _WORD_AFTER).match(text, end)
        if not found["radix"] and not found["exponent"]:
            junk = _EMPTY_EXPONENT.match(text, end) or junk
        if junk:
            raise _LexicalError("trailing junk after numeric literal", start, junk.end())
        value = found[0].replace("_", "")
        if found["radix"]:
            fits = int(value, 0) <= _MAX_INT4
        elif found["fraction"] is None and found["exponent"] is None and found["digits"]:
            value = value.lstrip("0") or "0"
            fits = len(value) <= 10 and int(value) <= _MAX_INT4
        else:
            fits = False
        self._add("integer" if fits else "float", start, end, value)
        return end

    def _dollar(self, start: int) -> int:
        text = self.text
        parameter = _PARAMETER.match(text, start)
        if parameter:
            return self._parameter(start, parameter.end(), parameter[1])
        quote = _DOLLAR_QUOTE.match(text, start)
        if not quote:
            self._symbol(start, start + 1)
            return start + 1
        closing = text.find(quote[0], quote.end())
        if closing < 0:
            raise _LexicalError("unterminated dollar-quoted string", start, len(text))
        end = closing + len(quote[0])
        self._add("string", start, end, text[quote.end() : closing])
        return end

    def _parameter(self, start: int, end: int, digits: str) -> int:
        junk = _WORD_AFTER.match(self.text, end)
        if junk:
            raise _LexicalError("trailing junk after parameter", start, junk.end())
        if len(digits) > 10 or int(digits) > _MAX_INT4:
            raise _LexicalError("parameter number too large", start, end)
        text = self.text[start:end]
        self.tokens.append(Token("param", text, text, start, end, number=int(digits)))
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
        for comment in ("/*", "--"):
            cut = run.find(comment)
            if cut > 0:
                run = run[:cut]
        if len(run) > 1 and run[-1] in "+-" and _NOT_ONLY_SIGN.isdisjoint(run[:-1]):
            run = run.rstrip("+-") or run[0]
        end = start + len(run)
        if run in _SELF_OPERATORS or run in _SPECIAL_OPERATORS:
            self._symbol(start, end)
        elif run == "!=":
            self.tokens.append(Token("symbol", run, "<>", start, end, "", "", False, "<>"))
        elif len(run) > _MAX_NAME_BYTES:
            raise _LexicalError("operator too long", start, end)
        else:
            self.tokens.append(Token("operator", run, run, start, end, "", "", False, run))
        return end

    def _comment_end(self, start: int) -> int:
        depth, position = 1, start + 2
        while depth:
            edge = _COMMENT_EDGE.search(self.text, position)
            if not edge:
                raise _LexicalError("unterminated /* comment", start, len(self.text))
            depth += 1 if edge[0] == "/*" else -1
            position = edge.end()
        return position

    # Tokens

    def _symbol(self, start: int, end: int) -> None:
        mark = self.text[start:end]
        self.tokens.append(Token("symbol", mark, mark, start, end, "", "", False, mark))

    def _add(self, kind: TokenKind, start: int, end: int, value: str) -> None:
        self.tokens.append(Token(kind, self.text[start:end], value, start, end))

    def _add_error(self, refused: _LexicalError, start: int) -> int:
        token = self._error_token(refused)
        token.start = min(token.start, start)
        self.tokens.append(token)
        return token.end

    def _error_token(self, refused: _LexicalError) -> Token:
        start, end = refused.start, refused.end
        text = self.text[start:end]
        # What is never closed goes on to the end of the file; its first line says enough.
        near = text.partition("\n")[0]
        message = f'{refused.message} at or near "{near}"' if refused.near else refused.message
        diagnostic = Diagnostic(
            "syntax-error",
            "error",
            message,
            (Label(Span(self.source, start, end)),),
            help=refused.hint,
            sqlstate=refused.sqlstate,
        )
        return Token("error", text, "", start, end, diagnostic=diagnostic)


_MAY_CONTINUE = frozenset(" \t\n\r\f\v-")


def _escape_refused(error: EscapeError, start: int, body: int, end: int) -> _LexicalError:
    at = start if error.offset < 0 else min(body + error.offset, end - 1)
    return _LexicalError(
        error.message, at, end, sqlstate=error.sqlstate, hint=error.hint, near=error.near
    )


def _truncated(name: str) -> str:
    """The name as far as it fits into PostgreSQL's limit, cut between characters."""
    encoded = name.encode("utf-8", "surrogatepass")
    if len(encoded) <= _MAX_NAME_BYTES:
        return name
    return encoded[:_MAX_NAME_BYTES].decode("utf-8", "ignore")
