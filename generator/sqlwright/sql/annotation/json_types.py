"""`-- @json settings = my_app.types.Settings`: the Python type of what a json column holds.

The type stays a text here; what it may be is for those to say who write Python.
"""

from __future__ import annotations

import re

from sqlwright.patterns import pattern
from sqlwright.source import SourceFile, Span
from sqlwright.sql.statements import JsonType

_BEGIN = pattern(r"(?:--|/\*)[ \t]*@json\b[ \t]*", re.IGNORECASE)
_COLUMN = pattern(r'(?:"(?P<quoted>(?:[^"]|"")+)"|(?P<plain>\w+))[ \t]*=[ \t]*')
_TYPE = pattern(r"\S(?:.*\S)?", re.DOTALL)


def read_json_type(source: SourceFile, start: int, end: int) -> JsonType | None:
    """What a comment says of a json column; None if it says nothing of one. A comment that is not
    in the form of `@json column = type` gives an empty column and type."""
    text = source.text
    begin = _BEGIN.match(text, start, end)
    if begin is None:
        return None
    if text.startswith("/*", start):
        end -= 2
    column = _COLUMN.match(text, begin.end(), end)
    python = _TYPE.match(text, column.end(), end) if column is not None else None
    if column is None or python is None:
        whole = Span(source, start, start + len(text[start:end].rstrip()))
        return JsonType("", "", whole, whole)
    group = "plain" if column["quoted"] is None else "quoted"
    return JsonType(
        column[group].lower() if group == "plain" else column[group].replace('""', '"'),
        python[0],
        Span(source, *column.span(group)),
        Span(source, *python.span()),
    )
