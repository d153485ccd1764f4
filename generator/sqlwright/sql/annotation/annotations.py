"""The comment that makes a statement a query: `-- name: GetAuthor :one`.

Read as sqlc reads it: a comment in column 0 whose text begins with `name` and holds a colon is
meant as an annotation, and then has to be one to the letter.
"""

from __future__ import annotations

import re
from typing import NoReturn, get_args

from sqlwright.diagnostics import Code, Diagnostic, DiagnosticError, Label
from sqlwright.diagnostics.spelling import nearest
from sqlwright.patterns import pattern
from sqlwright.source import SourceFile, Span
from sqlwright.sql.statements import Annotation, Command

COMMANDS: tuple[Command, ...] = get_args(Command)
_EXAMPLE = "write it as `-- name: GetAuthor :one`"
_WORD = pattern(r"[^ ]+|(?<= )(?= )")
_AIOSQL: dict[str, Command] = {
    "^": "one",
    "$": "one",
    "<!": "one",
    "!": "execrows",
    "*!": "batchexec",
}
"""What aiosql writes behind a name, and the command that does the same."""
_AIOSQL_NAME = pattern(r"(?P<name>[^\W\d][\w-]*)(?P<sign>[^\w\s-]+)")
_NEARLY = pattern(rf"(?:--|/\*)\s*name\s*:\s*\w+\s+:(?:{'|'.join(COMMANDS)})\b", re.IGNORECASE)
_FOREIGN = pattern(
    rf"(?:#|//)\s*(?P<rest>name\s*:\s*\w+\s+:(?:{'|'.join(COMMANDS)})\b)", re.IGNORECASE
)
_ANNOTATION_LINE = pattern(
    rf"^-- name: [^\W\d]\w* :(?:{'|'.join(COMMANDS)})[ \t\r]*$", re.MULTILINE
)


def read_annotation(source: SourceFile, start: int, end: int) -> Annotation | None:
    """The annotation in a column-0 comment whose first line is `source.text[start:end]`.

    None for a comment that is not meant as one. Raises `DiagnosticError` for one that is malformed,
    with `query` set where its name could be read.
    """
    line = Span(source, start, start + len(source.text[start:end].rstrip()))
    rest = line.text[2:]
    if not rest.lstrip().startswith("name") or ":" not in rest:
        return None
    if not rest.startswith(" name: "):
        _refuse(
            "invalid-annotation",
            f"invalid metadata: {line.text}",
            line,
            f"{_EXAMPLE}, or begin the remark with another word than name",
        )
    parts = [
        Span(source, start + word.start(), start + word.end()) for word in _WORD.finditer(line.text)
    ]
    if line.text.startswith("/*"):
        parts.pop()
    if len(parts) == 3:
        _refuse(
            "missing-command",
            f"missing query type [{', '.join(f':{command}' for command in COMMANDS)}]: {line.text}",
            parts[2],
            _of_aiosql(parts[2].text) or f"{_EXAMPLE}, the command after the name",
            query=parts[2].text,
        )
    if len(parts) != 4:
        _refuse(
            "invalid-annotation",
            f"invalid query comment: {line.text}",
            line,
            f"{_EXAMPLE}, with single spaces and nothing after the command",
            query=parts[2].text if len(parts) > 2 else None,
        )
    name, command = parts[2], parts[3]
    kind = _command(command, name)
    if not name.text.isidentifier():
        _refuse(
            "invalid-query-name",
            f'invalid query name "{name.text}"',
            name,
            "a name has letters, digits and underscores, and does not begin with a digit",
        )
    return Annotation(name.text, kind, name, command)


def _of_aiosql(written: str) -> str | None:
    """How an annotation of aiosql's is written here."""
    found = _AIOSQL_NAME.fullmatch(written)
    command = _AIOSQL.get(found["sign"]) if found is not None else None
    if found is None or command is None:
        return None
    name = found["name"].replace("-", "_")
    return f"aiosql's {found['sign']} is :{command} here: write `-- name: {name} :{command}`"


def near_miss(source: SourceFile, start: int, end: int) -> Diagnostic | None:
    """A warning for a comment that looks like an annotation but is not read as one."""
    if not _NEARLY.match(source.text, start, end):
        return None
    _, column = source.position(start)
    reason = "its first word is name in lower case" if column == 1 else "it begins in column 1"
    return Diagnostic(
        "ignored-annotation",
        "warning",
        "this comment is no annotation, so the statement is passed over",
        (Label(Span(source, start, end)),),
        help=f"an annotation is read only if {reason}",
    )


def foreign_comment(source: SourceFile, start: int) -> tuple[Diagnostic, ...]:
    """A warning for a statement that begins with an annotation in a comment of another language."""
    found = _FOREIGN.match(source.text, start)
    if found is None:
        return ()
    return (
        Diagnostic(
            "ignored-annotation",
            "warning",
            "this is no comment, so the statement has no annotation and is passed over",
            (Label(Span(source, start, found.end())),),
            help=f"write it as `-- {found['rest']}`",
        ),
    )


def next_annotation_line(source: SourceFile, start: int) -> int | None:
    """Where the first well-formed annotation at or after `start` begins, whatever surrounds it."""
    found = _ANNOTATION_LINE.search(source.text, start)
    return found.start() if found else None


def _command(command: Span, name: Span) -> Command:
    word = command.text
    known: Command | None = next((each for each in COMMANDS if word == f":{each}"), None)
    if known is not None:
        return known
    close = nearest(word.strip(":").lower(), COMMANDS)
    suggestion = f"did you mean `:{close[0]}`?" if close else None
    if word == ":execlastid":
        suggestion = "PostgreSQL has no last id; add RETURNING with the key, and make it :one"
    everything = f"the commands are {', '.join(f':{each}' for each in COMMANDS)}"
    return _refuse(
        "invalid-command",
        f"invalid query type: {word}",
        command,
        suggestion or everything,
        query=name.text,
    )


def _refuse(
    code: Code, message: str, span: Span, help: str, *, query: str | None = None
) -> NoReturn:
    raise DiagnosticError(
        Diagnostic(code, "error", message, (Label(span),), help=help, query=query)
    )
