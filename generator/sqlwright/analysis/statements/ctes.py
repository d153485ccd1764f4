"""WITH: its queries, the columns they show, recursion, SEARCH and CYCLE (manual 7.8)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from sqlwright.analysis import tree
from sqlwright.analysis.clauses.collations import check_recursive_collation
from sqlwright.analysis.resolution.coerce import (
    coerce_to_common_type,
    select_common_type,
    select_common_typmod,
)
from sqlwright.analysis.state.dispatch import parse_sub_analyze, transform_expr
from sqlwright.analysis.statements.recursion import order_ctes
from sqlwright.analysis.tree import making
from sqlwright.catalog import oids
from sqlwright.sql import nodes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlwright.analysis.state.parse_state import ParseState


def transform_with_clause(state: ParseState, with_: nodes.With | None) -> None:
    """Analyse the queries of a WITH clause and make them visible to the rest of the level."""
    if with_ is None:
        return
    _check_names(state, with_)
    if with_.recursive:
        ordered, recursive = order_ctes(state, with_.ctes)
        tables = [_table(state, cte, cte.name in recursive) for cte in ordered]
        state.ctes.extend(tables)
        for cte, table in zip(ordered, tables, strict=True):
            _analyse_cte(state, cte, table)
        return
    state.future_ctes = list(with_.ctes)
    for cte in with_.ctes:
        table = _table(state, cte, False)
        _analyse_cte(state, cte, table)
        state.ctes.append(table)
        state.future_ctes.pop(0)


def _check_names(state: ParseState, with_: nodes.With) -> None:
    seen: set[str] = set()
    for cte in with_.ctes:
        if cte.name in seen:
            state.error(
                "duplicate-alias",
                f'WITH query name "{cte.name}" specified more than once',
                cte,
                sqlstate="42712",
            )
        seen.add(cte.name)


def _table(state: ParseState, cte: nodes.CommonTableExpr, recursive: bool) -> tree.CommonTable:
    return making.CommonTable(
        name=cte.name,
        query=None,
        columns=(),
        recursive=recursive,
        depth=state.depth,
        column_names=cte.columns,
    )


def _analyse_cte(state: ParseState, cte: nodes.CommonTableExpr, table: tree.CommonTable) -> None:
    mark = _cycle_mark(state, cte.cycle, table) if cte.cycle is not None else None
    extra = _search_columns(cte, mark)
    table.extra_columns = extra
    query = parse_sub_analyze(state, cte.query, parent_cte=table)
    if query.command != "select" and state.parent is not None:
        state.error(
            "misplaced-modifying-cte",
            "WITH clause containing a data-modifying statement must be at the top level",
            cte,
            sqlstate="0A000",
        )
    if table.recursive:
        _check_recursive_types(state, cte, table, query)
    else:
        analyse_cte_target_list(state, table, query.output, cte)
    table.query = query
    if cte.search is not None or cte.cycle is not None:
        _check_search_and_cycle(state, cte, table)


def analyse_cte_target_list(
    state: ParseState,
    table: tree.CommonTable,
    targets: Iterable[tree.TargetEntry],
    where: nodes.Node | None = None,
) -> None:
    """Set the columns that a WITH query shows, under the names written after its own."""
    columns = []
    for at, target in enumerate(targets):
        name = table.column_names[at] if at < len(table.column_names) else target.name
        type_oid, modifier = target.expr.type, target.expr.modifier
        if table.recursive and type_oid == oids.UNKNOWN:
            type_oid, modifier = oids.TEXT, -1
        columns.append(making.EntryColumn(name=name, type=type_oid, modifier=modifier))
    if len(columns) < len(table.column_names):
        state.error(
            "too-many-column-names",
            f'WITH query "{table.name}" has {len(columns)} columns available but '
            f"{len(table.column_names)} columns specified",
            where,
            sqlstate="42P10",
        )
    table.columns = (*columns, *table.extra_columns)
    table.search_columns = len(table.extra_columns)


def _check_recursive_types(
    state: ParseState,
    cte: nodes.CommonTableExpr,
    table: tree.CommonTable,
    query: tree.Query,
) -> None:
    """The whole of a recursive query must have the types of its non-recursive term (42804)."""
    for number, (column, target) in enumerate(zip(table.columns, query.output, strict=False), 1):
        expr = target.expr
        if (column.type, column.modifier) == (expr.type, expr.modifier):
            check_recursive_collation(state, table, number, query)
            continue
        display = state.catalog.display_type
        state.error(
            "recursive-type-mismatch",
            f'recursive query "{table.name}" column {number} has type '
            f"{display(column.type, column.modifier)} in non-recursive term but type "
            f"{display(expr.type, expr.modifier)} overall",
            (target.start, target.end) if target.start >= 0 else cte,
            sqlstate="42804",
            hint="Cast the output of the non-recursive term to the correct type.",
        )


# SEARCH and CYCLE


def _search_columns(
    cte: nodes.CommonTableExpr, mark: tree.EntryColumn | None
) -> tuple[tree.EntryColumn, ...]:
    """The columns that SEARCH and CYCLE add behind the query's own."""
    columns: list[tree.EntryColumn] = []
    if cte.search is not None:
        columns.append(
            making.EntryColumn(
                name=cte.search.column,
                type=oids.RECORD if cte.search.breadth else oids.RECORD_ARRAY,
            )
        )
    if cte.cycle is not None and mark is not None:
        columns.append(mark)
        columns.append(making.EntryColumn(name=cte.cycle.path, type=oids.RECORD_ARRAY))
    return tuple(columns)


def _cycle_mark(
    state: ParseState, cycle: nodes.CteCycle, table: tree.CommonTable
) -> tree.EntryColumn:
    if cycle.value is None or cycle.default is None:
        return making.EntryColumn(name=cycle.mark, type=oids.BOOL)
    value = transform_expr(state, cycle.value, "cycle mark")
    default = transform_expr(state, cycle.default, "cycle mark")
    common = select_common_type(state, [value, default], "CYCLE")
    value = coerce_to_common_type(state, value, common, "CYCLE/SET/TO")
    default = coerce_to_common_type(state, default, common, "CYCLE/SET/DEFAULT")
    if state.catalog.equality_operator(common) is None:
        state.error(
            "no-equality-operator",
            f"could not identify an equality operator for type "
            f"{state.catalog.display_type(common)}",
            cycle,
            sqlstate="42883",
        )
    table.mark_values = (value, default)
    modifier = select_common_typmod([value, default], common)
    return making.EntryColumn(name=cycle.mark, type=common, modifier=modifier)


def _check_search_and_cycle(
    state: ParseState, cte: nodes.CommonTableExpr, table: tree.CommonTable
) -> None:
    if not table.recursive:
        state.error("invalid-search", "WITH query is not recursive", cte, sqlstate="42601")
    assert isinstance(cte.query, nodes.Select)
    for arm, side in ((cte.query.left, "left"), (cte.query.right, "right")):
        if arm is None or arm.set_op is not None or arm.values:
            state.error(
                "invalid-search",
                f"with a SEARCH or CYCLE clause, the {side} side of the UNION must be a SELECT",
                arm or cte,
                sqlstate="0A000" if arm is None or arm.values else "42601",
            )
    names = [column.name for column in table.columns[: len(table.columns) - table.search_columns]]
    if cte.search is not None:
        _check_columns(state, cte.search, "search", cte.search.by, names)
        if cte.search.column in names:
            _error_used(state, cte.search, "search sequence", cte.search.column)
    if cte.cycle is not None:
        _check_cycle(state, cte.cycle, names)
    if cte.search is not None and cte.cycle is not None:
        for name, what in ((cte.cycle.mark, "cycle mark"), (cte.cycle.path, "cycle path")):
            if name == cte.search.column:
                _error_same(state, cte.search, "search sequence", what)


def _check_cycle(state: ParseState, cycle: nodes.CteCycle, names: Sequence[str]) -> None:
    _check_columns(state, cycle, "cycle", cycle.columns, names)
    if cycle.mark in names:
        _error_used(state, cycle, "cycle mark", cycle.mark)
    if cycle.path in names:
        _error_used(state, cycle, "cycle path", cycle.path)
    if cycle.mark == cycle.path:
        _error_same(state, cycle, "cycle mark", "cycle path")


def _check_columns(
    state: ParseState, where: nodes.Node, what: str, written: Sequence[str], names: Sequence[str]
) -> None:
    for at, name in enumerate(written):
        if name not in names:
            state.error(
                "invalid-search",
                f'{what} column "{name}" not in WITH query column list',
                where,
                sqlstate="42601",
            )
        if name in written[:at]:
            state.error(
                "duplicate-column",
                f'{what} column "{name}" specified more than once',
                where,
                sqlstate="42701",
            )


def _error_used(state: ParseState, where: nodes.Node, what: str, name: str) -> NoReturn:
    state.error(
        "invalid-search",
        f'{what} column name "{name}" already used in WITH query column list',
        where,
        sqlstate="42601",
    )


def _error_same(state: ParseState, where: nodes.Node, first: str, second: str) -> NoReturn:
    state.error(
        "invalid-search",
        f"{first} column name and {second} column name are the same",
        where,
        sqlstate="42601",
    )
