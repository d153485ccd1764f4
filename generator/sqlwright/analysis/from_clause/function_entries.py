"""Functions in FROM: the columns that one, or several under ROWS FROM, offer (manual 7.2.1.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlwright.analysis import tree
from sqlwright.analysis.expressions.types import typename_type_id_and_mod
from sqlwright.analysis.names.collations import check_column_collation
from sqlwright.analysis.names.relations import enter, rename_columns
from sqlwright.analysis.names.rowtypes import ResultShape, get_expr_result_type
from sqlwright.catalog import oids

if TYPE_CHECKING:
    from sqlwright.analysis.state.parse_state import NamespaceItem, ParseState
    from sqlwright.sql import nodes


def add_range_table_entry_for_function(
    state: ParseState,
    names: list[str],
    calls: list[tree.Expr],
    definitions: list[tuple[nodes.ColumnDefinition, ...]],
    node: nodes.RangeFunction,
    lateral: bool,
) -> NamespaceItem:
    """An entry for one function, or for several under ROWS FROM (manual 7.2.1.4)."""
    columns: list[tree.EntryColumn] = []
    items: list[tree.FunctionInFrom] = []
    for name, call, definition in zip(names, calls, definitions, strict=True):
        own = _function_columns(state, name, call, definition, node, len(calls))
        columns.extend(own)
        items.append(tree.FunctionInFrom(call=call, columns=len(own)))
    if node.ordinality:
        columns.append(tree.EntryColumn(name="ordinality", type=oids.INT8))
    entry = tree.RangeTableEntry(
        kind="function",
        name=names[0],
        alias=node.alias.name if node.alias else None,
        columns=rename_columns(state, tuple(columns), node.alias, names[0], node),
        depth=state.depth,
        lateral=lateral,
        functions=tuple(items),
        ordinality=node.ordinality,
    )
    return enter(state, entry)


def _function_columns(
    state: ParseState,
    name: str,
    call: tree.Expr,
    definition: tuple[nodes.ColumnDefinition, ...],
    node: nodes.RangeFunction,
    count: int,
) -> tuple[tree.EntryColumn, ...]:
    shape = get_expr_result_type(state.catalog, call)
    if definition:
        _check_definition_allowed(state, shape, definition[0])
        return _defined_columns(state, definition)
    if shape.kind == "record":
        state.error(
            "column-definitions-required",
            'a column definition list is required for functions returning "record"',
            call,
            sqlstate="42601",
        )
    if shape.kind in ("composite", "composite domain") and shape.columns is not None:
        return shape.columns
    if shape.kind != "scalar":
        state.error(
            "invalid-table-function",
            f'function "{name}" in FROM has unsupported return type '
            f"{state.catalog.display_type(call.type)}",
            call,
            sqlstate="42804",
        )
    column = tree.EntryColumn(
        name=_scalar_name(name, call, node, count), type=call.type, modifier=call.modifier
    )
    return (column,)


def _scalar_name(name: str, call: tree.Expr, node: nodes.RangeFunction, count: int) -> str:
    inner = call.call if isinstance(call, tree.SetReturning) else call
    if isinstance(inner, tree.FuncCall):
        function = inner.function
        outputs = [
            function.names[at]
            for at, mode in enumerate(function.modes)
            if mode in ("out", "inout", "table") and at < len(function.names)
        ]
        if len(outputs) == 1 and outputs[0]:
            return outputs[0]
    if count == 1 and node.alias is not None:
        return node.alias.name
    return name


def _check_definition_allowed(state: ParseState, shape: ResultShape, where: nodes.Node) -> None:
    if shape.kind == "record":
        return
    if shape.kind in ("composite", "composite domain"):
        what = (
            "a function with OUT parameters"
            if shape.type == oids.RECORD
            else "a function returning a named composite type"
        )
        message = f"a column definition list is redundant for {what}"
    else:
        message = 'a column definition list is only allowed for functions returning "record"'
    state.error("column-definitions-not-allowed", message, where, sqlstate="42601")


def _defined_columns(
    state: ParseState, definition: tuple[nodes.ColumnDefinition, ...]
) -> tuple[tree.EntryColumn, ...]:
    columns: list[tree.EntryColumn] = []
    for column in definition:
        if column.type_name.setof:
            state.error(
                "invalid-column-definition",
                f'column "{column.name}" cannot be declared SETOF',
                column,
                sqlstate="42P16",
            )
        type_oid, modifier = typename_type_id_and_mod(state, column.type_name)
        if column.collation is not None:
            check_column_collation(state, column.collation, type_oid, column)
        _check_column_type(state, column, type_oid)
        if any(column.name == other.name for other in columns):
            state.error(
                "duplicate-column",
                f'column name "{column.name}" specified more than once',
                column,
                sqlstate="42701",
            )
        dimensions = len(column.type_name.array_bounds)
        columns.append(
            tree.EntryColumn(
                name=column.name, type=type_oid, modifier=modifier, dimensions=dimensions
            )
        )
    return tuple(columns)


def _check_column_type(state: ParseState, column: nodes.ColumnDefinition, type_oid: int) -> None:
    if state.catalog.type(type_oid).kind != "pseudo":
        return
    if type_oid in (oids.RECORD, oids.RECORD_ARRAY):
        return
    state.error(
        "invalid-column-definition",
        f'column "{column.name}" has pseudo-type {state.catalog.display_type(type_oid)}',
        column,
        sqlstate="42P16",
    )
