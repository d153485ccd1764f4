"""A query that has been inferred, as those who advise on it see it."""

from __future__ import annotations

from sqlwright.analysis import tree
from sqlwright.analysis.facts import InputRows, Parameter, ResultColumn
from sqlwright.analysis.row_counts.cardinality import RowsProof
from sqlwright.catalog.catalog import Catalog
from sqlwright.dataclass import dataclass
from sqlwright.sql.statements import QueryStatement


@dataclass(frozen=True, slots=True)
class Finished:
    """The statement, its analysed query and what was inferred of it, without the user's word on
    NULL."""

    catalog: Catalog
    statement: QueryStatement
    query: tree.Query
    parameters: tuple[Parameter, ...]
    columns: tuple[ResultColumn, ...]
    rows: RowsProof
    input_rows: InputRows | None
