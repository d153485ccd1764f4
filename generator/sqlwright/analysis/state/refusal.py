"""A refusal that does not yet know its place: the pure rules raise it, callers add the span."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from sqlwright.analysis.state.parse_state import ParseState
    from sqlwright.analysis.tree import Expr
    from sqlwright.diagnostics import Code, Label
    from sqlwright.sql.nodes import Node


class RefusalError(Exception):
    """PostgreSQL would refuse, with this SQLSTATE and message; `detail` and `hint` are its own,
    `help` and `labels` are ours."""

    def __init__(
        self,
        code: Code,
        message: str,
        *,
        sqlstate: str,
        detail: str | None = None,
        hint: str | None = None,
        help: str | None = None,
        labels: tuple[Label, ...] = (),
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.sqlstate = sqlstate
        self.detail = detail
        self.hint = hint
        self.help = help
        self.labels = labels


def raise_at(
    state: ParseState, refusal: RefusalError, where: Node | Expr | tuple[int, int] | None
) -> NoReturn:
    """End the analysis with a refusal, now that its place is known."""
    state.error(
        refusal.code,
        refusal.message,
        where,
        sqlstate=refusal.sqlstate,
        detail=refusal.detail,
        hint=refusal.hint,
        help=refusal.help,
        labels=refusal.labels,
    )
