"""The statements of a file one by one, from wherever each is asked for."""

from __future__ import annotations

from collections.abc import Iterator

from sqlwright.source import SourceFile
from sqlwright.sql.lexing.lexer import tokenize
from sqlwright.sql.lexing.splitting import Stretch, split_statements

FEW = 20
"""Statements that are looked for one by one; for more, the rest of the file is cut into tokens."""
NEAR = 4096
"""Characters in which most statements end."""


class Stretches:
    """The stretches of a file, each behind those that were asked for before. Not all of it is cut
    into tokens for `few` of them."""

    def __init__(self, source: SourceFile, few: int = FEW) -> None:
        self._source = source
        self._few = few
        self._rest: Iterator[Stretch] | None = None

    def at(self, start: int) -> Stretch:
        """That which begins there, where a file or another stretch does."""
        if self._rest is None and self._few > 0:
            self._few -= 1
            near = _near_stretch(self._source, start)
            if near is not None:
                return near
        if self._rest is None:
            source = self._source
            self._rest = split_statements(tokenize(source, start), start, len(source.text))
        return next(stretch for stretch in self._rest if stretch.start >= start)


def _near_stretch(source: SourceFile, start: int) -> Stretch | None:
    """The next statement, if all of it stands near by and in whole tokens, so that what follows
    cannot change where it ends."""
    end = start + NEAR
    if end >= len(source.text):
        return None
    part = SourceFile(source.path, source.text[:end])
    stretch = next(split_statements(tokenize(part, start), start, end))
    if not stretch.closed or any(token.diagnostic is not None for token in stretch.tokens):
        return None
    return stretch
