"""The old and the new row in definitions: conditions of triggers, conditions and actions of rules
(manual, CREATE TRIGGER and CREATE RULE)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlwright.analysis import tree
from sqlwright.analysis.analyse import transform_statement
from sqlwright.analysis.clauses.row_clauses import transform_where_clause
from sqlwright.analysis.names.relations import add_range_table_entry_for_relation
from sqlwright.analysis.names.scope import add_ns_item_to_query
from sqlwright.analysis.state.parse_state import ParseState
from sqlwright.analysis.tree.traversal import walk
from sqlwright.sql import ddl_nodes as ddl
from sqlwright.sql import nodes

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlwright.catalog.model import Relation

_ROWS = ("old", "new")
_OF_RULE = {"select": ("old",), "insert": ("new",), "update": _ROWS, "delete": ("old",)}
"""The rows that there are, by what a rule is for."""
_ABSENT = {"select": _ROWS, "insert": ("old",), "delete": ("new",)}
"""The rows that actions cannot have."""


def row_condition(
    state: ParseState,
    statement: ddl.CreateTrigger | ddl.CreateRule,
    table: Relation,
    condition: nodes.Expr,
) -> tree.Expr:
    """WHEN of a trigger, or WHERE of a rule, which may look at the rows that there are."""
    if isinstance(statement, ddl.CreateTrigger):
        return _trigger_condition(state, statement, table, condition)
    return _rule_condition(state, statement, table, condition)


def _trigger_condition(
    state: ParseState, trigger: ddl.CreateTrigger, table: Relation, when: nodes.Expr
) -> tree.Expr:
    rows = _shown_rows(state, table, _ROWS)
    condition = transform_where_clause(state, when, "trigger when", "WHEN")
    assert condition is not None
    for part in walk(condition):
        if isinstance(part, tree.Var):
            row = next((name for name in _ROWS if part.entry is rows[name]), None)
            if row is not None:
                _check_value(state, trigger, part, row)
    return condition


def _check_value(state: ParseState, trigger: ddl.CreateTrigger, value: tree.Var, row: str) -> None:
    """Refuse a value of a row that there is not, or not yet."""
    message = detail = None
    sqlstate = "42P17"
    before_new = row == "new" and trigger.timing == "before"
    if not trigger.row_level:
        message = "statement trigger's WHEN condition cannot reference column values"
    elif (event := {"old": "insert", "new": "delete"}[row]) in trigger.events:
        message = f"{event.upper()} trigger's WHEN condition cannot reference {row.upper()} values"
    elif before_new and value.number < 0:
        message = "BEFORE trigger's WHEN condition cannot reference NEW system columns"
        sqlstate = "0A000"
    elif before_new:
        generated = {
            at
            for at, each in enumerate(value.entry.columns, 1)
            if each.source and each.source.generated
        }
        if value.number in generated:
            detail = f'Column "{value.name}" is a generated column.'
        elif value.number == 0 and generated:
            detail = "A whole-row reference is used and the table contains generated columns."
        if detail is not None:
            message = "BEFORE trigger's WHEN condition cannot reference NEW generated columns"
    if message is not None:
        state.error("invalid-object-definition", message, value, sqlstate=sqlstate, detail=detail)


def _rule_condition(
    state: ParseState, rule: ddl.CreateRule, table: Relation, where: nodes.Expr
) -> tree.Expr:
    rows = _shown_rows(state, table, _OF_RULE[rule.event])
    condition = transform_where_clause(state, where, "where", "WHERE")
    assert condition is not None
    _check_absent(state, rule, condition, rows)
    return condition


def rule_action(
    state: ParseState, rule: ddl.CreateRule, table: Relation, action: nodes.Statement
) -> tree.Query:
    """A statement that a rule runs; the names of the rows' columns stand behind OLD and NEW."""
    rows = _shown_rows(state, table, _ROWS, columns_visible=False)
    query = transform_statement(state, action)
    if query.set_operation is not None and rule.where is not None:
        message = "conditional UNION/INTERSECT/EXCEPT statements are not implemented"
        state.error("feature-not-supported", message, action, sqlstate="0A000")
    _check_absent(state, rule, query, rows)
    for name in _ROWS:
        if any(each.query is not None and _reads(each.query, rows[name]) for each in query.ctes):
            state.error(
                "feature-not-supported",
                f"cannot refer to {name.upper()} within WITH query",
                action,
                sqlstate="0A000",
            )
    return query


def _check_absent(
    state: ParseState,
    rule: ddl.CreateRule,
    part: tree.Expr | tree.Query,
    rows: dict[str, tree.RangeTableEntry],
) -> None:
    for name in _ABSENT.get(rule.event, ()):
        if _reads(part, rows[name]):
            state.error(
                "invalid-object-definition",
                f"ON {rule.event.upper()} rule cannot use {name.upper()}",
                (part.start, part.end),
                sqlstate="42P17",
            )


def _reads(part: tree.Expr | tree.Query, row: tree.RangeTableEntry) -> bool:
    return any(isinstance(each, tree.Var) and each.entry is row for each in walk(part))


def _shown_rows(
    state: ParseState, table: Relation, shown: Collection[str], *, columns_visible: bool = True
) -> dict[str, tree.RangeTableEntry]:
    """The old and the new row of a table, those of them to be seen that are to be shown."""
    rows: dict[str, tree.RangeTableEntry] = {}
    for name in _ROWS:
        alias = nodes.Alias(name=name, start=-1, end=-1)
        item = add_range_table_entry_for_relation(state, table, alias)
        rows[name] = item.entry
        if name in shown:
            add_ns_item_to_query(state, item, columns_visible=columns_visible)
    return rows
