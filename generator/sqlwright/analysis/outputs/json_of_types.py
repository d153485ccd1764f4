"""What values become in json by their types alone (manual 9.16.1, to_json)."""

from __future__ import annotations

from sqlwright.analysis.facts import NULL_TYPE, JsonForm, JsonLevel, RecordField
from sqlwright.analysis.outputs.common_fields import ANY_JSON, Fields
from sqlwright.analysis.outputs.stored_columns import StoredColumn, stored_columns
from sqlwright.analysis.outputs.table_rows import loose_fields
from sqlwright.catalog import oids
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.identity import is_own_oid
from sqlwright.catalog.model import Column, Relation, Type
from sqlwright.dataclass import dataclass, replace

JSON_TYPES = (oids.JSON, oids.JSONB)
VALUE = JsonForm("value")
"""A value of the type that its place has."""


@dataclass(frozen=True, slots=True)
class JsonOfTypes:
    """Values of which the type tells what they are in json."""

    catalog: Catalog

    def written(self, field: RecordField) -> RecordField:
        """The field with the json that its values become."""
        if field.type == NULL_TYPE:
            return replace(field, json=VALUE)
        base = self.catalog.type(self.catalog.base_type(field.type))
        if self._has_cast(base):
            return replace(field, json=ANY_JSON)
        if (relation := self._rows_of(base)) is not None:
            return replace(field, fields=self._attributes(relation), json=JsonForm("object"))
        if not (base.is_array and base.element):
            return replace(field, json=ANY_JSON if self._is_any(base) else VALUE)
        element = self.catalog.type(self.catalog.base_type(base.element))
        relation = self._rows_of(element)
        if relation is None and not self._is_any(element) and not self._has_cast(element):
            return replace(field, json=VALUE)
        if field.dimensions != (1,):
            return replace(field, json=ANY_JSON)
        around = (JsonLevel("list", field.element_nullable),)
        if relation is None:
            return replace(field, json=replace(ANY_JSON, around=around))
        form = JsonForm("object", around)
        return replace(field, fields=self._attributes(relation), json=form)

    def _rows_of(self, item: Type) -> Relation | None:
        return self.catalog.relation(item.relation) if item.kind == "composite" else None

    def _is_any(self, item: Type) -> bool:
        """Whether the type does not tell what is in the values: json, and rows of any columns."""
        return item.oid in JSON_TYPES or item.oid in (oids.RECORD, oids.RECORD_ARRAY)

    def _has_cast(self, item: Type) -> bool:
        """Whether a cast to json says what the values become (manual 9.16.1, to_json)."""
        is_simple = item.kind != "composite" and not (item.is_array and item.element)
        if is_own_oid(item.oid) or not is_simple:
            return False
        cast = self.catalog.cast(item.oid, oids.JSON)
        return cast is not None

    def _attributes(self, relation: Relation) -> Fields:
        """A table's constraints hold for the rows in it, not for its type."""
        if relation.kind != "composite type":
            return tuple(map(self.written, loose_fields(self.catalog, relation)))
        stored = stored_columns(self.catalog, relation)
        pairs = zip(relation.columns, stored, strict=True)
        return tuple(self.written(_attribute(relation, *pair)) for pair in pairs)


def _attribute(relation: Relation, column: Column, known: StoredColumn) -> RecordField:
    return RecordField(
        column.name,
        column.type,
        known.nullable,
        known.element_nullable,
        known.dimensions,
        relation.oid,
        column.name,
    )
