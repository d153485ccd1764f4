"""The nodes that files hold most, as functions that make them sooner than their classes do."""

from __future__ import annotations

from sqlwright.dataclass import maker
from sqlwright.sql import ddl_nodes, nodes

Alias = maker(nodes.Alias)
Assignment = maker(nodes.Assignment)
BoolOperation = maker(nodes.BoolOperation)
ColumnDefinition = maker(ddl_nodes.ColumnDefinition)
ColumnRef = maker(nodes.ColumnRef)
Const = maker(nodes.Const)
ConstraintDefinition = maker(ddl_nodes.ConstraintDefinition)
FuncCall = maker(nodes.FuncCall)
InsertColumn = maker(nodes.InsertColumn)
ObjectName = maker(ddl_nodes.ObjectName)
Operation = maker(nodes.Operation)
ParamRef = maker(nodes.ParamRef)
RangeVar = maker(nodes.RangeVar)
Select = maker(nodes.Select)
Target = maker(nodes.Target)
TypeCast = maker(nodes.TypeCast)
TypeName = maker(nodes.TypeName)
