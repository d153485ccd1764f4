"""Whole queries, and what their columns come from: the range table, and FROM."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from sqlwright.dataclass import dataclass

if TYPE_CHECKING:
    from sqlwright.analysis.tree.basics import Expr
    from sqlwright.catalog.model import Column, Relation


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class TargetEntry:
    """An output column. `junk` ones (ORDER BY or GROUP BY expressions not selected) are not
    output. `key` numbers it where ORDER BY, GROUP BY or DISTINCT refer to it (0 otherwise).
    `origin` names the relation column it shows unchanged. `embed` is the marker that produced
    it.
    """

    expr: Expr
    name: str
    junk: bool = False
    key: int = 0
    embed: str | None = None
    start: int = -1
    end: int = -1


@dataclass(slots=True, eq=False, kw_only=True)
class Window:
    """A window definition. Calls refer to it before the definitions are resolved at the end of
    the query level, so it is made empty and filled in place then.
    """

    name: str | None
    partition: tuple[Expr, ...] = ()
    order: tuple[Expr, ...] = ()
    mode: Literal["range", "rows", "groups"] | None = None
    low: FrameBound | None = None
    high: FrameBound | None = None
    exclude: str | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class FrameBound:
    """One end of a frame."""

    kind: str
    offset: Expr | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class SetOperation:
    """A node of a set-operation tree; leaves are subqueries. `columns` are the resolved output
    columns.
    """

    op: Literal["union", "intersect", "except"]
    all: bool
    left: SetOperation | Query
    right: SetOperation | Query
    types: tuple[int, ...]
    modifiers: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class TargetAssignment:
    """A column that INSERT, UPDATE or MERGE writes. `whole` is False when only a subscript or
    field of it is assigned.
    """

    column: Column
    value: Expr
    whole: bool = True


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class OnConflict:
    """ON CONFLICT, resolved. `arbiters` are the names of the keys that it looks at, of those that
    are known; None where it looks at all.
    """

    action: Literal["nothing", "update"]
    arbiters: tuple[str, ...] | None = None
    assignments: tuple[TargetAssignment, ...] = ()
    where: Expr | None = None
    excluded: RangeTableEntry | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class MergeBranch:
    """A WHEN of MERGE, resolved."""

    match: Literal["matched", "not matched by source", "not matched by target"]
    action: Literal["insert", "update", "delete", "nothing"]
    condition: Expr | None = None
    assignments: tuple[TargetAssignment, ...] = ()
    overriding: Literal["user", "system"] | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Query:
    """An analysed statement. For INSERT ... VALUES `assignments` holds the first row's values and
    `rows` the number of rows; for INSERT ... SELECT `source` is the query. A utility statement
    has only its keyword in `utility`, for CALL the call in `arguments` and, where it returns rows,
    `targets`. `from_nodes` are joined by comma,
    `where` filters them. `determining` are the primary keys by which columns may stand beside
    GROUP BY that are not grouped by.
    """

    command: Literal["select", "insert", "update", "delete", "merge", "utility"]
    depth: int = 0
    ctes: tuple[CommonTable, ...] = ()
    entries: tuple[RangeTableEntry, ...] = ()
    from_nodes: tuple[FromNode, ...] = ()
    targets: tuple[TargetEntry, ...] = ()
    where: Expr | None = None
    group_by: tuple[Expr, ...] = ()
    grouping_sets: tuple[tuple[Expr, ...], ...] = ()
    having: Expr | None = None
    determining: tuple[int, ...] = ()
    distinct: bool = False
    distinct_on: tuple[Expr, ...] = ()
    order_by: tuple[Expr, ...] = ()
    limit: Expr | None = None
    offset: Expr | None = None
    with_ties: bool = False
    windows: tuple[Window, ...] = ()
    has_aggregates: bool = False
    has_set_returning: bool = False
    locking: bool = False
    set_operation: SetOperation | None = None
    values: tuple[tuple[Expr, ...], ...] = ()
    target_entry: RangeTableEntry | None = None
    assignments: tuple[TargetAssignment, ...] = ()
    insert_rows: tuple[tuple[Expr, ...], ...] = ()
    source: Query | None = None
    overriding: str | None = None
    on_conflict: OnConflict | None = None
    merge_on: Expr | None = None
    merge_branches: tuple[MergeBranch, ...] = ()
    returning: tuple[TargetEntry, ...] = ()
    utility: str | None = None
    arguments: tuple[Expr, ...] = ()
    start: int = -1
    end: int = -1

    @property
    def writes(self) -> bool:
        """Whether the statement may change something; functions that it calls are left aside."""
        if self.command == "utility":
            return self.utility not in ("SHOW", "EXPLAIN")
        return self.command != "select" or any(
            cte.query is not None and cte.query.writes for cte in self.ctes
        )

    @property
    def output(self) -> tuple[TargetEntry, ...]:
        """The columns a client receives: RETURNING of a write, else the select list."""
        return _output(self)


@lru_cache(maxsize=100)
def _output(query: Query) -> tuple[TargetEntry, ...]:
    # Asked for each of the columns, of which a list may be long.
    entries = query.targets if query.command in ("select", "utility") else query.returning
    return tuple([entry for entry in entries if not entry.junk])


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class EntryColumn:
    """A column that a range table entry offers. `source` is the relation column behind it, where
    there is one; `dimensions` those of an array that its type is written with, where it has one.
    """

    name: str
    type: int
    modifier: int = -1
    dimensions: int = 0
    source: Column | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class RangeTableEntry:
    """Something that columns come from. Compared by identity. `depth` is the query level that owns
    it. Exactly the field of its kind is set.
    """

    kind: Literal[
        "relation",
        "subquery",
        "join",
        "function",
        "values",
        "cte",
        "xmltable",
        "jsontable",
        "result",
    ]
    name: str
    columns: tuple[EntryColumn, ...]
    depth: int
    alias: str | None = None
    relation: Relation | None = None
    subquery: Query | None = None
    lateral: bool = False
    functions: tuple[FunctionInFrom, ...] = ()
    ordinality: bool = False
    values: tuple[tuple[Expr, ...], ...] = ()
    cte: CommonTable | None = None
    join_vars: tuple[Expr, ...] = ()
    merged: int = 0
    join_kind: Literal["inner", "left", "right", "full"] | None = None
    arguments: tuple[Expr, ...] = ()
    table_columns: tuple[TableColumn, ...] = ()
    only: bool = False
    sampled: bool = False
    is_excluded: bool = False
    start: int = -1
    end: int = -1


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class FunctionInFrom:
    """A function item of FROM and how many columns it adds."""

    call: Expr
    columns: int


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class TableColumn:
    """What XMLTABLE or JSON_TABLE says of one column."""

    kind: Literal["ordinality", "regular", "exists", "formatted"]
    not_null: bool = False
    default: Expr | None = None
    nested: bool = False


@dataclass(slots=True, eq=False, kw_only=True)
class CommonTable:
    """A CTE. While it is being analysed `query` is None; a recursive one has its `columns` once the
    non-recursive term is analysed. `column_names` are those written after its name,
    `search_columns` counts the trailing columns that SEARCH and CYCLE add (`extra_columns`),
    `references` its uses, `collations` are those of a recursive one's first term. `mark_values` are
    the two values of the column that CYCLE SET names.
    """

    name: str
    query: Query | None
    columns: tuple[EntryColumn, ...]
    recursive: bool = False
    depth: int = 0
    search_columns: int = 0
    extra_columns: tuple[EntryColumn, ...] = ()
    column_names: tuple[str, ...] = ()
    references: int = 0
    mark_values: tuple[Expr, ...] = ()
    collations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class FromLeaf:
    """A range table entry standing alone in FROM."""

    entry: RangeTableEntry


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class FromJoin:
    """A join in FROM; `condition` is None for CROSS JOIN, and the conjunction of `=` for USING and
    NATURAL. `start` is where the words that join the two sides begin, `end` where the join ends.
    """

    kind: Literal["inner", "left", "right", "full"]
    left: FromNode
    right: FromNode
    condition: Expr | None
    entry: RangeTableEntry | None = None
    start: int = -1
    end: int = -1


FromNode = FromLeaf | FromJoin
