"""What sqlwright has to say about its input, as data; other modules lay it out."""

from __future__ import annotations

from typing import Literal

from sqlwright.dataclass import dataclass
from sqlwright.diagnostics.codes import Code
from sqlwright.source import Span

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Label:
    """A place worth pointing at, with a few words on why; the message may be empty."""

    span: Span
    message: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """A place in a text, and what to write there instead."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One report.

    `code` is a permanent kebab-case name; `sqlstate` is PostgreSQL's, where PostgreSQL has one, and
    `message` is then worded as PostgreSQL words it, as are its details and hints among `notes`.
    `help` is our own advice. The first label is the primary one; the rest are secondary and may lie
    in other files. `query` names the annotated query it belongs to. `cause` is the place of another
    error, in a schema file, without which this one would not be. `fix` is what the help advises as
    changes of the text, where these have been tried.
    """

    code: Code
    severity: Severity
    message: str
    labels: tuple[Label, ...] = ()
    notes: tuple[str, ...] = ()
    help: str | None = None
    sqlstate: str | None = None
    query: str | None = None
    cause: Span | None = None
    fix: tuple[Edit, ...] = ()


class DiagnosticError(Exception):
    """Carries the diagnostic that ends the work on one query or one schema statement."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic
