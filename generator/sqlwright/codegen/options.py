"""What can be chosen about a generated package, as frozen values with their defaults."""

from __future__ import annotations

from typing import Literal

from sqlwright.dataclass import dataclass, field
from sqlwright.source import Span

ModelName = Literal["dataclass", "msgspec", "pydantic", "attrs", "namedtuple", "typeddict"]
Shape = Literal["functions", "class"]
JsonForm = Literal["decoded", "text"]
JsonLibrary = Literal["stdlib", "orjson", "msgspec"]

USUAL_LINE_LENGTH = 88


@dataclass(frozen=True, slots=True)
class Override:
    """A Python type in place of the usual one, for the places that match.

    `column` is `[schema.]table.column` and may hold `*` and `?` wildcards; `type` is a type as
    `inspect` names it; `query` narrows a rule to one query's result columns and parameters, by
    `Query.column`. Exactly one of the three is set. `nullable` limits a `type` rule to nullable
    (True) or not null (False) places. `python` is an annotation whose dotted names are imported
    (`decimal.Decimal`, `list[my.module.Point]`). `to_db` and `from_db` are dotted names of
    functions of one argument, called for values that are not None. `of_text` limits a `type` rule
    to types whose values only travel as text, and of which nothing else is known. `span` is where
    it was read.
    """

    python: str
    column: str | None = None
    type: str | None = None
    query: str | None = None
    nullable: bool | None = None
    to_db: str | None = None
    from_db: str | None = None
    of_text: bool = False
    span: Span | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class TypedJson:
    """A Python type for the contents of a json column: `place` as in `Override.column`, or
    `Query.column` for a result column or parameter of one query. `span` is where it was read."""

    place: str
    python: str
    span: Span | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class JsonOptions:
    """How json and jsonb look in Python: decoded to objects, or the text as PostgreSQL sends it."""

    form: JsonForm = "decoded"
    library: JsonLibrary = "stdlib"
    columns: tuple[TypedJson, ...] = ()


@dataclass(frozen=True, slots=True)
class Renames:
    """New names for things whose derived name does not suit, as (old, new) pairs.

    `fields` maps database names of columns and parameters, `models` those of tables and composite
    types (`table` or `schema.table`), `enums` those of enum types, `functions` names of queries,
    `exceptions` those of constraints (`constraint`, `table.constraint` or with the schema). `spans`
    are where old names were read, by kind and name (`fields.class`).
    """

    fields: tuple[tuple[str, str], ...] = ()
    models: tuple[tuple[str, str], ...] = ()
    enums: tuple[tuple[str, str], ...] = ()
    functions: tuple[tuple[str, str], ...] = ()
    exceptions: tuple[tuple[str, str], ...] = ()
    spans: tuple[tuple[str, Span], ...] = field(default=(), repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class PackageOptions:
    """Everything that decides how a package's Python looks.

    `frozen` makes model objects immutable where the kind leaves a choice. `exact_names` names
    models as their tables are, without turning plural into singular; `plural_models` lists tables
    whose names stay as they are. `unused_models` keeps models of tables that no query returns.
    `parameter_limit` is the number of parameters above which a function takes one object of a
    class of its own instead. `domain_types` gives each domain a `NewType`, `exceptions` each
    constraint that can be violated a class of errors. `runtime` is the dotted name of the package
    that has the modules which are the same in every one. `check_literals` annotates columns
    of which a CHECK lists the values with a `Literal` of them. `line_length` is the columns
    of a line.
    """

    model: ModelName = "dataclass"
    frozen: bool = False
    shape: Shape = "functions"
    json: JsonOptions = JsonOptions()
    overrides: tuple[Override, ...] = ()
    renames: Renames = Renames()
    exact_names: bool = False
    plural_models: tuple[str, ...] = ()
    unused_models: bool = False
    parameter_limit: int | None = None
    domain_types: bool = False
    runtime: str | None = None
    exceptions: bool = False
    check_literals: bool = False
    line_length: int = USUAL_LINE_LENGTH
