"""What the classes of anonymous rows are called: after the query, and the column that has them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from sqlwright.analysis.facts import QueryFacts, RecordField, ResultColumn
from sqlwright.codegen.english import singular
from sqlwright.codegen.names import Taken, pascal_case
from sqlwright.codegen.options import PackageOptions
from sqlwright.codegen.types.carriage import is_anonymous
from sqlwright.codegen.types.records import RecordNames, has_names
from sqlwright.dataclass import dataclass, replace


def name_records(
    query: QueryFacts, stem: str, row: str, options: PackageOptions, taken: Taken
) -> tuple[RecordNames | None, ...]:
    """The names of the rows in each column of a query whose classes begin with `stem`, without
    those of converters. Where a row is all that a query gives, it is an object of the class `row`,
    unless that is empty."""
    naming = _Naming(options, taken)
    if row and len(query.columns) == 1 and not query.embeds:
        [column] = query.columns
        fields = column.fields
        json = column.json
        whole = not (column.dimensions if json is None else json.around)
        if whole and fields is not None and has_names(fields) and not _is_stored(column):
            return (RecordNames(row, "", naming.within(fields, stem)),)
    return tuple(
        None
        if column.fields is None or _is_stored(column) or _is_of_model(query, column)
        else naming.rows(column.fields, stem, column.name, at)
        for at, column in enumerate(query.columns, 1)
    )


def _is_stored(rows: ResultColumn | RecordField) -> bool:
    """Whether it is a column of a relation with values of a row type, for which there is a class
    that queries share."""
    return rows.json is None and rows.relation_column is not None and not is_anonymous(rows)


def _is_of_model(query: QueryFacts, column: ResultColumn) -> bool:
    """Whether the column goes into an object of a table's model."""
    return column.embed is not None and query.embeds[column.embed].is_whole


def with_converters(
    names: RecordNames, converter: Callable[[str], str], *, shared: bool = False
) -> RecordNames:
    """The same with the function that makes an object of each class."""
    inner = tuple(each and with_converters(each, converter, shared=shared) for each in names.inner)
    made = converter(names.name) if names.name else ""
    return replace(names, converter=made, inner=inner, shared=shared)


def fits(names: RecordNames | None, rows: ResultColumn | RecordField) -> bool:
    """Whether names are those of the rows in a column or field. Values of a row type need none of
    the query's own."""
    fields = rows.fields
    if names is None or fields is None:
        named = rows.json is not None or is_anonymous(rows)
        return names is None and (fields is None or not named)
    return len(names.inner) == len(fields) and all(map(fits, names.inner, fields))


ColumnKey = tuple[str, int]
"""A column by its name, and which of those of that name it is."""


def column_keys(columns: Sequence[ResultColumn]) -> list[ColumnKey]:
    """The key of each column."""
    counts: Counter[str] = Counter()
    keys = []
    for column in columns:
        counts[column.name] += 1
        keys.append((column.name, counts[column.name]))
    return keys


@dataclass(frozen=True, slots=True)
class _Naming:
    options: PackageOptions
    taken: Taken

    def rows(self, fields: Sequence[RecordField], stem: str, name: str, at: int) -> RecordNames:
        """Those of rows in a column or field of this name, the one at a place."""
        word = dict(self.options.renames.fields).get(name, name)
        if word in ("", "?column?"):
            word = f"column_{at}"
        wanted = stem + pascal_case(word if self.options.exact_names else singular(word))
        if not has_names(fields):
            return RecordNames("", "", self.within(fields, wanted))
        named = self.taken.claim(wanted)
        return RecordNames(named, "", self.within(fields, named))

    def within(self, fields: Sequence[RecordField], stem: str) -> tuple[RecordNames | None, ...]:
        return tuple(
            None
            if field.fields is None or _is_stored(field)
            else self.rows(field.fields, stem, field.name, at)
            for at, field in enumerate(fields, 1)
        )
