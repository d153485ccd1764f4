"""What the words of a DO block's statements tell: where they end, whether they may define anything,
and which errors a condition is there to avoid.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlwright.sql import blocks
from sqlwright.sql.lexing.tokens import Token

_EXISTS_ALREADY = frozenset(("42710", "42P07", "42701", "42P06", "42723", "42P16"))
_DOES_NOT_EXIST = frozenset(("42P01", "42703", "42704", "42883", "3F000"))
_DEFINES = frozenset(("create", "alter", "drop", "comment", "execute"))


def word_of(tokens: Sequence[Token]) -> str:
    """The word that a statement begins with."""
    return tokens[0].value if tokens and tokens[0].kind == "word" else ""


def end_of_expression(tokens: Sequence[Token]) -> int:
    """Where INTO or USING follows the command of EXECUTE."""
    ends = (at for at, token in enumerate(tokens) if token.keyword in ("into", "using"))
    return next(ends, len(tokens))


def split_text(tokens: Sequence[Token]) -> Iterable[Sequence[Token]]:
    """The statements of a text, without the semicolons behind them."""
    start = 0
    for index, token in enumerate(tokens):
        if token.symbol == ";":
            yield tokens[start:index]
            start = index + 1
    yield tokens[start:]


def guard(condition: Sequence[Token]) -> frozenset[str] | None:
    """What errors a condition guards against; None if it asks something else."""
    words = [token.value if token.kind == "word" else token.symbol for token in condition]
    while words and words[0] == "(":
        words = words[1:]
    if words[:2] == ["not", "exists"]:
        return _EXISTS_ALREADY
    if words[:1] == ["exists"]:
        return _DOES_NOT_EXIST
    if "to_regclass" in words or "to_regtype" in words or "to_regprocedure" in words:
        return _DOES_NOT_EXIST if "not" in words else _EXISTS_ALREADY
    if words[:1] == ["not"] and "exists" in words:
        return _EXISTS_ALREADY
    return None


def tokens_of(step: blocks.Step) -> Iterable[Sequence[Token]]:
    """The statements in a step."""
    if isinstance(step, blocks.Statement | blocks.Opaque):
        yield step.tokens
    elif isinstance(step, blocks.Block | blocks.Loop):
        for each in step.body:
            yield from tokens_of(each)
    else:
        for branch in step.branches:
            for each in branch.body:
                yield from tokens_of(each)


def may_define(tokens: Sequence[Token]) -> bool:
    """Whether a definition, or SQL made up on the way, stands among these tokens."""
    return any(token.kind == "word" and token.value in _DEFINES for token in tokens)
