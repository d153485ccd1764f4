"""PostgreSQL's raw syntax tree for expressions, queries and data-modifying statements.

The shapes follow what PostgreSQL's own grammar produces before any name is looked up: operators,
function names, argument lists and keywords stay as written. Names are already folded (unquoted
ones to lower case); `start` and `end` are character offsets in the source file. DDL has its nodes
in `ddl_nodes`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

QualifiedName = tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Node:
    """Anything in the tree; the text it was read from is `source.text[start:end]`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Expr(Node):
    """An expression (`a_expr`, `b_expr` or `c_expr` of the grammar)."""


Direction = Literal["asc", "desc", "using"]
NullsOrder = Literal["first", "last"]
JoinKind = Literal["inner", "left", "right", "full"]


# Leaves and names


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


# Operators


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


# Constructors, conditionals, subqueries


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


# Calls


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class SortBy(Node):
    """An ORDER BY item; `nulls` and `operator` only when written."""

    expr: Expr
    direction: Direction | None = None
    nulls: NullsOrder | None = None
    operator: QualifiedName | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class NamedArg(Expr):
    """`name => value` (or `:=`) in an argument list."""

    name: str
    value: Expr


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class WindowDef(Node):
    """A window: `name` from a WINDOW clause, `ref` the existing window it builds on. `OVER name`
    has only `ref` and `over_name` set.
    """

    name: str | None = None
    ref: str | None = None
    over_name: bool = False
    partition: tuple[Expr, ...] = ()
    order: tuple[SortBy, ...] = ()
    frame: Frame | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class FrameBound(Node):
    """One end of a window frame."""

    kind: Literal[
        "unbounded preceding", "preceding", "current row", "following", "unbounded following"
    ]
    offset: Expr | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Frame(Node):
    """`RANGE|ROWS|GROUPS BETWEEN low AND high EXCLUDE ...`; `high` is None without BETWEEN."""

    mode: Literal["range", "rows", "groups"]
    low: FrameBound
    high: FrameBound | None = None
    exclude: Literal["current row", "group", "ties", "no others"] | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class FuncCall(Expr):
    """A function call. SQL-standard forms (`extract(f from x)`, `trim(...)`, `AT TIME ZONE`,
    `substring(a from b)`, `IS NORMALIZED` ...) become calls of the `pg_catalog` function that
    PostgreSQL's grammar names, with `sql_syntax` set. `star` is `f(*)`; `variadic` marks the
    last argument; ORDER BY of the arguments is in `order`, that of WITHIN GROUP too, with
    `within_group` set.
    """

    name: QualifiedName
    args: tuple[Expr, ...] = ()
    star: bool = False
    distinct: bool = False
    variadic: bool = False
    order: tuple[SortBy, ...] = ()
    within_group: bool = False
    filter: Expr | None = None
    over: WindowDef | None = None
    null_treatment: Literal["ignore", "respect"] | None = None
    sql_syntax: bool = False
    name_start: int = -1
    name_end: int = -1


# XML and SQL/JSON


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


# FROM


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Alias(Node):
    """`[AS] name [(columns)]`."""

    name: str
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class ColumnDefinition(Node):
    """`name type` in a function's column definition list (`AS f(a int, b text)`)."""

    name: str
    type_name: TypeName
    collation: QualifiedName | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class RangeVar(Node):
    """A relation named in FROM or as a target. `only` is `ONLY t`; a trailing `*` needs no mark.
    The node encloses the name alone, without ONLY and alias.
    """

    name: QualifiedName
    only: bool = False
    alias: Alias | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class RangeSubselect(Node):
    """`[LATERAL] (query) alias`."""

    query: Query
    lateral: bool
    alias: Alias | None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class FunctionItem(Node):
    """One function in FROM, with its own column definitions inside ROWS FROM."""

    call: Expr
    columns: tuple[ColumnDefinition, ...] = ()


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class RangeFunction(Node):
    """`[LATERAL] f(...)` or `ROWS FROM (...)` with its alias; `columns` is the column definition
    list of the alias.
    """

    items: tuple[FunctionItem, ...]
    rows_from: bool
    lateral: bool
    ordinality: bool
    alias: Alias | None = None
    columns: tuple[ColumnDefinition, ...] = ()


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class TableSample(Node):
    """`relation TABLESAMPLE method (args) [REPEATABLE (seed)]`."""

    relation: RangeVar
    method: QualifiedName
    args: tuple[Expr, ...]
    repeatable: Expr | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class XmlTableColumn(Node):
    """A column of XMLTABLE."""

    name: str
    ordinality: bool = False
    type_name: TypeName | None = None
    path: Expr | None = None
    default: Expr | None = None
    not_null: bool = False


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class XmlTable(Node):
    """`XMLTABLE(...)` in FROM."""

    row: Expr
    document: Expr
    columns: tuple[XmlTableColumn, ...]
    namespaces: tuple[Target, ...] = ()
    lateral: bool = False
    alias: Alias | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class JsonTable(Node):
    """`JSON_TABLE(...)` in FROM."""

    context: JsonValue
    path: Expr
    columns: tuple[JsonTableColumn, ...]
    path_name: str | None = None
    passing: tuple[JsonArgument, ...] = ()
    on_error: JsonBehavior | None = None
    lateral: bool = False
    alias: Alias | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Join(Node):
    """A join; a comma in FROM is not one. CROSS JOIN is `inner` without a condition. `using_alias`
    is `USING (...) AS name`, `alias` that of a parenthesised join.
    """

    kind: JoinKind
    left: FromItem
    right: FromItem
    natural: bool = False
    using: tuple[str, ...] = ()
    using_alias: Alias | None = None
    on: Expr | None = None
    alias: Alias | None = None


FromItem = RangeVar | RangeSubselect | RangeFunction | TableSample | XmlTable | JsonTable | Join


# Queries


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Target(Node):
    """A select-list or RETURNING item, an xmlforest item; `name` only when an alias was written."""

    expr: Expr
    name: str | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class GroupingSet(Node):
    """`()`, `ROLLUP (...)`, `CUBE (...)`, `GROUPING SETS (...)` in GROUP BY; a row inside ROLLUP
    or CUBE is a `Row`.
    """

    kind: Literal["empty", "rollup", "cube", "sets"]
    items: tuple[Expr | GroupingSet, ...] = ()


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class CteSearch(Node):
    """`SEARCH DEPTH|BREADTH FIRST BY ... SET name`."""

    breadth: bool
    by: tuple[str, ...]
    column: str


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class CteCycle(Node):
    """`CYCLE ... SET mark [TO value DEFAULT default] USING path`."""

    columns: tuple[str, ...]
    mark: str
    value: Expr | None
    default: Expr | None
    path: str


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class CommonTableExpr(Node):
    """One CTE."""

    name: str
    columns: tuple[str, ...]
    materialized: bool | None
    query: Statement
    search: CteSearch | None = None
    cycle: CteCycle | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class With(Node):
    """A WITH clause."""

    recursive: bool
    ctes: tuple[CommonTableExpr, ...]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Locking(Node):
    """`FOR UPDATE|NO KEY UPDATE|SHARE|KEY SHARE [OF ...] [NOWAIT|SKIP LOCKED]`."""

    strength: Literal["update", "no key update", "share", "key share"]
    relations: tuple[RangeVar, ...] = ()
    wait: Literal["nowait", "skip locked"] | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class IntoClause(Node):
    """`SELECT ... INTO [TEMP] table`."""

    relation: RangeVar
    temporary: bool = False


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Select(Node):
    """`SELECT`, `VALUES` (rows in `values`) or, with `set_op`, a set operation of `left` and
    `right`; `TABLE t` is `SELECT * FROM t`. `distinct` is None, `()` for plain DISTINCT, or the
    DISTINCT ON expressions. ORDER BY, LIMIT, locking and WITH belong to the outermost node they
    were written on.
    """

    targets: tuple[Target, ...] = ()
    distinct: tuple[Expr, ...] | None = None
    into: IntoClause | None = None
    from_: tuple[FromItem, ...] = ()
    where: Expr | None = None
    group_by: tuple[Expr | GroupingSet, ...] = ()
    group_distinct: bool = False
    having: Expr | None = None
    windows: tuple[WindowDef, ...] = ()
    values: tuple[tuple[Expr, ...], ...] = ()
    set_op: Literal["union", "intersect", "except"] | None = None
    all: bool = False
    left: Select | None = None
    right: Select | None = None
    with_: With | None = None
    order_by: tuple[SortBy, ...] = ()
    limit: Expr | None = None
    offset: Expr | None = None
    with_ties: bool = False
    locking: tuple[Locking, ...] = ()


# Data modification


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class InsertColumn(Node):
    """A target column of INSERT with its subscripts and fields, or the target of one SET item. The
    grammar lets `.*` through at the end; parse analysis refuses it.
    """

    name: str
    steps: tuple[SubscriptStep | FieldStep | StarStep, ...] = ()


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Assignment(Node):
    """`target = value` in SET. For `(a, b) = source` there is one `MultiAssignment` instead."""

    target: InsertColumn
    value: Expr


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class MultiAssignment(Node):
    """`(a, b, ...) = row or subquery`."""

    targets: tuple[InsertColumn, ...]
    source: Expr


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class ConflictElement(Node):
    """An element of ON CONFLICT's inference list. The last three are what the grammar of an index
    column lets through and parse analysis refuses: a direction, a place of nulls, options.
    """

    expr: Expr
    collation: QualifiedName | None = None
    operator_class: QualifiedName | None = None
    direction: Direction | None = None
    nulls: NullsOrder | None = None
    options: bool = False


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class OnConflict(Node):
    """`ON CONFLICT [target] DO NOTHING | DO UPDATE SET ...`."""

    action: Literal["nothing", "update"]
    elements: tuple[ConflictElement, ...] = ()
    element_where: Expr | None = None
    constraint: str | None = None
    assignments: tuple[Assignment | MultiAssignment, ...] = ()
    where: Expr | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Returning(Node):
    """`RETURNING [WITH (OLD AS o, NEW AS n)] targets`."""

    targets: tuple[Target, ...]
    old_alias: str | None = None
    new_alias: str | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Insert(Node):
    """INSERT; `source` is None for DEFAULT VALUES."""

    relation: RangeVar
    columns: tuple[InsertColumn, ...]
    source: Select | None
    overriding: Literal["user", "system"] | None = None
    on_conflict: OnConflict | None = None
    returning: Returning | None = None
    with_: With | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Update(Node):
    """UPDATE."""

    relation: RangeVar
    assignments: tuple[Assignment | MultiAssignment, ...]
    from_: tuple[FromItem, ...] = ()
    where: Expr | None = None
    returning: Returning | None = None
    with_: With | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Delete(Node):
    """DELETE."""

    relation: RangeVar
    using: tuple[FromItem, ...] = ()
    where: Expr | None = None
    returning: Returning | None = None
    with_: With | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class MergeWhen(Node):
    """A WHEN branch of MERGE. `match` says which rows, `action` what happens to them."""

    match: Literal["matched", "not matched by source", "not matched by target"]
    action: Literal["insert", "update", "delete", "nothing"]
    condition: Expr | None = None
    columns: tuple[InsertColumn, ...] = ()
    values: tuple[Expr, ...] | None = None
    overriding: Literal["user", "system"] | None = None
    assignments: tuple[Assignment | MultiAssignment, ...] = ()


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Merge(Node):
    """MERGE."""

    relation: RangeVar
    source: FromItem
    on: Expr
    branches: tuple[MergeWhen, ...]
    returning: Returning | None = None
    with_: With | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Utility(Node):
    """A statement whose parts take no part in type inference (LOCK, NOTIFY, SET, VACUUM, DO ...).
    `keyword` is its command tag as PostgreSQL would report it. `relations` are those it names
    that must exist.
    """

    keyword: str
    relations: tuple[RangeVar, ...] = ()


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Call(Node):
    """`CALL procedure(...)`."""

    call: FuncCall


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Explain(Node):
    """`EXPLAIN [options] statement`: one text column `QUERY PLAN` (xml or json with FORMAT)."""

    statement: Statement
    format: Literal["text", "xml", "json", "yaml"] = "text"


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Show(Node):
    """`SHOW name`: one text column named as the setting (three for ALL)."""

    name: str


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Declare(Node):
    """`DECLARE cursor CURSOR FOR query`."""

    name: str
    query: Select


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class CreateTableAs(Node):
    """`CREATE [TEMP] TABLE|MATERIALIZED VIEW name AS query`, also as an annotated query."""

    relation: RangeVar
    columns: tuple[str, ...]
    query: Statement
    materialized: bool = False
    if_not_exists: bool = False
    with_data: bool = True
    temporary: bool = False


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Execute(Node):
    """`EXECUTE name (args)`, `PREPARE name AS statement` (statement set)."""

    name: str
    args: tuple[Expr, ...] = ()
    statement: Statement | None = None


Query = Select
"""What may stand in parentheses as a subquery."""

Statement = (
    Select
    | Insert
    | Update
    | Delete
    | Merge
    | Utility
    | Call
    | Explain
    | Show
    | Declare
    | CreateTableAs
    | Execute
)
