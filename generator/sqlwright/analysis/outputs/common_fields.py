"""What values of several origins have in common: the fields of rows, and what json is made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlwright.analysis.facts import NULL_TYPE, JsonForm, JsonLevel, RecordField
from sqlwright.catalog import oids
from sqlwright.dataclass import replace

Fields = tuple[RecordField, ...]

ANY_JSON = JsonForm("value", item=RecordField("", oids.JSON, nullable=False))
"""Json of which nothing is told."""


def alike(found: Iterable[Fields | None]) -> Fields | None:
    """What rows of several origins share: the same fields by type, NULL where one may be; those
    that have a name have the same one, or none is told."""
    known = list(found)
    if not known or any(fields is None for fields in known):
        return None
    all_fields = [fields for fields in known if fields is not None]
    if len({len(fields) for fields in all_fields}) > 1:
        return None
    columns = [either(fields) for fields in zip(*all_fields, strict=True)]
    if any(column is None for column in columns):
        return None
    return tuple(column for column in columns if column is not None)


def either(fields: Sequence[RecordField]) -> RecordField | None:
    """A field that is one of several; None where their types differ."""
    type_ = _common_type(fields)
    if type_ is None:
        return None
    shown = next(field for field in fields if field.type == type_)
    every, fields = fields, [field for field in fields if field.type != NULL_TYPE] or fields
    names = {field.name for field in every} - {""}
    origins = {(field.relation, field.relation_column) for field in fields}
    relation, column = origins.pop() if len(origins) == 1 else (0, None)
    dimensions = sorted({each for field in fields for each in field.dimensions})
    json, inner = _common_form(fields)
    return replace(
        shown,
        name=names.pop() if len(names) == 1 else "",
        relation=relation,
        relation_column=column,
        nullable=any(field.nullable for field in every),
        element_nullable=any(field.element_nullable for field in fields),
        dimensions=tuple(dimensions),
        fields=inner,
        json=json,
    )


def _common_type(fields: Sequence[RecordField]) -> int | None:
    """The type that values of one field all have. NULL has any, and a literal in a row that nothing
    gives a type to travels as its text."""
    types = {field.type for field in fields} - {NULL_TYPE}
    if oids.TEXT in types:
        types -= {oids.UNKNOWN}
    if not types:
        return NULL_TYPE
    return types.pop() if len(types) == 1 else None


def _common_form(fields: Sequence[RecordField]) -> tuple[JsonForm | None, Fields | None]:
    """What json of several origins is made of, with the fields that the rows in it have in common.
    An empty list is one of anything."""
    forms = [field.json for field in fields if field.json is not None]
    told = [field for field in fields if not _is_empty(field.json)] or fields
    if not forms:
        return None, _common_fields(fields)
    inner = alike(field.fields for field in told)
    form = _united(forms, [field.json for field in told if field.json is not None])
    if form is None or (form.kind != "value" and inner is None):
        return ANY_JSON, None
    if form.kind == "object" and any(not field.name for field in inner or ()):
        return ANY_JSON, None
    return form, inner


def _common_fields(fields: Sequence[RecordField]) -> Fields | None:
    """Rows of a table, which are all that has no fields beside anonymous rows, may be among other
    values of its row type."""
    if any(field.type in (oids.RECORD, oids.RECORD_ARRAY) for field in fields):
        return alike(field.fields for field in fields)
    return alike(field.fields for field in fields if field.fields is not None)


def _united(forms: Sequence[JsonForm], told: Sequence[JsonForm]) -> JsonForm | None:
    first = told[0]
    kinds = [level.kind for level in first.around]
    if any(
        form.kind != first.kind or [each.kind for each in form.around] != kinds for form in told
    ):
        return None
    if any([each.kind for each in form.around] != kinds[: len(form.around)] for form in forms):
        return None
    items = [form.item for form in told if form.item is not None]
    item = either(items) if items else None
    if items and (item is None or len(items) < len(told)):
        return None
    levels = zip(*(form.around for form in told), strict=True)
    around = tuple(JsonLevel(of[0].kind, any(each.nullable for each in of)) for of in levels)
    return replace(first, around=around, item=item)


def _is_empty(form: JsonForm | None) -> bool:
    return (
        form is not None
        and bool(form.around)
        and form.item is not None
        and form.item.type == NULL_TYPE
        and not form.item.nullable
    )
