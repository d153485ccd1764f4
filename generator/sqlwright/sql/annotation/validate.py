"""Whether a query's command goes with its statement, as sqlc checks it before any analysis."""

from __future__ import annotations

from collections.abc import Sequence

from sqlwright.diagnostics import Diagnostic, Label
from sqlwright.source import SourceFile, Span
from sqlwright.sql import nodes
from sqlwright.sql.statements import Annotation, Marker

_RETURN_ROWS = frozenset(("one", "many", "batchone", "batchmany", "stream"))
_WITHOUT_ROWS = {"batchone": "batchexec", "batchmany": "batchexec"}


def check_command(
    source: SourceFile,
    annotation: Annotation,
    tree: nodes.Statement,
    markers: Sequence[Marker],
) -> Diagnostic | None:
    """What is wrong with the command of this statement, if anything."""
    command = annotation.command
    if command == "copyfrom":
        return _check_copyfrom(source, annotation, tree)
    if command.startswith("batch") and all(marker.kind == "embed" for marker in markers):
        return _diagnostic(
            annotation,
            ":batch* commands require parameters",
            annotation.command_span,
            "a batch runs the query once for each set of parameters; use :exec or :many",
        )
    if command in _RETURN_ROWS:
        return _check_returning(annotation, tree)
    return None


def _check_returning(annotation: Annotation, tree: nodes.Statement) -> Diagnostic | None:
    if not isinstance(tree, nodes.Insert | nodes.Update | nodes.Delete | nodes.Merge):
        return None
    if tree.returning is not None:
        return None
    command = annotation.command
    return _diagnostic(
        annotation,
        f'query "{annotation.name}" specifies parameter ":{command}" without containing a '
        "RETURNING clause",
        annotation.command_span,
        f"add RETURNING, or use :{_WITHOUT_ROWS.get(command, 'exec')}",
    )


def _check_copyfrom(
    source: SourceFile, annotation: Annotation, tree: nodes.Statement
) -> Diagnostic | None:
    if not isinstance(tree, nodes.Insert):
        return _diagnostic(
            annotation,
            ":copyfrom requires an INSERT INTO statement",
            annotation.command_span,
            "write INSERT INTO table (columns) VALUES (parameters)",
        )
    for node, what in (
        (tree.on_conflict, "ON CONFLICT"),
        (tree.with_, "WITH clauses"),
        (tree.returning, "RETURNING"),
    ):
        if node is not None:
            return _diagnostic(
                annotation,
                f":copyfrom is not compatible with {what}",
                Span(source, node.start, node.end),
                "use :batchexec or :exec for this statement",
            )
    return _check_copied_rows(source, annotation, tree)


def _check_copied_rows(
    source: SourceFile, annotation: Annotation, tree: nodes.Insert
) -> Diagnostic | None:
    rows = tree.source.values if tree.source is not None else ()
    if tree.source is not None and not rows:
        return _diagnostic(
            annotation,
            ":copyfrom is not compatible with INSERT INTO ... SELECT",
            Span(source, tree.source.start, tree.source.end),
            "write VALUES with one parameter for each column",
        )
    if len(rows) != 1:
        return _diagnostic(
            annotation,
            ":copyfrom requires exactly one example row to be inserted",
            annotation.command_span if tree.source is None else _span(source, tree.source),
            "write one row; the function takes any number of them",
        )
    for value in rows[0]:
        if not isinstance(_uncast(value), nodes.ParamRef):
            return _diagnostic(
                annotation,
                ":copyfrom doesn't support non-parameter values",
                _span(source, value),
                "copying sends rows as they are; write a parameter, at most with a cast",
            )
    return None


def _uncast(value: nodes.Expr) -> nodes.Expr:
    """A value without casts, which tell the parameter's type; `copied_parameters` checks them."""
    while isinstance(value, nodes.TypeCast):
        value = value.operand
    return value


def _span(source: SourceFile, node: nodes.Node) -> Span:
    return Span(source, node.start, node.end)


def _diagnostic(annotation: Annotation, message: str, span: Span, help: str) -> Diagnostic:
    return Diagnostic(
        "command-mismatch", "error", message, (Label(span),), help=help, query=annotation.name
    )
