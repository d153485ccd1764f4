"""What columns come from: the range table, and FROM."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from sqlwright.dataclass import dataclass

if TYPE_CHECKING:
    from sqlwright.analysis.tree.basics import Expr
    from sqlwright.analysis.tree.queries import Query
    from sqlwright.catalog.model import Column, Relation


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
    `references` its uses. `mark_values` are the two values of the column that CYCLE SET names.
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
