"""The parameters that a `:copyfrom` sends: each into a column of its own type."""

from __future__ import annotations

from sqlwright.analysis import tree
from sqlwright.catalog import oids
from sqlwright.catalog.catalog import Catalog
from sqlwright.diagnostics import Diagnostic, DiagnosticError, Label
from sqlwright.source import SourceFile, Span

_INTEGERS = (oids.INT2, oids.INT4, oids.INT8)


def copied_parameters(
    catalog: Catalog, source: SourceFile, query: tree.Query, name: str
) -> tuple[int, ...]:
    """The numbers of the parameters that go into the columns of an INSERT, in their order.

    COPY converts nothing. Raises DiagnosticError `command-mismatch` for a value that INSERT would
    convert to another before it is stored.
    """
    found: list[int] = []
    for assignment in query.assignments:
        column = assignment.column
        value = _stored(assignment.value)
        if not isinstance(value, tree.Param) or not _same(catalog, value.type, column.type):
            shown = catalog.display_type(column.type)
            start, end = assignment.value.start, assignment.value.end
            raise DiagnosticError(
                Diagnostic(
                    "command-mismatch",
                    "error",
                    f":copyfrom cannot convert a value for the column {column.name}",
                    (Label(Span(source, start, end)),),
                    ("COPY stores values as they are sent",),
                    f"cast the parameter to {shown}, the column's own type, or not at all",
                    query=name,
                )
            )
        found.append(value.number)
    return tuple(found)


def _stored(value: tree.Expr) -> tree.Expr:
    """A value without what storing it in the column does, with COPY as with INSERT."""
    while True:
        if isinstance(value, tree.Cast) and not value.explicit:
            value = value.operand
        elif isinstance(value, tree.FuncCall) and value.syntax == "implicit" and value.args:
            value = value.args[0]
        else:
            return value


def _same(catalog: Catalog, sent: int, stored: int) -> bool:
    sent, stored = catalog.base_type(sent), catalog.base_type(stored)
    if sent == stored or (sent in _INTEGERS and stored in _INTEGERS):
        return True
    return catalog.is_binary_coercible(sent, stored)
