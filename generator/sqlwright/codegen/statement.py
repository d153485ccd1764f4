"""The SQL text that a generated function sends."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sqlwright.analysis.facts import QueryFacts
from sqlwright.source import SourceFile
from sqlwright.sql.lexing.lexer import tokenize


def statement_text(facts: QueryFacts, casts: Mapping[int, str]) -> str:
    """The query under its annotation line, which names it in server logs, with each `$n` of `casts`
    written as `$n` and its casts.

    The casts make a parameter travel as another type than the query gives it (json as text, so
    that a connection with a json codec of its own does not encode the text again) and leave every
    other type as it was inferred.
    """
    sql = facts.sql.strip("\n")
    pieces: list[str] = []
    done = 0
    for token in tokenize(SourceFile(facts.span.source.path, sql)) if casts else ():
        if token.kind != "param" or token.number not in casts:
            continue
        cast = token.text + _missing(casts[token.number], sql[token.end :])
        # A subscript or field selection would otherwise belong to the type's name.
        if sql[token.end :].lstrip()[:1] in ("[", "."):
            cast = f"({cast})"
        pieces += (sql[done : token.start], cast)
        done = token.end
    body = "".join(pieces) + sql[done:]
    return f"-- name: {facts.name} :{facts.command}\n{body}\n"


def _missing(casts: str, following: str) -> str:
    """The casts without the last one where the query casts to that type itself."""
    last = casts[casts.rindex("::") :]
    rest = following[len(last) :]
    same = following[: len(last)].lower() == last and not re.match(r"[\w$.]|\s*[\[(]", rest)
    return casts.removesuffix(last) if same else casts
