"""ORDER BY a value that is the same in every row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlwright.analysis import tree
from sqlwright.analysis.finished import Finished
from sqlwright.analysis.row_counts.dependencies import is_stable
from sqlwright.analysis.tree.traversal import Part, walk
from sqlwright.diagnostics import Diagnostic, Label
from sqlwright.source import Span

_HELP = {
    "ORDER BY": "write a line `-- @sort name = list` for each order that callers may choose, or "
    "CASE {0} WHEN 'name' THEN name END",
    "PARTITION BY": "CASE {0} WHEN 'name' THEN name END is the column that a parameter names",
}


def constant_order_advice(finished: Finished) -> Iterator[Diagnostic]:
    """A warning for each item of ORDER BY and PARTITION BY that consists of parameters: a parameter
    is a value, never a column, so that nothing is sorted by it.
    """
    if not finished.parameters:
        return
    text = finished.statement.source.text
    for clause, item in _items(finished.parts):
        if not _is_constant(finished, item):
            continue
        written = text[item.start : item.end]
        yield Diagnostic(
            "constant-order",
            "warning",
            f"{clause} {written} does nothing: a parameter is one value for all rows, not a column",
            (Label(Span(finished.statement.source, item.start, item.end)),),
            query=finished.statement.annotation.name,
            help=_HELP[clause].format(written),
        )


def _items(parts: Iterable[Part]) -> Iterator[tuple[str, tree.Expr]]:
    for part in parts:
        if type(part) is tree.Query:
            yield from (("ORDER BY", each) for each in part.order_by)
        elif type(part) is tree.Window:
            yield from (("ORDER BY", each) for each in part.order)
            yield from (("PARTITION BY", each) for each in part.partition)


def _is_constant(finished: Finished, item: tree.Expr) -> bool:
    if type(item) is tree.Var:  # as nearly all are
        return False
    parts = list(walk(item))
    given = any(isinstance(each, tree.Param) for each in parts)
    depends = any(isinstance(each, (tree.Var, tree.Query, *_OF_ROWS)) for each in parts)
    return item.start >= 0 and given and not depends and is_stable(finished.catalog, item)


_OF_ROWS = (tree.Aggregate, tree.WindowCall, tree.Grouping, tree.SetReturning)
