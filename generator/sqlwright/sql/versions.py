"""Syntax that newer major versions of PostgreSQL have brought, so that an older one can refuse it.

The versions are those of PostgreSQL's release notes, appendix E of the manual.
"""

from __future__ import annotations

import re

from sqlwright.patterns import pattern
from sqlwright.sql import ddl_nodes as ddl
from sqlwright.sql import nodes
from sqlwright.sql.traversal import walk

Found = tuple[int, str]
_PARTED = pattern(r"-?\s*\d[\d_.eE+-]*", re.ASCII)


def newer_syntax(tree: nodes.Node, major: int, text: str) -> tuple[nodes.Node, int, str] | None:
    """The first node that a major version cannot read, the version that can, and what it is;
    `text` is what the tree was read from.
    """
    for node in walk(tree):
        found = _since(node) or _number(node, text)
        if found is not None and found[0] > major:
            return node, *found
    return None


def _since(node: nodes.Node) -> Found | None:
    if isinstance(node, ddl.ConstraintDefinition):
        return _constraint(node)
    if isinstance(node, ddl.CreateIndex) and node.nulls_not_distinct:
        return 15, "NULLS NOT DISTINCT"
    if isinstance(node, ddl.ColumnAction) and node.action == "expression":
        return 17, "SET EXPRESSION"
    if isinstance(node, nodes.Merge):
        return _merge(node)
    if isinstance(node, nodes.Returning) and (node.old_alias or node.new_alias):
        return 18, "RETURNING WITH"
    if isinstance(node, nodes.RangeSubselect) and node.alias is None:
        return 16, "a subquery in FROM without an alias"
    if isinstance(node, nodes.JsonPredicate):
        return 16, "IS JSON"
    if isinstance(node, nodes.JsonTable):
        return 17, "JSON_TABLE"
    if isinstance(node, nodes.JsonQueryCall):
        return 17, f"JSON_{node.op.upper()}"
    if isinstance(node, nodes.JsonObject | nodes.JsonArray | nodes.JsonAggregate):
        return 16, "a JSON constructor"
    if isinstance(node, nodes.JsonParse) and (
        node.op != "json" or node.unique or node.value.format is not None
    ):
        return 17, node.op.upper() if node.op == "json" else f"JSON_{node.op.upper()}"
    return None


def _number(node: nodes.Node, text: str) -> Found | None:
    """Numbers that are not decimal, or parted by underscores."""
    if not isinstance(node, nodes.Const) or node.kind not in ("integer", "float"):
        return None
    if re.match("-?0[xXoObB]", node.value):
        return 16, "a number that is not decimal"
    written = text[node.start : node.end]
    parted = "_" in written and _PARTED.fullmatch(written) is not None
    return (16, "a number with underscores") if parted else None


def _constraint(node: ddl.ConstraintDefinition) -> Found | None:
    if node.kind == "generated" and not node.stored:
        return 18, "a virtual generated column"
    if node.kind == "not null" and node.columns:
        return 18, "NOT NULL as a table constraint"
    if node.enforced is not None:
        return 18, "ENFORCED" if node.enforced else "NOT ENFORCED"
    if node.without_overlaps:
        return 18, "WITHOUT OVERLAPS"
    return (15, "NULLS NOT DISTINCT") if node.nulls_not_distinct else None


def _merge(node: nodes.Merge) -> Found:
    if node.returning is not None:
        return 17, "RETURNING in MERGE"
    if any(each.match == "not matched by source" for each in node.branches):
        return 17, "WHEN NOT MATCHED BY SOURCE"
    return 15, "MERGE"
