"""Statements around queries: CALL, EXPLAIN, SHOW, DECLARE, CREATE TABLE AS and the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlwright.analysis import tree
from sqlwright.analysis.calls.functions import parse_func_or_column
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
        return _utility(statement, "EXPLAIN", [("QUERY PLAN", type_oid)])
    if isinstance(statement, nodes.Show):
        return _utility(statement, "SHOW", _show_columns(state, statement))
    if isinstance(statement, nodes.Declare):
        _transform_inner(state, statement.query)
        return _utility(statement, "DECLARE CURSOR")
    if isinstance(statement, nodes.CreateTableAs):
        query = _transform_inner(state, statement.query)
        return _utility(statement, "CREATE TABLE AS", source=query)
    if isinstance(statement, nodes.Execute):
        return _utility(statement, "EXECUTE" if statement.statement is None else "PREPARE")
    assert isinstance(statement, nodes.Utility)
    for relation in statement.relations:
        parser_open_table(state, relation)
    return _utility(statement, statement.keyword)


def _utility(
    node: nodes.Node,
    keyword: str,
    columns: Iterable[tuple[str, int]] = (),
    source: tree.Query | None = None,
    arguments: tuple[tree.Expr, ...] = (),
) -> tree.Query:
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
    shape = output_columns(state.catalog, result.function, tuple(arg.type for arg in result.args))
    columns = [(column.name, column.type) for column in shape or ()]
    return _utility(statement, "CALL", columns, arguments=(result,))
