"""Columns of one namespace item: named references, system columns, whole rows, expansion of `*`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlwright.analysis import tree
from sqlwright.analysis.tree import making
from sqlwright.catalog import oids
from sqlwright.catalog.similar_names import written
from sqlwright.diagnostics import Label
from sqlwright.source import Span
from sqlwright.sql import nodes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlwright.analysis.state.parse_state import NamespaceItem, ParseState

Where = nodes.Node | tree.Expr | tuple[int, int] | None
"""A place in the source, as errors take it."""

SYSTEM_COLUMNS = {
    "ctid": (-1, oids.TID),
    "xmin": (-2, oids.XID),
    "cmin": (-3, oids.CID),
    "xmax": (-4, oids.XID),
    "cmax": (-5, oids.CID),
    "tableoid": (-6, oids.OID),
}
"""Attribute number and type of the columns every stored relation has (manual 5.6)."""

_RELATIONS_WITHOUT_SYSTEM_COLUMNS = ("view", "composite type", "index")


def place(where: Where) -> tuple[int, int]:
    """Start and end of a place, -1 where there is none."""
    if where is None:
        return (-1, -1)
    if isinstance(where, tuple):
        return where
    return (where.start, where.end)


def scan_ns_item_for_column(
    state: ParseState, item: NamespaceItem, name: str, where: Where
) -> tree.Var | None:
    """The column of that name, None if there is none; 42702 if the item has several."""
    number = item.numbers.get(name)
    if number == 0:
        error_ambiguous_column(state, name, where)
    start, end = place(where)
    if number:
        return item.variable(number, start, end)
    return _system_column(state, item, name, start, end)


def _system_column(
    state: ParseState, item: NamespaceItem, name: str, start: int, end: int
) -> tree.Var | None:
    if not has_system_column(item.entry, name):
        return None
    number, type_oid = SYSTEM_COLUMNS[name]
    if name != "tableoid":
        _check_system_column_allowed(state, name, (start, end))
    return making.Var(
        type=type_oid,
        entry=item.entry,
        number=number,
        name=name,
        returning=item.returning,
        start=start,
        end=end,
    )


def has_system_column(entry: tree.RangeTableEntry, name: str) -> bool:
    """Whether a name means a system column of what an entry reads."""
    relation = entry.relation
    if entry.kind != "relation" or relation is None or entry.is_excluded:
        return False
    return name in SYSTEM_COLUMNS and relation.kind not in _RELATIONS_WITHOUT_SYSTEM_COLUMNS


def _check_system_column_allowed(state: ParseState, name: str, where: Where) -> None:
    if state.expr_kind == "check constraint":
        state.error(
            "invalid-column-reference",
            f'system column "{name}" reference in check constraint is invalid',
            where,
            sqlstate="42P10",
        )
    if state.expr_kind == "merge when":
        state.error(
            "invalid-column-reference",
            f'cannot use system column "{name}" in MERGE WHEN condition',
            where,
            sqlstate="42P10",
        )
    if state.expr_kind == "generated column":
        state.error(
            "invalid-column-reference",
            f'cannot use system column "{name}" in column generation expression',
            where,
            sqlstate="42P10",
        )


def error_ambiguous_column(state: ParseState, name: str, where: Where) -> None:
    """Refuse an unqualified or qualified name that several columns answer to."""
    state.error(
        "ambiguous-column",
        f'column reference "{name}" is ambiguous',
        where,
        sqlstate="42702",
        help=_qualified_help(state, name),
        labels=entry_labels(
            state,
            (item for item in state.namespace if _has_column(item, name)),
            f"{{}} has a column {name}",
        ),
    )


def _has_column(item: NamespaceItem, name: str) -> bool:
    return item.relation_visible and name in item.numbers


def _qualified_help(state: ParseState, name: str) -> str | None:
    owners = [item.name for item in state.namespace if _has_column(item, name)]
    if len(owners) < 2 or len(set(owners)) < len(owners):
        return None
    return "write " + " or ".join(f"`{written((owner, name))}`" for owner in owners)


def entry_labels(
    state: ParseState, items: Iterable[NamespaceItem], message: str
) -> tuple[Label, ...]:
    """Labels at the FROM items as far as their places are known, `{}` being their names."""
    return tuple(
        Label(Span(state.source, item.entry.start, item.entry.end), message.format(item.name))
        for item in items
        if item.entry.start >= 0
    )


def expand_ns_item_vars(item: NamespaceItem, where: Where) -> list[tuple[str, tree.Var]]:
    """Every column of an item that `*` shows, in order, with the name it is seen under."""
    start, end = place(where)
    shown = item.columns[: len(item.columns) - item.unexpanded]
    return [
        (column.name, item.variable(number, start, end)) for number, column in enumerate(shown, 1)
    ]


def whole_row_type(entry: tree.RangeTableEntry) -> int:
    """The type of a reference to an entry as a whole (manual 8.16.5)."""
    if entry.kind == "relation" and entry.relation is not None:
        return entry.relation.row_type or oids.RECORD
    return oids.RECORD


def transform_whole_row_ref(state: ParseState, item: NamespaceItem, where: Where) -> tree.Expr:
    """A reference to an item as a value: its row, or the value of a scalar function.

    The alias of a JOIN USING clause covers only the merged columns, so it becomes a row of them.
    """
    start, end = place(where)
    entry = item.entry
    if item.is_using_alias:
        columns = expand_ns_item_vars(item, where)
        return tree.RowExpr(
            type=oids.RECORD,
            items=tuple(var for _, var in columns),
            names=tuple(name for name, _ in columns),
            start=start,
            end=end,
        )
    if (
        entry.kind == "relation"
        and entry.relation is not None
        and entry.relation.kind == "sequence"
    ):
        state.error(
            "wrong-object-type",
            f'relation "{entry.relation.name}" does not have a composite type',
            where,
            sqlstate="42809",
        )
    type_oid = whole_row_type(entry)
    number = 0
    if entry.kind == "function" and len(entry.functions) == 1 and not entry.ordinality:
        call = entry.functions[0].call
        kind = state.catalog.type(call.type).kind
        if kind == "composite" or is_composite_domain(state, call.type):
            type_oid = call.type
        elif call.type != oids.RECORD:
            type_oid, number = call.type, 1
    return making.Var(
        type=type_oid,
        entry=entry,
        number=number,
        name=item.name,
        returning=item.returning,
        start=start,
        end=end,
    )


def is_composite_domain(state: ParseState, type_oid: int) -> bool:
    """Whether a type is a domain, at any depth, over a composite type."""
    catalog = state.catalog
    return (
        catalog.type(type_oid).kind == "domain"
        and catalog.type(catalog.base_type(type_oid)).kind == "composite"
    )
