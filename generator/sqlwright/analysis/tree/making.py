"""The nodes that most of a statement is made of, as functions that make them sooner than their
classes do.
"""

from __future__ import annotations

from sqlwright.analysis import tree
from sqlwright.dataclass import maker

BoolExpr = maker(tree.BoolExpr)
Cast = maker(tree.Cast)
CommonTable = maker(tree.CommonTable)
Const = maker(tree.Const)
EntryColumn = maker(tree.EntryColumn)
FromJoin = maker(tree.FromJoin)
FromLeaf = maker(tree.FromLeaf)
FuncCall = maker(tree.FuncCall)
NullTest = maker(tree.NullTest)
OpCall = maker(tree.OpCall)
Param = maker(tree.Param)
Query = maker(tree.Query)
RangeTableEntry = maker(tree.RangeTableEntry)
SetToDefault = maker(tree.SetToDefault)
TargetAssignment = maker(tree.TargetAssignment)
TargetEntry = maker(tree.TargetEntry)
Var = maker(tree.Var)
