"""Errors that a DO block raises itself, and those that a handler is for (manual, appendix A)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlwright.sql.lexing.tokens import Token
from sqlwright.sql.plpgsql.raising import LEVELS, conditions

_RAISED = "P0001"
_NOT_TOLD = "?"
_CATEGORY = "000"
"""A code that ends so is that of all codes which begin as it does."""


def handles(caught: tuple[str, ...], sqlstate: str | None) -> bool:
    """Whether one of the names, or codes, of a handler stands for an error."""
    if sqlstate is None:
        return "others" in map(str.lower, caught)
    for condition in caught:
        name = condition.lower()
        code = conditions().get(name, condition)
        if name == "others" or code == sqlstate:
            return True
        if code.endswith(_CATEGORY) and code[:2] == sqlstate[:2]:
            return True
    return False


def raised(tokens: Sequence[Token]) -> str | None:
    """The SQLSTATE of RAISE, None where it raises no error; RAISE alone raises again what a handler
    has caught, which is not followed."""
    rest = tokens[1:]
    if rest and rest[0].kind == "word" and rest[0].value in LEVELS:
        if rest[0].value != "exception":
            return None
        rest = rest[1:]
    if not rest:
        return None
    for at, token in enumerate(rest):
        if token.kind == "word" and token.value == "errcode":
            return _code(rest[at + 2 :])
    if rest[0].kind != "word" or rest[0].value == "using":
        return _RAISED
    return _code(rest[1:] if rest[0].value == "sqlstate" else rest)


def _code(tokens: Sequence[Token]) -> str:
    """That of a condition, by its name or as it is; one that is worked out is not told."""
    if len(tokens) > 1 and tokens[1].symbol != "," and tokens[1].keyword != "using":
        return _NOT_TOLD
    return conditions().get(tokens[0].value, tokens[0].value) if tokens else _NOT_TOLD
