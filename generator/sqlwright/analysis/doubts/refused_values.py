"""Constants that a statement gives a column which takes none such: every row of it is refused."""

from __future__ import annotations

from collections.abc import Iterator

from sqlwright.analysis import tree
from sqlwright.analysis.finished import Finished
from sqlwright.analysis.premises.constants import INTEGERS, is_null
from sqlwright.analysis.premises.interception import events_of, may_be_replaced
from sqlwright.analysis.statements.written_tables import Written
from sqlwright.catalog import oids
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.model import Column
from sqlwright.catalog.similar_names import declared_here
from sqlwright.catalog.types.modifiers import length_of, precision_and_scale
from sqlwright.diagnostics import Diagnostic, Label
from sqlwright.source import Span
from sqlwright.sql.lexing.keywords import quote_identifier

_CONSTANTS = (tree.Const, tree.Cast)
_TEXTS = (oids.TEXT, oids.VARCHAR, oids.BPCHAR)
_NUMBERS = (*INTEGERS, oids.NUMERIC)
_BITS = {oids.INT2: 16, oids.INT4: 32, oids.INT8: 64}


def refused_values(finished: Finished, written: Written) -> Iterator[Diagnostic]:
    """A warning for each column that is set to a constant that it cannot hold: NULL where it is NOT
    NULL, a text that is too long, a number out of range (manual 8.1, 8.3)."""
    for column, value in _given(written.query):
        why = _why_refused(finished.catalog, written, column, value)
        if why:
            yield _warning(finished, column, value, why)


def _given(query: tree.Query) -> list[tuple[Column, tree.Expr]]:
    """What columns are set to in every row that comes to it, if that may be a constant."""
    pairs = [(each, each.value) for each in query.assignments]
    if query.insert_rows:
        rows = query.insert_rows
        pairs = [pair for row in rows for pair in zip(query.assignments, row, strict=False)]
    elif query.source is not None:
        pairs = [(each, _selected(query.source, value)) for each, value in pairs]
    for branch in query.merge_branches:
        pairs += [(each, each.value) for each in branch.assignments]
    if query.on_conflict is not None:
        pairs += [(each, each.value) for each in query.on_conflict.assignments]
    return [
        (item.column, value)
        for item, value in pairs
        if isinstance(value, _CONSTANTS) and item.whole
    ]


def _selected(source: tree.Query, value: tree.Expr) -> tree.Expr:
    """What a column of INSERT ... SELECT is, where that has one list."""
    if source.set_operation is not None or source.values:
        return value
    inner = value
    while isinstance(inner, tree.Cast) and not inner.explicit:
        inner = inner.operand
    if not isinstance(inner, tree.Var) or inner.number < 1:
        return value
    return source.output[inner.number - 1].expr


def _why_refused(catalog: Catalog, written: Written, column: Column, value: tree.Expr) -> str:
    """Why the column does not take the value; nothing if it may."""
    if is_null(value):
        refuses = column.not_null or catalog.forbids_null(column.type)
        if not refuses or may_be_replaced(catalog, written.relation, events_of(written.query)):
            return ""
        return "NOT NULL and is given NULL"
    given = _misfit(catalog, column, value)
    if not given:
        return ""
    return f"{catalog.display_type(column.type, column.modifier)} and is given {given}"


def _misfit(catalog: Catalog, column: Column, value: tree.Expr) -> str:
    """What a constant is that its column cannot hold."""
    while isinstance(value, tree.Cast) and not value.explicit:
        value = value.operand
    if not isinstance(value, tree.Const) or value.value is None:
        return ""
    base, modifier = catalog.base_type_and_modifier(column.type, column.modifier)
    if value.type in _TEXTS and base in (oids.VARCHAR, oids.BPCHAR):
        longest = length_of(modifier)
        too_long = longest is not None and len(value.value.rstrip(" ")) > longest
        return f"{len(value.value)} characters" if too_long else ""
    if value.type in _NUMBERS and base in _NUMBERS:
        return value.value if _overflows(base, modifier, value.value) else ""
    return ""


def _overflows(base: int, modifier: int, text: str) -> bool:
    from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

    limits = precision_and_scale(modifier) if base == oids.NUMERIC else None
    if base == oids.NUMERIC and limits is None:
        return False
    precision, scale = limits or (0, 0)
    try:
        number = Decimal(text.replace("_", "")).quantize(Decimal(1).scaleb(-scale), ROUND_HALF_UP)
    except InvalidOperation:
        return False
    if base == oids.NUMERIC:
        return bool(abs(number) >= Decimal(10) ** (precision - scale))
    most = 2 ** (_BITS[base] - 1)
    return not -most <= number < most


def _warning(finished: Finished, column: Column, value: tree.Expr, why: str) -> Diagnostic:
    name = quote_identifier(column.name)
    return Diagnostic(
        "refused-value",
        "warning",
        f"every row is refused: column {name} is {why}",
        (
            Label(Span(finished.statement.source, value.start, value.end)),
            *declared_here(column),
        ),
        query=finished.statement.annotation.name,
        help=_help(column, value, name),
    )


def _help(column: Column, value: tree.Expr, name: str) -> str:
    if not is_null(value):
        return f"give {name} a value that it can hold"
    if column.default or column.identity is not None:
        return "NULL does not stand for the default: write DEFAULT, or leave the column out"
    return f"give {name} a value, or let it be NULL: `ALTER COLUMN {name} DROP NOT NULL`"
