"""The names of the classes that a database's tables, enums, composites and domains become."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.model import Relation, Type
from sqlwright.codegen.english import singular
from sqlwright.codegen.names import MODULE_NAMES, Taken, identifier, pascal_case
from sqlwright.codegen.options import PackageOptions

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

    def all(self) -> Iterator[str]:
        yield from self.relations.values()
        yield from self.types.values()


def class_names(catalog: Catalog, options: PackageOptions) -> ClassNames:
    """Name every class of a schema.

    Tables and views come first, then enums, composites and domains, each by schema and name, so
    that where two want one name it is the later kind that gets a number.
    """
    taken = Taken(RESERVED if options.shape == "class" else ())
    relations: dict[int, str] = {}
    types: dict[int, str] = {}
    known = list(catalog.relations())
    for relation in _sorted(item for item in known if item.kind in MODEL_KINDS):
        relations[relation.oid] = taken.claim(_model_name(relation, options))
    user_types = list(catalog.types())
    for item in _sorted(item for item in user_types if item.kind == "enum"):
        types[item.oid] = taken.claim(_type_name(item, options.renames.enums))
    for relation in _sorted(item for item in known if item.kind == "composite type"):
        relations[relation.oid] = taken.claim(_type_name(relation, options.renames.models))
    if options.domain_types:
        for item in _sorted(item for item in user_types if item.kind == "domain"):
            types[item.oid] = taken.claim(_type_name(item, options.renames.models))
    return ClassNames(relations, types)


def qualified(item: Relation | Type) -> str:
    """The name with its schema unless that is `public`."""
    return item.name if item.schema == "public" else f"{item.schema}.{item.name}"


def _sorted(items: Iterable[_Named]) -> list[_Named]:
    return sorted(items, key=lambda item: (item.schema != "public", item.schema, item.name))


def _model_name(relation: Relation, options: PackageOptions) -> str:
    renames = dict(options.renames.models)
    shown = qualified(relation)
    if (renamed := renames.get(shown)) is not None:
        return renamed
    prefix = "" if relation.schema == "public" else f"{relation.schema}_"
    if options.exact_names:
        return identifier(f"{prefix}{relation.name}", "Model_", MODULE_NAMES)
    plural = shown in options.plural_models or relation.name in options.plural_models
    name = relation.name if plural else singular(relation.name)
    return identifier(pascal_case(f"{prefix}{name}"), "Model")


def _type_name(item: Relation | Type, renames: Iterable[tuple[str, str]]) -> str:
    if (renamed := dict(renames).get(qualified(item))) is not None:
        return renamed
    prefix = "" if item.schema == "public" else f"{item.schema}_"
    return identifier(pascal_case(f"{prefix}{item.name}"), "Type")
