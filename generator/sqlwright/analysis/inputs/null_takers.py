"""Functions that have a use of its own for an argument that is NULL."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from sqlwright.analysis import tree
from sqlwright.catalog import oids
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.identity import is_function, is_own
from sqlwright.catalog.model import Function
from sqlwright.catalog.nulls import function_nulls
from sqlwright.diagnostics import DiagnosticError
from sqlwright.source import SourceFile
from sqlwright.sql.lexing.lexer import tokenize
from sqlwright.sql.lexing.tokens import Token

_ELEMENTS = (oids.ANYELEMENT, oids.ANYNONARRAY, oids.ANYCOMPATIBLE, oids.ANYCOMPATIBLENONARRAY)

AS_IF_EMPTY = ("concat", "format", "pg_notify", "set_config")
"""To these NULL is what an empty text is."""


def is_strict(catalog: Catalog, call: tree.FuncCall) -> bool:
    """Whether the function as it is now gives NULL for NULL (manual CREATE FUNCTION, STRICT). One
    that returns a set gives no rows, which is something else."""
    function = catalog.get_function(call.function.oid) or call.function
    return function.strict and not function.returns_set


def null_for_null_alone(catalog: Catalog, oid: int) -> bool:
    """Whether a function yields NULL for NULL and for nothing else."""
    found = function_nulls(catalog, oid)
    return found.when == "arguments" and not found.infinite and not found.blank


def takes_null(catalog: Catalog, call: tree.FuncCall, position: int) -> bool:
    """Whether a function whose queries are not known has a use for NULL at a declared position
    (from 0).

    That it is not STRICT says little of one of the user's, for that is what nobody has to write;
    its body says more. Of PostgreSQL's own, what a server answered counts: a range has no bound
    there, `concat_ws` leaves out the separator. That an array can hold NULL is no use for it.
    """
    function = catalog.get_function(call.function.oid) or call.function
    if function.strict:
        return False
    if not is_own(function) and function.language not in ("internal", "c"):
        return _asked_in_body(function, position)
    if call.variadic and position == len(function.arguments) - 1:
        return False
    position = min(position, len(function.arguments) - 1)
    if function.arguments[position] in _ELEMENTS or function.returns_set:
        return False
    if is_function(function, *AS_IF_EMPTY):
        return False
    found = function_nulls(catalog, function.oid)
    return found.when == "never" or (found.when == "arguments" and position not in found.positions)


def _asked_in_body(function: Function, position: int) -> bool:
    """Whether the body of a function in PL/pgSQL tests an argument for NULL, or replaces it."""
    if function.language not in ("plpgsql", "sql") or function.body is None:
        return False
    inputs = [
        name
        for at, name in enumerate(function.names)
        if not function.modes or function.modes[at] in ("in", "inout", "variadic")
    ]
    names = {f"${position + 1}", *inputs[position : position + 1]} - {""}
    return not names.isdisjoint(_asked_names(function.body))


@lru_cache(maxsize=1000)
def _asked_names(body: str) -> frozenset[str]:
    """What a text of code says `x IS NULL` of, `IS DISTINCT FROM` or `COALESCE(x, ...)`."""
    try:
        tokens = tokenize(SourceFile("body", body))
    except DiagnosticError:
        return frozenset()
    words = [_word(token) for token in tokens]
    return frozenset(
        word
        for at, word in enumerate(words)
        if words[at - 2 : at] == ["coalesce", "("] or _is_tested(words[at + 1 : at + 5])
    )


def _word(token: Token) -> str:
    return token.value or token.text


def _is_tested(following: Sequence[str]) -> bool:
    """IS [NOT] NULL or IS [NOT] DISTINCT FROM; a test that raises an exception takes no NULL."""
    if following[:1] != ["is"] or following[1:4] == ["null", "then", "raise"]:
        return False
    rest = [word for word in following[1:] if word != "not"]
    return rest[:1] in (["null"], ["distinct"])
