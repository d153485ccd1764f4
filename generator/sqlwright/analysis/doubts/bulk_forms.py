"""Rows that are sent one by one, or as arrays, where another form of the query takes them all."""

from __future__ import annotations

from collections.abc import Iterator

from sqlwright.analysis import tree
from sqlwright.analysis.facts import InputRows, Parameter
from sqlwright.analysis.finished import Finished
from sqlwright.analysis.inputs.copied import copied_parameters
from sqlwright.analysis.inputs.row_passage import writes_by_row
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.identity import is_own_oid
from sqlwright.diagnostics import Diagnostic, DiagnosticError, Edit, Label
from sqlwright.sql.lexing.keywords import quote_identifier

_ONE_BY_ONE = "batchexec"
_WHOLE = ("exec", "execrows")
_FROM = {"update": "FROM", "delete": "USING"}


def bulk_advice(finished: Finished) -> Iterator[Diagnostic]:
    """A note for `:batchexec` over what COPY or, in one statement, `-- @rows` does as well, and for
    `-- @rows` over what COPY does, where no row has to do with another. What returns rows is left
    alone: `:batchone` and `:batchmany` give them in the order of what was sent, which a single
    statement does not promise.
    """
    annotation, query = finished.statement.annotation, finished.query
    bulk = annotation.command == _ONE_BY_ONE or finished.input_rows is not None
    if not bulk or query.output or query.ctes or query.target_entry is None:
        return
    if not writes_by_row(finished.catalog, query):
        return
    if annotation.command == _ONE_BY_ONE:
        if _takes_copy(finished) and _copied(finished) == {e.position for e in finished.parameters}:
            yield _copy_for_batch(finished)
        elif (query.command == "insert" or query.command in _FROM) and _may_be_columns(finished):
            yield _rows_for_batch(finished)
    coming = finished.input_rows if annotation.command in _WHOLE else None
    if coming is not None and _takes_copy(finished) and _only_stores(finished, coming):
        yield _copy_for_rows(finished)


def _takes_copy(finished: Finished) -> bool:
    """Whether an INSERT does nothing that COPY does not do, which knows of no conflict and converts
    nothing (manual, COPY)."""
    query = finished.query
    if query.command != "insert" or query.on_conflict is not None or query.overriding is not None:
        return False
    return all(_is_plain(finished.catalog, item.column.type) for item in query.assignments)


def _is_plain(catalog: Catalog, oid: int) -> bool:
    """Whether COPY is certain to carry values of a type: PostgreSQL's own, and no array."""
    return is_own_oid(catalog.base_type(oid)) and not catalog.base_element_type(oid)


def _copied(finished: Finished) -> set[int]:
    """The numbers of the parameters that COPY could send; empty if it could not store them."""
    query, statement = finished.query, finished.statement
    if query.source is not None or len(query.insert_rows) > 1:
        return set()
    try:
        found = copied_parameters(
            finished.catalog, statement.source, query, statement.annotation.name
        )
    except DiagnosticError:
        return set()
    return set(found) if len({*found}) == len(found) else set()


def _only_stores(finished: Finished, rows: InputRows) -> bool:
    """Whether the rows that come in are stored as they are, and nothing else is."""
    query, source = finished.query, finished.query.source
    if source is None or {e.position for e in finished.parameters} != {*rows.numbers}:
        return False
    plain = len(source.from_nodes) == 1 and isinstance(source.from_nodes[0], tree.FromLeaf)
    if not plain or not rows.row_wise or source.where is not None or source.values:
        return False
    stored = [item.value for item in query.assignments]
    return len(stored) == len(rows.numbers) and all(
        isinstance(each.expr, tree.Var) and each.expr.number > 0 for each in source.targets
    )


def _may_be_columns(finished: Finished) -> bool:
    """Whether each parameter can be a column of an `unnest`: no array, which it takes apart."""
    catalog = finished.catalog
    return bool(finished.parameters) and not any(
        each.slice or catalog.base_element_type(each.type) for each in finished.parameters
    )


# Reports


def _copy_for_batch(finished: Finished) -> Diagnostic:
    span = finished.statement.annotation.command_span
    return Diagnostic(
        "other-bulk-form",
        "note",
        ":batchexec runs this INSERT for each row, where COPY takes all rows at once",
        (Label(span),),
        query=finished.statement.annotation.name,
        help="annotate it :copyfrom",
        fix=(Edit(span, span.text.replace(_ONE_BY_ONE, "copyfrom")),),
    )


def _rows_for_batch(finished: Finished) -> Diagnostic:
    query = finished.query
    arrays = ", ".join(_array(finished.catalog, each) for each in finished.parameters)
    names = [quote_identifier(each.name) for each in finished.parameters]
    source = f"unnest({arrays}) AS u ({', '.join(names)})"
    if query.command == "insert":
        written = f"INSERT ... SELECT ... FROM {source}"
    else:
        written = f"{_FROM[query.command]} {source}"
    return Diagnostic(
        "other-bulk-form",
        "note",
        f":batchexec runs this {query.command.upper()} for each row, where `-- @rows` sends all "
        "rows in one statement",
        (Label(finished.statement.annotation.command_span),),
        (_of_duplicates(query),) if query.command != "insert" or query.on_conflict else (),
        query=finished.statement.annotation.name,
        help=f"make it :exec with a line `-- @rows`, and write `{written}`",
    )


def _array(catalog: Catalog, parameter: Parameter) -> str:
    marker = f"@{parameter.name}" if parameter.named else f"${parameter.position}"
    return f"{marker}::{catalog.display_type(parameter.type)}[]"


def _of_duplicates(query: tree.Query) -> str:
    """What a single statement does about two rows that change one row of the table."""
    if query.command == "insert":
        return "two rows of one key are an error in one statement, unless DISTINCT ON keeps one"
    if query.command == "delete":
        return "two rows for one row of the table delete it once"
    return "of two rows for one row of the table, one statement takes either, and not the last"


def _copy_for_rows(finished: Finished) -> Diagnostic:
    query = finished.query
    names = ", ".join(quote_identifier(item.column.name) for item in query.assignments)
    entry = query.target_entry
    table = entry.name if entry is not None else ""
    span = finished.statement.annotation.command_span
    return Diagnostic(
        "other-bulk-form",
        "note",
        "these rows are only stored, which COPY does without making arrays of them",
        (Label(span),),
        query=finished.statement.annotation.name,
        help=f"annotate it :copyfrom, without `-- @rows`: `INSERT INTO {table} ({names}) VALUES "
        "(...)` with a parameter for each",
    )
