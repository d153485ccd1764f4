"""XMLTABLE and JSON_TABLE: the columns they declare (manual 9.15.3.3, 9.16.4)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NoReturn

from sqlwright.analysis import tree
from sqlwright.analysis.expressions.json_queries import transform_json_func_expr
from sqlwright.analysis.expressions.types import typename_type_id_and_mod
from sqlwright.analysis.names.relations import add_range_table_entry_for_table_func
from sqlwright.analysis.resolution.coerce import (
    coerce_to_specific_type,
    coerce_to_specific_type_typmod,
)
from sqlwright.analysis.state.dispatch import transform_expr
from sqlwright.catalog import oids
from sqlwright.sql import nodes

if TYPE_CHECKING:
    from sqlwright.analysis.state.parse_state import NamespaceItem, ParseState


# XMLTABLE


def transform_xml_table(state: ParseState, node: nodes.XmlTable) -> NamespaceItem:
    """XMLTABLE: row path, document, column paths and defaults, namespaces."""
    state.lateral_active = True
    row = coerce_to_specific_type(
        state, transform_expr(state, node.row, "from function"), oids.TEXT, "XMLTABLE"
    )
    document = coerce_to_specific_type(
        state, transform_expr(state, node.document, "from function"), oids.XML, "XMLTABLE"
    )
    arguments: list[tree.Expr] = [row, document]
    columns: list[tree.EntryColumn] = []
    facts: list[tree.TableColumn] = []
    for written in node.columns:
        column, fact = _xml_column(state, written, columns, facts, arguments)
        columns.append(column)
        facts.append(fact)
    arguments.extend(_xml_namespaces(state, node.namespaces))
    state.lateral_active = False
    return add_range_table_entry_for_table_func(
        state, "xmltable", tuple(columns), tuple(facts), tuple(arguments), node.alias, node
    )


def _xml_column(
    state: ParseState,
    written: nodes.XmlTableColumn,
    columns: Sequence[tree.EntryColumn],
    facts: Sequence[tree.TableColumn],
    arguments: list[tree.Expr],
) -> tuple[tree.EntryColumn, tree.TableColumn]:
    type_oid, modifier = oids.INT4, -1
    default: tree.Expr | None = None
    if written.ordinality:
        _check_one_ordinality(state, written, facts)
    else:
        assert written.type_name is not None
        if written.type_name.setof:
            _error(state, f'column "{written.name}" cannot be declared SETOF', written, "42P16")
        type_oid, modifier = typename_type_id_and_mod(state, written.type_name)
    if written.path is not None:
        path = transform_expr(state, written.path, "from function")
        arguments.append(coerce_to_specific_type(state, path, oids.TEXT, "XMLTABLE"))
    if written.default is not None:
        value = transform_expr(state, written.default, "from function")
        default = coerce_to_specific_type_typmod(state, value, type_oid, modifier, "XMLTABLE")
        arguments.append(default)
    if any(column.name == written.name for column in columns):
        _error(state, f'column name "{written.name}" is not unique', written, "42601")
    return (
        tree.EntryColumn(
            name=written.name,
            type=type_oid,
            modifier=modifier,
            dimensions=len(written.type_name.array_bounds) if written.type_name else 0,
        ),
        tree.TableColumn(
            kind="ordinality" if written.ordinality else "regular",
            not_null=written.not_null,
            default=default,
        ),
    )


def _check_one_ordinality(
    state: ParseState, where: nodes.Node, facts: Sequence[tree.TableColumn]
) -> None:
    if any(fact.kind == "ordinality" for fact in facts):
        _error(state, "only one FOR ORDINALITY column is allowed", where, "42601")


def _error(state: ParseState, message: str, where: nodes.Node, sqlstate: str) -> NoReturn:
    state.error("invalid-table-function", message, where, sqlstate=sqlstate)


def _xml_namespaces(state: ParseState, namespaces: Sequence[nodes.Target]) -> list[tree.Expr]:
    uris: list[tree.Expr] = []
    seen: set[str | None] = set()
    for namespace in namespaces:
        uri = transform_expr(state, namespace.expr, "from function")
        uris.append(coerce_to_specific_type(state, uri, oids.TEXT, "XMLTABLE"))
        if namespace.name in seen:
            message = (
                "only one default namespace is allowed"
                if namespace.name is None
                else f'namespace name "{namespace.name}" is not unique'
            )
            _error(state, message, namespace, "42601")
        seen.add(namespace.name)
    return uris


# JSON_TABLE


def transform_json_table(state: ParseState, node: nodes.JsonTable) -> NamespaceItem:
    """JSON_TABLE: its context and path as for JSON_QUERY, then the columns of every level."""
    _check_names(state, node)
    _check_path(state, node.path)
    if node.on_error is not None and node.on_error.kind not in ("error", "empty array"):
        state.error(
            "invalid-table-function",
            "invalid ON ERROR behavior",
            node.on_error,
            sqlstate="42601",
            detail="Only EMPTY [ ARRAY ] or ERROR is allowed in the top-level ON ERROR clause.",
        )
    state.lateral_active = True
    call = nodes.JsonQueryCall(
        op="query",
        context=node.context,
        path=node.path,
        passing=node.passing,
        start=node.start,
        end=node.end,
    )
    context = transform_expr(state, call, "from function")
    columns: list[tree.EntryColumn] = []
    facts: list[tree.TableColumn] = []
    _json_columns(state, node.columns, columns, facts, nested=False)
    state.lateral_active = False
    arguments = (context, *(fact.default for fact in facts if fact.default is not None))
    return add_range_table_entry_for_table_func(
        state, "jsontable", tuple(columns), tuple(facts), arguments, node.alias, node
    )


def _check_path(state: ParseState, path: nodes.Expr) -> None:
    if not isinstance(path, nodes.Const) or path.kind != "string":
        _error(
            state,
            "only string constants are supported in JSON_TABLE path specification",
            path,
            "0A000",
        )


def _check_names(state: ParseState, node: nodes.JsonTable) -> None:
    """Columns and paths of all levels share one set of names."""
    seen = {node.path_name} if node.path_name is not None else set()

    def visit(columns: Sequence[nodes.JsonTableColumn]) -> None:
        for column in columns:
            name = column.path_name if column.kind == "nested" else column.name
            if name is not None and name in seen:
                _error(state, f"duplicate JSON_TABLE column or path name: {name}", column, "42712")
            if name is not None:
                seen.add(name)
            visit(column.nested)

    visit(node.columns)


def _json_columns(
    state: ParseState,
    written: Sequence[nodes.JsonTableColumn],
    columns: list[tree.EntryColumn],
    facts: list[tree.TableColumn],
    *,
    nested: bool,
) -> None:
    """A level's own columns come before those of the levels nested in it."""
    own: list[tree.TableColumn] = []
    for column in written:
        if column.kind == "nested":
            continue
        assert column.name is not None
        if column.kind == "ordinality":
            _check_one_ordinality(state, column, own)
            columns.append(tree.EntryColumn(name=column.name, type=oids.INT4))
            own.append(tree.TableColumn(kind="ordinality", nested=nested))
        else:
            expr = _json_column(state, column)
            columns.append(
                tree.EntryColumn(
                    name=column.name,
                    type=expr.type,
                    modifier=expr.modifier,
                    dimensions=len(column.type_name.array_bounds) if column.type_name else 0,
                )
            )
            own.append(_json_fact(column, expr, nested))
        facts.append(own[-1])
    for column in written:
        if column.kind == "nested":
            _json_columns(state, column.nested, columns, facts, nested=True)


def _json_fact(column: nodes.JsonTableColumn, expr: tree.Expr, nested: bool) -> tree.TableColumn:
    default = None
    if isinstance(expr, tree.JsonQueryExpr) and expr.on_empty is not None:
        default = expr.on_empty.default
    kind = column.kind
    assert kind in ("regular", "exists", "formatted")
    decides = isinstance(expr, tree.JsonQueryExpr) and (
        expr.on_error is None or expr.on_error.kind != "unknown"
    )
    return tree.TableColumn(
        kind=kind, not_null=kind == "exists" and decides, default=default, nested=nested
    )


def _json_column(state: ParseState, column: nodes.JsonTableColumn) -> tree.Expr:
    """A column as the JSON_VALUE, JSON_QUERY or JSON_EXISTS call that computes it."""
    assert column.type_name is not None
    start, end = column.start, column.end
    type_oid, _ = typename_type_id_and_mod(state, column.type_name)
    is_query = column.kind == "formatted" or state.catalog.is_composite(type_oid)
    path = column.path or nodes.Const(
        kind="string", value=f'$."{column.name}"', start=start, end=end
    )
    call = nodes.JsonQueryCall(
        op="exists" if column.kind == "exists" else "query" if is_query else "value",
        context=nodes.JsonValue(expr=path, start=start, end=end),
        path=path,
        returning=nodes.JsonReturning(
            type_name=column.type_name, format=column.format, start=start, end=end
        ),
        wrapper=column.wrapper,
        omit_quotes=column.omit_quotes,
        on_empty=column.on_empty,
        on_error=column.on_error,
        start=start,
        end=end,
    )
    row = tree.Const(type=oids.JSONB, value=None)
    saved, state.expr_kind = state.expr_kind, "from function"
    expr = transform_json_func_expr(state, call, context=row, column=column.name)
    state.expr_kind = saved
    return expr
