"""GROUP BY: keys, and the grouping sets that ROLLUP, CUBE and GROUPING SETS stand for."""

from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING

from sqlwright.analysis.clauses.row_clauses import (
    Targets,
    add_target_to_group_list,
    find_target_list_entry_sql92,
    find_target_list_entry_sql99,
)
from sqlwright.dataclass import dataclass
from sqlwright.sql import nodes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlwright.analysis.state.parse_state import ExprKind, ParseState

KeySet = tuple[int, ...]

_MOST_SETS = 4096
_MOST_CUBE_ELEMENTS = 12


@dataclass(frozen=True, slots=True)
class GroupClause:
    """The keys grouped by and, where any were written, the grouping sets over them."""

    keys: KeySet
    sets: tuple[KeySet, ...] = ()


class _Keys:
    """Turns the expressions of GROUP BY into keys of the target list, in the order written."""

    def __init__(
        self, state: ParseState, targets: Targets, kind: ExprKind, use_sql99: bool
    ) -> None:
        self._state = state
        self._targets = targets
        self._kind: ExprKind = kind
        self._find = find_target_list_entry_sql99 if use_sql99 else find_target_list_entry_sql92
        self.found: list[int] = []

    def key(self, node: nodes.Expr) -> int:
        at = self._find(self._state, node, self._targets, self._kind)
        self.found = add_target_to_group_list(self._state, at, self.found, self._targets, node)
        return self._targets[at].key

    def key_list(self, node: nodes.Expr) -> KeySet:
        """The keys of one element: several for a row in parentheses, at any depth."""
        if isinstance(node, nodes.Row) and not node.explicit:
            return _distinct(key for item in node.items for key in self.key_list(item))
        return (self.key(node),)


def _distinct(keys: Iterable[int]) -> KeySet:
    return tuple(dict.fromkeys(keys))


def transform_group_clause(
    state: ParseState,
    items: Sequence[nodes.Expr | nodes.GroupingSet],
    targets: Targets,
    kind: ExprKind = "group by",
    use_sql99: bool = False,
) -> GroupClause:
    """Analyse GROUP BY, or PARTITION BY of a window."""
    if not items:
        return GroupClause(())
    keys = _Keys(state, targets, kind, use_sql99)
    factors: list[list[KeySet]] = []
    has_sets = False
    for item in items:
        if isinstance(item, nodes.GroupingSet):
            has_sets = True
            factors.append(_expand(state, keys, item))
        else:
            factors.extend([(key,)] for key in keys.key_list(item))
    if not has_sets:
        return GroupClause(tuple(keys.found))
    sets = [
        _distinct(key for part in combination for key in part)
        for combination in _product(state, factors, items)
    ]
    return GroupClause(tuple(keys.found), tuple(sets))


def _product(
    state: ParseState,
    factors: list[list[KeySet]],
    items: Sequence[nodes.Expr | nodes.GroupingSet],
) -> list[tuple[KeySet, ...]]:
    count = 1
    for factor in factors:
        count *= len(factor)
        if count > _MOST_SETS:
            state.error(
                "limit-exceeded",
                f"too many grouping sets present (maximum {_MOST_SETS})",
                items[0],
                sqlstate="54001",
            )
    return list(product(*factors))


def _expand(state: ParseState, keys: _Keys, node: nodes.GroupingSet) -> list[KeySet]:
    """The sets that one grouping element stands for (manual 7.2.4)."""
    if node.kind == "empty":
        return [()]
    if node.kind == "sets":
        sets: list[KeySet] = []
        for item in node.items:
            if isinstance(item, nodes.GroupingSet):
                sets.extend(_expand(state, keys, item))
            else:
                sets.append(keys.key_list(item))
        return sets
    parts = [
        keys.key_list(item) if not isinstance(item, nodes.GroupingSet) else ()
        for item in node.items
    ]
    if node.kind == "cube" and len(node.items) > _MOST_CUBE_ELEMENTS:
        state.error(
            "limit-exceeded",
            f"CUBE is limited to {_MOST_CUBE_ELEMENTS} elements",
            node,
            sqlstate="54011",
        )
    if node.kind == "rollup":
        chosen = [tuple(parts[:length]) for length in range(len(parts), -1, -1)]
    else:
        chosen = [
            some for length in range(len(parts), -1, -1) for some in combinations(parts, length)
        ]
    return [_distinct(key for part in some for key in part) for some in chosen]
