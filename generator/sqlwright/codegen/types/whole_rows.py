"""Which rows are those of a relation, so that its model is their class."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence

from sqlwright.analysis.facts import RecordField, ResultColumn
from sqlwright.analysis.outputs.stored_columns import StoredColumn
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.model import Relation
from sqlwright.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class WholeRows:
    """Looks for the relation behind columns, among those that have a model; `stored` is what is
    known of the values of its columns, by number."""

    catalog: Catalog
    models: Container[int]
    stored: Callable[[Relation], Mapping[int, StoredColumn]]

    def relation_of(
        self, columns: Sequence[ResultColumn | RecordField], *, absent: bool = False
    ) -> Relation | None:
        """The relation all of whose columns these are, in order and under their own names, none
        more nullable than declared. With `absent` set they may be NULL all together."""
        if not columns or columns[0].relation not in self.models:
            return None
        relation = self.catalog.relation(columns[0].relation)
        if len(columns) != len(relation.columns):
            return None
        stored = self.stored(relation)
        for column, declared in zip(columns, relation.columns, strict=True):
            same = column.relation == relation.oid and column.relation_column == declared.name
            if not same or column.name != declared.name:
                return None
            known = stored[declared.number]
            if column.nullable and not known.nullable and not absent:
                return None
            if column.element_nullable and not known.element_nullable:
                return None
        return relation
