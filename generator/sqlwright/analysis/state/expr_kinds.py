"""The names of places in a statement, as messages use them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlwright.analysis.state.parse_state import ExprKind

EXPR_KIND_NAMES: dict[ExprKind, str] = {
    "none": "invalid expression context",
    "other": "extension expression",
    "join on": "JOIN/ON",
    "join using": "JOIN/USING",
    "from subselect": "sub-SELECT in FROM",
    "from function": "function in FROM",
    "where": "WHERE",
    "policy": "POLICY",
    "having": "HAVING",
    "filter": "FILTER",
    "window partition": "window PARTITION BY",
    "window order": "window ORDER BY",
    "window frame range": "window RANGE",
    "window frame rows": "window ROWS",
    "window frame groups": "window GROUPS",
    "select target": "SELECT",
    "insert target": "INSERT",
    "update source": "UPDATE",
    "update target": "UPDATE",
    "merge when": "MERGE WHEN",
    "group by": "GROUP BY",
    "order by": "ORDER BY",
    "distinct on": "DISTINCT ON",
    "limit": "LIMIT",
    "offset": "OFFSET",
    "returning": "RETURNING",
    "merge returning": "RETURNING",
    "values": "VALUES",
    "values single": "VALUES",
    "check constraint": "CHECK",
    "column default": "DEFAULT",
    "function default": "DEFAULT",
    "index expression": "index expression",
    "index predicate": "index predicate",
    "statistics expression": "statistics expression",
    "alter column transform": "USING",
    "execute parameter": "EXECUTE",
    "trigger when": "WHEN",
    "partition bound": "partition bound",
    "partition expression": "PARTITION BY",
    "call argument": "CALL",
    "copy where": "WHERE",
    "generated column": "GENERATED AS",
    "cycle mark": "CYCLE",
}
