"""Whether the rows that a command expects are those the query can return."""

from __future__ import annotations

from collections.abc import Iterator

from sqlwright.analysis import tree
from sqlwright.analysis.finished import Finished
from sqlwright.analysis.row_counts.cardinality import RowsProof
from sqlwright.diagnostics import Diagnostic, DiagnosticError, Label
from sqlwright.sql.statements import Annotation

_ONE = ("one", "batchone")
_MANY = ("many", "batchmany")
_NEEDS_ROWS = (*_ONE, *_MANY, "stream")


def check_rows_wanted(annotation: Annotation, query: tree.Query) -> None:
    """Raises DiagnosticError `no-result-columns` where rows are wanted of what gives none."""
    if annotation.command not in _NEEDS_ROWS or query.output or query.command == "select":
        return
    raise DiagnosticError(
        Diagnostic(
            "no-result-columns",
            "error",
            f'query "{annotation.name}" is annotated :{annotation.command} but returns no rows',
            (Label(annotation.command_span),),
            help="add RETURNING to the statement, or annotate it :exec"
            if query.command != "utility"
            else "annotate it :exec",
        )
    )


def row_advice(finished: Finished) -> Iterator[Diagnostic]:
    """A warning for :one over what can return several rows, a note for :many over what cannot."""
    annotation, query, proof = finished.statement.annotation, finished.query, finished.rows
    if annotation.command in _ONE and proof.rows == "many" and query.output:
        yield _may_return_many(annotation, query, proof)
    if annotation.command in _MANY and proof.rows in ("exactly-one", "at-most-one"):
        yield _returns_one(annotation, proof)


def _may_return_many(annotation: Annotation, query: tree.Query, proof: RowsProof) -> Diagnostic:
    fixes = [
        f"annotate it :{'batchmany' if annotation.command == 'batchone' else 'many'}",
    ]
    if query.command == "select":
        fixes.insert(0, "add LIMIT 1")
    if query.command != "insert" and not query.set_operation:
        fixes.insert(0, "fix a unique key of every table in WHERE")
    *most, last = fixes
    return Diagnostic(
        "one-may-return-many",
        "warning",
        f'query "{annotation.name}" is annotated :{annotation.command} but can return several '
        "rows, of which only the first is used",
        (Label(annotation.command_span),),
        notes=(proof.reason.text,),
        help=f"{', '.join(most)} or {last}" if most else last,
    )


def _returns_one(annotation: Annotation, proof: RowsProof) -> Diagnostic:
    rows = "exactly one row" if proof.rows == "exactly-one" else "one row at most"
    one = "batchone" if annotation.command == "batchmany" else "one"
    return Diagnostic(
        "many-returns-one",
        "note",
        f'query "{annotation.name}" is annotated :{annotation.command} but returns {rows}',
        (Label(annotation.command_span),),
        notes=(proof.reason.text,),
        help=f"annotate it :{one} to get the row itself",
    )
