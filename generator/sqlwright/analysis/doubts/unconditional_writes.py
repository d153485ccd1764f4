"""UPDATE and DELETE that say nothing of the rows they are about."""

from __future__ import annotations

from collections.abc import Iterator

from sqlwright.analysis.finished import Finished
from sqlwright.diagnostics import Diagnostic, Label
from sqlwright.source import Span

_WORKED_OUT = ("cte", "subquery", "function")


def unconditional_advice(finished: Finished) -> Iterator[Diagnostic]:
    """A warning for each UPDATE and DELETE without WHERE, parts of WITH included. `WHERE true` says
    that every row is meant; where the statement itself works out what it is joined with, that may
    be its condition.
    """
    for part in finished.queries() if finished.query.writes else ():
        if (
            part.command not in ("update", "delete")
            or part.where is not None
            or part.target_entry is None
            or any(each.kind in _WORKED_OUT for each in part.entries)
        ):
            continue
        target = part.target_entry
        verb = "changes" if part.command == "update" else "removes"
        yield Diagnostic(
            "unconditional-write",
            "warning",
            f"{part.command.upper()} without WHERE {verb} every row of {target.name}",
            (Label(Span(finished.statement.source, target.start, target.end)),),
            query=finished.statement.annotation.name,
            help="if every row is meant, write `WHERE true`",
        )
