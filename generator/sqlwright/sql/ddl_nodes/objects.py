"""Schemas, extensions, triggers and other objects; DROP, RENAME, COMMENT; what defines nothing."""

from __future__ import annotations

from typing import Literal

from sqlwright.dataclass import dataclass
from sqlwright.sql.ddl_nodes.names import ObjectKind, ObjectName, ObjectReference, Option
from sqlwright.sql.nodes import Expr, FuncCall, Node, RangeVar, Statement


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class CreateExtension(Node):
    """CREATE EXTENSION."""

    name: ObjectName
    schema: ObjectName | None = None
    version: str | None = None
    if_not_exists: bool = False
    cascade: bool = False


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Transition(Node):
    """An item of REFERENCING; `table` is false for ROW, which PostgreSQL reads and refuses."""

    row: Literal["old", "new"]
    table: bool
    name: str


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
    transitions: tuple[Transition, ...] = ()


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
    """CREATE or ALTER POLICY; its expressions decide no type but must be valid. ALTER names no
    `event`.
    """

    name: ObjectName
    relation: RangeVar
    event: str | None = None
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
