"""Extensions: their objects, read from `data/extensions/` when CREATE EXTENSION names one.

A file is what `extraction` writes. Its objects have no OIDs; they get fresh ones when the extension
is applied to a catalog. How that is refused (an extension that exists already, or needs another)
is for the caller, who knows the statement.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

from sqlwright.catalog.facts import rows
from sqlwright.catalog.facts.builtins import sections_of
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
from sqlwright.catalog.facts.section import Reference, Section
from sqlwright.catalog.facts.sections import NAMES, SECTIONS
from sqlwright.catalog.model import Extension
from sqlwright.dataclass import dataclass, replace
from sqlwright.resources import resource

if TYPE_CHECKING:
    from sqlwright.catalog.catalog import Catalog

_FILES = resource("catalog", "data", "extensions")


@dataclass(frozen=True, slots=True)
class ExtensionFile:
    """An extension as extracted. `schema` is set where it accepts no other; `requires` names the
    extensions that must be there first; `lines` are its objects by section.
    """

    name: str
    version: str
    schema: str
    requires: tuple[str, ...]
    lines: Mapping[str, tuple[str, ...]]


class MissingExtensionError(Exception):
    """The catalog lacks an extension that this one requires."""


@cache
def known_extensions() -> tuple[str, ...]:
    """The names of the extensions that are shipped, sorted."""
    names = (each.name for each in _FILES.iterdir())
    return tuple(sorted(name.removesuffix(".tsv") for name in names if name.endswith(".tsv")))


@cache
def extension_file(name: str) -> ExtensionFile | None:
    """A shipped extension, None if it is not known."""
    if name not in known_extensions():
        return None
    return parse_extension(name, (_FILES / f"{name}.tsv").read_text(encoding="utf-8"))


def parse_extension(name: str, text: str) -> ExtensionFile:
    """An extension from the text of its file."""
    heading, _, body = text.partition("\n\n")
    facts = dict(line.partition("\t")[::2] for line in heading.splitlines())
    return ExtensionFile(
        name=name,
        version=facts.get("version", ""),
        schema=facts.get("schema", ""),
        requires=tuple(facts["requires"].split(",")) if facts.get("requires") else (),
        lines={key: tuple(lines) for key, lines in sections_of(body).items()} if body else {},
    )


def apply_extension(catalog: Catalog, extension: ExtensionFile, schema: str) -> Catalog:
    """The catalog with an extension's objects, in `schema` unless the extension itself says where.

    Raises MissingExtensionError if one that it requires is not there.
    """
    tables = _Tables(catalog, extension)
    home = extension.schema or schema
    record = Extension(extension.name, home, extension.version)
    changed, record = _with_objects(catalog, record, tables)
    changed, record = _with_operators(changed, record, tables)
    names = tuple(rows.name_of(fields, home) for fields in tables.fields(NAMES))
    for name in (extension.schema, *(each.name for each in names if each.kind == "schema")):
        if name:
            changed = changed.with_schema(name)
    return changed.with_name(*names).with_extension(replace(record, names=names))


def _with_objects(
    catalog: Catalog, record: Extension, tables: _Tables
) -> tuple[Catalog, Extension]:
    home = record.schema
    aggregates = {fields[0]: fields for fields in tables.fields(AGGREGATES)}
    columns, constraints = _grouped(tables, COLUMNS), _grouped(tables, CONSTRAINTS)
    types = [rows.type_of(fields, home) for fields in tables.fields(TYPES)]
    relations = [
        rows.relation_of(fields, home, columns.get(fields[0], []), constraints.get(fields[0], []))
        for fields in tables.fields(RELATIONS)
    ]
    functions = [
        rows.function_of(fields, home, aggregates.get(fields[0]))
        for fields in tables.fields(FUNCTIONS)
    ]
    changed = catalog.with_type(*types).with_relation(*relations).with_function(*functions)
    return changed, replace(
        record,
        types=tuple(each.oid for each in types),
        relations=tuple(each.oid for each in relations),
        functions=tuple(each.oid for each in functions),
    )


def _with_operators(
    catalog: Catalog, record: Extension, tables: _Tables
) -> tuple[Catalog, Extension]:
    home = record.schema
    operators = [rows.operator_of(fields, home) for fields in tables.fields(OPERATORS)]
    casts = [rows.cast_of(fields) for fields in tables.fields(CASTS)]
    families = [rows.family_of(fields, home) for fields in tables.fields(FAMILIES)]
    classes = [rows.class_of(fields, home) for fields in tables.fields(CLASSES)]
    changed = (
        catalog.with_operator(*operators)
        .with_cast(*casts)
        .with_operator_family(*families)
        .with_operator_class(*classes)
        .with_family_members(
            [rows.member_of(fields) for fields in tables.fields(FAMILY_OPERATORS)],
            [rows.support_of(fields) for fields in tables.fields(FAMILY_FUNCTIONS)],
        )
    )
    return changed, replace(
        record,
        operators=tuple(each.oid for each in operators),
        casts=tuple((each.source, each.target) for each in casts),
        families=tuple(each.oid for each in families),
        classes=tuple(each.oid for each in classes),
    )


def _grouped(tables: _Tables, section: Section) -> dict[str, list[list[str]]]:
    grouped: dict[str, list[list[str]]] = {}
    for fields in tables.fields(section):
        grouped.setdefault(fields[0], []).append(fields)
    return grouped


class _Tables:
    """The lines of an extension's file, with OIDs of a catalog in place of what they refer to."""

    def __init__(self, catalog: Catalog, extension: ExtensionFile) -> None:
        self._lines = extension.lines
        self._oids: dict[tuple[Reference, str], str] = {}
        for required in extension.requires:
            self._name_types_of(catalog, required)
        self._catalog = catalog
        free = catalog.next_oid
        for section in SECTIONS:
            if section.key is None:
                continue
            for line in self._lines.get(section.name, ()):
                fields = line.split("\t", 3)
                name = fields[2] if section is TYPES else fields[0]
                self._oids[section.key, name] = str(free)
                free += 1

    def _name_types_of(self, catalog: Catalog, required: str) -> None:
        found = catalog.extensions.get(required)
        if found is None:
            raise MissingExtensionError(required)
        for oid in found.types:
            self._oids["type", f"{required}:{catalog.type(oid).name}"] = str(oid)

    def fields(self, section: Section) -> Iterator[list[str]]:
        """The fields of a section's lines; every reference is an OID."""
        width = len(section.fields)
        for line in self._lines.get(section.name, ()):
            fields = rows.split(line, width)
            for place, each in enumerate(section.fields):
                if each.refers is not None and fields[place]:
                    fields[place] = self._resolved(each.refers, fields[place], each.many)
            yield fields

    def _resolved(self, refers: Reference, text: str, many: bool) -> str:
        named = text.split(",") if many else [text]
        return ",".join(each if each.isdigit() else self._oid(refers, each) for each in named)

    def _oid(self, refers: Reference, name: str) -> str:
        known = self._oids.get((refers, name))
        if known is not None:
            return known
        builtin = self._catalog.find_type(tuple(name.split(":")))
        if refers != "type" or builtin is None:
            raise KeyError(f"the extension names a {refers} that is not there: {name}")
        return str(builtin.oid)
