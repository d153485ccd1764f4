"""XML and SQL/JSON constructors, queries and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from sqlwright.dataclass import dataclass
from sqlwright.sql.nodes.basics import Expr, Node

if TYPE_CHECKING:
    from sqlwright.sql.nodes.calls import SortBy, WindowDef
    from sqlwright.sql.nodes.expressions import Const, TypeName
    from sqlwright.sql.nodes.queries import Target
    from sqlwright.sql.nodes.unions import Query


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class XmlCall(Expr):
    """`xmlconcat`, `xmlelement`, `xmlforest`, `xmlparse`, `xmlpi`, `xmlroot`, `IS DOCUMENT`,
    `xmlserialize`. `name` is the element or target name; `named_args` are the xmlattributes or
    forest items. `type_name` is xmlserialize's.
    """

    op: Literal["concat", "element", "forest", "parse", "pi", "root", "document", "serialize"]
    name: str | None = None
    named_args: tuple[Target, ...] = ()
    args: tuple[Expr, ...] = ()
    type_name: TypeName | None = None
    content: bool = False


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class JsonFormat(Node):
    """`FORMAT JSON [ENCODING name]`."""

    encoding: str | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class JsonValue(Node):
    """A value with an optional FORMAT clause."""

    expr: Expr
    format: JsonFormat | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class JsonReturning(Node):
    """`RETURNING type [FORMAT JSON ...]`."""

    type_name: TypeName
    format: JsonFormat | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class JsonKeyValue(Node):
    """`key VALUE value` or `key : value`."""

    key: Expr
    value: JsonValue


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class JsonObject(Expr):
    """`JSON_OBJECT(...)` in its SQL/JSON form."""

    items: tuple[JsonKeyValue, ...]
    absent_on_null: bool = False
    unique: bool = False
    returning: JsonReturning | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class JsonArray(Expr):
    """`JSON_ARRAY(...)` over values or over a query."""

    items: tuple[JsonValue, ...] = ()
    query: Query | None = None
    format: JsonFormat | None = None
    absent_on_null: bool = True
    returning: JsonReturning | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class JsonAggregate(Expr):
    """`JSON_OBJECTAGG(k : v)` (`key` set) or `JSON_ARRAYAGG(v)`."""

    key: Expr | None
    value: JsonValue
    order: tuple[SortBy, ...] = ()
    absent_on_null: bool = False
    unique: bool = False
    returning: JsonReturning | None = None
    filter: Expr | None = None
    over: WindowDef | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class JsonParse(Expr):
    """`JSON(...)`, `JSON_SCALAR(...)`, `JSON_SERIALIZE(...)`."""

    op: Literal["json", "scalar", "serialize"]
    value: JsonValue
    unique: bool = False
    returning: JsonReturning | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class JsonPredicate(Expr):
    """`expr IS [NOT] JSON [VALUE|OBJECT|ARRAY|SCALAR] [WITH UNIQUE KEYS]`; NOT is a wrapping
    `BoolOperation`.
    """

    operand: Expr
    kind: Literal["any", "object", "array", "scalar"]
    unique: bool = False
    format: JsonFormat | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class JsonBehavior(Node):
    """`ERROR|NULL|EMPTY ARRAY|DEFAULT expr ... ON EMPTY|ERROR`."""

    kind: Literal[
        "error", "null", "true", "false", "unknown", "empty array", "empty object", "default"
    ]
    default: Expr | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class JsonArgument(Node):
    """`value AS name` in PASSING."""

    value: JsonValue
    name: str


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class JsonQueryCall(Expr):
    """`JSON_EXISTS`, `JSON_QUERY`, `JSON_VALUE`."""

    op: Literal["exists", "query", "value"]
    context: JsonValue
    path: Expr
    passing: tuple[JsonArgument, ...] = ()
    returning: JsonReturning | None = None
    wrapper: Literal["without", "conditional", "unconditional"] | None = None
    omit_quotes: bool | None = None
    on_empty: JsonBehavior | None = None
    on_error: JsonBehavior | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class JsonTableColumn(Node):
    """A column of JSON_TABLE; `nested` has the columns of NESTED PATH."""

    kind: Literal["regular", "exists", "formatted", "ordinality", "nested"]
    name: str | None
    type_name: TypeName | None = None
    path: Const | None = None
    format: JsonFormat | None = None
    wrapper: Literal["without", "conditional", "unconditional"] | None = None
    omit_quotes: bool | None = None
    on_empty: JsonBehavior | None = None
    on_error: JsonBehavior | None = None
    nested: tuple[JsonTableColumn, ...] = ()
    path_name: str | None = None
