"""PostgreSQL's raw syntax tree for statements that define a database's objects.

As in `nodes`, names are folded and `start` and `end` are offsets in the source file. Options that
change no type (storage parameters, tablespaces, owners) are checked for their syntax and dropped.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sqlwright.sql.nodes import (
    CreateTableAs,
    Expr,
    FuncCall,
    Node,
    QualifiedName,
    RangeVar,
    Select,
    Statement,
    TypeName,
)

Persistence = Literal["permanent", "temporary", "unlogged"]
OnCommit = Literal["preserve rows", "delete rows", "drop"]

ConstraintKind = Literal[
    "null",
    "not null",
    "default",
    "generated",
    "identity",
    "check",
    "primary key",
    "unique",
    "exclusion",
    "foreign key",
]

ParameterMode = Literal["in", "out", "inout", "variadic", "table"]

ObjectKind = Literal[
    "table",
    "sequence",
    "view",
    "materialized view",
    "index",
    "foreign table",
    "type",
    "domain",
    "schema",
    "extension",
    "collation",
    "conversion",
    "statistics",
    "text search parser",
    "text search dictionary",
    "text search template",
    "text search configuration",
    "function",
    "procedure",
    "routine",
    "aggregate",
    "operator",
    "operator class",
    "operator family",
    "cast",
    "transform",
    "column",
    "constraint",
    "domain constraint",
    "trigger",
    "rule",
    "policy",
    "access method",
    "event trigger",
    "foreign-data wrapper",
    "server",
    "user mapping",
    "language",
    "publication",
    "subscription",
    "role",
    "database",
    "tablespace",
    "large object",
    "attribute",
    "table constraint",
]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class ObjectName(Node):
    """A name, qualified or not, and its place."""

    parts: QualifiedName


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Option(Node):
    """`name [= value]` in a definition list. A value is a type (also any bare word), a constant, an
    operator or a word (as ObjectName), or absent.
    """

    name: str
    value: TypeName | Expr | ObjectName | None = None


# Tables


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class IndexElement(Node):
    """A key of an index or an exclusion constraint: a column by name, or an expression."""

    column: str | None = None
    expr: Expr | None = None
    collation: QualifiedName | None = None
    operator_class: QualifiedName | None = None
    operator: QualifiedName | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class ConstraintDefinition(Node):
    """A constraint of a column, a table or a domain, with DEFAULT, GENERATED and IDENTITY among
    them as in PostgreSQL's grammar. `always` belongs to identity; `stored` to generated.
    """

    kind: ConstraintKind
    name: str | None = None
    name_start: int = -1
    name_end: int = -1
    expr: Expr | None = None
    columns: tuple[ObjectName, ...] = ()
    including: tuple[str, ...] = ()
    referenced: RangeVar | None = None
    referenced_columns: tuple[ObjectName, ...] = ()
    match_full: bool = False
    on_delete: str = "no action"
    on_update: str = "no action"
    elements: tuple[IndexElement, ...] = ()
    access_method: str | None = None
    where: Expr | None = None
    using_index: str | None = None
    always: bool = False
    stored: bool = True
    options: tuple[Option, ...] = ()
    deferrable: bool | None = None
    initially_deferred: bool | None = None
    enforced: bool = True
    not_valid: bool = False
    no_inherit: bool = False
    nulls_not_distinct: bool = False
    without_overlaps: bool = False


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class ColumnDefinition(Node):
    """A column of CREATE TABLE or ADD COLUMN; without a type in `OF type` and `PARTITION OF`."""

    name: str
    name_end: int
    type_name: TypeName | None
    collation: ObjectName | None = None
    constraints: tuple[ConstraintDefinition, ...] = ()


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class LikeClause(Node):
    """`LIKE relation [INCLUDING ...]`; `options` are the properties copied."""

    relation: RangeVar
    options: frozenset[str] = frozenset()


TableElement = ColumnDefinition | ConstraintDefinition | LikeClause


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class PartitionSpec(Node):
    """`PARTITION BY strategy (keys)`."""

    strategy: str
    keys: tuple[IndexElement, ...]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class PartitionBound(Node):
    """`DEFAULT` or `FOR VALUES ...`. In a range bound a bare MINVALUE or MAXVALUE is a ColumnRef,
    as in PostgreSQL.
    """

    kind: Literal["default", "list", "range", "hash"]
    values: tuple[Expr, ...] = ()
    lower: tuple[Expr, ...] = ()
    upper: tuple[Expr, ...] = ()
    modulus: int = -1
    remainder: int = -1


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class CreateTable(Node):
    """CREATE TABLE and CREATE FOREIGN TABLE (`server` set)."""

    relation: RangeVar
    elements: tuple[TableElement, ...] = ()
    persistence: Persistence = "permanent"
    if_not_exists: bool = False
    inherits: tuple[RangeVar, ...] = ()
    of_type: TypeName | None = None
    partition_of: RangeVar | None = None
    bound: PartitionBound | None = None
    partition_by: PartitionSpec | None = None
    on_commit: OnCommit | None = None
    server: str | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class AlterAction(Node):
    """One action of ALTER TABLE; this class itself stands for those that change nothing known here
    (statistics, storage, owners, triggers on and off).
    """


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class AddColumn(AlterAction):
    """ADD COLUMN (or ADD ATTRIBUTE)."""

    column: ColumnDefinition
    if_not_exists: bool = False
    cascade: bool = False


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class ColumnAction(AlterAction):
    """An action on the column `name`. `default` has an expression or None (DROP DEFAULT);
    `expression` the new expression of a generated column.
    """

    action: Literal[
        "drop",
        "type",
        "default",
        "set not null",
        "drop not null",
        "expression",
        "drop expression",
        "add identity",
        "set identity",
        "drop identity",
        "other",
    ]
    name: str
    name_start: int
    name_end: int
    if_exists: bool = False
    cascade: bool = False
    type_name: TypeName | None = None
    collation: ObjectName | None = None
    using: Expr | None = None
    expr: Expr | None = None
    always: bool | None = None
    options: tuple[Option, ...] = ()
    number: int = 0


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class AddConstraint(AlterAction):
    """ADD table constraint."""

    constraint: ConstraintDefinition


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class ConstraintAction(AlterAction):
    """DROP, VALIDATE or ALTER CONSTRAINT."""

    action: Literal["drop", "validate", "alter"]
    name: str
    name_start: int
    name_end: int
    if_exists: bool = False
    cascade: bool = False
    deferrable: bool | None = None
    inherit: bool | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class ParentAction(AlterAction):
    """INHERIT, NO INHERIT, ATTACH PARTITION or DETACH PARTITION."""

    action: Literal["inherit", "no inherit", "attach", "detach"]
    relation: RangeVar
    bound: PartitionBound | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class TypeAction(AlterAction):
    """OF type, or NOT OF (None)."""

    type_name: TypeName | None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class SecurityAction(AlterAction):
    """ENABLE or DISABLE ROW LEVEL SECURITY."""

    enabled: bool


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class PersistenceAction(AlterAction):
    """SET LOGGED or SET UNLOGGED."""

    logged: bool


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class AlterTable(Node):
    """ALTER TABLE, INDEX, SEQUENCE, VIEW ... and, for kind `type`, the attributes of ALTER TYPE."""

    kind: ObjectKind
    relation: RangeVar
    actions: tuple[AlterAction, ...]
    if_exists: bool = False


# Types


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


# Views


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class CreateView(Node):
    """CREATE [RECURSIVE] VIEW. `query` of a recursive one is as written; the rewriting into a
    recursive CTE is left to `ddl_views`.
    """

    relation: RangeVar
    columns: tuple[ObjectName, ...]
    query: Select
    replace: bool = False
    recursive: bool = False
    persistence: Persistence = "permanent"
    check_option: Literal["local", "cascaded"] | None = None


# Functions and operators


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
    expression` is one SELECT).
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
    body: str | None = None
    body_start: int = -1
    sql_body: tuple[Statement, ...] | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class AlterFunction(Node):
    """ALTER FUNCTION ... with the options that a query can feel; None where not mentioned."""

    function: ObjectReference
    volatility: Literal["immutable", "stable", "volatile"] | None = None
    strict: bool | None = None


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


# Other objects


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class CreateSchema(Node):
    """CREATE SCHEMA with the statements inside it. `name` is None for AUTHORIZATION alone."""

    name: ObjectName
    if_not_exists: bool = False
    elements: tuple[DdlStatement, ...] = ()


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class CreateSequence(Node):
    """CREATE SEQUENCE."""

    relation: RangeVar
    options: tuple[Option, ...] = ()
    persistence: Persistence = "permanent"
    if_not_exists: bool = False


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class AlterSequence(Node):
    """ALTER SEQUENCE with sequence options."""

    relation: RangeVar
    options: tuple[Option, ...] = ()
    if_exists: bool = False


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class CreateExtension(Node):
    """CREATE EXTENSION."""

    name: ObjectName
    schema: ObjectName | None = None
    version: str | None = None
    if_not_exists: bool = False
    cascade: bool = False


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class CreateIndex(Node):
    """CREATE INDEX."""

    relation: RangeVar
    name: ObjectName | None
    elements: tuple[IndexElement, ...]
    unique: bool = False
    if_not_exists: bool = False
    including: tuple[IndexElement, ...] = ()
    nulls_not_distinct: bool = False
    access_method: str | None = None
    where: Expr | None = None
    only: bool = False


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class CreateTrigger(Node):
    """CREATE [CONSTRAINT] TRIGGER. `columns` are those of UPDATE OF."""

    name: ObjectName
    relation: RangeVar
    timing: Literal["before", "after", "instead of"]
    events: tuple[Literal["insert", "update", "delete", "truncate"], ...]
    columns: tuple[ObjectName, ...] = ()
    row_level: bool = False
    when: Expr | None = None
    function: ObjectName
    replace: bool = False
    constraint: bool = False
    transition_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class CreateRule(Node):
    """CREATE RULE."""

    name: ObjectName
    relation: RangeVar
    event: Literal["select", "insert", "update", "delete"]
    instead: bool = False
    where: Expr | None = None
    actions: tuple[Statement, ...] = ()
    replace: bool = False


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class CreatePolicy(Node):
    """CREATE or ALTER POLICY; its expressions decide no type but must be valid."""

    name: ObjectName
    relation: RangeVar
    using: Expr | None = None
    check: Expr | None = None
    alter: bool = False


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class CreateObject(Node):
    """Any other object that has only a name here: collation, statistics, text search, language ...
    `relation` is the FROM of CREATE STATISTICS. `function` is an event trigger's or a handler.
    """

    kind: ObjectKind
    name: ObjectName | None
    if_not_exists: bool = False
    replace: bool = False
    relation: RangeVar | None = None
    options: tuple[Option, ...] = ()
    expressions: tuple[Expr, ...] = ()
    source: ObjectName | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class ObjectReference(Node):
    """An object as DROP, COMMENT and the like name it.

    `args` are the argument types of a function, aggregate or operator, None where no list was
    written; `modes` go with them. An operator's missing side is None. `relation` is the table of a
    column, constraint, trigger, rule or policy; `types` the two of a cast; `access_method` that of
    an operator class.
    """

    kind: ObjectKind
    name: QualifiedName = ()
    args: tuple[TypeName | None, ...] | None = None
    modes: tuple[ParameterMode | None, ...] = ()
    star: bool = False
    relation: RangeVar | None = None
    type_name: TypeName | None = None
    types: tuple[TypeName, ...] = ()
    access_method: str | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Drop(Node):
    """DROP of one kind of object."""

    kind: ObjectKind
    objects: tuple[ObjectReference, ...]
    if_exists: bool = False
    cascade: bool = False


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Rename(Node):
    """RENAME of an object, or of its column, attribute or constraint (`part` the old name)."""

    object: ObjectReference
    new_name: ObjectName
    part: ObjectName | None = None
    part_kind: Literal["column", "attribute", "constraint"] | None = None
    if_exists: bool = False
    cascade: bool = False


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class SetSchema(Node):
    """ALTER ... SET SCHEMA."""

    object: ObjectReference
    schema: ObjectName
    if_exists: bool = False


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Comment(Node):
    """COMMENT ON ... IS text or NULL."""

    object: ObjectReference
    text: str | None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class SetVariable(Node):
    """SET name = values, or RESET and SET ... TO DEFAULT (`values` None). `scope` says for whom:
    the transaction, the session, or every later session of a database or a role.
    """

    name: str
    values: tuple[str, ...] | None
    scope: Literal["local", "session", "database", "role"] = "session"


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Transaction(Node):
    """BEGIN, COMMIT, ROLLBACK and savepoints; `savepoint` is its name."""

    kind: Literal["begin", "commit", "rollback", "savepoint", "release", "rollback to"]
    savepoint: str | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class DoBlock(Node):
    """DO; the contents of the string begin at `body_start`."""

    body: str
    body_start: int
    language: str = "plpgsql"


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class PassedOver(Node):
    """A statement that defines nothing: GRANT, VACUUM, COPY, INSERT ... `calls` are the function
    calls of a bare SELECT, which may do anything.
    """

    keyword: str
    calls: tuple[FuncCall, ...] = ()


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class SelectInto(Node):
    """`SELECT ... INTO table`."""

    query: Select


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
