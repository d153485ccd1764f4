"""The names of the classes that a database's tables, enums, composites and domains become."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from typing import TypeVar

from sqlwright.analysis.outputs.table_rows import row_types_in, values_in_columns
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.model import Relation, Type
from sqlwright.codegen.english import singular
from sqlwright.codegen.imports import LOCAL_NAMES
from sqlwright.codegen.model_kinds import model_kind
from sqlwright.codegen.names import (
    MODULE_NAMES,
    Taken,
    as_python,
    identifier,
    pascal_case,
    snake_case,
)
from sqlwright.codegen.options import PackageOptions
from sqlwright.dataclass import dataclass

_Named = TypeVar("_Named", Relation, Type)

MODEL_KINDS = ("table", "partitioned table", "view", "materialized view", "foreign table")

RESERVED = frozenset({"Querier", "QuerierProtocol"})
"""Classes that a package brings along that has queries as methods."""


@dataclass(frozen=True, slots=True)
class ClassNames:
    """Class names by OID: of relations (a composite type's is its relation's) and of types.

    They cover the whole schema, used or not, so that a new query never renames a class.
    """

    relations: Mapping[int, str]
    types: Mapping[int, str]
    values: Mapping[int, str]
    """Of objects for values of a row type, by its OID, that columns hold and that need not be rows
    of the relation."""
    stems: Mapping[str, str]
    """What the functions of a class are named after, by the class; no two have the same."""

    def all(self) -> Iterator[str]:
        yield from self.relations.values()
        yield from self.types.values()
        yield from self.values.values()

    def from_row(self, name: str) -> str:
        """The function that makes an object of a class of a row."""
        return f"{self.stems[name]}_from_row"

    def to_row(self, name: str) -> str:
        """The function that makes a row of an object of a class."""
        return f"{self.stems[name]}_to_row"

    def from_label(self, name: str) -> str:
        """The function that makes a member of an enum of its label."""
        return f"{self.stems[name]}_from_label"


def class_names(
    catalog: Catalog, options: PackageOptions, public: Iterable[str] = ()
) -> ClassNames:
    """Name every class of a schema, and its functions unlike what queries have as `public` names.

    Tables and views come first, then enums, composites and domains, each by schema and name, so
    that where two want one name it is the later kind that gets a number; then those of values. A
    table is not put into the singular where that is the name of something else as it stands.
    """
    named = catalog.memo.once(("class names", options), lambda: _named(catalog, options))
    relations, types, values = named
    classes = [*relations.values(), *types.values(), *values.values()]
    return ClassNames(relations, types, values, _stems(classes, public))


def _named(
    catalog: Catalog, options: PackageOptions
) -> tuple[Mapping[int, str], Mapping[int, str], Mapping[int, str]]:
    """The names of relations, of types and of values, which the packages over one schema have in
    common."""
    taken = Taken(RESERVED if options.shape == "class" else ())
    relations: dict[int, str] = {}
    types: dict[int, str] = {}
    known = list(catalog.relations())
    user_types = list(catalog.types())
    standing = _standing(known, user_types, options)
    for relation in _sorted(item for item in known if item.kind in MODEL_KINDS):
        relations[relation.oid] = taken.claim(_model_name(relation, options, standing))
    for item in _sorted(item for item in user_types if item.kind == "enum"):
        types[item.oid] = taken.claim(_type_name(item, options, options.renames.enums))
    for relation in _sorted(item for item in known if item.kind == "composite type"):
        relations[relation.oid] = taken.claim(_type_name(relation, options, options.renames.models))
    if options.domain_types:
        for item in _sorted(item for item in user_types if item.kind == "domain"):
            types[item.oid] = taken.claim(_type_name(item, options, options.renames.models))
    held = {
        oid
        for relation in known
        if relation.oid in relations
        for column, fields in zip(
            relation.columns, values_in_columns(catalog, relation), strict=True
        )
        for oid in row_types_in(catalog, column.type, fields)
    }
    values = {
        item.row_type: taken.claim(f"{relations[item.oid]}Value")
        for item in _sorted(item for item in known if item.row_type in held)
        if item.oid in relations
    }
    return relations, types, values


def _standing(
    relations: Iterable[Relation], types: Iterable[Type], options: PackageOptions
) -> frozenset[str]:
    """The names of classes that are called as what they are of: all but those of tables whose name
    is put into the singular."""
    names: set[str] = set()
    for item in types:
        if item.kind == "enum":
            names.add(_type_name(item, options, options.renames.enums))
        elif item.kind == "domain" and options.domain_types:
            names.add(_type_name(item, options, options.renames.models))
    for each in relations:
        if each.kind == "composite type":
            names.add(_type_name(each, options, options.renames.models))
        elif each.kind in MODEL_KINDS and singular(each.name) == each.name:
            names.add(_model_name(each, options))
    return frozenset(names)


def _stems(classes: list[str], public: Iterable[str]) -> dict[str, str]:
    """Classes that are told apart by capitals alone have functions that are told apart by numbers;
    so have those whose function would have the name of another class, or of a query."""
    taken = Taken()
    for name in (*classes, *sorted(public)):
        for suffix in ("_from_row", "_to_row", "_from_label"):
            if name.endswith(suffix):
                taken.claim(name.removesuffix(suffix))
    return {name: taken.claim(snake_case(name)) for name in classes}


def qualified(item: Relation | Type) -> str:
    """The name with its schema unless that is `public`."""
    return item.name if item.schema == "public" else f"{item.schema}.{item.name}"


def _sorted(items: Iterable[_Named]) -> list[_Named]:
    return sorted(items, key=lambda item: (item.schema != "public", item.schema, item.name))


def rename_keys(item: Relation | Type, options: PackageOptions) -> tuple[str, str]:
    """What a rename may call a relation or a type: its name in the database, or what its class is
    named after, which is what sqlc's renames go by."""
    return qualified(item), _class_stem(item, options)


def _class_stem(item: Relation | Type, options: PackageOptions) -> str:
    """The words of a class name: those of a table in the singular, with a schema in front."""
    name = item.name
    if isinstance(item, Relation) and item.kind in MODEL_KINDS and not options.exact_names:
        plural = {qualified(item), name} & set(options.plural_models)
        name = name if plural else singular(name)
    return _with_schema(item, name)


def _with_schema(item: Relation | Type, name: str) -> str:
    return name if item.schema == "public" else f"{item.schema}_{name}"


def _renamed(
    item: Relation | Type, options: PackageOptions, renames: Iterable[tuple[str, str]]
) -> str | None:
    known = dict(renames)
    return next((known[key] for key in rename_keys(item, options) if key in known), None)


def _no_classes(options: PackageOptions) -> frozenset[str]:
    """Names that no class may have: of modules, and what hides them in classes and functions."""
    return MODULE_NAMES | LOCAL_NAMES | {model_kind(options).settings_name}


def _model_name(relation: Relation, options: PackageOptions, standing: Container[str] = ()) -> str:
    if (renamed := _renamed(relation, options, options.renames.models)) is not None:
        return identifier(renamed, "Model", _no_classes(options))
    stem = _class_stem(relation, options)
    if options.exact_names:
        return identifier(as_python(stem), "Model_", _no_classes(options))
    name, whole = identifier(pascal_case(stem), "Model"), _with_schema(relation, relation.name)
    if stem != whole and name in standing:
        return identifier(pascal_case(whole), "Model")
    return name


def _type_name(
    item: Relation | Type, options: PackageOptions, renames: Iterable[tuple[str, str]]
) -> str:
    if (renamed := _renamed(item, options, renames)) is not None:
        return identifier(renamed, "Type", _no_classes(options))
    return identifier(pascal_case(_class_stem(item, options)), "Type")
