"""What may stand as a subquery, and as a statement."""

from __future__ import annotations

from sqlwright.sql.nodes.queries import Select
from sqlwright.sql.nodes.utilities import (
    Call,
    CreateTableAs,
    Declare,
    Execute,
    Explain,
    Refresh,
    Show,
    Truncate,
    Utility,
)
from sqlwright.sql.nodes.writes import Delete, Insert, Merge, Update

Query = Select
"""What may stand in parentheses as a subquery."""

Statement = (
    Select
    | Insert
    | Update
    | Delete
    | Merge
    | Utility
    | Refresh
    | Truncate
    | Call
    | Explain
    | Show
    | Declare
    | CreateTableAs
    | Execute
)
