"""What templates put values through, by the names that they have there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sqlwright.codegen.model import Code, Field, Function, Import, Line
from sqlwright.render import definitions, layout, strings
from sqlwright.render.import_block import all_lines, import_lines
from sqlwright.render.strings import sql_literal


def origin(sources: Sequence[str]) -> str:
    """The files of a module for its first line, where `coding:` and a word would tell Python how to
    read what follows."""
    return re.sub(
        r"coding([:=])", lambda found: rf"coding\x{ord(found[1]):02x}", " and ".join(sources)
    )


def imports(needed: Sequence[Import]) -> str:
    """The import statements of a module, behind an empty line and before one."""
    return _lines([*import_lines(needed), ""])


def exports(names: Sequence[str]) -> str:
    """The assignment of `__all__`."""
    return _lines(all_lines(names))


def class_header(name: str, bases: str) -> str:
    """The line or lines that begin a class."""
    return _lines(definitions.class_header(name, bases))


def field(made: Field) -> str:
    """The declaration of a field."""
    return _lines(definitions.class_field(made))


def enum_member(name: str, label: str) -> str:
    """A member of an enum."""
    return _lines(definitions.enum_member(name, label))


def signature(function: Function, indent: str = "", end: str = ":") -> str:
    """A function's `def` line or lines; without a body, `end` is `: ...`."""
    return _lines(definitions.signature(function, indent, end))


def statement(line: Line, indent: str = "") -> str:
    """The source lines of one statement."""
    return _lines(layout.statement(line, indent))


def doc(lines: Sequence[str], indent: str) -> str:
    """A docstring."""
    return _lines(strings.docstring(lines, indent))


def sql(text: str) -> str:
    """SQL as a literal."""
    return sql_literal(text)


def broken(code: Code, indent: str, after: str = ",") -> str:
    """Code in its place, without the indentation of its first line and what follows it."""
    lines = _lines(layout.broken(code, indent, "", after))
    return lines.removeprefix(indent).removesuffix("," if after == "," else "")


def _lines(lines: Iterator[str] | Sequence[str]) -> str:
    return "\n".join(lines)
