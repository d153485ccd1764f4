"""What a query's rows become: a bare value, a table's model, or a class of the query's own."""

from __future__ import annotations

from dataclasses import dataclass

from sqlwright.analysis.facts import QueryFacts
from sqlwright.catalog.model import Relation
from sqlwright.codegen import imports as modules
from sqlwright.codegen.codecs import NOTHING, Codec, Uses
from sqlwright.codegen.imports import NONE, Imports
from sqlwright.codegen.model import Function, Import, RowClass
from sqlwright.codegen.names import snake_case
from sqlwright.codegen.overrides import concerns_query
from sqlwright.codegen.rows import (
    Construction,
    Embedded,
    Part,
    RowColumn,
    construction,
    row_class,
    row_function,
)
from sqlwright.codegen.types import TypeMap


@dataclass(frozen=True, slots=True)
class ScalarResult:
    """One column: its value as it is."""

    codec: Codec
    classes: tuple[RowClass, ...] = ()
    converters: tuple[Function, ...] = ()

    @property
    def uses(self) -> Uses:
        return self.codec.uses

    @property
    def imports(self) -> Imports:
        return self.codec.imports

    @property
    def annotation_imports(self) -> Imports:
        return self.codec.result.imports


@dataclass(frozen=True, slots=True)
class RowResult:
    """An object a row; `classes` and `converters` are those that the query brings along."""

    annotation: str
    made: Construction
    imports: Imports
    annotation_imports: Imports
    uses: Uses
    classes: tuple[RowClass, ...] = ()
    converters: tuple[Function, ...] = ()


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


def plan_result(types: TypeMap, query: QueryFacts, row_name: str) -> Result:
    """The result of a query, whose row class is called `row_name` if it needs one."""
    columns = query.columns
    if query.command in ROWLESS_COMMANDS:
        return NoResult()
    if len(columns) == 1 and columns[0].embed is None:
        codec = types.of_column(columns[0], query)
        return ScalarResult(codec)
    if (relation := whole_relation(types, query)) is not None:
        return model_result(types, relation)
    return _own_class(types, query, row_name)


def whole_relation(types: TypeMap, query: QueryFacts) -> Relation | None:
    """The relation all of whose columns a result has, in order, none more nullable than declared,
    under their own names and without a rule of the query's own."""
    columns = query.columns
    if not columns or columns[0].relation not in types.classes.relations:
        return None
    relation = types.catalog.relation(columns[0].relation)
    if len(columns) != len(relation.columns):
        return None
    for column, declared in zip(columns, relation.columns, strict=True):
        same = column.relation == relation.oid and column.relation_column == declared.name
        if not same or column.name != declared.name or column.embed is not None:
            return None
        if column.nullable and declared.not_null:
            return None
        if concerns_query(types.options, query, column.name):
            return None
    return relation


def model_result(types: TypeMap, relation: Relation) -> RowResult:
    """A row that is a table's model."""
    name = types.classes.relations[relation.oid]
    parts = relation_parts(types, relation)
    model = frozenset({Import(modules.MODELS, name)})
    function, needed = types.row_function(name)
    made, _ = construction(name, model, parts, (function, frozenset({needed})), types.options.model)
    return RowResult(name, made, model | made.imports, model, Uses(frozenset({relation.oid})))


def relation_parts(types: TypeMap, relation: Relation) -> tuple[RowColumn, ...]:
    """The columns of a table's or composite type's class. A composite type's fields, and a view's
    columns, may all be NULL as far as the catalog tells."""
    return tuple(
        RowColumn(
            column.name,
            types.of_field(relation.oid, column.name, column.type, column.not_null),
            comment_lines(column.comment),
        )
        for column in relation.columns
    )


def comment_lines(comment: str | None) -> tuple[str, ...]:
    """The lines of a COMMENT ON."""
    return tuple(line.rstrip() for line in comment.strip().splitlines()) if comment else ()


def _own_class(types: TypeMap, query: QueryFacts, row_name: str) -> RowResult:
    parts, uses = _parts(types, query)
    made_class, class_imports = row_class(row_name, parts, (), types.options)
    own = f"_{snake_case(row_name)}"
    made, needs_function = construction(row_name, NONE, parts, (own, NONE), types.options.model)
    converters: tuple[Function, ...] = ()
    imports = class_imports | made.imports
    if needs_function:
        function, needed = row_function(own, row_name, parts, types.options, types.public)
        converters = (function,)
        imports |= needed
    return RowResult(row_name, made, imports, NONE, uses, (made_class,), converters)


def _parts(types: TypeMap, query: QueryFacts) -> tuple[list[Part], Uses]:
    parts: list[Part] = []
    uses = NOTHING
    seen: set[int] = set()
    for column in query.columns:
        if column.embed is None:
            codec = types.of_column(column, query)
            parts.append(RowColumn(column.name, codec))
            uses |= codec.uses
        elif column.embed not in seen:
            seen.add(column.embed)
            part, embedded = _embedded(types, query, column.embed)
            parts.append(part)
            uses |= embedded
    return parts, uses


def _embedded(types: TypeMap, query: QueryFacts, index: int) -> tuple[Embedded, Uses]:
    embed = query.embeds[index]
    relation = types.catalog.relation(embed.relation)
    result = model_result(types, relation)
    annotation = f"{result.annotation} | None" if embed.nullable else result.annotation
    part = Embedded(
        _embed_name(types, query, index),
        result.made,
        annotation,
        len(relation.columns),
        embed.key,
        embed.nullable,
        result.imports,
    )
    return part, result.uses


def _embed_name(types: TypeMap, query: QueryFacts, index: int) -> str:
    """The model's name; where one is there several times, the aliases tell them apart."""
    embed = query.embeds[index]
    if sum(other.relation == embed.relation for other in query.embeds) > 1:
        return embed.name.rpartition(".")[2]
    return snake_case(types.classes.relations[embed.relation])
