"""Where aggregates, GROUPING and window functions may stand (manual 4.2.7, 4.2.8)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NoReturn

from sqlwright.analysis.state.expr_kinds import EXPR_KIND_NAMES, PLURAL_NAMES

if TYPE_CHECKING:
    from sqlwright.analysis import tree
    from sqlwright.analysis.state.parse_state import ExprKind, ParseState

CallKind = Literal["aggregate functions", "grouping operations", "window functions"]

_BY_NAME: tuple[ExprKind, ...] = (
    "where",
    "filter",
    "insert target",
    "update source",
    "update target",
    "group by",
    "limit",
    "offset",
    "returning",
    "merge returning",
    "values",
    "values single",
    "cycle mark",
)
_PLACES = PLURAL_NAMES | {kind: EXPR_KIND_NAMES[kind] for kind in _BY_NAME}
_NO_AGGREGATE: dict[ExprKind, str] = _PLACES | {
    "from subselect": "FROM clause of their own query level",
    "window frame range": "window RANGE",
    "window frame rows": "window ROWS",
    "window frame groups": "window GROUPS",
}
_WINDOW_PARTS: tuple[ExprKind, ...] = (
    "window partition",
    "window order",
    "window frame range",
    "window frame rows",
    "window frame groups",
)
_NO_WINDOW: dict[ExprKind, str] = (
    _PLACES
    | dict.fromkeys(_WINDOW_PARTS, "window definitions")
    | {
        "from subselect": EXPR_KIND_NAMES["from subselect"],
        "having": EXPR_KIND_NAMES["having"],
    }
)


def check_placement(state: ParseState, call: CallKind, where: tree.Expr) -> None:
    """Refuse a call whose kind may not stand at the place being analysed (42803, 42P20)."""
    is_window = call == "window functions"
    place = (_NO_WINDOW if is_window else _NO_AGGREGATE).get(state.expr_kind)
    if place is None:
        return
    message = f"{call} are not allowed in {place}"
    if is_window:
        windowing_error(state, message, where)
    advice = "test it in HAVING, which sees the groups" if state.expr_kind == "where" else None
    state.error("misplaced-aggregate", message, where, sqlstate="42803", help=advice)


def windowing_error(state: ParseState, message: str, where: tree.Expr) -> NoReturn:
    """Refuse a window function."""
    state.error("misplaced-window-function", message, where, sqlstate="42P20")
