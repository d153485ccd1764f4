"""The forms for other programs: one line each, JSON, and GitHub workflow commands."""

from __future__ import annotations

from typing import TypedDict

from sqlwright.diagnostics.display import shown, shown_lines
from sqlwright.diagnostics.model import Diagnostic, Edit
from sqlwright.source import Span


class DiagnosticJson(TypedDict):
    """A diagnostic as `inspect --format json` and `--diagnostics json` show it.

    Lines and columns count from 1; the end is the first character after the place. Those without
    a place have `file` None and zeros.
    """

    code: str
    severity: str
    message: str
    help: str | None
    notes: list[str]
    sqlstate: str | None
    query: str | None
    file: str | None
    line: int
    column: int
    end_line: int
    end_column: int
    labels: list[LabelJson]
    fix: list[EditJson]


class EditJson(TypedDict):
    """A place, and what to write there instead."""

    text: str
    file: str
    line: int
    column: int
    end_line: int
    end_column: int


class LabelJson(TypedDict):
    """A secondary place."""

    message: str
    file: str
    line: int
    column: int
    end_line: int
    end_column: int


def as_json(diagnostic: Diagnostic) -> DiagnosticJson:
    """The diagnostic as plain data."""
    primary = diagnostic.labels[0].span if diagnostic.labels else None
    line, column = primary.source.position(primary.start) if primary else (0, 0)
    end_line, end_column = primary.source.position(primary.end) if primary else (0, 0)
    return DiagnosticJson(
        code=diagnostic.code,
        severity=diagnostic.severity,
        message=diagnostic.message,
        help=diagnostic.help,
        notes=list(diagnostic.notes),
        sqlstate=diagnostic.sqlstate,
        query=diagnostic.query,
        file=primary.source.path if primary else None,
        line=line,
        column=column,
        end_line=end_line,
        end_column=end_column,
        labels=[_label(label.message, label.span) for label in diagnostic.labels[1:]],
        fix=[_edit(each) for each in diagnostic.fix],
    )


def _edit(edit: Edit) -> EditJson:
    span = edit.span
    line, column = span.source.position(span.start)
    end_line, end_column = span.source.position(span.end)
    return EditJson(
        text=edit.text,
        file=span.source.path,
        line=line,
        column=column,
        end_line=end_line,
        end_column=end_column,
    )


def _label(message: str, span: Span) -> LabelJson:
    line, column = span.source.position(span.start)
    end_line, end_column = span.source.position(span.end)
    return LabelJson(
        message=message,
        file=span.source.path,
        line=line,
        column=column,
        end_line=end_line,
        end_column=end_column,
    )


def concise(diagnostic: Diagnostic) -> str:
    """`file:line:column: code: message`, the form editors and grep understand."""
    said = shown(f"{diagnostic.code}: {diagnostic.message}".replace("\n", " "))
    if not diagnostic.labels:
        return said
    span = diagnostic.labels[0].span
    line, column = span.source.position(span.start)
    return f"{shown(span.source.path)}:{line}:{column}: {said}"


def github(diagnostic: Diagnostic) -> str:
    """A GitHub workflow command that annotates the place in a pull request."""
    kind = {"error": "error", "warning": "warning", "note": "notice"}[diagnostic.severity]
    item = as_json(diagnostic)
    properties = {"title": f"sqlwright {diagnostic.code}"}
    if item["file"] is not None:
        properties = {
            "file": item["file"],
            "line": str(item["line"]),
            "col": str(item["column"]),
            "endLine": str(item["end_line"]),
            "endColumn": str(item["end_column"]),
            **properties,
        }
    listed = ",".join(f"{key}={_escape_property(value)}" for key, value in properties.items())
    notes = "".join(f"\nnote: {note}" for note in diagnostic.notes)
    advice = f"\nhelp: {diagnostic.help}" if diagnostic.help else ""
    message = shown_lines(f"{diagnostic.message}{notes}{advice}")
    return f"::{kind} {listed}::{_escape(message)}"


def _escape(text: str) -> str:
    """Escapes of workflow commands, as GitHub's toolkit defines them."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")
