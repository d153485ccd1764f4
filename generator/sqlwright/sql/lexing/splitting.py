"""Statements within the tokens of a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlwright.dataclass import dataclass
from sqlwright.sql.lexing.tokens import Token

_BLOCK_WORDS = frozenset(("begin", "case", "end"))


@dataclass(frozen=True, slots=True)
class Stretch:
    """The text between two semicolons and its tokens; `end` is where the closing one stands, or
    the end of the file if there is none (`closed` is False then).
    """

    start: int
    end: int
    tokens: Sequence[Token]
    closed: bool


def split_statements(tokens: Sequence[Token], start: int, end: int) -> Iterator[Stretch]:
    """Cut at every semicolon that ends a statement.

    Those in parentheses (the actions of a rule) and in a body from BEGIN ATOMIC to END do not.
    """
    first = depth = 0
    open_blocks = 0
    for index, token in enumerate(tokens):
        if symbol := token.symbol:
            if symbol == "(":
                depth += 1
            elif symbol == ")":
                depth -= 1
            elif symbol == ";" and depth <= 0 and not open_blocks:
                yield Stretch(start, token.start, tokens[first:index], True)
                start, first, depth = token.end, index + 1, 0
        elif token.keyword in _BLOCK_WORDS:
            open_blocks += _block_change(tokens, first, index, inside=open_blocks > 0)
    yield Stretch(start, end, tokens[first:], False)


def _block_change(tokens: Sequence[Token], first: int, index: int, *, inside: bool) -> int:
    """Whether a word opens or closes a block of a body (CASE ends with END as well)."""
    before = tokens[index - 1] if index > first else None
    if before is not None and (before.symbol == "." or before.keyword == "as"):
        return 0
    keyword = tokens[index].keyword
    if keyword == "begin":
        atomic = index + 1 < len(tokens) and tokens[index + 1].keyword == "atomic"
        return int(atomic and tokens[first].keyword == "create")
    if not inside:
        return 0
    return 1 if keyword == "case" else -1
