"""Statements around queries: CALL, EXPLAIN, SHOW, DECLARE, CREATE TABLE AS and the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlwright.analysis import tree
from sqlwright.analysis.calls.functions import parse_func_or_column
from sqlwright.analysis.clauses.collations import assign_expr_collations
from sqlwright.analysis.names.relations import parser_open_table
from sqlwright.analysis.names.rowtypes import output_columns
from sqlwright.analysis.state.dispatch import (
    transform_expr,
    transform_statement,
    transforms_statements,
)
from sqlwright.catalog import oids
from sqlwright.catalog.settings import setting_name
from sqlwright.sql import nodes
from sqlwright.sql.traversal import writes_in_with

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlwright.analysis.state.parse_state import ParseState

_EXPLAIN_TYPES = {"text": oids.TEXT, "yaml": oids.TEXT, "xml": oids.XML, "json": oids.JSON}


@transforms_statements(
    nodes.Call,
    nodes.CreateTableAs,
    nodes.Declare,
    nodes.Execute,
    nodes.Explain,
    nodes.Show,
    nodes.Utility,
)
def transform_utility(state: ParseState, statement: nodes.Statement) -> tree.Query:
    """Analyse what PostgreSQL analyses of a utility statement when it is prepared."""
    if isinstance(statement, nodes.Call):
        return _transform_call(state, statement)
    if isinstance(statement, nodes.Explain):
        _transform_inner(state, statement.statement)
        type_oid = _EXPLAIN_TYPES[statement.format]
        return utility_query(statement, "EXPLAIN", [("QUERY PLAN", type_oid)])
    if isinstance(statement, nodes.Show):
        return utility_query(statement, "SHOW", _show_columns(state, statement))
    if isinstance(statement, nodes.Declare):
        _check_cursor_options(state, statement)
        _transform_inner(state, statement.query)
        _check_cursor_query(state, statement)
        return utility_query(statement, "DECLARE CURSOR")
    if isinstance(statement, nodes.CreateTableAs):
        query = _transform_inner(state, statement.query)
        if statement.materialized:
            _check_materialized(state, statement)
        return utility_query(statement, "CREATE TABLE AS", source=query)
    if isinstance(statement, nodes.Execute):
        return utility_query(statement, "EXECUTE" if statement.statement is None else "PREPARE")
    assert isinstance(statement, nodes.Utility)
    for relation in statement.relations:
        parser_open_table(state, relation)
    return utility_query(statement, statement.keyword)


def utility_query(
    node: nodes.Node,
    keyword: str,
    columns: Iterable[tuple[str, int]] = (),
    source: tree.Query | None = None,
    arguments: tuple[tree.Expr, ...] = (),
) -> tree.Query:
    """A statement that has a keyword and, if it returns rows, `columns` of them."""
    return tree.Query(
        command="utility",
        utility=keyword,
        source=source,
        arguments=arguments,
        targets=tuple(
            tree.TargetEntry(expr=tree.Const(type=type_oid, value=None), name=name)
            for name, type_oid in columns
        ),
        start=node.start,
        end=node.end,
    )


def _transform_inner(state: ParseState, statement: nodes.Statement) -> tree.Query:
    return transform_statement(state, statement)


def _check_cursor_options(state: ParseState, statement: nodes.Declare) -> None:
    for first, second in (("scroll", "no scroll"), ("asensitive", "insensitive")):
        if {first, second} <= set(statement.options):
            message = f"cannot specify both {first.upper()} and {second.upper()}"
            state.error("syntax-error", message, statement, sqlstate="42P11")


def _check_cursor_query(state: ParseState, statement: nodes.Declare) -> None:
    """A cursor writes nothing, and one that keeps its rows or goes back in them locks none."""
    if writes_in_with(statement.query):
        message = "DECLARE CURSOR must not contain data-modifying statements in WITH"
        state.error("feature-not-supported", message, statement, sqlstate="0A000")
    if not statement.query.locking:
        return
    lock = f"FOR {statement.query.locking[0].strength.upper()}"
    for option, kind, message, sqlstate in (
        ("with hold", "Holdable", f"CURSOR WITH HOLD ... {lock} is not supported", "0A000"),
        ("scroll", "Scrollable", f"SCROLL CURSOR ... {lock} is not supported", "0A000"),
        ("insensitive", "Insensitive", f"INSENSITIVE CURSOR ... {lock} is not valid", "42P11"),
    ):
        if option in statement.options:
            state.error(
                "feature-not-supported",
                f"DECLARE {message}",
                statement,
                sqlstate=sqlstate,
                detail=f"{kind} cursors must be READ ONLY.",
            )


def _check_materialized(state: ParseState, statement: nodes.CreateTableAs) -> None:
    message = ""
    if writes_in_with(statement.query):
        message = "materialized views must not use data-modifying statements in WITH"
    elif state.parameters.slots:
        message = "materialized views may not be defined using bound parameters"
    if message:
        state.error("feature-not-supported", message, statement, sqlstate="0A000")


def _show_columns(state: ParseState, statement: nodes.Show) -> list[tuple[str, int]]:
    if statement.name == "all":
        return [(column, oids.TEXT) for column in ("name", "setting", "description")]
    name = setting_name(statement.name)
    if name is None:
        state.error(
            "unknown-object",
            f'unrecognized configuration parameter "{statement.name}"',
            statement,
            sqlstate="42704",
        )
    return [(name, oids.TEXT)]


def _transform_call(state: ParseState, statement: nodes.Call) -> tree.Query:
    """CALL: a procedure's OUT and INOUT arguments come back as one row."""
    call = statement.call
    args: list[tree.Expr] = []
    names: list[str | None] = []
    for arg in call.args:
        value = arg.value if isinstance(arg, nodes.NamedArg) else arg
        names.append(arg.name if isinstance(arg, nodes.NamedArg) else None)
        args.append(transform_expr(state, value, "call argument"))
    result = parse_func_or_column(state, call.name, args, names, call, True, call)
    assert isinstance(result, tree.FuncCall)
    assign_expr_collations(state, (result,))
    shape = output_columns(state.catalog, result.function, tuple(arg.type for arg in result.args))
    columns = [(column.name, column.type) for column in shape or ()]
    return utility_query(statement, "CALL", columns, arguments=(result,))
