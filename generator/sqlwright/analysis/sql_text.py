"""The SQL to run: the statement as written, with markers, stars and comments replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlwright.analysis.state.parse_state import TextEdit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlwright.sql.statements import QueryStatement


def final_sql(statement: QueryStatement, edits: Iterable[TextEdit]) -> str:
    """The statement's text under all edits.

    Insertions at one place keep their order; a replacement inside another gives way to it, as a
    marker does inside a rewritten IN list.
    """
    changes = [
        *edits,
        *(
            TextEdit(marker.start, marker.end, f"${marker.number}")
            for marker in statement.markers
            if marker.number
        ),
        *(TextEdit(removal.start, removal.end, "") for removal in statement.removals),
    ]
    text = statement.source.text
    pieces: list[str] = []
    at = statement.start
    for change in sorted(changes, key=lambda each: (each.start, _is_insertion_after(each))):
        if change.start < at:
            continue
        pieces.append(text[at : change.start])
        pieces.append(change.text)
        at = max(at, change.end)
    pieces.append(text[at : statement.end])
    return "".join(pieces).strip()


def _is_insertion_after(change: TextEdit) -> int:
    """Insertions come before the replacement that starts at the same place."""
    return 0 if change.start == change.end else 1
