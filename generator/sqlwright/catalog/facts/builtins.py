"""PostgreSQL's built-in objects, read from `data/` and made into values only when asked for.

Reading a file splits off what numbers a line, and names are searched for in all of its text; the
rest of a line is looked at when that object is first wanted, and the value is then kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from functools import cache, cached_property
from itertools import chain
from typing import Any, Generic

from sqlwright.catalog.facts import rows
from sqlwright.catalog.facts.object_sections import (
    AGGREGATES,
    COLUMNS,
    CONSTRAINTS,
    FUNCTIONS,
    RELATIONS,
    TYPES,
)
from sqlwright.catalog.facts.operator_sections import (
    CASTS,
    CLASSES,
    FAMILIES,
    FAMILY_FUNCTIONS,
    FAMILY_OPERATORS,
    OPERATORS,
)
from sqlwright.catalog.facts.section import Section
from sqlwright.catalog.facts.sections import NAMES
from sqlwright.catalog.memo import Memo
from sqlwright.catalog.model import Cast, Function, NamedThing, NameKind, Operator, Relation, Type
from sqlwright.catalog.operator_families import (
    OperatorClass,
    OperatorClassMember,
    OperatorFamily,
    SupportFunction,
)
from sqlwright.catalog.persistent import Obj
from sqlwright.resources import resource

HOME = "pg_catalog"
NEWEST_MAJOR = 18

_DATA = resource("catalog", "data")


class _Made(dict[int, Any]):
    """Values by OID, each made of its line when it is first asked for; None where there is none."""

    def __init__(self, lines: Mapping[int, str], make: Callable[[str], object]) -> None:
        self._lines = lines
        self._make = make

    def __missing__(self, oid: int) -> object:
        line = self._lines.get(oid)
        made = self[oid] = None if line is None else self._make(line)
        return made


class LazyObjects(Generic[Obj]):
    """Objects of one kind behind the lines of a file, by OID or by schema and name."""

    def __init__(self, lines: Sequence[str], make: Callable[[str], Obj]) -> None:
        self._lines = {int(line[: line.index("\t")]): line for line in lines}
        self._text = "\n".join(lines)
        self._named: dict[tuple[str, str], tuple[Obj, ...]] = {}
        # The object of an OID: the dict's own method, since nothing is asked for as often.
        self.get: Callable[[int], Obj | None] = _Made(self._lines, make).__getitem__

    def named(self, schema: str, name: str) -> tuple[Obj, ...]:
        """The objects of that name in that schema, by OID."""
        found = self._named.get((schema, name))
        if found is None:
            objects = map(self.get, self._oids(schema, name))
            found = self._named[schema, name] = tuple([each for each in objects if each])
        return found

    def _oids(self, schema: str, name: str) -> Iterator[int]:
        """The OIDs that stand first in their lines, before the schema and the name."""
        if not schema:  # which stands for another one there
            return
        text = self._text
        mark = f"\t{'' if schema == HOME else schema}\t{name}\t"
        at = text.find(mark)
        while at >= 0:
            first = text[text.rfind("\n", 0, at) + 1 : at]
            if "\t" not in first:
                yield int(first)
            at = text.find(mark, at + 1)

    def names(self) -> Set[tuple[str, str]]:
        """Schema and name of every object, once each."""
        found = (line.split("\t", 3) for line in self._lines.values())
        return {(schema or HOME, name) for _, schema, name, _ in found}

    def __iter__(self) -> Iterator[Obj]:
        for oid in self._lines:
            made = self.get(oid)
            if made is not None:
                yield made


class Builtins:
    """The built-in objects of one major version, and a memo of what follows from them alone."""

    def __init__(self, major: int = NEWEST_MAJOR) -> None:
        self.major = major
        self.memo = Memo()
        self._names: dict[NameKind, dict[tuple[str, str], NamedThing]] = {}

    def _lines(self, section: Section) -> list[str]:
        path = _DATA / f"pg{NEWEST_MAJOR}" / f"{section.name}.tsv"
        lines = path.read_text(encoding="utf-8").splitlines()[1:]
        changes = self._changes.get(section.name, ())
        absent = {each[1:] for each in changes if each[0] == "-"}
        present = [each[1:] for each in changes if each[0] == "+"]
        return [*(each for each in lines if each not in absent), *present] if changes else lines

    @cached_property
    def _changes(self) -> dict[str, list[str]]:
        """What this version lacks (`-`) and has besides (`+`), by section."""
        if self.major == NEWEST_MAJOR:
            return {}
        text = (_DATA / f"pg{self.major}.tsv").read_text(encoding="utf-8")
        return sections_of(text)

    def _fields(self, section: Section) -> Iterator[list[str]]:
        width = len(section.fields)
        return (rows.split(line, width) for line in self._lines(section))

    @cached_property
    def types(self) -> LazyObjects[Type]:
        width = len(TYPES.fields)
        return LazyObjects(
            self._lines(TYPES), lambda line: rows.type_of(rows.split(line, width), HOME)
        )

    @cached_property
    def relations(self) -> LazyObjects[Relation]:
        width = len(RELATIONS.fields)
        columns = _by_first_field(self._lines(COLUMNS))
        constraints = _by_first_field(self._lines(CONSTRAINTS))

        def make(line: str) -> Relation:
            fields = rows.split(line, width)
            return rows.relation_of(
                fields,
                HOME,
                [rows.split(each, len(COLUMNS.fields)) for each in columns.get(fields[0], ())],
                [
                    rows.split(each, len(CONSTRAINTS.fields))
                    for each in constraints.get(fields[0], ())
                ],
            )

        return LazyObjects(self._lines(RELATIONS), make)

    @cached_property
    def functions(self) -> LazyObjects[Function]:
        width = len(FUNCTIONS.fields)
        aggregates = {fields[0]: fields for fields in self._fields(AGGREGATES)}

        def make(line: str) -> Function:
            fields = rows.split(line, width)
            return rows.function_of(fields, HOME, aggregates.get(fields[0]))

        return LazyObjects(self._lines(FUNCTIONS), make)

    @cached_property
    def operators(self) -> LazyObjects[Operator]:
        width = len(OPERATORS.fields)
        return LazyObjects(
            self._lines(OPERATORS), lambda line: rows.operator_of(rows.split(line, width), HOME)
        )

    @cached_property
    def families(self) -> LazyObjects[OperatorFamily]:
        width = len(FAMILIES.fields)
        return LazyObjects(
            self._lines(FAMILIES), lambda line: rows.family_of(rows.split(line, width), HOME)
        )

    @cached_property
    def classes(self) -> LazyObjects[OperatorClass]:
        width = len(CLASSES.fields)
        return LazyObjects(
            self._lines(CLASSES), lambda line: rows.class_of(rows.split(line, width), HOME)
        )

    @cached_property
    def default_classes(self) -> dict[str, tuple[OperatorClass, ...]]:
        """Those that are the default of their type, by index method."""
        found: dict[str, tuple[OperatorClass, ...]] = {}
        for each in self.classes:
            if each.default:
                found[each.method] = (*found.get(each.method, ()), each)
        return found

    @cached_property
    def default_classes_of(self) -> dict[tuple[str, int], list[OperatorClass]]:
        """The same by index method and type."""
        found: dict[tuple[str, int], list[OperatorClass]] = {}
        for each in chain.from_iterable(self.default_classes.values()):
            found.setdefault((each.method, each.type), []).append(each)
        return found

    @cached_property
    def casts(self) -> dict[tuple[int, int], Cast]:
        made = (rows.cast_of(fields) for fields in self._fields(CASTS))
        return {(each.source, each.target): each for each in made}

    @cached_property
    def members(self) -> dict[tuple[int, int, int, int], OperatorClassMember]:
        """pg_amop, btree and hash, by family, types and strategy."""
        made = (rows.member_of(fields) for fields in self._fields(FAMILY_OPERATORS))
        return {(each.family, each.left, each.right, each.strategy): each for each in made}

    @cached_property
    def support(self) -> dict[tuple[int, int, int, int], SupportFunction]:
        """pg_amproc, btree and hash, by family, types and number."""
        made = (rows.support_of(fields) for fields in self._fields(FAMILY_FUNCTIONS))
        return {(each.family, each.left, each.right, each.number): each for each in made}

    def names(self, kind: NameKind) -> dict[tuple[str, str], NamedThing]:
        """What of a kind is known by name alone, by schema and name.

        Which collations initdb makes of the machine's locales cannot be known; any that it makes
        somewhere counts.
        """
        found = self._names.get(kind)
        if found is None:
            width = len(NAMES.fields)
            lines = self._lines_of_kinds.get(kind, ())
            things = [rows.name_of(rows.split(line, width), HOME) for line in lines]
            if kind == "collation":
                usual = (_DATA / "collations.txt").read_text(encoding="utf-8").splitlines()
                things += [NamedThing(kind, HOME, name) for name in usual]
            found = self._names[kind] = {(each.schema, each.name): each for each in things}
        return found

    @cached_property
    def _lines_of_kinds(self) -> dict[str, list[str]]:
        return _by_first_field(self._lines(NAMES))


def sections_of(text: str) -> dict[str, list[str]]:
    """The lines of each section of a file that holds several, without their headers."""
    found: dict[str, list[str]] = {}
    for block in text.split("\n\n"):
        heading, *lines = block.splitlines()
        found[heading.strip("[]")] = lines[1:]
    return found


def _by_first_field(lines: Sequence[str]) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = {}
    for line in lines:
        key, _, _ = line.partition("\t")
        grouped.setdefault(key, []).append(line)
    return grouped


@cache
def builtins(major: int = NEWEST_MAJOR) -> Builtins:
    """The built-in objects of a major version, shared by all catalogs of the process."""
    return Builtins(major)
