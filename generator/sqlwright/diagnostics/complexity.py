"""What is said of a statement that nests deeper than there is room for."""

from __future__ import annotations

from sqlwright.diagnostics import Diagnostic, Label
from sqlwright.source import Span


def too_complex(place: Span) -> Diagnostic:
    """PostgreSQL's own refusal, though its limit is another one."""
    return Diagnostic(
        "statement-too-complex",
        "error",
        "stack depth limit exceeded",
        (Label(place),),
        sqlstate="54001",
    )
