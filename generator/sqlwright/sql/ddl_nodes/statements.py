"""Every statement of a schema file, and the one that holds others."""

from __future__ import annotations

from sqlwright.dataclass import dataclass
from sqlwright.sql.ddl_nodes.alterations import AlterSequence, AlterTable
from sqlwright.sql.ddl_nodes.names import ObjectName
from sqlwright.sql.ddl_nodes.objects import (
    Comment,
    CreateExtension,
    CreateObject,
    CreatePolicy,
    CreateRule,
    CreateTrigger,
    DoBlock,
    Drop,
    PassedOver,
    Rename,
    SetSchema,
    SetVariable,
    Transaction,
)
from sqlwright.sql.ddl_nodes.routines import (
    AlterFunction,
    CreateAggregate,
    CreateCast,
    CreateFunction,
    CreateOperator,
    CreateOperatorClass,
    CreateOperatorFamily,
)
from sqlwright.sql.ddl_nodes.tables import (
    CreateIndex,
    CreateSequence,
    CreateTable,
    CreateView,
    SelectInto,
)
from sqlwright.sql.ddl_nodes.types import (
    AlterDomain,
    AlterEnum,
    CreateBaseType,
    CreateComposite,
    CreateDomain,
    CreateEnum,
    CreateRange,
)
from sqlwright.sql.nodes import CreateTableAs, Node


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class CreateSchema(Node):
    """CREATE SCHEMA with the statements inside it. `name` is None for AUTHORIZATION alone."""

    name: ObjectName
    if_not_exists: bool = False
    elements: tuple[DdlStatement, ...] = ()


DdlStatement = (
    CreateTable
    | AlterTable
    | CreateEnum
    | CreateComposite
    | CreateRange
    | CreateBaseType
    | AlterEnum
    | CreateDomain
    | AlterDomain
    | CreateView
    | CreateTableAs
    | SelectInto
    | CreateFunction
    | AlterFunction
    | CreateAggregate
    | CreateOperator
    | CreateOperatorClass
    | CreateOperatorFamily
    | CreateCast
    | CreateSchema
    | CreateSequence
    | AlterSequence
    | CreateExtension
    | CreateIndex
    | CreateTrigger
    | CreateRule
    | CreatePolicy
    | CreateObject
    | Drop
    | Rename
    | SetSchema
    | Comment
    | SetVariable
    | Transaction
    | DoBlock
    | PassedOver
)
