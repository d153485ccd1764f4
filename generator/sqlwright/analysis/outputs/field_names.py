"""What `-- @fields books = id, title` says: the names of the fields of anonymous rows.

The rows are those of a result column. `books.tags` are those in the field `tags` of these.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NoReturn

from sqlwright.analysis.facts import RecordField, ResultColumn
from sqlwright.catalog import oids
from sqlwright.dataclass import dataclass, replace
from sqlwright.diagnostics import Diagnostic, DiagnosticError, Label
from sqlwright.diagnostics.spelling import did_you_mean, nearest
from sqlwright.patterns import pattern
from sqlwright.source import Span
from sqlwright.sql.annotation.words import name_in, named_groups, words_named
from sqlwright.sql.statements import QueryStatement, Word

_NAME = r'(?:"(?:[^"]|"")+"|[^\s,()".=]+)'
_PATH = pattern(rf"\s*({_NAME}(?:\.{_NAME})*)\s*=")
_EACH = pattern(_NAME)


def with_field_names(
    statement: QueryStatement, columns: tuple[ResultColumn, ...]
) -> tuple[ResultColumn, ...]:
    """The columns, with the names that the words of the query give. Raises DiagnosticError where
    these do not fit."""
    changed = list(columns)
    for said in map(_read, words_named("fields", statement.words)):
        names = [column.name for column in columns]
        wanted = name_in(said.path[0])
        if wanted not in names:
            _unknown(said.path[0], f'the query has no result column "{wanted}"', names)
        for at, column in enumerate(changed):
            if column.name == wanted:
                changed[at] = replace(column, fields=_named(column, said, 1))
    return tuple(changed)


@dataclass(frozen=True, slots=True)
class _Said:
    """The rows that are meant, step by step, and the names of their fields."""

    path: tuple[Span, ...]
    names: tuple[Span, ...]


def _read(word: Word) -> _Said:
    said = word.said
    found = _PATH.match(said.source.text, said.start, said.end)
    groups = named_groups(replace(said, start=found.end())) if found is not None else None
    if found is None or not groups or any(len(group) > 1 for group in groups):
        _refuse(
            "@fields is of the form `@fields column = a, b`",
            said if said.text else word.span,
            "name the result column, and then each field of its rows",
        )
    names = tuple(span for group in groups for span in group)
    for at, span in enumerate(names):
        if name_in(span) in map(name_in, names[:at]):
            _refuse(f'"{name_in(span)}" is named twice', span, "give each field a name of its own")
    steps = (Span(said.source, *each.span()) for each in _EACH.finditer(found[1]))
    start = found.start(1)
    path = tuple(replace(step, start=step.start + start, end=step.end + start) for step in steps)
    return _Said(path, names)


def _named(rows: ResultColumn | RecordField, said: _Said, depth: int) -> tuple[RecordField, ...]:
    """The fields of rows under their names, or of the rows within them that the path leads to."""
    step = said.path[depth - 1]
    fields = _fields(rows, step)
    if depth == len(said.path):
        _check_number(fields, said)
        named = zip(fields, said.names, strict=True)
        return tuple(replace(field, name=name_in(span)) for field, span in named)
    wanted = name_in(said.path[depth])
    names = [field.name for field in fields]
    if wanted not in names:
        known = [field.name for field in fields if field.name and field.fields is not None]
        message = f'the rows of "{name_in(step)}" have no field "{wanted}"'
        _unknown(said.path[depth], message, known, "rows are in")
    return tuple(
        replace(field, fields=_named(field, said, depth + 1)) if field.name == wanted else field
        for field in fields
    )


def _fields(rows: ResultColumn | RecordField, step: Span) -> tuple[RecordField, ...]:
    if rows.json is not None:
        message = f'"{rows.name}" is json, in which keys name the fields'
        return _refuse(message, step, "give the keys other names where the objects are made")
    anonymous = rows.type in (oids.RECORD, oids.RECORD_ARRAY)
    if rows.fields is not None and anonymous:
        return rows.fields
    message = f'"{rows.name}" holds no anonymous rows, whose fields could be named'
    if anonymous:
        message = f'nothing tells the fields of the rows in "{rows.name}"'
    return _refuse(message, step, "make the rows by ROW(...) or by a subquery")


def _check_number(fields: Sequence[RecordField], said: _Said) -> None:
    if len(fields) == len(said.names):
        return
    shown = ", ".join(field.name or f"unnamed {at}" for at, field in enumerate(fields, 1))
    _refuse(
        f"the rows have {_counted(len(fields), 'field')} and "
        f"{_counted(len(said.names), 'name')} {'is' if len(said.names) == 1 else 'are'} given",
        said.names[min(len(said.names), len(fields) + 1) - 1],
        f"the fields are: {shown}",
    )


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _unknown(span: Span, message: str, names: Sequence[str], what: str = "it has") -> NoReturn:
    listed = ", ".join(dict.fromkeys(names)) or "none"
    near = did_you_mean(nearest(name_in(span), names))
    _refuse(message, span, near or f"{what}: {listed}")


def _refuse(message: str, span: Span, help: str) -> NoReturn:
    raise DiagnosticError(
        Diagnostic("invalid-annotation", "error", message, (Label(span),), help=help)
    )
