"""Names, references and options that every kind of definition shares."""

from __future__ import annotations

from typing import Literal

from sqlwright.dataclass import dataclass
from sqlwright.sql.nodes import Expr, Node, QualifiedName, RangeVar, TypeName

Persistence = Literal["permanent", "temporary", "unlogged"]


OnCommit = Literal["preserve rows", "delete rows", "drop"]


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


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class ObjectReference(Node):
    """An object as DROP, COMMENT and the like name it.

    `args` are the argument types of a function, aggregate or operator, None where no list was
    written; `modes` go with them. An operator's missing side is None. `relation` is the table of a
    column, constraint, trigger, rule or policy; `types` the two of a cast; `access_method` that of
    an operator class. `only` leaves the children of a table out.
    """

    kind: ObjectKind
    name: QualifiedName = ()
    args: tuple[TypeName | None, ...] | None = None
    modes: tuple[ParameterMode | None, ...] = ()
    star: bool = False
    relation: RangeVar | None = None
    only: bool = False
    type_name: TypeName | None = None
    types: tuple[TypeName, ...] = ()
    access_method: str | None = None
