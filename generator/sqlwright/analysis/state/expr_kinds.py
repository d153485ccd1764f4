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

PLURAL_NAMES: dict[ExprKind, str] = {
    "join on": "JOIN conditions",
    "join using": "JOIN conditions",
    "from function": "functions in FROM",
    "policy": "policy expressions",
    "merge when": "MERGE WHEN conditions",
    "check constraint": "check constraints",
    "column default": "DEFAULT expressions",
    "function default": "DEFAULT expressions",
    "index expression": "index expressions",
    "index predicate": "index predicates",
    "statistics expression": "statistics expressions",
    "alter column transform": "transform expressions",
    "execute parameter": "EXECUTE parameters",
    "trigger when": "trigger WHEN conditions",
    "partition bound": "partition bound",
    "partition expression": "partition key expressions",
    "generated column": "column generation expressions",
    "call argument": "CALL arguments",
    "copy where": "COPY FROM WHERE conditions",
}
"""Places whose names stand in the plural where a message says what may not stand in them."""
