"""Source texts and places in them. Line and column are computed only when shown."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property

from sqlwright.dataclass import dataclass, field


@dataclass(frozen=True, eq=False)
class SourceFile:
    """A text with the path it is shown under; offsets into it count characters from 0."""

    path: str
    text: str = field(repr=False)

    @cached_property
    def _line_starts(self) -> list[int]:
        starts = [0]
        at = self.text.find("\n")
        while at != -1:
            starts.append(at + 1)
            at = self.text.find("\n", at + 1)
        return starts

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of a character, both counted from 1."""
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def line_text(self, line: int) -> str:
        """One line, counted from 1, without its line ending."""
        start = self._line_starts[line - 1]
        end = self._line_starts[line] if line < len(self._line_starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")

    def __reduce__(self) -> tuple[type[SourceFile], tuple[str, str]]:
        return SourceFile, (self.path, self.text)


@dataclass(frozen=True, slots=True)
class Span:
    """The characters `start` up to, not including, `end` of one source file."""

    source: SourceFile
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.source.text[self.start : self.end]
