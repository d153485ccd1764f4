"""The analysed query: every name resolved, every expression typed.

It is what PostgreSQL's parse analysis yields (its `Query` and primitive nodes), reduced to what
types, nullability and row counts need. Types are OIDs of the catalog. Variables point straight at
their range table entry, and `depth` numbers query levels from 0 outermost, so nothing has to be
counted relative to a place. `start` and `end` are source offsets (-1 where nothing was written).
"""

from sqlwright.analysis.tree.basics import Expr
from sqlwright.analysis.tree.calls import (
    Aggregate,
    ArrayOp,
    FuncCall,
    Grouping,
    OpCall,
    SetReturning,
    WindowCall,
)
from sqlwright.analysis.tree.conditionals import (
    BooleanTest,
    BoolExpr,
    Case,
    CaseBranch,
    CaseTest,
    Coalesce,
    MinMax,
    NullTest,
    RowCompare,
)
from sqlwright.analysis.tree.constructors import ArrayExpr, RowExpr, SubLink, SubLinkColumn
from sqlwright.analysis.tree.conversions import Cast, Collate, FieldSelect, Store, Subscript
from sqlwright.analysis.tree.json_and_xml import (
    JsonBehavior,
    JsonConstructor,
    JsonPredicate,
    JsonQueryExpr,
    XmlExpr,
)
from sqlwright.analysis.tree.queries import (
    CommonTable,
    EntryColumn,
    FrameBound,
    FromJoin,
    FromLeaf,
    FromNode,
    FunctionInFrom,
    MergeBranch,
    OnConflict,
    Query,
    RangeTableEntry,
    SetOperation,
    TableColumn,
    TargetAssignment,
    TargetEntry,
    Window,
)
from sqlwright.analysis.tree.values import (
    Const,
    CurrentOf,
    MergeAction,
    Param,
    RecordPlaceholder,
    SetToDefault,
    SqlValue,
    Var,
)

__all__ = [
    "Aggregate",
    "ArrayExpr",
    "ArrayOp",
    "BoolExpr",
    "BooleanTest",
    "Case",
    "CaseBranch",
    "CaseTest",
    "Cast",
    "Coalesce",
    "Collate",
    "CommonTable",
    "Const",
    "CurrentOf",
    "EntryColumn",
    "Expr",
    "FieldSelect",
    "FrameBound",
    "FromJoin",
    "FromLeaf",
    "FromNode",
    "FuncCall",
    "FunctionInFrom",
    "Grouping",
    "JsonBehavior",
    "JsonConstructor",
    "JsonPredicate",
    "JsonQueryExpr",
    "MergeAction",
    "MergeBranch",
    "MinMax",
    "NullTest",
    "OnConflict",
    "OpCall",
    "Param",
    "Query",
    "RangeTableEntry",
    "RecordPlaceholder",
    "RowCompare",
    "RowExpr",
    "SetOperation",
    "SetReturning",
    "SetToDefault",
    "SqlValue",
    "Store",
    "SubLink",
    "SubLinkColumn",
    "Subscript",
    "TableColumn",
    "TargetAssignment",
    "TargetEntry",
    "Var",
    "Window",
    "WindowCall",
    "XmlExpr",
]
