"""CREATE of tables, views, indexes and sequences."""

from __future__ import annotations

from typing import Literal

from sqlwright.dataclass import dataclass
from sqlwright.sql.ddl_nodes.names import ObjectName, OnCommit, Option, Persistence
from sqlwright.sql.nodes import Expr, Node, QualifiedName, RangeVar, Select, TypeName

KeyAction = Literal["no action", "restrict", "cascade", "set null", "set default"]
"""What a foreign key does about the rows that refer to a row that goes or changes."""

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


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class IndexElement(Node):
    """A key of an index or an exclusion constraint: a column by name, or an expression. `order` has
    the words of the options about it that were written, as messages name them."""

    column: str | None = None
    expr: Expr | None = None
    collation: QualifiedName | None = None
    operator_class: QualifiedName | None = None
    operator: QualifiedName | None = None
    order: Literal["", "ASC/DESC", "NULLS FIRST/LAST"] = ""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class ConstraintDefinition(Node):
    """A constraint of a column, a table or a domain, with DEFAULT, GENERATED and IDENTITY among
    them as in PostgreSQL's grammar. `always` belongs to identity; `stored` to generated. `period`
    and `referenced_period` say that the last column on that side is a PERIOD.
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
    period: bool = False
    referenced_period: bool = False
    match_full: bool = False
    on_delete: KeyAction = "no action"
    on_update: KeyAction = "no action"
    set_columns: tuple[ObjectName, ...] = ()
    elements: tuple[IndexElement, ...] = ()
    access_method: str | None = None
    where: Expr | None = None
    using_index: str | None = None
    parameters: tuple[Option, ...] = ()
    always: bool = False
    stored: bool = True
    options: tuple[Option, ...] = ()
    deferrable: bool | None = None
    initially_deferred: bool | None = None
    enforced: bool | None = None
    not_valid: bool = False
    no_inherit: bool = False
    nulls_not_distinct: bool = False
    without_overlaps: bool = False


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class ColumnDefinition(Node):
    """A column of CREATE TABLE or ADD COLUMN; without a type in `OF type` and `PARTITION OF`.
    `storage` is what STORAGE and COMPRESSION say.
    """

    name: str
    name_end: int
    type_name: TypeName | None
    collation: ObjectName | None = None
    constraints: tuple[ConstraintDefinition, ...] = ()
    storage: tuple[Option, ...] = ()


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
    parameters: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class CreateIndex(Node):
    """CREATE INDEX."""

    relation: RangeVar
    name: ObjectName | None
    elements: tuple[IndexElement, ...]
    unique: bool = False
    if_not_exists: bool = False
    including: tuple[IndexElement, ...] = ()
    concurrently: bool = False
    nulls_not_distinct: bool = False
    access_method: str | None = None
    where: Expr | None = None
    only: bool = False
    parameters: tuple[Option, ...] = ()


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
    checked: bool = False
    parameters: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class SelectInto(Node):
    """`SELECT ... INTO table`."""

    query: Select


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class CreateSequence(Node):
    """CREATE SEQUENCE."""

    relation: RangeVar
    options: tuple[Option, ...] = ()
    persistence: Persistence = "permanent"
    if_not_exists: bool = False
