"""XML and SQL/JSON."""

from __future__ import annotations

from typing import Literal

from sqlwright.analysis.tree.basics import Expr
from sqlwright.dataclass import dataclass


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class XmlExpr(Expr):
    """An XML constructor."""

    op: Literal["concat", "element", "forest", "parse", "pi", "root", "document", "serialize"]
    named_args: tuple[Expr, ...] = ()
    args: tuple[Expr, ...] = ()


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class JsonConstructor(Expr):
    """JSON_OBJECT, JSON_ARRAY, JSON, JSON_SCALAR, JSON_SERIALIZE."""

    op: Literal["object", "array", "json", "scalar", "serialize"]
    args: tuple[Expr, ...]
    absent_on_null: bool = False


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class JsonPredicate(Expr):
    """IS JSON."""

    operand: Expr


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class JsonQueryExpr(Expr):
    """JSON_EXISTS, JSON_QUERY, JSON_VALUE. Behaviors are None where the default applies."""

    op: Literal["exists", "query", "value"]
    context: Expr
    path: Expr
    passing: tuple[Expr, ...] = ()
    on_empty: JsonBehavior | None = None
    on_error: JsonBehavior | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class JsonBehavior:
    """ON EMPTY / ON ERROR."""

    kind: str
    default: Expr | None = None
