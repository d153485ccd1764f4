"""Whether a value can travel between the server and Python, with everything that is in it.

asyncpg carries some types in binary and others as text only. Rows and ranges travel in binary, with
all that they hold, and so does COPY; the fields of an anonymous row are read by what the connection
knows of their types. What works where is looked up in the table of `carriers`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from sqlwright.analysis.facts import NULL_TYPE, RecordField, ResultColumn
from sqlwright.catalog import oids
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.identity import is_own
from sqlwright.catalog.model import Type
from sqlwright.codegen.classes import qualified
from sqlwright.codegen.types.base_types import base_type
from sqlwright.codegen.types.carriers import YES, Way, has_row, outcome
from sqlwright.dataclass import dataclass

_KINDS = {"enum": "(enum)", "composite": "(composite)", "range": "int4range"}
_KINDS["multirange"] = "int4multirange"
_ARRAY = "int4[]"
_OTHER = "(other)"


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a value does not arrive: `type` (an OID) cannot be in `place`, as the table calls it.
    `path` leads there from the value, each step in words."""

    type: int
    place: str
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Carriage:
    """What travels of a catalog's types. `has_codec` says of a type that connections have a codec
    of the user's own for it, of which nothing is known here but that it works."""

    catalog: Catalog
    has_codec: Callable[[Type], bool]

    def obstacle(self, oid: int, way: Way) -> Obstacle | None:
        """What keeps values of a type from being read, sent or copied; None if nothing does."""
        return self._checked(self.catalog.type(oid), way, "", ())

    def obstacle_in_record(self, fields: Sequence[RecordField]) -> Obstacle | None:
        """What keeps an anonymous row of these fields from being read."""
        return _first(
            self._field_of_record(field, f"field {at}") for at, field in enumerate(fields, 1)
        )

    def can_be_learned(self, oid: int) -> bool:
        """Whether a connection that meets the type can go on; of an array of texts it is the value
        that matters, not the type."""
        found = self.obstacle(oid, "read")
        return found is None or not found.path

    def to_be_known(self, fields: Sequence[RecordField]) -> frozenset[int]:
        """The types that a connection has to know to read an anonymous row of these fields, and
        does not know from the start. Of a domain it learns by the array type, since a domain may
        refuse NULL (manual CREATE DOMAIN)."""
        found: set[int] = set()
        for field in fields:
            if field.fields is not None and is_anonymous(field):
                found |= self.to_be_known(field.fields)
                if self.catalog.type(field.type).is_array:
                    found.add(field.type)
            elif field.type != NULL_TYPE:
                item = self.catalog.type(field.type)
                if self._checked(item, "read", " in record", ()) is not None:
                    found.add(item.array if item.kind == "domain" else item.oid)
        return frozenset(found)

    def _field_of_record(self, field: RecordField, step: str) -> Obstacle | None:
        if field.type == NULL_TYPE:
            return None
        if field.fields is not None and is_anonymous(field):
            return self.obstacle_in_record(field.fields)
        item = self.catalog.type(field.type)
        if item.oid in (oids.RECORD, oids.RECORD_ARRAY):
            return Obstacle(item.oid, "read in record", (step,))
        if self._checked(item, "read", " in record", (step,)) is None:
            return None
        return self._checked(item, "read", " in record, known", (step,))

    def _checked(self, item: Type, way: Way, where: str, path: tuple[str, ...]) -> Obstacle | None:
        """`where` is what follows the kind of value in the names of places."""
        if self.has_codec(item):
            return None
        if item.kind == "domain":
            base = self.catalog.type(self.catalog.base_type(item.oid))
            found = self._found(base, f"{way} domain{where}", path)
            return found or self._checked(base, way, where, path)
        if not _is_array(item):
            return self._found(item, f"{way}{where}", path) or self._inside(item, way, path)
        element = self.catalog.type(item.element)
        base = self.catalog.type(self.catalog.base_type(element.oid))
        if self.has_codec(element) or self.has_codec(base):
            return None
        found = self._found(base, f"{way} array{where}", path)
        if found is None and base is not element and way != "copy":
            found = self._found(base, f"{way} domain array", path)
        if found is None and not where and outcome(self._row(base), f"{way} empty texts"):
            found = self._found(base, f"{way} empty texts", path)
        return found or self._inside(base, way, path)

    def _inside(self, item: Type, way: Way, path: tuple[str, ...]) -> Obstacle | None:
        """What is wrong with the parts of a value."""
        inner: Way = "send" if way == "copy" else way
        if item.kind == "composite":
            relation = self.catalog.relation(item.relation)
            return _first(
                self._checked(
                    self.catalog.type(column.type),
                    inner,
                    " field",
                    (*path, f"field {column.name} of {qualified(relation)}"),
                )
                for column in relation.columns
            )
        if item.kind in ("range", "multirange"):
            bound = self.catalog.type(self.catalog.base_type(item.subtype))
            return self._found(bound, f"{inner} {item.kind}", (*path, f"a bound of {item.name}"))
        return None

    def _found(self, item: Type, place: str, path: tuple[str, ...]) -> Obstacle | None:
        if self.has_codec(item) or outcome(self._row(item), place) == YES:
            return None
        return Obstacle(item.oid, place, path)

    def _row(self, item: Type) -> str:
        """The line of the table that a type goes by."""
        if _is_array(item):
            return _ARRAY
        if item.kind in _KINDS:
            return item.name if is_own(item) and has_row(item.name) else _KINDS[item.kind]
        if item.oid == oids.RECORD:
            return "(record)"
        return item.name if _was_tried(item) else _OTHER


def is_anonymous(rows: ResultColumn | RecordField) -> bool:
    """Whether rows are of no type that the server could be asked about."""
    return rows.type in (oids.RECORD, oids.RECORD_ARRAY)


def _is_array(item: Type) -> bool:
    return item.is_array and item.element != 0 and not _was_tried(item)


def _was_tried(item: Type) -> bool:
    """Whether it is the type of its name that the table is about: PostgreSQL's own, or one of an
    extension that has a form in Python."""
    known = is_own(item) or base_type(item.schema, item.name) is not None
    return known and has_row(item.name)


def _first(found: Iterable[Obstacle | None]) -> Obstacle | None:
    return next((each for each in found if each is not None), None)
