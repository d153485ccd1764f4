"""The analysed query: every name resolved, every expression typed.

It is what PostgreSQL's parse analysis yields (its `Query` and primitive nodes), reduced to what
types, nullability and row counts need. Types are OIDs of the catalog. Variables point straight at
their range table entry, and `depth` numbers query levels from 0 outermost, so nothing has to be
counted relative to a place. `start` and `end` are source offsets (-1 where nothing was written).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sqlwright.catalog.model import Column, Function, Operator, Relation


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Expr:
    """A typed expression. `type` is an OID, `modifier` a typmod (-1: none)."""

    type: int
    modifier: int = -1
    start: int = -1
    end: int = -1


# Leaves


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Var(Expr):
    """A column of a range table entry; `number` counts its columns from 1, 0 is the whole row,
    negative numbers are system columns. `returning` is set for old/new in RETURNING.
    """

    entry: RangeTableEntry
    number: int
    name: str
    returning: Literal["old", "new"] | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Const(Expr):
    """A literal, already of its final type where PostgreSQL coerces it at once; `value` is its
    text, None for NULL. Type unknown means not yet resolved.
    """

    value: str | None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Param(Expr):
    """A use of `$number`. Type unknown means this use has not been resolved (yet)."""

    number: int


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class SqlValue(Expr):
    """current_date, current_user and so on."""

    name: str


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class SetToDefault(Expr):
    """DEFAULT in INSERT or UPDATE, typed as its column."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class CurrentOf(Expr):
    """WHERE CURRENT OF."""

    cursor: str


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class MergeAction(Expr):
    """merge_action()."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class RecordPlaceholder(Expr):
    """Column `number` of a multi-column subquery assigned by `(a, b) = (SELECT ...)`."""

    sublink: SubLink
    number: int


# Calls and operators


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class FuncCall(Expr):
    """A call of an ordinary function, arguments in declared order with defaults left out
    (`defaulted` counts those); `positions` are the declared positions of those that are there, in
    a call with named arguments. `variadic` marks an explicit or expanded VARIADIC array. `syntax`
    tells calls from casts.
    """

    function: Function
    args: tuple[Expr, ...]
    variadic: bool = False
    syntax: Literal["call", "sql", "cast", "implicit"] = "call"
    defaulted: int = 0
    positions: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class OpCall(Expr):
    """A call of an operator; `kind` tells IS DISTINCT FROM and NULLIF, which share its arguments
    but not its result, from plain use.
    """

    operator: Operator
    args: tuple[Expr, ...]
    kind: Literal["plain", "distinct", "nullif"] = "plain"


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class ArrayOp(Expr):
    """`left op ANY|ALL (array)`, also what an IN list becomes (`array` is then an ArrayExpr)."""

    operator: Operator
    left: Expr
    array: Expr
    use_or: bool


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Aggregate(Expr):
    """An aggregate call. `depth` is the query level it belongs to."""

    function: Function
    args: tuple[Expr, ...]
    direct_args: tuple[Expr, ...] = ()
    filter: Expr | None = None
    distinct: bool = False
    star: bool = False
    order: tuple[Expr, ...] = ()
    depth: int = 0


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class WindowCall(Expr):
    """A window function or an aggregate used as one."""

    function: Function
    args: tuple[Expr, ...]
    window: Window
    filter: Expr | None = None
    star: bool = False


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Grouping(Expr):
    """GROUPING(...)."""

    args: tuple[Expr, ...]
    depth: int = 0


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class SetReturning(Expr):
    """Marks a set-returning call in a target list."""

    call: FuncCall | OpCall


# Casts and access


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Cast(Expr):
    """A conversion to `type`. `method` says how: by `function`, `binary` (relabel), `io` text
    input/output, `array` element-wise (`element` converts one element), `domain` check, `row`
    between row types, `literal` an unknown literal read as the type. `explicit` when written.
    """

    operand: Expr
    method: Literal["function", "binary", "io", "array", "domain", "row", "length"]
    function: Function | None = None
    explicit: bool = False


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class FieldSelect(Expr):
    """`(composite).name`, `number` counts from 1."""

    operand: Expr
    number: int
    name: str


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Subscript(Expr):
    """`container[...]`: element fetch or slice. An assignment to one is a `Store`."""

    container: Expr
    subscripts: tuple[tuple[Expr | None, Expr | None], ...]
    is_slice: bool


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Store(Expr):
    """What `column[...] = value` and `column.field = value` assign: the column's value with a part
    replaced. `field` is None for an element or slice.
    """

    value: Expr
    subscripts: tuple[Expr, ...] = ()
    field: str | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Collate(Expr):
    """COLLATE."""

    operand: Expr
    collation: str


# Logic and conditionals


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class BoolExpr(Expr):
    """AND, OR, NOT."""

    op: Literal["and", "or", "not"]
    args: tuple[Expr, ...]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class NullTest(Expr):
    """IS [NOT] NULL; `row` when the operand is of a row type."""

    operand: Expr
    negated: bool
    row: bool


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class BooleanTest(Expr):
    """IS [NOT] TRUE|FALSE|UNKNOWN."""

    operand: Expr
    value: Literal["true", "false", "unknown"]
    negated: bool


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class CaseBranch:
    """One WHEN; in a simple CASE `condition` is the whole comparison, whose left side is a
    `CaseTest`.
    """

    condition: Expr
    result: Expr


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class CaseTest(Expr):
    """Stands for the operand of a simple CASE inside its comparisons."""

    operand: Expr


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Case(Expr):
    """CASE; `default` is None without ELSE."""

    operand: Expr | None
    branches: tuple[CaseBranch, ...]
    default: Expr | None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Coalesce(Expr):
    """COALESCE."""

    args: tuple[Expr, ...]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class MinMax(Expr):
    """GREATEST or LEAST."""

    op: Literal["greatest", "least"]
    args: tuple[Expr, ...]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class RowCompare(Expr):
    """`(a, b) < (c, d)`; `=` and `<>` become BoolExprs of OpCalls as in PostgreSQL."""

    op: str
    operators: tuple[Operator, ...]
    left: tuple[Expr, ...]
    right: tuple[Expr, ...]


# Constructors and subqueries


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class ArrayExpr(Expr):
    """ARRAY[...], items already of the element type (of arrays when `multidimensional`)."""

    items: tuple[Expr, ...]
    multidimensional: bool = False


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class RowExpr(Expr):
    """ROW(...); type record until it is coerced to a composite type."""

    items: tuple[Expr, ...]
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class SubLink(Expr):
    """A subquery in an expression. For any/all, `tests` are the comparisons, one per column, whose
    right sides are `SubLinkColumn`s: one expression as `make_row_comparison_op` gives it, split
    into its pairs when `combine` is "and" or "or"; "row" keeps a single RowCompare.
    `rowcompare` is `(a, b) op (q)` over a query of at most one row.
    """

    kind: Literal["exists", "scalar", "array", "any", "all", "multi", "rowcompare"]
    query: Query
    tests: tuple[Expr, ...] = ()
    combine: Literal["and", "or", "row"] = "and"
    operator_name: str | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class SubLinkColumn(Expr):
    """Stands for column `number` of the subquery inside a SubLink's tests."""

    number: int


# XML and SQL/JSON


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


# The query


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class EntryColumn:
    """A column that a range table entry offers. `source` is the relation column behind it, where
    there is one.
    """

    name: str
    type: int
    modifier: int = -1
    source: Column | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class RangeTableEntry:
    """Something that columns come from. Compared by identity. `depth` is the query level that owns
    it. Exactly the field of its kind is set.
    """

    kind: Literal[
        "relation",
        "subquery",
        "join",
        "function",
        "values",
        "cte",
        "xmltable",
        "jsontable",
        "result",
    ]
    name: str
    columns: tuple[EntryColumn, ...]
    depth: int
    alias: str | None = None
    relation: Relation | None = None
    subquery: Query | None = None
    lateral: bool = False
    functions: tuple[FunctionInFrom, ...] = ()
    ordinality: bool = False
    values: tuple[tuple[Expr, ...], ...] = ()
    cte: CommonTable | None = None
    join_vars: tuple[Expr, ...] = ()
    merged: int = 0
    join_kind: Literal["inner", "left", "right", "full"] | None = None
    arguments: tuple[Expr, ...] = ()
    table_columns: tuple[TableColumn, ...] = ()
    only: bool = False
    is_excluded: bool = False
    start: int = -1
    end: int = -1


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class FunctionInFrom:
    """A function item of FROM and how many columns it adds."""

    call: Expr
    columns: int


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class TableColumn:
    """What XMLTABLE or JSON_TABLE says of one column."""

    kind: Literal["ordinality", "regular", "exists", "formatted"]
    not_null: bool = False
    default: Expr | None = None
    nested: bool = False


@dataclass(slots=True, eq=False, kw_only=True)
class CommonTable:
    """A CTE. While it is being analysed `query` is None; a recursive one has its `columns` once the
    non-recursive term is analysed. `column_names` are those written after its name,
    `search_columns` counts the trailing columns that SEARCH and CYCLE add (`extra_columns`),
    `references` its uses.
    """

    name: str
    query: Query | None
    columns: tuple[EntryColumn, ...]
    recursive: bool = False
    depth: int = 0
    search_columns: int = 0
    extra_columns: tuple[EntryColumn, ...] = ()
    column_names: tuple[str, ...] = ()
    references: int = 0


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class FromLeaf:
    """A range table entry standing alone in FROM."""

    entry: RangeTableEntry


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class FromJoin:
    """A join in FROM; `condition` is None for CROSS JOIN, and the conjunction of `=` for USING and
    NATURAL.
    """

    kind: Literal["inner", "left", "right", "full"]
    left: FromNode
    right: FromNode
    condition: Expr | None
    entry: RangeTableEntry | None = None


FromNode = FromLeaf | FromJoin


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class TargetEntry:
    """An output column. `junk` ones (ORDER BY or GROUP BY expressions not selected) are not
    output. `key` numbers it where ORDER BY, GROUP BY or DISTINCT refer to it (0 otherwise).
    `origin` names the relation column it shows unchanged. `embed` is the marker that produced
    it.
    """

    expr: Expr
    name: str
    junk: bool = False
    key: int = 0
    embed: str | None = None
    start: int = -1
    end: int = -1


@dataclass(slots=True, eq=False, kw_only=True)
class Window:
    """A window definition. Calls refer to it before the definitions are resolved at the end of
    the query level, so it is made empty and filled in place then.
    """

    name: str | None
    partition: tuple[Expr, ...] = ()
    order: tuple[Expr, ...] = ()
    mode: Literal["range", "rows", "groups"] | None = None
    low: FrameBound | None = None
    high: FrameBound | None = None
    exclude: str | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class FrameBound:
    """One end of a frame."""

    kind: str
    offset: Expr | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class SetOperation:
    """A node of a set-operation tree; leaves are subqueries. `columns` are the resolved output
    columns.
    """

    op: Literal["union", "intersect", "except"]
    all: bool
    left: SetOperation | Query
    right: SetOperation | Query
    types: tuple[int, ...]
    modifiers: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class TargetAssignment:
    """A column that INSERT, UPDATE or MERGE writes. `whole` is False when only a subscript or
    field of it is assigned.
    """

    column: Column
    value: Expr
    whole: bool = True


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class OnConflict:
    """ON CONFLICT, resolved."""

    action: Literal["nothing", "update"]
    assignments: tuple[TargetAssignment, ...] = ()
    where: Expr | None = None
    excluded: RangeTableEntry | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class MergeBranch:
    """A WHEN of MERGE, resolved."""

    match: Literal["matched", "not matched by source", "not matched by target"]
    action: Literal["insert", "update", "delete", "nothing"]
    condition: Expr | None = None
    assignments: tuple[TargetAssignment, ...] = ()
    overriding: Literal["user", "system"] | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Query:
    """An analysed statement. For INSERT ... VALUES `assignments` holds the first row's values and
    `rows` the number of rows; for INSERT ... SELECT `source` is the query. A utility statement
    has only its keyword in `utility`, for CALL the call in `arguments` and, where it returns rows,
    `targets`. `from_nodes` are joined by comma,
    `where` filters them.
    """

    command: Literal["select", "insert", "update", "delete", "merge", "utility"]
    depth: int = 0
    ctes: tuple[CommonTable, ...] = ()
    entries: tuple[RangeTableEntry, ...] = ()
    from_nodes: tuple[FromNode, ...] = ()
    targets: tuple[TargetEntry, ...] = ()
    where: Expr | None = None
    group_by: tuple[Expr, ...] = ()
    grouping_sets: tuple[tuple[Expr, ...], ...] = ()
    having: Expr | None = None
    distinct: bool = False
    distinct_on: tuple[Expr, ...] = ()
    order_by: tuple[Expr, ...] = ()
    limit: Expr | None = None
    offset: Expr | None = None
    with_ties: bool = False
    windows: tuple[Window, ...] = ()
    has_aggregates: bool = False
    has_set_returning: bool = False
    locking: bool = False
    set_operation: SetOperation | None = None
    values: tuple[tuple[Expr, ...], ...] = ()
    target_entry: RangeTableEntry | None = None
    assignments: tuple[TargetAssignment, ...] = ()
    insert_rows: tuple[tuple[Expr, ...], ...] = ()
    source: Query | None = None
    overriding: str | None = None
    on_conflict: OnConflict | None = None
    merge_on: Expr | None = None
    merge_branches: tuple[MergeBranch, ...] = ()
    returning: tuple[TargetEntry, ...] = ()
    utility: str | None = None
    arguments: tuple[Expr, ...] = ()
    start: int = -1
    end: int = -1

    @property
    def output(self) -> tuple[TargetEntry, ...]:
        """The columns a client receives: RETURNING of a write, else the select list."""
        entries = self.targets if self.command in ("select", "utility") else self.returning
        return tuple(entry for entry in entries if not entry.junk)
