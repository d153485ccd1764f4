"""What PostgreSQL knows of a database, as frozen values.

Objects are identified by OID as in PostgreSQL: built-in ones by their real OIDs, user objects by
numbers handed out from 16384. `Catalog` (in `catalog.catalog`) holds them and answers look-ups.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from sqlwright.dataclass import dataclass
from sqlwright.source import Span

if TYPE_CHECKING:
    from decimal import Decimal

    from sqlwright.catalog.dependencies import Address
    from sqlwright.catalog.stored import StoredExpression, StoredQuery
    from sqlwright.sql.ddl_nodes import KeyAction

TypeKind = Literal["base", "composite", "domain", "enum", "pseudo", "range", "multirange"]
RelationKind = Literal[
    "table",
    "partitioned table",
    "view",
    "materialized view",
    "foreign table",
    "sequence",
    "index",
    "composite type",
]
FunctionKind = Literal["function", "procedure", "aggregate", "window"]
ArgumentMode = Literal["in", "out", "inout", "variadic", "table"]
ConstraintKind = Literal["primary key", "unique", "foreign key", "check", "exclusion", "not null"]
CastContext = Literal["implicit", "assignment", "explicit"]
CastMethod = Literal["function", "binary", "inout"]


@dataclass(frozen=True, slots=True)
class Type:
    """A row of pg_type (manual 52.64), with enum labels and range facts beside it.

    `element` is the element type of a true array, and of the few fixed-length types that can be
    subscripted (name, point, box ...); `array` is the array type over this one; 0 means none.
    `collation` is the one that a domain gives, with its schema.
    A multirange has its range in `range`, a range its `multirange`, and both have the `subtype`.
    `takes_modifier` allows `name(n)`; `delimiter` parts the elements in the text of an array of it;
    `renamed` are labels that an enum no longer has, or has for another value by now.
    `defined` is false for a shell type, named but not made yet. `infinite` marks a domain with a
    default or check that speaks of infinity.
    """

    oid: int
    schema: str
    name: str
    kind: TypeKind
    category: str
    preferred: bool = False
    element: int = 0
    array: int = 0
    is_array: bool = False
    subscriptable: bool = False
    base: int = 0
    base_modifier: int = -1
    not_null: bool = False
    domain_dimensions: int = 0
    relation: int = 0
    labels: tuple[str, ...] = ()
    renamed: tuple[str, ...] = ()
    subtype: int = 0
    range: int = 0
    multirange: int = 0
    collatable: bool = False
    collation: str = ""
    takes_modifier: bool = False
    delimiter: str = ","
    defined: bool = True
    constraints: tuple[Constraint, ...] = ()
    default: bool = False
    infinite: bool = False
    comment: str | None = None
    declared: Span | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a relation; `number` is its attnum. A dropped column is not kept.

    `identity` is ALWAYS or BY DEFAULT; `generated` STORED or VIRTUAL. `default` says that an INSERT
    may leave it out, `expression` is its default or what it is generated from. `local` says that
    the table itself declares it, `inherited` how many parents do. `dimensions` is how many of an
    array were written, to which PostgreSQL does not hold the values (manual 8.15.1).
    `collation` is its own one, with its schema, "" where that of the type holds. `infinite` says
    that something in the schema or a query speaks of infinity in it. `lasting` is what has held of
    a materialized view's column ever since the view was made: that its value, or that its elements,
    cannot be NULL (None of other columns).
    """

    name: str
    type: int
    number: int
    modifier: int = -1
    not_null: bool = False
    default: bool = False
    identity: Literal["always", "by default"] | None = None
    generated: Literal["stored", "virtual"] | None = None
    local: bool = True
    inherited: int = 0
    expression: StoredExpression | None = None
    dimensions: int = 0
    collation: str = ""
    infinite: bool = False
    lasting: tuple[Literal["value", "elements"], ...] | None = None
    comment: str | None = None
    declared: Span | None = None


@dataclass(frozen=True, slots=True)
class KeyPart:
    """How an index compares one of its keys: by the operator class's `family` (0: the default one
    of the type), the `collation` ("": that of the key), and in an exclusion constraint by an
    operator."""

    family: int = 0
    collation: str = ""
    operator: int = 0


@dataclass(frozen=True, slots=True)
class Constraint:
    """A constraint or unique index. `columns` are attribute names in order.

    `unique` also stands for a unique index; `partial` is set where it has a predicate, and
    `expressions` where it covers any expression (such a one proves no uniqueness of columns).
    `temporal` marks a key WITHOUT OVERLAPS, and the foreign key with a PERIOD that refers to it;
    `match_full` one of which all columns are NULL or none;
    `expression` is the condition of a CHECK, `predicate` the WHERE of a unique index, `keys` what
    such an index is over where that is not columns alone. `parts` says how those of `columns`, then
    those of `keys`, are compared; it may be empty where nothing was written.
    `enforced` is false of one that is NOT ENFORCED, which is not `validated` either.
    `deferred` is set of what is looked at when the transaction ends (INITIALLY DEFERRED).
    `on_delete` and `on_update` are what a foreign key does about the rows that refer to one that
    goes or changes; ON DELETE SET NULL and SET DEFAULT set the `set_columns`, or all if none.
    """

    name: str
    kind: ConstraintKind
    columns: tuple[str, ...] = ()
    relation: int = 0
    referenced: int = 0
    referenced_columns: tuple[str, ...] = ()
    deferrable: bool = False
    deferred: bool = False
    validated: bool = True
    enforced: bool = True
    partial: bool = False
    expressions: bool = False
    nulls_not_distinct: bool = False
    temporal: bool = False
    match_full: bool = False
    on_delete: KeyAction = "no action"
    on_update: KeyAction = "no action"
    set_columns: tuple[str, ...] = ()
    is_index: bool = False
    not_null_columns: tuple[str, ...] = ()
    expression: StoredExpression | None = None
    predicate: StoredExpression | None = None
    keys: tuple[StoredExpression, ...] = ()
    parts: tuple[KeyPart, ...] = ()
    oid: int = 0
    index: int = 0
    inherited: bool = False
    local: bool = True
    parent: int = 0
    no_inherit: bool = False
    comment: str | None = None
    declared: Span | None = None

    @property
    def follows(self) -> bool:
        """Whether changes of referenced rows update the rows that refer to them."""
        follows_deletion = self.on_delete not in ("no action", "restrict", "cascade")
        return self.on_update not in ("no action", "restrict") or follows_deletion


BoundKey: TypeAlias = "tuple[int, Decimal | str | None]"
"""A bound of one key that can be compared: below all values (-1), a value (0), above all (1)."""


@dataclass(frozen=True, slots=True)
class PartitionBounds:
    """What rows a partition holds, as far as constants tell."""

    kind: Literal["default", "list", "range", "hash"]
    values: tuple[BoundKey, ...] = ()
    lower: tuple[BoundKey, ...] = ()
    upper: tuple[BoundKey, ...] = ()
    modulus: int = -1
    remainder: int = -1


@dataclass(frozen=True, slots=True)
class Relation:
    """A row of pg_class with what hangs on it. `row_type` is its composite type.
    `foreign_keys_unchecked` is set once all of its triggers have been disabled, those of
    PostgreSQL's own that keep foreign keys among them. `access_method` is that of an index.
    """

    oid: int
    schema: str
    name: str
    kind: RelationKind
    columns: tuple[Column, ...]
    row_type: int = 0
    constraints: tuple[Constraint, ...] = ()
    parents: tuple[int, ...] = ()
    is_partition: bool = False
    temporary: bool = False
    stored: StoredQuery | None = None
    triggers: tuple[Trigger, ...] = ()
    rules: tuple[Rule, ...] = ()
    row_security: bool = False
    foreign_keys_unchecked: bool = False
    owner_table: int = 0
    policies: tuple[Policy, ...] = ()
    of_type: int = 0
    last_number: int = 0
    access_method: str = ""
    partition_strategy: str = ""
    partition_key: tuple[str, ...] = ()
    bounds: PartitionBounds | None = None
    persistence: Literal["permanent", "temporary", "unlogged"] = "permanent"
    comment: str | None = None
    declared: Span | None = None


@dataclass(frozen=True, slots=True)
class Trigger:
    """A row-level or statement-level trigger, as far as it can change what a write returns."""

    name: str
    timing: Literal["before", "after", "instead of"]
    events: tuple[Literal["insert", "update", "delete", "truncate"], ...]
    row_level: bool
    function: str = ""
    oid: int = 0
    inherited: bool = False
    constraint: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A rewrite rule. `conditional` has a WHERE, `actions` counts the statements it runs, of which
    one may be `returning` rows; `kinds` are what they are, insert, update and so on, with a mark
    behind the one that does.
    """

    name: str
    event: Literal["select", "insert", "update", "delete"]
    instead: bool
    oid: int = 0
    conditional: bool = False
    actions: int = 0
    returning: bool = False
    kinds: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Policy:
    """A row security policy for one kind of statement or all, with what its two conditions rest
    on."""

    name: str
    oid: int = 0
    event: str = "all"
    using: frozenset[Address] = frozenset()
    check: frozenset[Address] = frozenset()


@dataclass(frozen=True, slots=True)
class Function:
    """A row of pg_proc (manual 52.39), with pg_aggregate's facts for an aggregate.

    `arguments` are the types a call passes (IN, INOUT, VARIADIC), `variadic` the element type of a
    VARIADIC argument (0 if none). `all_arguments`, `modes` and `names` cover every declared
    argument and are empty where PostgreSQL leaves them NULL. `defaults` counts the trailing
    arguments that may be left out. `dimensions` are those of arrays that the types of the declared
    arguments are written with, empty where none has several, `result_dimensions` those of the
    result; PostgreSQL keeps neither. `replaced` says that it once was another, `isolated` that its
    body never stands for a call, since it has settings or rights of its own or several statements.
    """

    oid: int
    schema: str
    name: str
    kind: FunctionKind
    arguments: tuple[int, ...]
    result: int
    returns_set: bool = False
    strict: bool = False
    volatility: Literal["immutable", "stable", "volatile"] = "volatile"
    variadic: int = 0
    defaults: int = 0
    names: tuple[str, ...] = ()
    modes: tuple[ArgumentMode, ...] = ()
    all_arguments: tuple[int, ...] = ()
    dimensions: tuple[int, ...] = ()
    result_dimensions: int = 0
    language: str = "internal"
    body: str | None = None
    stored: StoredQuery | None = None
    replaced: bool = False
    isolated: bool = False
    aggregate: Aggregate | None = None
    comment: str | None = None
    declared: Span | None = None


@dataclass(frozen=True, slots=True)
class Aggregate:
    """A row of pg_aggregate (manual 52.1). `transition` is the OID of the only function that makes
    its value: 0 of a built-in one, and where another one plays a part in windows.
    """

    kind: Literal["normal", "ordered set", "hypothetical set"]
    direct_arguments: int = 0
    has_initial_value: bool = False
    strict_transition: bool = False
    has_final_function: bool = False
    transition: int = 0


@dataclass(frozen=True, slots=True)
class Operator:
    """A row of pg_operator; `left` is 0 for a prefix operator."""

    oid: int
    schema: str
    name: str
    left: int
    right: int
    result: int
    function: int
    mergeable: bool = False
    hashable: bool = False
    commutator: int = 0
    negator: int = 0


@dataclass(frozen=True, slots=True)
class Cast:
    """A row of pg_cast; `function` is 0 unless `method` is function."""

    source: int
    target: int
    context: CastContext
    method: CastMethod
    function: int = 0


NameKind = Literal[
    "access method",
    "collation",
    "foreign data wrapper",
    "language",
    "role",
    "schema",
    "setting",
    "text search configuration",
    "text search dictionary",
    "text search parser",
    "text search template",
    "time zone",
    "time zone abbreviation",
]
"""Kinds of objects of which only the name matters."""


@dataclass(frozen=True, slots=True)
class NamedThing:
    """An object of which only the name matters; `schema` is empty where its kind has none."""

    kind: NameKind
    schema: str
    name: str


@dataclass(frozen=True, slots=True)
class Extension:
    """An installed extension and the OIDs of its objects, by kind."""

    name: str
    schema: str
    version: str
    relations: tuple[int, ...] = ()
    types: tuple[int, ...] = ()
    functions: tuple[int, ...] = ()
    operators: tuple[int, ...] = ()
    casts: tuple[tuple[int, int], ...] = ()
    families: tuple[int, ...] = ()
    classes: tuple[int, ...] = ()
    names: tuple[NamedThing, ...] = ()
