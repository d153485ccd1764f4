"""The errors that a handler of a DO block is for (manual, appendix A)."""

from __future__ import annotations

from sqlwright.sql.plpgsql.raising import conditions


def handles(caught: tuple[str, ...], sqlstate: str | None) -> bool:
    """Whether one of the names, or codes, of a handler stands for an error."""
    for condition in caught:
        name = condition.lower()
        if name == "others" or sqlstate in (conditions().get(name), condition):
            return True
    return False
