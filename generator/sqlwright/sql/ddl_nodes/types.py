"""CREATE and ALTER of types and domains."""

from __future__ import annotations

from typing import Literal

from sqlwright.dataclass import dataclass
from sqlwright.sql.ddl_nodes.names import ObjectName, Option
from sqlwright.sql.ddl_nodes.tables import ColumnDefinition, ConstraintDefinition
from sqlwright.sql.nodes import Expr, Node, TypeName


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class CreateEnum(Node):
    """CREATE TYPE ... AS ENUM."""

    name: ObjectName
    labels: tuple[ObjectName, ...]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class CreateComposite(Node):
    """CREATE TYPE ... AS (...)."""

    name: ObjectName
    columns: tuple[ColumnDefinition, ...]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class CreateRange(Node):
    """CREATE TYPE ... AS RANGE."""

    name: ObjectName
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class CreateBaseType(Node):
    """CREATE TYPE name (INPUT = ...), or with `options` None a shell type."""

    name: ObjectName
    options: tuple[Option, ...] | None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class AlterEnum(Node):
    """ALTER TYPE ... ADD VALUE or RENAME VALUE (`old_label` set)."""

    name: ObjectName
    label: ObjectName
    old_label: ObjectName | None = None
    neighbor: ObjectName | None = None
    after: bool = False
    if_not_exists: bool = False


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class CreateDomain(Node):
    """CREATE DOMAIN."""

    name: ObjectName
    type_name: TypeName
    collation: ObjectName | None = None
    constraints: tuple[ConstraintDefinition, ...] = ()


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class AlterDomain(Node):
    """ALTER DOMAIN."""

    name: ObjectName
    action: Literal[
        "default",
        "set not null",
        "drop not null",
        "add constraint",
        "drop constraint",
        "validate constraint",
    ]
    expr: Expr | None = None
    constraint: ConstraintDefinition | None = None
    constraint_name: ObjectName | None = None
    if_exists: bool = False
    cascade: bool = False
