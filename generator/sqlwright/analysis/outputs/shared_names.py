"""What `-- @row AuthorSummary` says: the class that several queries share."""

from __future__ import annotations

import keyword
import re
from typing import NoReturn

from sqlwright.analysis.facts import SharedName
from sqlwright.diagnostics import Diagnostic, DiagnosticError, Label
from sqlwright.source import Span
from sqlwright.sql.annotation.words import words_named
from sqlwright.sql.statements import QueryStatement

_CLASS = re.compile(r"[A-Za-z]\w*", re.ASCII)
_ROWLESS = frozenset({"exec", "execrows", "execresult", "copyfrom", "batchexec"})


def shared_row(statement: QueryStatement) -> SharedName | None:
    """The class of a query's rows, if it names one. Raises DiagnosticError for what is no name of a
    class, and in a query that gives no rows."""
    words = words_named("row", statement.words)
    if not words:
        return None
    command = statement.annotation.command
    if command in _ROWLESS:
        _refuse(f"@row names the class of rows, and :{command} gives none", words[0].span, None)
    if len(words) > 1:
        _refuse("@row is said twice", words[1].span, "a row has one class")
    said = words[0].said
    if _CLASS.fullmatch(said.text) is None or keyword.iskeyword(said.text):
        where = said if said.text else words[0].span
        _refuse("@row is of the form `@row ClassName`", where, "name one class, as Python does")
    return SharedName(said.text, said)


def _refuse(message: str, span: Span, help: str | None) -> NoReturn:
    raise DiagnosticError(
        Diagnostic("invalid-annotation", "error", message, (Label(span),), help=help)
    )
