"""The statements of a file one by one, from wherever each is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from sqlwright.source import SourceFile
from sqlwright.sql.lexing.lexer import tokenize
from sqlwright.sql.lexing.splitting import Stretch, split_statements

FEW = 20
"""Parts of a file that are cut into tokens one by one; for more, all the rest of it is."""
NEAR = 4096
"""Characters of a part, in which most statements end."""


class Stretches:
    """The stretches of a file, each behind those that were asked for before. Not all of it is cut
    into tokens for those in `few` parts."""

    def __init__(self, source: SourceFile, few: int = FEW) -> None:
        self._source = source
        self._few = few
        self._near: list[Stretch] = []
        self._rest: Iterator[Stretch] | None = None

    def at(self, start: int) -> Stretch:
        """That which begins there, where a file or another stretch does."""
        if self._rest is None:
            near = self._nearby(start)
            if near is not None:
                return near
            source = self._source
            self._rest = split_statements(tokenize(source, start), start, len(source.text))
        return next(stretch for stretch in self._rest if stretch.start >= start)

    def _nearby(self, start: int) -> Stretch | None:
        """The stretch, if it is in a part of the file that is cut into tokens by itself."""
        known = self._known(start)
        if known is None and self._few > 0:
            self._few -= 1
            self._near = _near_stretches(self._source, start)
            known = self._known(start)
        return known

    def _known(self, start: int) -> Stretch | None:
        return next((stretch for stretch in self._near if stretch.start == start), None)


def _near_stretches(source: SourceFile, start: int) -> list[Stretch]:
    """The next statements, as far as they stand near by and in whole tokens, so that what follows
    cannot change where they end. The end of a file is not near by: it is cut with the rest."""
    end = start + NEAR
    if end >= len(source.text):
        return []
    part = SourceFile(source.path, source.text[:end])
    every = split_statements(tokenize(part, start), start, end)
    return list(takewhile(_is_whole, every))


def _is_whole(stretch: Stretch) -> bool:
    return stretch.closed and all(token.diagnostic is None for token in stretch.tokens)
