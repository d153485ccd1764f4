"""Statements that are neither queries nor writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from sqlwright.dataclass import dataclass
from sqlwright.sql.nodes.basics import Node

if TYPE_CHECKING:
    from sqlwright.sql.nodes.basics import Expr
    from sqlwright.sql.nodes.calls import FuncCall
    from sqlwright.sql.nodes.from_items import RangeVar
    from sqlwright.sql.nodes.queries import Select
    from sqlwright.sql.nodes.unions import Statement


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Utility(Node):
    """A statement whose parts take no part in type inference (LOCK, NOTIFY, SET, VACUUM, DO ...).
    `keyword` is its command tag as PostgreSQL would report it. `relations` are those it names
    that must exist.
    """

    keyword: str
    relations: tuple[RangeVar, ...] = ()


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Refresh(Node):
    """`REFRESH MATERIALIZED VIEW [CONCURRENTLY] view [WITH [NO] DATA]`."""

    relation: RangeVar
    concurrently: bool = False
    with_data: bool = True


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Truncate(Node):
    """`TRUNCATE relations [CASCADE]`."""

    relations: tuple[RangeVar, ...]
    cascade: bool = False


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Call(Node):
    """`CALL procedure(...)`."""

    call: FuncCall


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Explain(Node):
    """`EXPLAIN [options] statement`: one text column `QUERY PLAN` (xml or json with FORMAT)."""

    statement: Statement
    format: Literal["text", "xml", "json", "yaml"] = "text"


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Show(Node):
    """`SHOW name`: one text column named as the setting (three for ALL)."""

    name: str


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Declare(Node):
    """`DECLARE cursor CURSOR FOR query`; `options` are the words around CURSOR, `no scroll` and
    `with hold` among them.
    """

    name: str
    query: Select
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class CreateTableAs(Node):
    """`CREATE [TEMP] TABLE|MATERIALIZED VIEW name AS query`, also as an annotated query."""

    relation: RangeVar
    columns: tuple[str, ...]
    query: Statement
    materialized: bool = False
    if_not_exists: bool = False
    with_data: bool = True
    temporary: bool = False
    parameters: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Execute(Node):
    """`EXECUTE name (args)`, `PREPARE name AS statement` (statement set)."""

    name: str
    args: tuple[Expr, ...] = ()
    statement: Statement | None = None
