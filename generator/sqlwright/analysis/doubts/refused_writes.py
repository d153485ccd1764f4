"""Writes of which every row is refused."""

from __future__ import annotations

from collections.abc import Iterator

from sqlwright.analysis.doubts.left_out_columns import left_out_columns
from sqlwright.analysis.doubts.refused_values import refused_values
from sqlwright.analysis.finished import Finished
from sqlwright.analysis.premises.current import current_relation
from sqlwright.analysis.statements.written_tables import behind_views
from sqlwright.diagnostics import Diagnostic


def refused_write_advice(finished: Finished) -> Iterator[Diagnostic]:
    """A warning for each column that makes a table refuse every row of a statement."""
    for part in finished.queries() if finished.query.writes else ():
        if part.target_entry is None:
            continue
        relation = current_relation(finished.catalog, part.target_entry)
        written = None if relation is None else behind_views(finished.catalog, part, relation)
        if written is not None:
            yield from left_out_columns(finished, part.target_entry, written)
            yield from refused_values(finished, written)
