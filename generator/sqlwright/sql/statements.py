"""A statement as read from a file: its text, annotation, comments, markers and syntax tree."""

from __future__ import annotations

from typing import Any, Literal

from sqlwright.dataclass import dataclass
from sqlwright.diagnostics import Diagnostic
from sqlwright.source import SourceFile, Span
from sqlwright.sql.nodes import Statement

Command = Literal[
    "one",
    "many",
    "exec",
    "execrows",
    "execresult",
    "copyfrom",
    "batchexec",
    "batchmany",
    "batchone",
    "stream",
]
"""What a function returns of its query's rows, as the annotation says after the name."""


@dataclass(frozen=True, slots=True)
class Annotation:
    """`-- name: Name :command`; the spans are those of the name and of the command."""

    name: str
    command: Command
    name_span: Span
    command_span: Span


@dataclass(frozen=True, slots=True)
class Marker:
    """A parameter or embed marker in the text, `start` to `end` in the source file.

    `number` is the `$n` it was given (0 for an embed). Several markers of one name share a number.
    `written` is the name before PostgreSQL's rules made its letters small, for a parameter.
    """

    kind: Literal["positional", "arg", "narg", "slice", "embed"]
    name: str
    number: int
    start: int
    end: int
    written: str = ""


@dataclass(frozen=True, slots=True)
class Removal:
    """A stretch of the source that is left out of the SQL to run: a column-0 comment line, or the
    mark of an alias that overrides nullability.
    """

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Override:
    """The user's word that a result column can be NULL or cannot; empty `column`: none is named.
    With `elements` it is about the elements of an array, which may be a parameter's too.

    `target` is where the select-list item begins whose alias says so; None for a directive, which
    is about every column of the name.
    """

    nullable: bool
    column: str
    span: Span
    target: int | None = None
    elements: bool = False


@dataclass(frozen=True, slots=True)
class JsonType:
    """`@json column = python` in a query's comment, and where its two sides stand; both are empty
    for a line that is of no form. Of `@json column` only `python` is: what the query makes the
    column of has a type."""

    column: str
    python: str
    column_span: Span
    python_span: Span


@dataclass(frozen=True, slots=True)
class Word:
    """A word that a comment says of a query, such as `@optional`, and what stands behind it."""

    name: str
    span: Span
    said: Span


@dataclass(frozen=True, slots=True)
class Extent:
    """Where a statement stands in its file, with the comments before it and the semicolon behind
    it, if one is there (`closed`)."""

    start: int
    end: int
    closed: bool


@dataclass(frozen=True, slots=True)
class Remembered:
    """An annotated query that need not be read again, since what reading it reported and its
    `outcome` are known; what follows it begins at `end`."""

    annotation: Annotation
    problems: tuple[Diagnostic, ...]
    end: int
    outcome: Any


@dataclass(frozen=True, slots=True)
class QueryStatement:
    """One annotated query. The SQL to run is `source.text[start:end]` without `removals`; `extent`
    is all of it. `problems` were reported as it was read."""

    source: SourceFile
    extent: Extent
    start: int
    end: int
    annotation: Annotation
    comment: tuple[str, ...]
    markers: tuple[Marker, ...]
    removals: tuple[Removal, ...]
    tree: Statement
    overrides: tuple[Override, ...] = ()
    json_types: tuple[JsonType, ...] = ()
    words: tuple[Word, ...] = ()
    problems: tuple[Diagnostic, ...] = ()

    def saying(self, name: str) -> list[Word]:
        """The words of the comment of that name."""
        return [word for word in self.words if word.name == name]
