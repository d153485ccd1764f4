"""What a piece of text is as a token, whatever stands around it.

Most tokens of a file are spelt like earlier ones, blanks before them included, so that what a
spelling comes to is kept.
"""

from __future__ import annotations

from sqlwright.sql.lexing.keywords import KEYWORDS
from sqlwright.sql.lexing.tokens import KeywordCategory, TokenKind

MAX_INT4 = 2**31 - 1
MAX_NAME_BYTES = 63
_MOST = 10_000
_LONGEST = 60
_BLANKS = " \t\n\r\f\v"
_MARKS = frozenset((*",()[];", ".", "..", ":", "::", ":="))
_NOT_ONLY_SIGN = frozenset("~!@#^&|`?%")
_SYMBOLS = frozenset((*"+-*/%^<>=", "=>", "<=", ">=", "<>"))
_ASCII_FOLD = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}

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

Spelling = tuple[str, TokenKind, str, str, KeywordCategory, bool, str, tuple[str, ...]]
"""Text, kind, value, keyword, category, bare_label and symbol of a token, and the keywords that it
makes special if one of them is the token before."""

KNOWN: dict[str, tuple[int, Spelling]] = {}
"""By a piece of text: how many blanks it begins with, and what it is after them."""


def learnt(piece: str) -> tuple[int, Spelling] | None:
    """What a piece is that the pattern of pieces has cut off, to be known from now on; None for
    one that has to be read where it stands."""
    text = piece.lstrip(_BLANKS)
    if not text or text.startswith("--") or (spelling := _spelling(text)) is None:
        return None
    found = len(piece) - len(text), spelling
    if len(piece) <= _LONGEST:
        if len(KNOWN) >= _MOST:
            KNOWN.clear()
        KNOWN[piece] = found
    return found


def _spelling(text: str) -> Spelling | None:
    first = text[0]
    if first.isalpha() or first == "_" or first > "\x7f":
        return word(text)
    if text in _MARKS:
        return symbol(text)
    if first == '"':
        return plain("quoted", text, truncated(text[1:-1]))
    if first == "'":
        return plain("string", text, text[1:-1])
    if first.isdigit():
        return integer(text, text)
    if first == "$" or text.startswith("/*") or first_operator(text) != text:
        return None
    return operator(text) if len(text) <= MAX_NAME_BYTES else None


def plain(kind: TokenKind, text: str, value: str) -> Spelling:
    """What is no word and no symbol."""
    return text, kind, value, "", "", True, "", ()


def symbol(mark: str) -> Spelling:
    """Punctuation, or an operator that the grammar has a rule of its own for."""
    return mark, "symbol", mark, "", "", False, mark, ()


def word(text: str) -> Spelling:
    """A name that is not quoted, or a keyword."""
    value = text.lower() if text.isascii() else text.translate(_ASCII_FOLD)
    keyword = KEYWORDS.get(value)
    if keyword is None:
        if len(value) > MAX_NAME_BYTES // 4:
            value = truncated(value)
        return plain("word", text, value)
    name, category, bare_label = keyword
    return text, "word", value, name, category, bare_label, "", _MAKES_SPECIAL.get(name, ())


def integer(text: str, digits: str) -> Spelling:
    """A number that has decimal digits alone."""
    value = digits.lstrip("0") or "0"
    fits = len(value) <= 10 and int(value) <= MAX_INT4
    return plain("integer" if fits else "float", text, value)


def decimal(value: str) -> str:
    """The value of a number in decimal digits, which may be a hex, octal or binary one."""
    return str(int(value, 0)) if value.lstrip("-")[1:2].lower() in ("x", "o", "b") else value


def operator(text: str) -> Spelling:
    """One whole operator."""
    if text in _SYMBOLS:
        return symbol(text)
    if text == "!=":
        return text, "symbol", "<>", "", "", False, "<>", ()
    return text, "operator", text, "", "", False, text, ()


def first_operator(run: str) -> str:
    """The longest operator that a run of operator characters begins with; of signs alone, however
    many stand together, each is one."""
    for comment in ("/*", "--"):
        cut = run.find(comment)
        if cut > 0:
            run = run[:cut]
    if not run.strip("+-"):
        return run[0]
    if run[-1] in "+-" and _NOT_ONLY_SIGN.isdisjoint(run[:-1]):
        return run.rstrip("+-")
    return run


def truncated(name: str) -> str:
    """The name as far as it fits into PostgreSQL's limit, cut between characters."""
    encoded = name.encode("utf-8", "surrogatepass")
    if len(encoded) <= MAX_NAME_BYTES:
        return name
    return encoded[:MAX_NAME_BYTES].decode("utf-8", "ignore")
