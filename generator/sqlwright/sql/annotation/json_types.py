"""`-- @json settings = my_app.types.Settings`: the Python type of what a json column holds.

The type stays a text here; what it may be is for those to say who write Python. `-- @json books`
names none: the column is to be what the query makes it of.
"""

from __future__ import annotations

import re

from sqlwright.dataclass import replace
from sqlwright.patterns import pattern
from sqlwright.source import SourceFile, Span
from sqlwright.sql.statements import JsonType

_BEGIN = pattern(r"(?:--|/\*)[ \t]*@json\b[ \t]*", re.IGNORECASE)
_COLUMN = pattern(r'(?:"(?P<quoted>(?:[^"]|"")+)"|(?P<plain>\w+))[ \t]*=[ \t]*')
_NAMES = pattern(r'\s*((?:"(?:[^"]|"")+"|\w+)(?:\s*,\s*(?:"(?:[^"]|"")+"|\w+))*)\s*')
_EACH = pattern(r'"(?P<quoted>(?:[^"]|"")+)"|(?P<plain>\w+)')
_TYPE = pattern(r"\S(?:.*\S)?", re.DOTALL)


def read_json_types(source: SourceFile, start: int, end: int) -> tuple[JsonType, ...]:
    """What a comment says of json columns, nothing if it is about none. A comment that is in
    neither form gives an empty column and type."""
    text = source.text
    begin = _BEGIN.match(text, start, end)
    if begin is None:
        return ()
    if text.startswith("/*", start):
        end -= 2
    if (listed := _NAMES.fullmatch(text, begin.end(), end)) is not None:
        return tuple(_untyped(source, each) for each in _EACH.finditer(text, *listed.span(1)))
    column = _COLUMN.match(text, begin.end(), end)
    python = _TYPE.match(text, column.end(), end) if column is not None else None
    if column is None or python is None:
        whole = Span(source, start, start + len(text[start:end].rstrip()))
        return (JsonType("", "", whole, whole),)
    return (replace(_untyped(source, column), python=python[0], python_span=_span(source, python)),)


def _untyped(source: SourceFile, found: re.Match[str]) -> JsonType:
    group = "plain" if found["quoted"] is None else "quoted"
    column = found[group].lower() if group == "plain" else found[group].replace('""', '"')
    span = Span(source, *found.span(group))
    return JsonType(column, "", span, span)


def _span(source: SourceFile, found: re.Match[str]) -> Span:
    return Span(source, *found.span())
