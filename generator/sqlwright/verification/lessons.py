"""What the server's refusals teach about the arguments of a query."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from sqlwright.analysis.facts import QueryFacts
from sqlwright.catalog import oids
from sqlwright.catalog.catalog import Catalog
from sqlwright.dataclass import dataclass, field
from sqlwright.patterns import pattern

_NOT_OF_TYPE = pattern(r'invalid input (?:value for enum|syntax for type) (.+): "(.*)"$', re.DOTALL)
_NO_PARENT = pattern(r"Key \((.*?)\)=\((.*)\) is not present in table", re.DOTALL)

_NO_JSON = "invalid input syntax for type json"

_BAD_LIMIT = ("2201W", "2201X")
"""LIMIT or OFFSET is negative (manual, appendix A)."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """Of one parameter: the column whose values it should have, the type whose texts it should be,
    or that it must not be negative."""

    column: tuple[int, str] | None = None
    type: int | None = None
    natural: bool = False


@dataclass(slots=True)
class Lessons:
    """Lessons by query and position of the parameter."""

    catalog: Catalog
    _learned: dict[tuple[str, int], Lesson] = field(default_factory=dict)
    _types: dict[str, int] = field(default_factory=dict)

    def about(self, facts: QueryFacts, position: int) -> Lesson | None:
        """What has been learned of `$position`."""
        return self._learned.get((facts.name, position))

    def learn(self, facts: QueryFacts, values: Sequence[str | None], error: Any) -> None:
        """Find the argument that led to the refusal by the value that it quotes."""
        code = getattr(error, "sqlstate", None)
        if code == "23503":
            for missing, column in self._missing_key(error):
                self._note(facts, values, missing, Lesson(column=column))
        elif code == "22P02" and (match := _NOT_OF_TYPE.search(str(error))):
            wanted = self._type_named(match[1])
            if wanted is not None:
                self._note(facts, values, match[2], Lesson(type=wanted))
        elif code == "22P02" and str(error).startswith(_NO_JSON):
            # The message does not say which text it was.
            for parameter in facts.parameters:
                known = (facts.name, parameter.position)
                if parameter.column is None and parameter.type in (oids.TEXT, oids.TEXT_ARRAY):
                    self._learned.setdefault(known, Lesson(type=oids.JSONB))
        elif code in _BAD_LIMIT:
            for parameter, value in zip(facts.parameters, values, strict=True):
                if value is not None and value.startswith("-"):
                    self._learned[facts.name, parameter.position] = Lesson(natural=True)

    def _note(
        self, facts: QueryFacts, values: Sequence[str | None], value: str, lesson: Lesson
    ) -> None:
        for parameter, given in zip(facts.parameters, values, strict=True):
            holds = given is not None and given.startswith("{") and (value or '""') in given
            if (given == value or holds) and parameter.type != lesson.type:
                self._learned[facts.name, parameter.position] = lesson

    def _missing_key(self, error: Any) -> list[tuple[str, tuple[int, str]]]:
        """Each value of a key that no row has, with the column of the table it refers to."""
        match = _NO_PARENT.search(getattr(error, "detail", None) or "")
        if match is None:
            return []
        for relation in self.catalog.relations():
            if relation.schema != error.schema_name or relation.name != error.table_name:
                continue
            for key in relation.constraints:
                values = match[2].split(", ")
                if key.name == error.constraint_name and len(values) == len(key.columns):
                    columns = ((key.referenced, name) for name in key.referenced_columns)
                    return list(zip(values, columns, strict=False))
        return []

    def _type_named(self, name: str) -> int | None:
        if not self._types:
            self._types = _displayed(self.catalog)
        return self._types.get(name)


def _displayed(catalog: Catalog) -> dict[str, int]:
    """Types by the names that messages call them."""
    common = [oid for oid in vars(oids).values() if isinstance(oid, int) and catalog.get_type(oid)]
    known = [*common, *(item.oid for item in catalog.types())]
    return {catalog.display_type(oid): oid for oid in known}
