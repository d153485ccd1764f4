"""Classes that queries share: `-- @row AuthorSummary`.

Whoever says so has rows of the same names and types, in any order. What may be NULL in one of them
may be None in the class. The name of a table's model means the model.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from sqlwright.analysis.facts import QueryFacts, RecordField, ResultColumn
from sqlwright.catalog.model import Relation
from sqlwright.codegen.classes import MODEL_KINDS
from sqlwright.codegen.functions import QueryNames
from sqlwright.codegen.imports import Imports
from sqlwright.codegen.model import Function, ModelClass
from sqlwright.codegen.naming import NamedModule
from sqlwright.codegen.record_classes import record_classes
from sqlwright.codegen.record_names import ColumnKey, column_keys, fits
from sqlwright.codegen.results import relation_parts, shared_parts
from sqlwright.codegen.rows import Part, RowColumn, field_names, python_of, row_class
from sqlwright.codegen.sharing import (
    Named,
    Shape,
    Shared,
    different,
    grouped,
    is_taken,
    name_taken,
    problem,
    said_of,
    sharing,
)
from sqlwright.codegen.types.records import RecordNames
from sqlwright.codegen.types.type_map import TypeMap
from sqlwright.dataclass import dataclass, replace
from sqlwright.diagnostics import Diagnostic


def share_rows(types: TypeMap, modules: Sequence[NamedModule]) -> Shared:
    """Give the queries that name one class of rows that class."""
    groups = grouped(modules, lambda query: query.row_class)
    taken = {names.function for module in modules for _, names in module.queries}
    return sharing(modules, [_Group(types, name, found, taken) for name, found in groups.items()])


@dataclass(frozen=True, slots=True)
class _Group:
    """The queries that name one class; `functions` are the names of all functions."""

    types: TypeMap
    name: str
    members: tuple[Named, ...]
    functions: set[str]

    @property
    def model(self) -> Relation | None:
        """The relation whose model it is."""
        names = self.types.classes.relations
        oid = next((oid for oid, name in names.items() if name == self.name), 0)
        relation = self.types.catalog.relation(oid) if oid else None
        return relation if relation is not None and relation.kind in MODEL_KINDS else None

    def problems(self) -> Iterator[Diagnostic]:
        """Why queries cannot have the class."""
        if is_taken(self.types, self.name, self.functions, model=self.model is not None):
            for query, _ in self.members:
                yield name_taken(said_of(query.row_class), query, self.name)
            return
        for query, _ in self.members:
            if any(not embed.is_whole for embed in query.embeds):
                message = (
                    "a shared row cannot hold an embedded row that is no table's, whose class is a "
                    "query's own"
                )
                advice = "select its columns, or make rows of them with ROW(...)"
                yield problem(query, query.row_class, "invalid-annotation", message, help=advice)
                return
        united = dict(zip((query.name for query, _ in self.members), self.queries(), strict=True))
        first, fields = self._reference(united)
        for query, names in self.members:
            shape = self._shape(*united[query.name])
            if dict(shape) != dict(fields) or not self._same_rows(query, names):
                yield self._different(first, query, names, fields)

    def _reference(self, united: Mapping[str, Named]) -> tuple[Named | None, Shape]:
        """What the others are held against: the model, or what the first query has."""
        if (relation := self.model) is not None:
            return None, _shape_of(self.types, relation_parts(self.types, relation))
        query, _ = self.members[0]
        return self.members[0], self._shape(*united[query.name])

    def _shape(self, query: QueryFacts, names: QueryNames) -> Shape:
        return _shape_of(self.types, self._parts(query, names))

    def _parts(self, query: QueryFacts, names: QueryNames) -> tuple[Part, ...]:
        """The fields of the class by what a query has, where rows that are embedded in any of them
        may be absent."""
        return shared_parts(self.types, query, names.result, self._lacking)

    @property
    def _lacking(self) -> frozenset[str]:
        """The embedded rows that may be absent in one of the queries."""
        return frozenset(
            embed.name for query, _ in self.members for embed in query.embeds if embed.nullable
        )

    def _same_rows(self, query: QueryFacts, names: QueryNames) -> bool:
        """Whether the anonymous rows in a query are those of the classes that the first one has,
        field by field."""
        reference, _ = self.members[0]
        known = dict(zip(column_keys(reference.columns), reference.columns, strict=True))
        return all(
            fits(named, column) and _alike(self.types, known[key].fields, column.fields, named)
            for key, column, named in zip(
                column_keys(query.columns), query.columns, names.result.records, strict=True
            )
            if key in known
        )

    def queries(self) -> Iterator[Named]:
        """The queries, with NULL in what may be NULL in one of them."""
        columns: dict[ColumnKey, list[ResultColumn]] = defaultdict(list)
        for query, _ in self.members:
            for key, column in zip(column_keys(query.columns), query.columns, strict=True):
                columns[key].append(column)
        fields = self._fields()
        for query, names in self.members:
            united = tuple(
                column if column.embed is not None else self._united(column, columns[key])
                for key, column in zip(column_keys(query.columns), query.columns, strict=True)
            )
            result = replace(names.result, shared=fields, lacking=self._lacking)
            yield replace(query, columns=united), replace(names, result=result)

    def _fields(self) -> tuple[str, ...]:
        """The fields of the class, in order."""
        if (relation := self.model) is not None:
            parts: Sequence[Part] = relation_parts(self.types, relation)
        else:
            query, names = self.members[0]
            parts = self._parts(query, names)
        return tuple(field_names(parts, self.types.options))

    def _united(self, column: ResultColumn, all_of_it: Sequence[ResultColumn]) -> ResultColumn:
        if (relation := self.model) is None:
            return _united(column, all_of_it)
        declared = next((each for each in relation.columns if each.name == column.name), None)
        if declared is None:
            return column
        stored = self.types.stored(relation)[declared.number]
        return replace(
            column,
            nullable=column.nullable or stored.nullable,
            element_nullable=column.element_nullable or stored.element_nullable,
        )

    def _different(
        self, first: Named | None, query: QueryFacts, names: QueryNames, fields: Shape
    ) -> Diagnostic:
        own = self._shape(query, names)
        if first is None:
            return different(
                self.name, "rows", query, query.row_class, own, f"the table's {self.name}", fields
            )
        before = self._shape(*first)
        if dict(own) == dict(before):  # so that they differ within
            own, before = (
                (*shape, *_inside(self.types, *named))
                for shape, named in ((own, (query, names)), (before, first))
            )
        title, place = first[0].name, first[0].row_class
        return different(self.name, "rows", query, query.row_class, own, title, before, place)

    def classes(self) -> Iterator[tuple[ModelClass, Imports]]:
        """The class, after those of the anonymous rows in it; none if it is a model."""
        if self.model is not None:
            return
        query, names = next(self.queries())
        records = record_classes(self.types, query.columns, names.result.records)
        beside: list[Function] = []
        for made, function in records.made:
            if made is None:
                beside.append(function)
            else:
                yield ModelClass(made, (function,)), records.imports
        parts = [self._with_note(part) for part in self._parts(query, names)]
        made, imports = row_class(self.name, parts, (), self.types.options, self.types.public)
        yield ModelClass(made, tuple(beside)), imports | records.imports

    def _with_note(self, part: Part) -> Part:
        """Which queries may have NULL in a field, if others have not."""
        if not isinstance(part, RowColumn):
            return part
        found = [
            query.name
            for query, _ in self.members
            if any(each.name == part.name and each.nullable for each in query.columns)
        ]
        if not 0 < len(found) < len(self.members):
            return part
        return replace(part, doc=(f"None may come from {', '.join(found)} alone.",))


def _shape_of(types: TypeMap, parts: Sequence[Part]) -> Shape:
    names = field_names(parts, types.options)
    return tuple(
        (name, python_of(part).annotation) for name, part in zip(names, parts, strict=True)
    )


def _united(column: ResultColumn, all_of_it: Sequence[ResultColumn]) -> ResultColumn:
    return replace(
        column,
        nullable=any(each.nullable for each in all_of_it),
        element_nullable=any(each.element_nullable for each in all_of_it),
        dimensions=tuple(sorted({size for each in all_of_it for size in each.dimensions})),
        fields=_united_fields(column.fields, [each.fields for each in all_of_it]),
    )


def _united_fields(
    fields: tuple[RecordField, ...] | None, all_of_them: Sequence[tuple[RecordField, ...] | None]
) -> tuple[RecordField, ...] | None:
    known = [each for each in all_of_them if each is not None]
    if fields is None or any(len(each) != len(fields) for each in known):
        return fields
    return tuple(
        replace(
            field,
            nullable=any(each[at].nullable for each in known),
            element_nullable=any(each[at].element_nullable for each in known),
            dimensions=tuple(sorted({size for each in known for size in each[at].dimensions})),
            fields=_united_fields(field.fields, [each[at].fields for each in known]),
        )
        for at, field in enumerate(fields)
    )


def _alike(
    types: TypeMap,
    first: Sequence[RecordField] | None,
    fields: Sequence[RecordField] | None,
    names: RecordNames | None,
) -> bool:
    """Whether anonymous rows have the same fields, but for NULL."""
    if first is None or fields is None:
        return first is None and fields is None
    if names is None:
        return True  # of a class in `models.py`
    return len(first) == len(fields) and all(
        one.name == other.name
        and _plain(types, one, inner) == _plain(types, other, inner)
        and _alike(types, one.fields, other.fields, inner)
        for one, other, inner in zip(first, fields, names.inner, strict=True)
    )


def _inside(types: TypeMap, query: QueryFacts, names: QueryNames) -> Iterator[tuple[str, str]]:
    """The fields of the anonymous rows in a query, by the way to them."""
    for column, named in zip(query.columns, names.result.records, strict=True):
        yield from _fields_within(types, column.name, column.fields, named)


def _fields_within(
    types: TypeMap, way: str, fields: Sequence[RecordField] | None, names: RecordNames | None
) -> Iterator[tuple[str, str]]:
    inside = names.inner if names is not None else ()
    for at, (field, inner) in enumerate(zip(fields or (), inside, strict=False), start=1):
        place = f"{way}.{field.name or at}"
        yield place, _plain(types, field, inner)
        yield from _fields_within(types, place, field.fields, inner)


def _plain(types: TypeMap, field: RecordField, names: RecordNames | None) -> str:
    certain = replace(field, nullable=False, element_nullable=False)
    return types.of_field_of_rows(certain, names).result.annotation
