"""Expressions: leaves, operators, constructors, conditionals, subqueries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from sqlwright.dataclass import dataclass
from sqlwright.sql.nodes.basics import Expr, Node

if TYPE_CHECKING:
    from sqlwright.sql.nodes.basics import QualifiedName
    from sqlwright.sql.nodes.unions import Query


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class ColumnRef(Expr):
    """`a`, `t.a`, `s.t.a`, or with `star` set `*`, `t.*`, `s.t.*`; field selection and subscripts
    on anything else are `Indirection`.
    """

    fields: QualifiedName
    star: bool = False


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class ParamRef(Expr):
    """`$n`, or a named marker that was given number n. `slice` marks `sqlc.slice`, `named` any
    named marker.
    """

    number: int
    named: bool = False
    slice: bool = False


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Embed(Expr):
    """`sqlc.embed(table)` as a select-list item; stands for `table.*`."""

    relation: QualifiedName


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Const(Expr):
    """A literal. `value` is the text after unquoting; for numbers it is as written without
    underscores (hex, octal and binary integers included, so `int(value, 0)` reads an integer).
    """

    kind: Literal["integer", "float", "string", "bit", "hexbit", "boolean", "null"]
    value: str


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class TypeName(Node):
    """A type as written. `names` has the grammar's own spelling resolved (`int` is `('pg_catalog',
    'int4')`, `varchar` likewise), any other name as written. `array_bounds` has one entry a
    dimension, None where no bound was given. `interval_fields` is the text of `DAY TO SECOND`
    and the like.
    """

    names: QualifiedName
    modifiers: tuple[Expr, ...] = ()
    array_bounds: tuple[int | None, ...] = ()
    setof: bool = False
    percent_type: bool = False
    interval_fields: str | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class TypeCast(Expr):
    """A cast in any of its spellings; `literal` is `type 'text'`."""

    operand: Expr
    type_name: TypeName
    form: Literal["colon", "cast", "literal"]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Operation(Expr):
    """A binary operator, or a prefix one (`left` is None). `name` is qualified for
    `OPERATOR(s.+)`; `<>` also for `!=`.
    """

    name: QualifiedName
    left: Expr | None
    right: Expr
    operator_start: int
    operator_end: int


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class BoolOperation(Expr):
    """`AND`/`OR` over two or more operands (left-deep chains are flattened), `NOT` over one."""

    op: Literal["and", "or", "not"]
    operands: tuple[Expr, ...]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class ArrayOperation(Expr):
    """`left op ANY|SOME|ALL (array)`; the form over a subquery is `SubLink`."""

    name: QualifiedName
    left: Expr
    quantifier: Literal["any", "all"]
    array: Expr
    operator_start: int
    operator_end: int


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class LikeOperation(Expr):
    """`LIKE`, `ILIKE`, `SIMILAR TO`, negated or not, with an optional `ESCAPE`."""

    kind: Literal["like", "ilike", "similar"]
    negated: bool
    left: Expr
    pattern: Expr
    escape: Expr | None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class BetweenOperation(Expr):
    """`BETWEEN [SYMMETRIC] low AND high`."""

    operand: Expr
    low: Expr
    high: Expr
    negated: bool
    symmetric: bool


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class InList(Expr):
    """`operand [NOT] IN (a, b, ...)`; the form over a subquery is `SubLink`. `operator_start` is
    where `[NOT] IN` begins.
    """

    operand: Expr
    items: tuple[Expr, ...]
    negated: bool
    operator_start: int


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class NullTest(Expr):
    """`IS [NOT] NULL`, `ISNULL`, `NOTNULL`."""

    operand: Expr
    negated: bool


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class BooleanTest(Expr):
    """`IS [NOT] TRUE|FALSE|UNKNOWN`."""

    operand: Expr
    value: Literal["true", "false", "unknown"]
    negated: bool


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class DistinctTest(Expr):
    """`left IS [NOT] DISTINCT FROM right`."""

    left: Expr
    right: Expr
    negated: bool


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Collate(Expr):
    """`operand COLLATE name`."""

    operand: Expr
    collation: QualifiedName


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class SubscriptStep(Node):
    """`[index]`, or a slice `[lower:upper]` with either bound left out."""

    is_slice: bool
    lower: Expr | None
    upper: Expr | None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class FieldStep(Node):
    """`.name` after an expression."""

    name: str


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class StarStep(Node):
    """`.*` after an expression."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Indirection(Expr):
    """Subscripts and field selections on an expression: `(row).field`, `a[1]`, `$1.f`, `(r).*`."""

    operand: Expr
    steps: tuple[SubscriptStep | FieldStep | StarStep, ...]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Row(Expr):
    """`ROW(...)` (`explicit`) or `(a, b)`."""

    items: tuple[Expr, ...]
    explicit: bool


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class ArrayLiteral(Expr):
    """`ARRAY[...]`, and the nested `[...]` inside one."""

    items: tuple[Expr, ...]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class CaseBranch(Node):
    """`WHEN condition THEN result`."""

    condition: Expr
    result: Expr


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Case(Expr):
    """`CASE [operand] WHEN ... [ELSE ...] END`."""

    operand: Expr | None
    branches: tuple[CaseBranch, ...]
    default: Expr | None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Coalesce(Expr):
    """`COALESCE(...)`."""

    args: tuple[Expr, ...]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class MinMax(Expr):
    """`GREATEST(...)` or `LEAST(...)`."""

    op: Literal["greatest", "least"]
    args: tuple[Expr, ...]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class NullIf(Expr):
    """`NULLIF(left, right)`."""

    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class SubLink(Expr):
    """A subquery in an expression: `EXISTS (q)`, `(q)`, `ARRAY (q)`, `left op ANY|ALL (q)`. `[NOT]
    IN (q)` is `any` with operator `=` (wrapped in NOT when negated) and `is_in` set.
    """

    kind: Literal["exists", "scalar", "array", "any", "all"]
    query: Query
    left: Expr | None = None
    operator: QualifiedName | None = None
    is_in: bool = False


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Grouping(Expr):
    """`GROUPING(...)`."""

    args: tuple[Expr, ...]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class SqlValue(Expr):
    """A function-like keyword without parentheses: `current_date`, `current_timestamp`,
    `localtime`, `current_user`, `session_user`, `user`, `current_role`, `current_catalog`,
    `current_schema`, `current_time`, `localtimestamp`.
    """

    name: str
    precision: int | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class CurrentOf(Expr):
    """`WHERE CURRENT OF cursor`."""

    cursor: str


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class SetToDefault(Expr):
    """`DEFAULT` as a value in INSERT, UPDATE and MERGE."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class MergeAction(Expr):
    """`merge_action()`."""
