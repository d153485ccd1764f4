"""Functions, aggregates, operators and casts."""

from __future__ import annotations

from typing import Literal

from sqlwright.dataclass import dataclass
from sqlwright.sql.ddl_nodes.names import ObjectName, ObjectReference, Option, ParameterMode
from sqlwright.sql.nodes import Expr, Node, Statement, TypeName


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class FunctionParameter(Node):
    """An argument as declared; `mode` only where written (or for a RETURNS TABLE column)."""

    name: str | None
    type_name: TypeName
    mode: ParameterMode | None = None
    default: Expr | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class CreateFunction(Node):
    """CREATE FUNCTION or PROCEDURE. `body` is the string of AS, whose contents begin at
    `body_start` in the source; `sql_body` holds the statements of an SQL-standard body (`RETURN
    expression` is one SELECT). `isolated` is one with SET or SECURITY DEFINER. `link_symbol`: AS
    has a second string. `options` are COST, ROWS, PARALLEL and SET.
    """

    name: ObjectName
    kind: Literal["function", "procedure"]
    parameters: tuple[FunctionParameter, ...] = ()
    returns: TypeName | None = None
    returns_table: bool = False
    replace: bool = False
    language: str | None = None
    volatility: Literal["immutable", "stable", "volatile"] = "volatile"
    strict: bool = False
    window: bool = False
    isolated: bool = False
    body: str | None = None
    body_start: int = -1
    link_symbol: bool = False
    sql_body: tuple[Statement, ...] | None = None
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class AlterFunction(Node):
    """ALTER FUNCTION ... with the options that a query can feel; None where not mentioned.
    `options` are COST, ROWS, PARALLEL and SET.
    """

    function: ObjectReference
    volatility: Literal["immutable", "stable", "volatile"] | None = None
    strict: bool | None = None
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class CreateAggregate(Node):
    """CREATE AGGREGATE; `direct` counts the arguments before ORDER BY, -1 without ORDER BY, and
    `star` is `(*)`. `parameters` is None in the old style, where BASETYPE is an option.
    """

    name: ObjectName
    parameters: tuple[FunctionParameter, ...] | None
    options: tuple[Option, ...]
    direct: int = -1
    replace: bool = False


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class CreateOperator(Node):
    """CREATE OPERATOR."""

    name: ObjectName
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class OperatorItem(Node):
    """`OPERATOR n name (types)`, `FUNCTION n (types) name (args)` or `STORAGE type` of an operator
    class or family.
    """

    kind: Literal["operator", "function", "storage"]
    number: int = 0
    name: ObjectReference | None = None
    types: tuple[TypeName, ...] = ()
    storage: TypeName | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class CreateOperatorClass(Node):
    """CREATE OPERATOR CLASS."""

    name: ObjectName
    type_name: TypeName
    access_method: str
    default: bool = False
    family: ObjectName | None = None
    items: tuple[OperatorItem, ...] = ()


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class CreateOperatorFamily(Node):
    """CREATE OPERATOR FAMILY; ALTER OPERATOR FAMILY has `items` and `drop`."""

    name: ObjectName
    access_method: str
    alter: bool = False
    drop: bool = False
    items: tuple[OperatorItem, ...] = ()


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class CreateCast(Node):
    """CREATE CAST."""

    source: TypeName
    target: TypeName
    function: ObjectReference | None
    method: Literal["function", "binary", "inout"]
    context: Literal["implicit", "assignment", "explicit"]
