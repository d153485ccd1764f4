"""Items of FROM."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlwright.dataclass import dataclass
from sqlwright.sql.nodes.basics import Node

if TYPE_CHECKING:
    from sqlwright.sql.nodes.basics import Expr, JoinKind, QualifiedName
    from sqlwright.sql.nodes.expressions import TypeName
    from sqlwright.sql.nodes.json_and_xml import (
        JsonArgument,
        JsonBehavior,
        JsonTableColumn,
        JsonValue,
    )
    from sqlwright.sql.nodes.queries import Target
    from sqlwright.sql.nodes.unions import Query


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Alias(Node):
    """`[AS] name [(columns)]`."""

    name: str
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class ColumnDefinition(Node):
    """`name type` in a function's column definition list (`AS f(a int, b text)`)."""

    name: str
    type_name: TypeName
    collation: QualifiedName | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class RangeVar(Node):
    """A relation named in FROM or as a target. `only` is `ONLY t`; a trailing `*` needs no mark.
    The node encloses the name alone, without ONLY and alias.
    """

    name: QualifiedName
    only: bool = False
    alias: Alias | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class RangeSubselect(Node):
    """`[LATERAL] (query) alias`."""

    query: Query
    lateral: bool
    alias: Alias | None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class FunctionItem(Node):
    """One function in FROM, with its own column definitions inside ROWS FROM."""

    call: Expr
    columns: tuple[ColumnDefinition, ...] = ()


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class RangeFunction(Node):
    """`[LATERAL] f(...)` or `ROWS FROM (...)` with its alias; `columns` is the column definition
    list of the alias.
    """

    items: tuple[FunctionItem, ...]
    rows_from: bool
    lateral: bool
    ordinality: bool
    alias: Alias | None = None
    columns: tuple[ColumnDefinition, ...] = ()


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class TableSample(Node):
    """`relation TABLESAMPLE method (args) [REPEATABLE (seed)]`."""

    relation: RangeVar
    method: QualifiedName
    args: tuple[Expr, ...]
    repeatable: Expr | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class XmlTableColumn(Node):
    """A column of XMLTABLE."""

    name: str
    ordinality: bool = False
    type_name: TypeName | None = None
    path: Expr | None = None
    default: Expr | None = None
    not_null: bool = False


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class XmlTable(Node):
    """`XMLTABLE(...)` in FROM."""

    row: Expr
    document: Expr
    columns: tuple[XmlTableColumn, ...]
    namespaces: tuple[Target, ...] = ()
    lateral: bool = False
    alias: Alias | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class JsonTable(Node):
    """`JSON_TABLE(...)` in FROM."""

    context: JsonValue
    path: Expr
    columns: tuple[JsonTableColumn, ...]
    path_name: str | None = None
    passing: tuple[JsonArgument, ...] = ()
    on_error: JsonBehavior | None = None
    lateral: bool = False
    alias: Alias | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Join(Node):
    """A join; a comma in FROM is not one. CROSS JOIN is `inner` without a condition. `using_alias`
    is `USING (...) AS name`, `alias` that of a parenthesised join.
    """

    kind: JoinKind
    left: FromItem
    right: FromItem
    natural: bool = False
    using: tuple[str, ...] = ()
    using_alias: Alias | None = None
    on: Expr | None = None
    alias: Alias | None = None


FromItem = RangeVar | RangeSubselect | RangeFunction | TableSample | XmlTable | JsonTable | Join
