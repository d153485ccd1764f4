"""What `-- @row AuthorSummary` and `-- @params NewAuthor` say: the classes of the rows that queries
give and take, which they share."""

from __future__ import annotations

import keyword
import re
from collections.abc import Sequence
from typing import NoReturn

from sqlwright.analysis.facts import SharedName
from sqlwright.diagnostics import Diagnostic, DiagnosticError, Label
from sqlwright.patterns import pattern
from sqlwright.source import Span
from sqlwright.sql.annotation.words import words_named
from sqlwright.sql.statements import QueryStatement, Word

_CLASS = pattern(r"[A-Za-z]\w*", re.ASCII)
_ROWLESS = frozenset({"exec", "execrows", "execresult", "copyfrom", "batchexec"})
_TAKE_ROWS = frozenset({"copyfrom", "batchexec", "batchmany", "batchone"})


def shared_row(statement: QueryStatement) -> SharedName | None:
    """The class of a query's rows, if it names one. Raises DiagnosticError for what is no name of a
    class, and in a query that gives no rows."""
    words = words_named("row", statement.words)
    command = statement.annotation.command
    if words and command in _ROWLESS:
        _refuse(f"@row names the class of rows, and :{command} gives none", words[0].span, None)
    return _class_name(words)


def shared_params(statement: QueryStatement) -> SharedName | None:
    """The class of the rows that a query takes, if it names one. Raises DiagnosticError for what is
    no name of a class, and in a query that takes no rows."""
    words = words_named("params", statement.words)
    takes_rows = statement.annotation.command in _TAKE_ROWS or words_named("rows", statement.words)
    if words and not takes_rows:
        _refuse(
            "@params names the class of rows that come in, and this query takes none",
            words[0].span,
            "it goes with :copyfrom, with :batchexec, :batchmany and :batchone, and with @rows",
        )
    return _class_name(words)


def _class_name(words: Sequence[Word]) -> SharedName | None:
    if not words:
        return None
    what = words[0].name
    if len(words) > 1:
        _refuse(f"@{what} is said twice", words[1].span, "there is one class of them")
    said = words[0].said
    if _CLASS.fullmatch(said.text) is None or keyword.iskeyword(said.text):
        where = said if said.text else words[0].span
        _refuse(
            f"@{what} is of the form `@{what} ClassName`", where, "name one class as Python does"
        )
    return SharedName(said.text, said)


def _refuse(message: str, span: Span, help: str | None) -> NoReturn:
    raise DiagnosticError(
        Diagnostic("invalid-annotation", "error", message, (Label(span),), help=help)
    )
