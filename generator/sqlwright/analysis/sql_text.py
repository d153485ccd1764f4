"""The SQL to run: the statement as written, with markers, stars and comments replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlwright.dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlwright.analysis.state.parse_state import TextEdit
    from sqlwright.sql.statements import QueryStatement


@dataclass(frozen=True, slots=True)
class Change:
    """Text in the place of a stretch of the source; with a `parameter` it is that one's `$n`."""

    start: int
    end: int
    text: str
    parameter: int = 0


def changes_of(statement: QueryStatement, edits: Iterable[TextEdit]) -> list[Change]:
    """All that is changed of a statement's text, in order.

    Insertions at one place keep their order; a replacement inside another gives way to it, as a
    marker does inside a rewritten IN list.
    """
    changes = [
        *(Change(edit.start, edit.end, edit.text) for edit in edits),
        *(
            Change(marker.start, marker.end, f"${marker.number}", marker.number)
            for marker in statement.markers
            if marker.number
        ),
        *(Change(removal.start, removal.end, "") for removal in statement.removals),
    ]
    return sorted(changes, key=lambda each: (each.start, _is_insertion_after(each)))


def final_sql(statement: QueryStatement, edits: Iterable[TextEdit]) -> str:
    """The statement's text under all edits."""
    text = statement.source.text
    pieces: list[str] = []
    at = statement.start
    for change in changes_of(statement, edits):
        if change.start < at:
            continue
        pieces.append(text[at : change.start])
        pieces.append(change.text)
        at = max(at, change.end)
    pieces.append(text[at : statement.end])
    return "".join(pieces).strip()


def _is_insertion_after(change: Change) -> int:
    """Insertions come before the replacement that starts at the same place."""
    return 0 if change.start == change.end else 1
