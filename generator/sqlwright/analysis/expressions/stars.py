"""Stars in select lists: `*`, `t.*`, `(row).*`, sqlc.embed, and how to write them out.

Generated code reads rows by position, so a star at the top of a statement is replaced in the SQL
by the columns it stands for now.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NoReturn

from sqlwright.analysis import tree
from sqlwright.analysis.calls.body_arguments import argument_reference
from sqlwright.analysis.names.columns import Where, expand_ns_item_vars
from sqlwright.analysis.names.rowtypes import row_columns
from sqlwright.analysis.names.scope import error_missing_rte, refname_namespace_item
from sqlwright.analysis.state.dispatch import transform_expr
from sqlwright.analysis.state.parse_state import TextEdit
from sqlwright.catalog import oids
from sqlwright.patterns import pattern
from sqlwright.sql import nodes
from sqlwright.sql.lexing.keywords import KEYWORDS

if TYPE_CHECKING:
    from sqlwright.analysis.state.parse_state import ExprKind, NamespaceItem, ParseState

NamedExpr = tuple[str, tree.Expr]


def expand_column_ref_star(state: ParseState, ref: nodes.ColumnRef) -> list[NamedExpr]:
    """The columns that `*`, `t.*` or `s.t.*` stands for, with their names."""
    if not ref.fields:
        return _expand_all_tables(state, ref)
    if state.arguments and len(ref.fields) <= 2 and _item(state, ref.fields, ref) is None:
        argument = argument_reference(state, ref, ref.fields)
        if argument is not None:
            return expand_row_reference(state, argument, ref)
    return list(expand_ns_item_vars(star_item(state, ref.fields, ref), ref))


def star_item(state: ParseState, names: tuple[str, ...], where: nodes.Node) -> NamespaceItem:
    """The FROM item that a qualifier before a star, or in sqlc.embed, means."""
    if len(names) > 3:
        state.error(
            "improper-name",
            f"improper qualified name (too many dotted names): {'.'.join((*names, '*'))}",
            where,
            sqlstate="42601",
        )
    if len(names) == 3:
        state.error(
            "cross-database-reference",
            f"cross-database references are not implemented: {'.'.join((*names, '*'))}",
            where,
            sqlstate="0A000",
        )
    item = _item(state, names, where)
    if item is None:
        error_missing_rte(state, names, where)
    return item


def _item(
    state: ParseState, names: tuple[str, ...], where: nodes.Node | None
) -> NamespaceItem | None:
    schema = names[0] if len(names) == 2 else None
    return refname_namespace_item(state, schema, names[-1], where)


def _expand_all_tables(state: ParseState, ref: nodes.ColumnRef) -> list[NamedExpr]:
    items = [item for item in state.namespace if item.columns_visible]
    if not items:
        state.error(
            "select-star-without-tables",
            "SELECT * with no tables specified is not valid",
            ref,
            sqlstate="42601",
        )
    return [column for item in items for column in expand_ns_item_vars(item, ref)]


def is_star(node: nodes.Expr) -> bool:
    """Whether a select-list item stands for several columns."""
    if isinstance(node, nodes.ColumnRef):
        return node.star
    if isinstance(node, nodes.Indirection):
        return isinstance(node.steps[-1], nodes.StarStep)
    return isinstance(node, nodes.Embed)


def expand_indirection_star(
    state: ParseState, node: nodes.Indirection, kind: ExprKind
) -> list[NamedExpr]:
    """The fields that `(row).*` stands for."""
    inner: nodes.Expr = node.operand
    if len(node.steps) > 1:
        inner = nodes.Indirection(
            operand=node.operand,
            steps=node.steps[:-1],
            start=node.start,
            end=node.steps[-2].end,
        )
    return expand_row_reference(state, transform_expr(state, inner, kind), node)


def expand_row_reference(state: ParseState, expr: tree.Expr, where: Where) -> list[NamedExpr]:
    """The fields of a row-valued expression; 42809 if it is no row, or one of unknown columns."""
    if isinstance(expr, tree.Var) and expr.number == 0:
        for level in _levels(state):
            for item in level.namespace:
                if item.entry is expr.entry and item.returning == expr.returning:
                    return list(expand_ns_item_vars(item, where))
    columns = row_columns(state.catalog, expr)
    if columns is None:
        _error_not_composite(state, expr, where)
    return [
        (
            column.name,
            tree.FieldSelect(
                type=column.type,
                modifier=column.modifier,
                operand=expr,
                number=number,
                name=column.name,
                start=expr.start,
                end=expr.end,
            ),
        )
        for number, column in enumerate(columns, 1)
    ]


def _levels(state: ParseState) -> list[ParseState]:
    levels = [state]
    while levels[-1].parent is not None:
        levels.append(levels[-1].parent)
    return levels


def _error_not_composite(state: ParseState, expr: tree.Expr, where: Where) -> NoReturn:
    message = (
        "record type has not been registered"
        if expr.type == oids.RECORD
        else f"type {state.catalog.display_type(expr.type)} is not composite"
    )
    state.error("not-composite", message, where, sqlstate="42809")


# Writing stars out


def write_out_star(state: ParseState, node: nodes.Expr, columns: list[NamedExpr]) -> bool:
    """Record the replacement of a star by its columns, where each can be named on its own; whether
    that is so."""
    qualifier = None
    if isinstance(node, nodes.ColumnRef) and node.fields:
        qualifier = node.fields
    elif isinstance(node, nodes.Embed):
        qualifier = node.relation
    elif not isinstance(node, nodes.ColumnRef):
        return False
    if qualifier is not None:
        item = _item(state, qualifier, None)
        written = [_qualified(qualifier, item, name, expr) for name, expr in columns]
    else:
        shown = [each.numbers for each in state.namespace if each.columns_visible]
        written = [_reference(state, shown, name, expr) for name, expr in columns]
    known = [text for text in written if text is not None]
    if not known or len(known) != len(written):
        return False
    listed = ", ".join(known)
    if qualifier is not None or state.source.text[node.start : node.end] == "*":
        state.edits.append(TextEdit(node.start, node.end, listed))
    else:
        # TABLE name, whose star is not in the text.
        end = node.start + len("TABLE")
        state.edits.append(TextEdit(node.start, end, f"SELECT {listed} FROM"))
    return True


def _qualified(
    qualifier: tuple[str, ...], item: NamespaceItem | None, name: str, expr: tree.Expr
) -> str | None:
    if not isinstance(expr, tree.Var) or item is None or not _means(item, name, expr):
        return None
    return ".".join(map(quote_identifier, (*qualifier, name)))


def _reference(
    state: ParseState, shown: list[dict[str, int]], name: str, expr: tree.Expr
) -> str | None:
    if not isinstance(expr, tree.Var):
        return None
    found = [numbers[name] for numbers in shown if name in numbers]
    if len(found) == 1 and found[0]:
        return quote_identifier(name)
    for item in state.namespace:
        if (
            item.relation_visible
            and sum(other.name == item.name for other in state.namespace) == 1
            and _means(item, expr.name, expr)
        ):
            return f"{quote_identifier(item.name)}.{quote_identifier(expr.name)}"
    return None


def _means(item: NamespaceItem, name: str, var: tree.Var) -> bool:
    """Whether `name` in an item is that variable and no other column of the item is called so."""
    number = item.numbers.get(name)
    return number is not None and number > 0 and name == var.name and item.shows(number, var)


_PLAIN = pattern(r"[a-z_][a-z0-9_$]*")


@cache
def quote_identifier(name: str) -> str:
    """A name as it must be written in SQL: quoted unless plain and not a reserved keyword."""
    keyword = KEYWORDS.get(name)
    if _PLAIN.fullmatch(name) and (keyword is None or keyword.category == "U"):
        return name
    return '"' + name.replace('"', '""') + '"'
