"""The SQL text that a generated function sends."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from sqlwright.analysis.facts import QueryFacts
from sqlwright.source import SourceFile
from sqlwright.sql.lexing.lexer import tokenize


def statement_text(facts: QueryFacts, casts: Mapping[int, str], known: Sequence[str] = ()) -> str:
    """The query under its annotation line, which names it in server logs, with each `$n` of `casts`
    written as `$n` and its casts.

    The casts make a parameter travel as another type than the query gives it (json as text, so
    that a connection with a json codec of its own does not encode the text again) and leave every
    other type as it was inferred. Of every type of `known` there is a parameter besides, behind the
    query's own, in a query in front that PostgreSQL does not run because nothing refers to it
    (manual 7.8.3): the driver asks what types of parameters are, and never what those in an
    anonymous row are.
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
    body = _after_types("".join(pieces) + sql[done:], facts, known)
    return f"-- name: {facts.name} :{facts.command}\n{body}\n"


def _missing(casts: str, following: str) -> str:
    """The casts without the last one where the query casts to that type itself."""
    last = casts[casts.rindex("::") :]
    rest = following[len(last) :]
    same = following[: len(last)].lower() == last and not re.match(r"[\w$.]|\s*[\[(]", rest)
    return casts.removesuffix(last) if same else casts


def _after_types(sql: str, facts: QueryFacts, known: Sequence[str]) -> str:
    """The query behind the one that has parameters of the types `known`."""
    if not known:
        return sql
    first = max((parameter.position for parameter in facts.parameters), default=0) + 1
    values = ", ".join(f"${number}::{name}" for number, name in enumerate(known, first))
    name = "types_of_fields"
    while name in sql.lower():
        name += "_"
    made = f"{name} AS (SELECT {values})"
    head = tokenize(SourceFile(facts.span.source.path, sql))[:2]
    if head[0].keyword != "with":
        return f"WITH {made}\n{sql}"
    at = head[1 if head[1].keyword == "recursive" else 0].end
    return f"{sql[:at]} {made},{sql[at:]}"
