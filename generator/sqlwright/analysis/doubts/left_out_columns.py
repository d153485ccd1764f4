"""Columns that an INSERT leaves out though they take no NULL: every row of it is refused."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlwright.analysis import tree
from sqlwright.analysis.finished import Finished
from sqlwright.analysis.premises.interception import may_be_replaced
from sqlwright.analysis.statements.written_tables import Written
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.model import Column
from sqlwright.catalog.similar_names import declared_here
from sqlwright.diagnostics import Diagnostic, Label
from sqlwright.source import Span
from sqlwright.sql.lexing.keywords import quote_identifier


def left_out_columns(
    finished: Finished, target: tree.RangeTableEntry, written: Written
) -> Iterator[Diagnostic]:
    """A warning for each INSERT, of MERGE too, that gives a NOT NULL column no value where nothing
    else does: no default, no identity, no trigger before it and no rule (manual 5.4.2). NOT NULL is
    looked at before ON CONFLICT is.
    """
    for assigned in _inserts(written.query):
        missing = [
            column
            for column in written.relation.columns
            if column.number not in assigned and _needs_value(finished.catalog, column)
        ]
        if missing and not may_be_replaced(finished.catalog, written.relation, {"insert"}):
            yield _warning(finished, target, written, missing)


def _inserts(query: tree.Query) -> Iterator[set[int]]:
    """The numbers of the columns that get a value of their own, for each INSERT of a statement."""
    if query.command == "insert":
        given = _given(query.assignments)
        for row in query.insert_rows:
            given &= {
                item.column.number
                for item, value in zip(query.assignments, row, strict=False)
                if not isinstance(value, tree.SetToDefault)
            }
        yield given
    for branch in query.merge_branches:
        if branch.action == "insert":
            yield _given(branch.assignments)


def _given(assignments: Sequence[tree.TargetAssignment]) -> set[int]:
    return {
        item.column.number for item in assignments if not isinstance(item.value, tree.SetToDefault)
    }


def _needs_value(catalog: Catalog, column: Column) -> bool:
    """Whether a column is refused where an INSERT leaves it out."""
    if column.default or column.identity is not None or column.generated is not None:
        return False
    refuses = column.not_null or catalog.forbids_null(column.type)
    return refuses and not catalog.has_default(column.type)


def _warning(
    finished: Finished,
    target: tree.RangeTableEntry,
    written: Written,
    missing: Sequence[Column],
) -> Diagnostic:
    names = [quote_identifier(each.name) for each in missing]
    one = len(missing) == 1
    which = f"column {names[0]} is" if one else f"columns {', '.join(names)} are"
    return Diagnostic(
        "required-column-left-out",
        "warning",
        f"every row is refused: {which} NOT NULL, {'has' if one else 'have'} no default and "
        f"{'is' if one else 'are'} given no value",
        (
            Label(Span(finished.statement.source, target.start, target.end)),
            *(label for each in missing for label in declared_here(each)),
        ),
        query=finished.statement.annotation.name,
        help=_help(target, written, missing),
    )


def _help(target: tree.RangeTableEntry, written: Written, missing: Sequence[Column]) -> str:
    """A value for each, or a default, which is all there is for what a view does not show."""
    table = written.relation.name
    if target.name == table or target.relation is None or target.relation.kind != "view":
        return f"give {'it' if len(missing) == 1 else 'them'} a value, or {table} a default"
    view = target.relation.name
    return f"{view} writes to {table}: give {table} a default, or show it in {view} with a value"
