"""FROM: its items, and what each makes visible to the others and to the rest of the query."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlwright.analysis import tree
from sqlwright.analysis.clauses.collations import assign_expr_collations
from sqlwright.analysis.clauses.locking import is_locked_refname
from sqlwright.analysis.from_clause.function_entries import add_range_table_entry_for_function
from sqlwright.analysis.from_clause.joins import transform_join
from sqlwright.analysis.from_clause.table_functions import transform_json_table, transform_xml_table
from sqlwright.analysis.names.column_names import figure_column_name
from sqlwright.analysis.names.relations import (
    add_range_table_entry,
    add_range_table_entry_for_cte,
    add_range_table_entry_for_relation,
    add_range_table_entry_for_subquery,
    build_ns_item,
    parser_open_table,
)
from sqlwright.analysis.names.scope import (
    add_ns_item_to_query,
    check_name_space_conflicts,
    scan_name_space_for_cte,
    set_namespace_lateral_state,
)
from sqlwright.analysis.resolution.coerce import coerce_to_specific_type
from sqlwright.analysis.state.dispatch import parse_sub_analyze, transform_expr
from sqlwright.analysis.tree import making
from sqlwright.catalog import oids
from sqlwright.catalog.qualified_names import misqualified
from sqlwright.dataclass import replace
from sqlwright.sql import nodes

if TYPE_CHECKING:
    from sqlwright.analysis.state.parse_state import NamespaceItem, ParseState

FromResult = tuple[tree.FromNode, "NamespaceItem", "list[NamespaceItem]"]
"""What an item becomes, the namespace item of the whole, and everything it makes visible."""


def transform_from_clause(state: ParseState, items: tuple[nodes.FromItem, ...]) -> None:
    """Enter every item of FROM; each may refer to earlier ones only if it is LATERAL."""
    for item in items:
        node, _, namespace = transform_from_clause_item(state, item)
        check_name_space_conflicts(state, state.namespace, namespace, item)
        set_namespace_lateral_state(namespace, True, True)
        state.from_nodes.append(node)
        state.namespace.extend(namespace)
    set_namespace_lateral_state(state.namespace, False, True)


def transform_from_clause_item(state: ParseState, item: nodes.FromItem) -> FromResult:
    """Analyse one item of FROM, or one side of a join."""
    if isinstance(item, nodes.Join):
        return transform_join(state, item, transform_from_clause_item)
    if isinstance(item, nodes.RangeVar):
        found = _transform_range_var(state, item)
    elif isinstance(item, nodes.RangeSubselect):
        found = _transform_range_subselect(state, item)
    elif isinstance(item, nodes.RangeFunction):
        found = _transform_range_function(state, item)
    elif isinstance(item, nodes.TableSample):
        found = _transform_table_sample(state, item)
    else:
        if isinstance(item, nodes.XmlTable):
            found = transform_xml_table(state, item)
        else:
            found = transform_json_table(state, item)
    return making.FromLeaf(entry=found.entry), found, [found]


def _transform_range_var(state: ParseState, item: nodes.RangeVar) -> NamespaceItem:
    if len(item.name) == 1:
        cte = scan_name_space_for_cte(state, item.name[0])
        if cte is not None:
            return add_range_table_entry_for_cte(state, cte, item)
    return add_range_table_entry(state, item, item.alias)


def _transform_range_subselect(state: ParseState, item: nodes.RangeSubselect) -> NamespaceItem:
    saved_kind = state.expr_kind
    state.expr_kind = "from subselect"
    state.lateral_active = item.lateral
    query = parse_sub_analyze(
        state,
        item.query,
        locked_from_parent=is_locked_refname(state, item.alias.name if item.alias else None),
    )
    state.lateral_active = False
    state.expr_kind = saved_kind
    return add_range_table_entry_for_subquery(state, query, item.alias, item.lateral, item)


# Functions


def _transform_range_function(state: ParseState, item: nodes.RangeFunction) -> NamespaceItem:
    names: list[str] = []
    calls: list[tree.Expr] = []
    definitions: list[tuple[nodes.ColumnDefinition, ...]] = []
    state.lateral_active = True
    for function in item.items:
        for call in _split_unnest(function):
            _transform_function_item(state, call, names, calls)
            definitions.append(function.columns)
        if function.columns and item.columns:
            state.error(
                "column-definitions-not-allowed",
                "multiple column definition lists are not allowed for the same function",
                item.columns[0],
                sqlstate="42601",
            )
    state.lateral_active = False
    if item.columns:
        _check_alias_definition(state, item, len(calls))
        definitions = [item.columns]
    return add_range_table_entry_for_function(
        state, names, calls, definitions, item, lateral=item.lateral
    )


def _split_unnest(function: nodes.FunctionItem) -> tuple[nodes.Expr, ...]:
    """`unnest(a, b)` in FROM stands for one `unnest` per argument, side by side (9.19)."""
    call = function.call
    if (
        isinstance(call, nodes.FuncCall)
        and call.name == ("unnest",)
        and len(call.args) > 1
        and not function.columns
        and not (call.order or call.filter or call.over or call.star or call.distinct)
        and not (call.variadic or call.within_group)
    ):
        return tuple(
            nodes.FuncCall(
                name=("pg_catalog", "unnest"),
                args=(arg,),
                start=call.start,
                end=call.end,
                name_start=call.name_start,
                name_end=call.name_end,
            )
            for arg in call.args
        )
    return (call,)


def _transform_function_item(
    state: ParseState, call: nodes.Expr, names: list[str], calls: list[tree.Expr]
) -> None:
    before = state.last_set_returning
    result = transform_expr(state, call, "from function")
    last = state.last_set_returning
    inner = result.call if isinstance(result, tree.SetReturning) else result
    if last is not before and last is not result and last is not inner:
        state.error(
            "misplaced-set-returning",
            "set-returning functions must appear at top level of FROM",
            last,
            sqlstate="0A000",
        )
    names.append(figure_column_name(call))
    assign_expr_collations(state, (result,))
    calls.append(result)


def _check_alias_definition(state: ParseState, item: nodes.RangeFunction, count: int) -> None:
    where = item.columns[0]
    if count != 1:
        if item.rows_from:
            message = "ROWS FROM() with multiple functions cannot have a column definition list"
            hint = "Put a separate column definition list for each function inside ROWS FROM()."
        else:
            message = "UNNEST() with multiple arguments cannot have a column definition list"
            hint = (
                "Use separate UNNEST() calls inside ROWS FROM(), and attach a column definition "
                "list to each one."
            )
        state.error("column-definitions-not-allowed", message, where, sqlstate="42601", hint=hint)
    if item.ordinality:
        state.error(
            "column-definitions-not-allowed",
            "WITH ORDINALITY cannot be used with a column definition list",
            where,
            sqlstate="42601",
            hint="Put the column definition list inside ROWS FROM().",
        )


# TABLESAMPLE


def _transform_table_sample(state: ParseState, item: nodes.TableSample) -> NamespaceItem:
    found = _transform_range_var(state, item.relation)
    relation = found.entry.relation
    if relation is None or relation.kind not in (
        "table",
        "materialized view",
        "partitioned table",
    ):
        state.error(
            "invalid-tablesample",
            "TABLESAMPLE clause can only be applied to tables and materialized views",
            item.relation,
            sqlstate="0A000",
        )
    _transform_sample_arguments(state, item)
    sampled = replace(found.entry, sampled=True)
    state.entries[state.entries.index(found.entry)] = sampled
    return build_ns_item(sampled)


def _transform_sample_arguments(state: ParseState, item: nodes.TableSample) -> None:
    if (wrong := misqualified(item.method)) is not None:
        code, message, sqlstate = wrong
        state.error(code, message, item, sqlstate=sqlstate)
    methods = [
        function
        for function in state.catalog.functions_named(item.method)
        if function.arguments == (oids.INTERNAL,)
    ]
    name = item.method[-1]
    is_built_in = name in ("bernoulli", "system") and item.method[:-1] in ((), ("pg_catalog",))
    if not methods and not is_built_in:
        state.error(
            "unknown-object",
            f"tablesample method {'.'.join(item.method)} does not exist",
            item,
            sqlstate="42704",
        )
    if len(item.args) != 1:
        state.error(
            "invalid-tablesample",
            f"tablesample method {name} requires 1 argument, not {len(item.args)}",
            item,
            sqlstate="2202H",
        )
    for arg in item.args:
        value = transform_expr(state, arg, "from function")
        value = coerce_to_specific_type(state, value, oids.FLOAT4, "TABLESAMPLE")
        assign_expr_collations(state, (value,))
    if item.repeatable is not None:
        seed = transform_expr(state, item.repeatable, "from function")
        seed = coerce_to_specific_type(state, seed, oids.FLOAT8, "REPEATABLE")
        assign_expr_collations(state, (seed,))


# The target of a write


def set_target_table(
    state: ParseState, relation: nodes.RangeVar, *, also_source: bool
) -> NamespaceItem:
    """Open the relation a statement writes to; `also_source` makes its columns visible."""
    found = parser_open_table(state, relation)
    item = add_range_table_entry_for_relation(state, found, relation.alias, relation)
    state.target_item = item
    if also_source:
        add_ns_item_to_query(state, item)
    return item
