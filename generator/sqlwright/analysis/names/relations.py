"""Range table entries: what columns come from, made from relations, subqueries, functions, CTEs.

Each `add_range_table_entry...` enters what it makes in the query level's list and returns its
namespace item, which the caller makes visible where the rules say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from sqlwright.analysis import tree
from sqlwright.analysis.names.scope import is_future_cte, visible_ctes
from sqlwright.analysis.state.parse_state import make_namespace_item
from sqlwright.analysis.tree import making
from sqlwright.catalog.similar_names import similar_relation
from sqlwright.dataclass import replace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlwright.analysis.names.columns import Where
    from sqlwright.analysis.state.parse_state import NamespaceItem, ParseState
    from sqlwright.catalog.catalog import Catalog
    from sqlwright.catalog.model import Relation
    from sqlwright.sql import nodes


def build_ns_item(entry: tree.RangeTableEntry) -> NamespaceItem:
    """The namespace item of an entry: each column a variable of it."""
    return make_namespace_item(name=entry.alias or entry.name, entry=entry, columns=entry.columns)


def enter(state: ParseState, entry: tree.RangeTableEntry) -> NamespaceItem:
    """Add an entry to its query level."""
    state.entries.append(entry)
    return build_ns_item(entry)


# Relations


def parser_open_table(state: ParseState, relation: nodes.RangeVar) -> Relation:
    """The relation a name means; 42P01 if there is none, 42809 if it cannot be queried."""
    names = relation.name
    if len(names) > 2:
        state.error(
            "cross-database-reference",
            f'cross-database references are not implemented: "{".".join(names)}"',
            relation,
            sqlstate="0A000",
        )
    found = state.catalog.find_relation(names)
    if found is None:
        _error_missing_relation(state, relation)
    if found.kind in ("index", "composite type"):
        kind = _kind_of_closed(state.catalog, found)
        state.error(
            "wrong-object-type",
            f'cannot open relation "{found.name}"',
            relation,
            sqlstate="42809",
            detail=f"This operation is not supported for {kind}.",
        )
    return found


def _kind_of_closed(catalog: Catalog, relation: Relation) -> str:
    """What a relation is that cannot be opened, in the plural."""
    if relation.kind != "index":
        return "composite types"
    table = catalog.get_relation(relation.owner_table)
    partitioned = table is not None and table.kind == "partitioned table"
    return "partitioned indexes" if partitioned else "indexes"


def _error_missing_relation(state: ParseState, relation: nodes.RangeVar) -> NoReturn:
    names = relation.name
    if len(names) == 1 and is_future_cte(state, names[0]):
        state.error(
            "unknown-relation",
            f'relation "{names[0]}" does not exist',
            relation,
            sqlstate="42P01",
            detail=f'There is a WITH item named "{names[0]}", but it cannot be referenced from '
            "this part of the query.",
            hint="Use WITH RECURSIVE, or re-order the WITH items to remove forward references.",
        )
    advice = similar_relation(state.catalog, names, visible_ctes(state) if len(names) == 1 else ())
    state.error(
        "unknown-relation",
        f'relation "{".".join(names)}" does not exist',
        relation,
        sqlstate="42P01",
        help=advice.help,
        labels=advice.labels,
        cause=state.catalog.failure("relation", names[-1]),
    )


def add_range_table_entry(
    state: ParseState, range_var: nodes.RangeVar, alias: nodes.Alias | None
) -> NamespaceItem:
    """An entry for a relation named in the text."""
    relation = parser_open_table(state, range_var)
    return add_range_table_entry_for_relation(state, relation, alias, range_var)


def add_range_table_entry_for_relation(
    state: ParseState,
    relation: Relation,
    alias: nodes.Alias | None,
    where: nodes.RangeVar | None = None,
    *,
    is_excluded: bool = False,
) -> NamespaceItem:
    """An entry for a relation that is already known."""
    columns = _columns_of(state.catalog, relation)
    entry = making.RangeTableEntry(
        kind="relation",
        name=relation.name,
        alias=alias.name if alias else None,
        columns=rename_columns(state, columns, alias, relation.name, where),
        depth=state.depth,
        relation=relation,
        only=where.only if where is not None else False,
        is_excluded=is_excluded,
        start=where.start if where is not None else -1,
        end=where.end if where is not None else -1,
    )
    return enter(state, entry)


def _columns_of(catalog: Catalog, relation: Relation) -> tuple[tree.EntryColumn, ...]:
    """Those of a relation that is still being made may be others under the same OID."""
    key = ("columns shown", relation.oid)
    known, columns = catalog.memo.once(key, lambda: (relation, _new_columns(relation)))
    return columns if known is relation else _new_columns(relation)


def _new_columns(relation: Relation) -> tuple[tree.EntryColumn, ...]:
    return tuple(
        making.EntryColumn(
            name=column.name, type=column.type, modifier=column.modifier, source=column
        )
        for column in relation.columns
    )


def rename_columns(
    state: ParseState,
    columns: tuple[tree.EntryColumn, ...],
    alias: nodes.Alias | None,
    name: str,
    where: Where,
    what: str | None = None,
) -> tuple[tree.EntryColumn, ...]:
    """Columns under the names of an alias's column list, which may be shorter but not longer."""
    given = alias.columns if alias is not None else ()
    if len(given) > len(columns):
        subject = what or f'table "{alias.name if alias else name}"'
        state.error(
            "too-many-column-names",
            f"{subject} has {len(columns)} columns available but {len(given)} columns specified",
            alias or where,
            sqlstate="42P10",
        )
    if not given:
        return columns
    renamed = [replace(column, name=new) for column, new in zip(columns, given, strict=False)]
    return (*renamed, *columns[len(given) :])


# Subqueries, values, joins


def add_range_table_entry_for_subquery(
    state: ParseState,
    subquery: tree.Query,
    alias: nodes.Alias | None,
    lateral: bool,
    where: Where = None,
) -> NamespaceItem:
    """An entry for a subquery; without an alias only its columns can be named."""
    columns = tuple(
        making.EntryColumn(name=target.name, type=target.expr.type, modifier=target.expr.modifier)
        for target in subquery.output
    )
    entry = making.RangeTableEntry(
        kind="subquery",
        name="unnamed_subquery",
        alias=alias.name if alias else None,
        columns=rename_columns(state, columns, alias, "unnamed_subquery", where),
        depth=state.depth,
        subquery=subquery,
        lateral=lateral,
    )
    item = enter(state, entry)
    item.relation_visible = alias is not None
    return item


def add_range_table_entry_for_values(
    state: ParseState,
    rows: tuple[tuple[tree.Expr, ...], ...],
    types: Sequence[int],
    modifiers: Sequence[int],
    *,
    lateral: bool = False,
) -> NamespaceItem:
    """An entry for a VALUES list; its columns are `column1`, `column2` ..."""
    columns = tuple(
        making.EntryColumn(name=f"column{number}", type=type_oid, modifier=modifier)
        for number, (type_oid, modifier) in enumerate(zip(types, modifiers, strict=True), 1)
    )
    entry = making.RangeTableEntry(
        kind="values",
        name="*VALUES*",
        columns=columns,
        depth=state.depth,
        values=rows,
        lateral=lateral,
    )
    return enter(state, entry)


def add_range_table_entry_for_join(
    state: ParseState,
    kind: str,
    columns: list[tuple[str, tree.Expr]],
    merged: int,
    alias: nodes.Alias | None,
    where: Where = None,
) -> NamespaceItem:
    """An entry for a join. A column that only passes on a variable of one side stays that variable;
    a merged one that had to be computed becomes a variable of the join.
    """
    own = tuple(
        making.EntryColumn(name=name, type=expr.type, modifier=expr.modifier)
        for name, expr in columns
    )
    entry = making.RangeTableEntry(
        kind="join",
        name="unnamed_join",
        alias=alias.name if alias else None,
        columns=rename_columns(state, own, alias, "unnamed_join", where, _joined(alias)),
        depth=state.depth,
        join_vars=tuple(expr for _, expr in columns),
        merged=merged,
        join_kind=kind,  # type: ignore[arg-type]
    )
    item = enter(state, entry)
    item.variables = [
        expr if isinstance(expr, tree.Var) else item.variable(number)
        for number, (_, expr) in enumerate(columns, 1)
    ]
    return item


def add_range_table_entry_for_sides(
    state: ParseState, kind: str, left: NamespaceItem, right: NamespaceItem
) -> NamespaceItem:
    """An entry for a join without a name that merges no columns: they are those of its sides, and
    nothing refers to the entry itself."""
    entry = making.RangeTableEntry(
        kind="join",
        name="unnamed_join",
        columns=(),
        depth=state.depth,
        join_kind=kind,  # type: ignore[arg-type]
    )
    item = enter(state, entry)
    item.columns = left.columns + right.columns
    item.sides = left, right
    return item


def _joined(alias: nodes.Alias | None) -> str:
    return f'join expression "{alias.name if alias else "unnamed_join"}"'


# XMLTABLE and JSON_TABLE


def add_range_table_entry_for_table_func(
    state: ParseState,
    kind: str,
    columns: tuple[tree.EntryColumn, ...],
    table_columns: tuple[tree.TableColumn, ...],
    arguments: tuple[tree.Expr, ...],
    alias: nodes.Alias | None,
    where: Where,
) -> NamespaceItem:
    """An entry for XMLTABLE or JSON_TABLE, `kind` telling which."""
    name = "xmltable" if kind == "xmltable" else "json_table"
    entry = making.RangeTableEntry(
        kind=kind,  # type: ignore[arg-type]
        name=name,
        alias=alias.name if alias else None,
        columns=rename_columns(state, columns, alias, name, where, f"{name.upper()} function"),
        depth=state.depth,
        lateral=True,
        arguments=arguments,
        table_columns=table_columns,
    )
    return enter(state, entry)


# WITH queries


def add_range_table_entry_for_cte(
    state: ParseState, cte: tree.CommonTable, range_var: nodes.RangeVar
) -> NamespaceItem:
    """An entry for a reference to a WITH query.

    The columns that SEARCH and CYCLE add can be named everywhere, but `*` shows them only at the
    level of the WITH clause itself.
    """
    cte.references += 1
    if cte.query is not None and cte.query.command != "select" and not cte.query.returning:
        state.error(
            "missing-returning",
            f'WITH query "{cte.name}" does not have a RETURNING clause',
            range_var,
            sqlstate="0A000",
        )
    entry = making.RangeTableEntry(
        kind="cte",
        name=cte.name,
        alias=range_var.alias.name if range_var.alias else None,
        columns=rename_columns(state, cte.columns, range_var.alias, cte.name, range_var),
        depth=state.depth,
        cte=cte,
        start=range_var.start,
        end=range_var.end,
    )
    item = enter(state, entry)
    if state.depth > cte.depth and cte.search_columns:
        item.unexpanded = cte.search_columns
    return item
