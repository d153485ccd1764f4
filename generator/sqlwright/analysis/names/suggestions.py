"""Which column a misspelt name may have meant: PostgreSQL's own rule for its hints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlwright.analysis.names.columns import has_system_column
from sqlwright.dataclass import dataclass, field

if TYPE_CHECKING:
    from sqlwright.analysis.state.parse_state import ParseState
    from sqlwright.analysis.tree import RangeTableEntry

_MAX_DISTANCE = 3


@dataclass(slots=True)
class ColumnMatches:
    """The nearest columns found so far: exact ones that cannot be seen, and near misses."""

    distance: int = _MAX_DISTANCE + 1
    near: list[tuple[RangeTableEntry, str]] = field(default_factory=list)
    exact: list[RangeTableEntry] = field(default_factory=list)

    def consider(self, entry: RangeTableEntry, actual: str, wanted: str, penalty: int) -> None:
        """Take a column into account; too many equally near ones rule that distance out."""
        if penalty > self.distance:
            return
        distance = levenshtein(actual, wanted)
        if distance > len(wanted) // 2:
            return
        distance += penalty
        if distance < self.distance:
            self.distance = distance
            self.near = [(entry, actual)]
        elif distance == self.distance:
            if len(self.near) == 2:
                self.near = []
                self.distance = distance - 1
            elif self.near or self.distance <= _MAX_DISTANCE:
                self.near.append((entry, actual))


def levenshtein(first: str, second: str) -> int:
    """Edit distance with unit costs."""
    previous = list(range(len(second) + 1))
    for row, letter in enumerate(first, 1):
        current = [row]
        for column, other in enumerate(second, 1):
            current.append(
                min(
                    previous[column] + 1,
                    current[column - 1] + 1,
                    previous[column - 1] + (letter != other),
                )
            )
        previous = current
    return previous[-1]


def search_range_table_for_column(
    state: ParseState, relation_name: str | None, column_name: str
) -> ColumnMatches:
    """All entries of this level and those around it, whether they can be seen from here or not."""
    matches = ColumnMatches()
    level: ParseState | None = state
    while level is not None:
        for entry in level.entries:
            if entry.kind == "join":
                continue
            alias = entry.alias or entry.name
            penalty = 0 if relation_name is None else levenshtein(relation_name, alias)
            penalty = min(penalty, _MAX_DISTANCE + 2)
            names = [column.name for column in entry.columns]
            has_it = column_name in names or has_system_column(entry, column_name)
            if has_it and penalty == 0:
                matches.exact.append(entry)
            for name in names:
                matches.consider(entry, name, column_name, penalty)
        level = level.parent
    return matches
