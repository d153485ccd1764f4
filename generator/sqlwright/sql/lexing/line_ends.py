"""Line ends of Windows, which are no part of SQL except within its literals and quoted names."""

from __future__ import annotations

from collections.abc import Iterator

from sqlwright.source import SourceFile

_WINDOWS = "\r\n"


def with_plain_line_ends(text: str) -> str:
    """The text with plain line ends wherever PostgreSQL takes a line end for white space."""
    return "".join(_pieces(text)) if _WINDOWS in text else text


def _pieces(text: str) -> Iterator[str]:
    from sqlwright.sql.lexing.lexer import tokenize  # which those who only read have no need of

    at = 0
    for token in tokenize(SourceFile("", text)):
        if token.kind in ("string", "quoted") and _WINDOWS in token.text:
            yield text[at : token.start].replace(_WINDOWS, "\n")
            yield token.text
            at = token.end
    yield text[at:].replace(_WINDOWS, "\n")
