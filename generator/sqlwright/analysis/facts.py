"""What the analysis says of one annotated query: SQL facts only, nothing of Python."""

from __future__ import annotations

from typing import Literal

from sqlwright.analysis.proof_rules import ProofRule
from sqlwright.analysis.variant_texts import VariantTexts
from sqlwright.catalog.model import ConstraintKind
from sqlwright.dataclass import dataclass, maker
from sqlwright.source import Span
from sqlwright.sql.statements import Command, JsonType

RowCount = Literal["exactly-one", "at-most-one", "many", "none"]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something was concluded: a sentence, the place it rests on, what that rests on, and the
    rule of proof; None where it says why something may be NULL, or what the user says."""

    text: str
    span: Span | None = None
    because: tuple[Reason, ...] = ()
    rule: ProofRule | None = None


make_reason = maker(Reason)


@dataclass(frozen=True, slots=True)
class Parameter:
    """`$position`. `type` is an OID; for a slice it is the array type.

    `nullable` is the policy of the Python signature: True for sqlc.narg and where NULL has a use of
    its own; `left_out` says that None is the default then. `element_nullable` is the same for the
    elements of an array, False for what is none; `dimensions` are those of its arrays, 0 if nothing
    says.
    `column` is (relation OID, column name) where the value goes to or is compared with a column.
    `written` is the name as the marker has it, whose capitals PostgreSQL's rules do not keep.
    `absent` is the value that stands for its not being given: None, or UNSET beside it.
    `stored_in` is the column that the value is stored in as it is.
    """

    name: str
    position: int
    type: int
    nullable: bool
    named: bool = True
    written: str = ""
    slice: bool = False
    left_out: bool = False
    element_nullable: bool = False
    dimensions: int = 0
    column: tuple[int, str] | None = None
    type_reason: Reason | None = None
    nullable_reason: Reason | None = None
    element_reason: Reason | None = None
    span: Span | None = None
    absent: Literal["", "none", "unset"] = ""
    stored_in: tuple[int, str] | None = None


make_parameter = maker(Parameter)


@dataclass(frozen=True, slots=True)
class Violable:
    """A constraint that a statement can violate, by the OID of its table or domain and its name.
    `deferred`: that is found when the transaction ends, as it may be where it is `deferrable`."""

    of: int
    constraint: str
    kind: ConstraintKind
    domain: bool = False
    deferred: bool = False
    deferrable: bool = False


NULL_TYPE = 0
"""The type of a field that is the constant NULL."""


@dataclass(frozen=True, slots=True)
class JsonLevel:
    """A list, or an object of any keys, whose values may be null or not."""

    kind: Literal["list", "dict"]
    nullable: bool


@dataclass(frozen=True, slots=True)
class JsonForm:
    """What json is made of. `around` are the lists and the objects of any keys, the outermost
    first, and inside is an object or a list of the `fields` that its place has, or a value of a
    type, which `item` tells where it is not that of the place. Numbers were read as they are
    written where they have to be `exact`.
    """

    kind: Literal["value", "object", "tuple"]
    around: tuple[JsonLevel, ...] = ()
    item: RecordField | None = None
    exact: bool = False


@dataclass(frozen=True, slots=True)
class RecordField:
    """A field of an anonymous row, or of a value of a table's row type, by place; `type` is the OID
    it travels with (a domain's own). `name` is that of what it shows, empty where nothing tells
    one. The rest is as in a `ResultColumn`. Of a value in json `json` is set, also where it is of
    another type; NULL is null there.
    """

    name: str
    type: int
    nullable: bool = True
    element_nullable: bool = True
    dimensions: tuple[int, ...] = ()
    relation: int = 0
    relation_column: str | None = None
    fields: tuple[RecordField, ...] | None = None
    json: JsonForm | None = None


@dataclass(frozen=True, slots=True)
class ResultColumn:
    """A column of the result in wire order; `type` is the OID PostgreSQL reports (a domain's base).

    `declared_type` keeps the domain. `relation` and `relation_column` say whose column it shows
    unchanged (relation OID). `dimensions` are the numbers of them that an array may have, (1,) if
    nothing is known of more, none if the column is no array. `embed` is the index into
    `QueryFacts.embeds`, None outside one. `fields` are those of anonymous rows, in a column of type
    `record` or an array of it, where the query tells them, and of values of a table's row type that
    need not be rows of the table, as `rows_reason` says. `overridden` says that the user's word
    on NULLs is another than what was inferred. `json` is what json is made of, with the `fields` of
    the objects in it, where the user has asked for that.
    """

    name: str
    type: int
    declared_type: int
    modifier: int
    nullable: bool
    element_nullable: bool = True
    dimensions: tuple[int, ...] = ()
    relation: int = 0
    relation_column: str | None = None
    embed: int | None = None
    overridden: bool = False
    fields: tuple[RecordField, ...] | None = None
    json: JsonForm | None = None
    type_reason: Reason | None = None
    nullable_reason: Reason | None = None
    rows_reason: Reason | None = None
    span: Span | None = None


make_result_column = maker(ResultColumn)


@dataclass(frozen=True, slots=True)
class EmbeddedTable:
    """A `sqlc.embed(name)`: the relation whose columns it holds, 0 for those of a subquery, and
    whether its side of an outer join may be absent; `key` is the index, among its columns, of one
    that is NULL only then. It is `partial` where it does without some columns."""

    name: str
    relation: int
    nullable: bool = False
    key: int | None = None
    partial: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether it is a row of a relation as that is."""
        return bool(self.relation) and not self.partial


@dataclass(frozen=True, slots=True)
class InputRows:
    """The rows that `-- @rows` makes of arrays: `numbers` are those of the parameters which are
    their columns. They may be sent in parts where the statement is `row_wise`, and not at all
    without one where it is `idle_without`. `count_column` is the index of the result column that
    has the number of the row which came in, of which one result comes at most, or exactly one where
    `each_returns`.
    """

    numbers: tuple[int, ...]
    row_wise: bool = False
    idle_without: bool = False
    count_column: int | None = None
    each_returns: bool = False


@dataclass(frozen=True, slots=True)
class SharedName:
    """The name that a query gives to a class which it shares with others, and where it does."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class PositionValue:
    """A value of the position of a row, which the result column of that index shows, and the
    parameter that takes it; its number is behind those of the query's text."""

    column: int
    parameter: Parameter


@dataclass(frozen=True, slots=True)
class QueryFacts:
    """One annotated query, inferred. `sql` is the text to run, with markers and stars replaced.
    `holdable` says that its rows can be held by a cursor that outlives the transaction, `ordered`
    that they are in the order of an ORDER BY. `copied` are the numbers of the parameters that a
    `:copyfrom` sends to the columns of `copy_target`. `violable` are the constraints that it can
    violate, None where neither they nor what it calls can raise such an error. `row_class` is the
    class of its rows where it shares one with other queries, `params_class` that of the rows which
    it takes.
    With `variants` the text is that with everything given but a `position` behind which its rows
    are to come, and the rest is true of all of them.
    """

    name: str
    command: Command
    comment: tuple[str, ...]
    span: Span
    sql: str
    parameters: tuple[Parameter, ...]
    columns: tuple[ResultColumn, ...]
    embeds: tuple[EmbeddedTable, ...]
    rows: RowCount
    rows_reason: Reason | None = None
    writes: bool = False
    holdable: bool = True
    copy_target: tuple[int, tuple[str, ...]] | None = None
    copied: tuple[int, ...] = ()
    json_types: tuple[JsonType, ...] = ()
    input_rows: InputRows | None = None
    ordered: bool = False
    variants: VariantTexts | None = None
    violable: tuple[Violable, ...] | None = None
    row_class: SharedName | None = None
    params_class: SharedName | None = None
    position: tuple[PositionValue, ...] = ()

    @property
    def all_parameters(self) -> tuple[Parameter, ...]:
        """Those of all of its texts."""
        return (*self.parameters, *(each.parameter for each in self.position))


make_query_facts = maker(QueryFacts)
