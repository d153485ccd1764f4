"""A query that has been inferred, as those who advise on it see it."""

from __future__ import annotations

from collections.abc import Iterator

from sqlwright.analysis import tree
from sqlwright.analysis.facts import InputRows, Parameter, ResultColumn
from sqlwright.analysis.row_counts.cardinality import RowsProof
from sqlwright.analysis.tree.traversal import Part
from sqlwright.catalog.catalog import Catalog
from sqlwright.dataclass import dataclass
from sqlwright.sql.statements import QueryStatement


@dataclass(frozen=True, slots=True)
class Finished:
    """The statement, its analysed query with all `parts` of it but columns, in order, and what was
    inferred of it, without the user's word on NULL."""

    catalog: Catalog
    statement: QueryStatement
    query: tree.Query
    parts: tuple[Part, ...]
    parameters: tuple[Parameter, ...]
    columns: tuple[ResultColumn, ...]
    rows: RowsProof
    input_rows: InputRows | None

    def queries(self) -> Iterator[tree.Query]:
        """The query and those inside it."""
        return (part for part in self.parts if type(part) is tree.Query)
