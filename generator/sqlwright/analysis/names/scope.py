"""Which names can be seen where: the namespace rules of a query level and those around it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from sqlwright.analysis import tree
from sqlwright.analysis.names.columns import Where, error_ambiguous_column, scan_ns_item_for_column
from sqlwright.analysis.names.missing import (
    called_here,
    missing_alias,
    missing_column,
    missing_column_cause,
    qualifier_place,
)
from sqlwright.analysis.names.suggestions import search_range_table_for_column

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlwright.analysis.state.parse_state import NamespaceItem, ParseState


def col_name_to_var(
    state: ParseState, name: str, local_only: bool, where: Where
) -> tree.Var | None:
    """The column an unqualified name means, searched level by level outwards; None if none.

    Raises 42702 where two items of one level offer the name.
    """
    level: ParseState | None = state
    while level is not None:
        found: tree.Var | None = None
        for item in level.namespace:
            if not item.columns_visible or (item.lateral_only and not level.lateral_active):
                continue
            candidate = scan_ns_item_for_column(state, item, name, where)
            if candidate is None:
                continue
            if found is not None:
                error_ambiguous_column(state, name, where)
            if item.lateral_only:
                check_lateral_ref_ok(level, item, where)
            found = candidate
        if found is not None or local_only:
            return found
        level = level.parent
    return None


def refname_namespace_item(
    state: ParseState, schema: str | None, name: str, where: Where
) -> NamespaceItem | None:
    """The FROM item a qualifier means; None if no visible one carries the name."""
    relation_oid = 0
    if schema is not None:
        relation = state.catalog.find_relation((schema, name))
        if relation is None:
            return None
        relation_oid = relation.oid
    level: ParseState | None = state
    while level is not None:
        found = _scan_level(level, state, relation_oid, name, where)
        if found is not None:
            return found
        level = level.parent
    return None


def _scan_level(
    level: ParseState, state: ParseState, relation_oid: int, name: str, where: Where
) -> NamespaceItem | None:
    found: NamespaceItem | None = None
    for item in level.namespace:
        if item.name != name and not relation_oid:
            continue
        if not item.relation_visible or (item.lateral_only and not level.lateral_active):
            continue
        if relation_oid and not _is_bare_relation(item, relation_oid):
            continue
        if found is not None:
            shown = str(relation_oid) if relation_oid else f'"{name}"'
            state.error(
                "ambiguous-alias",
                f"table reference {shown} is ambiguous",
                where,
                sqlstate="42P09",
            )
        if item.lateral_only:
            check_lateral_ref_ok(level, item, where)
        found = item
    return found


def _is_bare_relation(item: NamespaceItem, relation_oid: int) -> bool:
    entry = item.entry
    return (
        entry.kind == "relation"
        and entry.relation is not None
        and entry.relation.oid == relation_oid
        and entry.alias is None
        and item.returning is None
    )


def check_lateral_ref_ok(level: ParseState, item: NamespaceItem, where: Where) -> None:
    """Refuse a LATERAL reference to the wrong side of an outer join, or to an UPDATE's target."""
    if not item.lateral_only or item.lateral_ok:
        return
    name = item.entry.alias or item.entry.name
    is_target = level.target_item is not None and item.entry is level.target_item.entry
    detail = "The combining JOIN type must be INNER or LEFT for a LATERAL reference."
    level.error(
        "invalid-reference",
        f'invalid reference to FROM-clause entry for table "{name}"',
        where,
        sqlstate="42P10",
        hint=_NOT_FROM_HERE.format(name) if is_target else None,
        detail=None if is_target else detail,
    )


_NOT_FROM_HERE = (
    'There is an entry for table "{}", but it cannot be referenced from this part of the query.'
)


def check_name_space_conflicts(
    state: ParseState,
    first: Iterable[NamespaceItem],
    second: Iterable[NamespaceItem],
    where: Where = None,
) -> None:
    """Refuse two items of one name (42712), save for equally named tables of different schemas."""
    others = [item for item in second if item.relation_visible]
    for item in first:
        if not item.relation_visible:
            continue
        for other in others:
            if item.name == other.name and not _different_tables(item.entry, other.entry):
                state.error(
                    "duplicate-alias",
                    f'table name "{item.name}" specified more than once',
                    where,
                    sqlstate="42712",
                )


def _different_tables(first: tree.RangeTableEntry, second: tree.RangeTableEntry) -> bool:
    return (
        first.relation is not None
        and second.relation is not None
        and first.alias is None
        and second.alias is None
        and first.relation.oid != second.relation.oid
    )


def add_ns_item_to_query(
    state: ParseState,
    item: NamespaceItem,
    *,
    relation_visible: bool = True,
    columns_visible: bool = True,
) -> None:
    """Make an item visible to what is analysed from now on."""
    item.relation_visible = relation_visible
    item.columns_visible = columns_visible
    item.lateral_only = False
    item.lateral_ok = True
    state.namespace.append(item)


def set_namespace_lateral_state(
    items: Iterable[NamespaceItem], lateral_only: bool, lateral_ok: bool
) -> None:
    """Mark items as visible to LATERAL items only, or to all."""
    for item in items:
        item.lateral_only = lateral_only
        item.lateral_ok = lateral_ok


def set_namespace_column_visibility(items: Iterable[NamespaceItem], visible: bool) -> None:
    """Show or hide the unqualified column names of items."""
    for item in items:
        item.columns_visible = visible


# Errors for what was not found


def error_missing_rte(state: ParseState, names: tuple[str, ...], where: Where) -> NoReturn:
    """Refuse a qualifier that no visible FROM item carries, saying what it may have meant."""
    entry = _search_range_table_for_relation(state, names)
    bad_alias = None
    if entry is not None:
        alias = entry.alias
        if alias is not None and alias != names[-1]:
            item = refname_namespace_item(state, None, alias, where)
            if item is not None and item.entry is entry:
                bad_alias = alias
    name = names[-1]
    at = qualifier_place(state, where)
    if entry is None:
        advice = missing_alias(state, names)
        state.error(
            "unknown-alias",
            f'missing FROM-clause entry for table "{name}"',
            at,
            sqlstate="42P01",
            help=advice.help,
            labels=advice.labels,
        )
    message = f'invalid reference to FROM-clause entry for table "{name}"'
    if bad_alias is not None:
        state.error(
            "invalid-reference",
            message,
            at,
            sqlstate="42P01",
            hint=f'Perhaps you meant to reference the table alias "{bad_alias}".',
            labels=called_here(state, entry),
        )
    lateral = _visible_if_lateral(state, entry)
    state.error(
        "invalid-reference",
        message,
        at,
        sqlstate="42P01",
        detail=_NOT_FROM_HERE.format(entry.alias or entry.name),
        hint="To reference that table, you must mark this subquery with LATERAL."
        if lateral
        else None,
    )


def _search_range_table_for_relation(
    state: ParseState, names: tuple[str, ...]
) -> tree.RangeTableEntry | None:
    cte = scan_name_space_for_cte(state, names[0]) if len(names) == 1 else None
    relation = state.catalog.find_relation(names) if cte is None else None
    level: ParseState | None = state
    while level is not None:
        for entry in level.entries:
            if relation is not None and entry.relation and entry.relation.oid == relation.oid:
                return entry
            if cte is not None and entry.cte is cte:
                return entry
            if (entry.alias or entry.name) == names[-1]:
                return entry
        level = level.parent
    return None


def scan_name_space_for_cte(state: ParseState, name: str) -> tree.CommonTable | None:
    """The WITH query of that name that can be seen from here, the innermost first."""
    level: ParseState | None = state
    while level is not None:
        for cte in level.ctes:
            if cte.name == name:
                return cte
        level = level.parent
    return None


def visible_ctes(state: ParseState) -> list[str]:
    """The names of the WITH queries that can be seen from here, the innermost first."""
    names: list[str] = []
    level: ParseState | None = state
    while level is not None:
        names += [cte.name for cte in level.ctes]
        level = level.parent
    return names


def is_future_cte(state: ParseState, name: str) -> bool:
    """Whether a WITH query of that name stands further on in a WITH clause without RECURSIVE."""
    level: ParseState | None = state
    while level is not None:
        if any(cte.name == name for cte in level.future_ctes):
            return True
        level = level.parent
    return False


def error_missing_column(
    state: ParseState, relation_name: str | None, column_name: str, where: Where
) -> NoReturn:
    """Refuse a column that does not exist (42703), with PostgreSQL's own suggestions."""
    matches = search_range_table_for_column(state, relation_name, column_name)
    advice = missing_column(state, relation_name, column_name, where, matches)
    message = (
        f'column "{column_name}" does not exist'
        if relation_name is None
        else f"column {relation_name}.{column_name} does not exist"
    )
    detail: str | None = None
    hint: str | None = None
    if len(matches.exact) > 1:
        detail = (
            f'There are columns named "{column_name}", but they are in tables that cannot be '
            "referenced from this part of the query."
        )
        hint = "Try using a table-qualified name." if relation_name is None else None
    elif matches.exact:
        entry = matches.exact[0]
        detail = (
            f'There is a column named "{column_name}" in table "{entry.alias or entry.name}", '
            "but it cannot be referenced from this part of the query."
        )
        if _visible_if_lateral(state, entry):
            hint = "To reference that column, you must mark this subquery with LATERAL."
        elif relation_name is None and _visible_if_qualified(state, entry):
            hint = "To reference that column, you must use a table-qualified name."
    state.error(
        "unknown-column",
        message,
        where,
        sqlstate="42703",
        detail=detail,
        hint=hint,
        help=advice.help,
        labels=advice.labels,
        cause=missing_column_cause(state, relation_name, column_name),
    )


def _item_of(state: ParseState, entry: tree.RangeTableEntry) -> NamespaceItem | None:
    level: ParseState | None = state
    while level is not None:
        for item in level.namespace:
            if item.entry is entry:
                return item
        level = level.parent
    return None


def _visible_if_lateral(state: ParseState, entry: tree.RangeTableEntry) -> bool:
    if state.lateral_active:
        return False
    item = _item_of(state, entry)
    return item is not None and item.lateral_only and item.lateral_ok


def _visible_if_qualified(state: ParseState, entry: tree.RangeTableEntry) -> bool:
    item = _item_of(state, entry)
    return item is not None and item.relation_visible and not item.columns_visible
