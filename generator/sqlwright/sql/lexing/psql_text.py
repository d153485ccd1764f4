"""What psql adds to SQL files: meta-commands and the data of `COPY ... FROM stdin`.

Both are blanked out, so that what is left can be read as SQL with every offset unchanged.
"""

from __future__ import annotations

import re

from sqlwright.diagnostics import Diagnostic, Label
from sqlwright.patterns import pattern
from sqlwright.source import SourceFile, Span

_EDGE = pattern(r"--|/\*|'|\"|\$(?:[^\W\d]\w*)?\$|\\|;")
_BLOCK_EDGE = pattern(r"/\*|\*/")
_META = pattern(r"\\(\S*)[^\n]*")
_COPY = pattern(r"(?:\s|--[^\n]*\n|/\*.*?\*/)*copy\b.*\bfrom\s+stdin\b", re.IGNORECASE | re.DOTALL)
_END_OF_DATA = pattern(r"^\\\.[ \t\r]*$", re.MULTILINE)
_ESCAPED_STRING = pattern(r"(?:[^'\\]|\\.|'')*'", re.DOTALL)
_SENDS_QUERY = ("g", "gx", "gset", "gexec", "gdesc", "crosstabview", "watch", ";")
_INCLUDES = ("i", "ir", "include", "include_relative")
_IDENTIFIER = pattern(r"[\w$]")


def without_psql(source: SourceFile, diagnostics: list[Diagnostic]) -> SourceFile:
    """The source with meta-commands and COPY data turned into blanks; a command that would run
    other files or statements gives a warning.
    """
    if "\\" not in source.text:
        return source
    scanner = _Scanner(source, diagnostics)
    scanner.run()
    return source if not scanner.blanks else SourceFile(source.path, scanner.result())


class _Scanner:
    """Walks over the text, knowing just enough of strings and comments to see what is outside."""

    def __init__(self, source: SourceFile, diagnostics: list[Diagnostic]) -> None:
        self.source = source
        self.text = source.text
        self.diagnostics = diagnostics
        self.blanks: list[tuple[int, int, str]] = []
        self.statement = 0

    def run(self) -> None:
        at = 0
        while (edge := _EDGE.search(self.text, at)) is not None:
            at = self._after(edge)

    def _after(self, edge: re.Match[str]) -> int:
        mark, start = edge[0], edge.start()
        if mark == "--":
            return self._find("\n", edge.end())
        if mark == "/*":
            return self._end_of_comment(edge.end())
        if mark == "'":
            return self._end_of_string(start)
        if mark == '"':
            return self._find('"', edge.end())
        if mark == ";":
            return self._after_semicolon(start)
        if mark == "\\":
            return self._meta_command(start)
        if start and _IDENTIFIER.match(self.text[start - 1]):
            return edge.end()  # the dollars belong to a name
        return self._find(mark, edge.end())

    def _find(self, mark: str, at: int) -> int:
        found = self.text.find(mark, at)
        return len(self.text) if found < 0 else found + len(mark)

    def _end_of_comment(self, at: int) -> int:
        depth = 1
        while depth:
            edge = _BLOCK_EDGE.search(self.text, at)
            if edge is None:
                return len(self.text)
            depth += 1 if edge[0] == "/*" else -1
            at = edge.end()
        return at

    def _end_of_string(self, start: int) -> int:
        escapes = start > 0 and self.text[start - 1] in "eE"
        if escapes and (start == 1 or not _IDENTIFIER.match(self.text[start - 2])):
            found = _ESCAPED_STRING.match(self.text, start + 1)
            return found.end() if found else len(self.text)
        return self._find("'", start + 1)

    def _after_semicolon(self, start: int) -> int:
        statement = self.text[self.statement : start]
        self.statement = start + 1
        if not _COPY.match(statement):
            return start + 1
        data = self._find("\n", start)
        end = _END_OF_DATA.search(self.text, data)
        stop = end.end() if end else len(self.text)
        self.blanks.append((data, stop, ""))
        self.statement = stop
        return stop

    def _meta_command(self, start: int) -> int:
        found = _META.match(self.text, start)
        end = found.end() if found else start + 1
        command = found[1] if found else ""
        sends = command in _SENDS_QUERY
        self.blanks.append((start, end, ";" if sends else ""))
        if sends:
            self.statement = end
        if command in _INCLUDES or command == "gexec":
            self._warn(command, start, end)
        return end

    def _warn(self, command: str, start: int, end: int) -> None:
        what = "statements it makes" if command == "gexec" else "file it names"
        self.diagnostics.append(
            Diagnostic(
                "psql-command",
                "warning",
                f"psql's \\{command} is passed over: the {what} cannot be read here",
                (Label(Span(self.source, start, end)),),
                help="name the file among the schema paths instead"
                if command != "gexec"
                else "write out the statements that change the schema",
            )
        )

    def result(self) -> str:
        parts: list[str] = []
        at = 0
        for start, end, instead in self.blanks:
            parts.append(self.text[at:start])
            parts.append(instead + blanked(self.text[start + len(instead) : end]))
            at = end
        parts.append(self.text[at:])
        return "".join(parts)


def blanked(text: str) -> str:
    """As many blanks as the text has characters; line ends stay."""
    return "".join(char if char in "\r\n" else " " for char in text)
