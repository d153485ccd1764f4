"""What a query's rows become: a bare value, a table's model, or a class of the query's own."""

from __future__ import annotations

from collections.abc import Sequence

from sqlwright.analysis.facts import QueryFacts, ResultColumn
from sqlwright.catalog.model import Relation
from sqlwright.codegen import imports as modules
from sqlwright.codegen.imports import NONE, Imports
from sqlwright.codegen.model import Function, RowClass
from sqlwright.codegen.model_kinds import model_kind
from sqlwright.codegen.names import snake_case
from sqlwright.codegen.record_classes import record_classes
from sqlwright.codegen.rows import (
    Construction,
    Embedded,
    Part,
    RowColumn,
    construction,
    field_names,
    row_class,
    row_function,
)
from sqlwright.codegen.types.codec import NOTHING, Codec, Uses
from sqlwright.codegen.types.python_type import PythonType, imported
from sqlwright.codegen.types.records import RecordNames
from sqlwright.codegen.types.type_map import TypeMap
from sqlwright.codegen.types.type_overrides import concerns_query
from sqlwright.dataclass import dataclass, replace


@dataclass(frozen=True, slots=True)
class ScalarResult:
    """One column: its value as it is, with the classes of the anonymous rows in it."""

    codec: Codec
    classes: tuple[RowClass, ...] = ()
    converters: tuple[Function, ...] = ()
    class_imports: Imports = NONE

    @property
    def uses(self) -> Uses:
        return self.codec.uses

    @property
    def imports(self) -> Imports:
        return self.codec.imports | self.class_imports

    @property
    def annotation_imports(self) -> Imports:
        return self.codec.result.imports


@dataclass(frozen=True, slots=True)
class RowResult:
    """An object a row, made of `parts`; `classes` and `converters` are those that the query brings
    along."""

    python: PythonType
    made: Construction
    imports: Imports
    uses: Uses
    classes: tuple[RowClass, ...] = ()
    converters: tuple[Function, ...] = ()
    parts: tuple[Part, ...] = ()

    @property
    def annotation_imports(self) -> Imports:
        return self.python.imports


@dataclass(frozen=True, slots=True)
class NoResult:
    """Nothing: the command asks for no rows."""

    imports: Imports = NONE
    annotation_imports: Imports = NONE
    uses: Uses = NOTHING
    classes: tuple[RowClass, ...] = ()
    converters: tuple[Function, ...] = ()


Result = ScalarResult | RowResult | NoResult
ROWLESS_COMMANDS = frozenset({"exec", "execrows", "execresult", "copyfrom", "batchexec"})


@dataclass(frozen=True, slots=True)
class ClassNaming:
    """A class, empty where none is needed, and the function that makes an object of it of a row."""

    name: str
    converter: str


@dataclass(frozen=True, slots=True)
class ResultNames:
    """The class of the rows, should they need one, those of what is embedded, by index, and those
    of anonymous rows in the columns. A class in `models.py` that queries share has the `shared`
    fields, and may lack the embedded rows of the names `lacking`."""

    row: ClassNaming
    embeds: tuple[ClassNaming, ...]
    records: tuple[RecordNames | None, ...]
    shared: tuple[str, ...] | None = None
    lacking: frozenset[str] = frozenset()


def plan_result(types: TypeMap, query: QueryFacts, names: ResultNames) -> Result:
    """The result of a query, with the classes that only it needs."""
    columns = query.columns
    if query.command in ROWLESS_COMMANDS:
        return NoResult()
    if names.shared is not None:
        return _shared_class(types, query, names, names.shared)
    embeds = bool(query.embeds)
    if len(columns) == 1 and not embeds:
        [names_of_rows] = names.records
        codec = types.of_column(columns[0], query, names_of_rows)
        made = record_classes(types, columns, names.records)
        return ScalarResult(codec, made.classes, made.converters, made.imports)
    relation = None if embeds else whole_relation(types, query, columns)
    if relation is not None:
        return model_result(types, relation)
    return _own_class(types, query, names)


def whole_relation(
    types: TypeMap, query: QueryFacts, columns: Sequence[ResultColumn], *, absent: bool = False
) -> Relation | None:
    """The relation whose row these columns are, without a rule or a word on NULLs of the query's
    own. With `absent` set the columns may be NULL all together."""
    relation = types.whole_rows.relation_of(columns, absent=absent)
    if relation is None or any(column.overridden for column in columns):
        return None
    ruled = types.has_rules_for_places(query)
    if ruled and any(concerns_query(types.options, query, each.name) for each in columns):
        return None
    return relation


def model_result(types: TypeMap, relation: Relation) -> RowResult:
    """A row that is a table's model."""
    return types.once(("model result", relation.oid), lambda: _model_result(types, relation))


def _model_result(types: TypeMap, relation: Relation) -> RowResult:
    name = types.classes.relations[relation.oid]
    parts = relation_parts(types, relation)
    python = imported(modules.MODELS, name)
    function, needed = types.row_function(name)
    made, _ = construction(
        name, python.imports, parts, (function, frozenset({needed})), model_kind(types.options)
    )
    imports, uses = python.imports | made.imports, Uses(frozenset({relation.oid}))
    return RowResult(python, made, imports, uses, parts=parts)


def relation_parts(types: TypeMap, relation: Relation) -> tuple[RowColumn, ...]:
    """The columns of a table's, view's or composite type's class, whose fields may all be NULL."""

    def find() -> tuple[RowColumn, ...]:
        return tuple(
            RowColumn(column.name, types.of_field(relation, column), comment_lines(column.comment))
            for column in relation.columns
        )

    return types.once(("relation parts", relation.oid), find)


def comment_lines(comment: str | None) -> tuple[str, ...]:
    """The lines of a COMMENT ON."""
    return tuple(line.rstrip() for line in comment.strip().splitlines()) if comment else ()


@dataclass(frozen=True, slots=True)
class _Parts:
    """What an object is made of, and what that brings along."""

    all: tuple[Part, ...]
    uses: Uses
    imports: Imports
    classes: tuple[RowClass, ...]
    converters: tuple[Function, ...]


def _parts(types: TypeMap, query: QueryFacts, names: ResultNames) -> _Parts:
    """The fields of a query's rows, with the classes of embedded rows that are no table's."""
    parts: list[Part] = []
    uses, imports = NOTHING, NONE
    classes: tuple[RowClass, ...] = ()
    converters: tuple[Function, ...] = ()
    for column, names_of_rows in zip(query.columns, names.records, strict=True):
        if column.embed is None:
            codec = types.of_column(column, query, names_of_rows)
            parts.append(RowColumn(column.name, codec))
            uses |= codec.uses
        elif column is _embedded_columns(query, column.embed)[0]:
            embedded = _embedded(types, query, column.embed, names)
            parts.append(_embedded_part(types, query, column.embed, embedded))
            uses |= embedded.uses
            imports |= embedded.imports
            classes += embedded.classes
            converters += embedded.converters
    return _Parts(tuple(parts), uses, imports, classes, converters)


def shared_parts(
    types: TypeMap, query: QueryFacts, names: ResultNames, lacking: frozenset[str]
) -> tuple[Part, ...]:
    """The fields of a class that a query shares, where embedded rows of these names may be absent
    in some query."""
    embeds = tuple(
        replace(embed, nullable=embed.nullable or embed.name in lacking) for embed in query.embeds
    )
    return _parts(types, replace(query, embeds=embeds), names).all


def _own_class(types: TypeMap, query: QueryFacts, names: ResultNames) -> RowResult:
    """A class for the rows, after those of anonymous rows and of what is embedded."""
    parts = _parts(types, query, names)
    records = record_classes(types, query.columns, names.records)
    made = _row_result(types, names.row, parts.all, parts.uses)
    return replace(
        made,
        imports=made.imports | records.imports | parts.imports,
        classes=(*records.classes, *parts.classes, *made.classes),
        converters=(*records.converters, *parts.converters, *made.converters),
    )


def _shared_class(
    types: TypeMap, query: QueryFacts, names: ResultNames, fields: tuple[str, ...]
) -> RowResult:
    """A class in `models.py`, whose fields may be in another order than the columns."""
    parts = _parts(types, query, names)
    shown = shared_parts(types, query, names, names.lacking)
    name, own = names.row.name, names.row.converter
    python = imported(modules.MODELS, name)
    in_order = tuple(field_names(parts.all, types.options)) == fields
    made, needs_function = construction(
        name, python.imports, parts.all, (own, NONE), model_kind(types.options)
    )
    if in_order and not needs_function:
        imports = python.imports | parts.imports
        return RowResult(python, made, imports, parts.uses, parts=shown)
    function, needed = row_function(
        own, name, parts.all, types.options, types.public, by_keyword=not in_order
    )
    imports = python.imports | parts.imports | needed
    made = Construction(own, False, NONE)
    return RowResult(python, made, imports, parts.uses, converters=(function,), parts=shown)


def _row_result(types: TypeMap, named: ClassNaming, parts: Sequence[Part], uses: Uses) -> RowResult:
    """A row that is an object of a class in the query's own module."""
    name, own = named.name, named.converter
    made_class, imports = row_class(name, parts, (), types.options, types.public)
    made, needs_function = construction(name, NONE, parts, (own, NONE), model_kind(types.options))
    converters: tuple[Function, ...] = ()
    if needs_function:
        function, needed = row_function(own, name, parts, types.options, types.public)
        converters = (function,)
        imports |= needed
    return RowResult(
        PythonType(name),
        made,
        imports | made.imports,
        uses,
        (made_class,),
        converters,
        tuple(parts),
    )


def _embedded_columns(query: QueryFacts, index: int) -> list[ResultColumn]:
    return [column for column in query.columns if column.embed == index]


def _embedded(types: TypeMap, query: QueryFacts, index: int, names: ResultNames) -> RowResult:
    """What an embedded row becomes: the model of its table, or a class of its own for one of a
    subquery, and for one without some columns."""
    if (relation := _embedded_relation(types, query, index)) is not None:
        return model_result(types, relation)
    parts = [
        RowColumn(column.name, types.of_column(_within(types, query, column), query, names_of_rows))
        for column, names_of_rows in zip(query.columns, names.records, strict=True)
        if column.embed == index
    ]
    uses = NOTHING
    for part in parts:
        uses |= part.codec.uses
    return _row_result(types, names.embeds[index], parts, uses)


def _within(types: TypeMap, query: QueryFacts, column: ResultColumn) -> ResultColumn:
    """A column of an embedded row as it is where that is there."""
    assert column.embed is not None
    embed = query.embeds[column.embed]
    relation = types.catalog.get_relation(embed.relation)
    if not embed.nullable or relation is None or column.overridden:
        return column
    declared = {each.name: each for each in relation.columns}.get(column.relation_column or "")
    if declared is None:
        return column
    stored = types.stored(relation)[declared.number]
    return replace(column, nullable=stored.nullable, element_nullable=stored.element_nullable)


def _embedded_relation(types: TypeMap, query: QueryFacts, index: int) -> Relation | None:
    embed = query.embeds[index]
    if embed.partial:
        return None
    if embed.relation in types.classes.relations:
        return types.catalog.relation(embed.relation)
    return whole_relation(types, query, _embedded_columns(query, index), absent=embed.nullable)


def _embedded_part(types: TypeMap, query: QueryFacts, index: int, embedded: RowResult) -> Embedded:
    embed = query.embeds[index]
    return Embedded(
        _embed_name(types, query, index),
        embedded.made,
        embedded.python.optional() if embed.nullable else embedded.python,
        len(_embedded_columns(query, index)),
        embed.key,
        embed.nullable,
        embedded.parts,
    )


def _embed_name(types: TypeMap, query: QueryFacts, index: int) -> str:
    """The model's name; where one is there several times, the aliases tell them apart."""
    relations = [_embedded_relation(types, query, other) for other in range(len(query.embeds))]
    relation = relations[index]
    if relation is None or sum(other is relation for other in relations) > 1:
        return query.embeds[index].name.rpartition(".")[2]
    return snake_case(types.classes.relations[relation.oid])
