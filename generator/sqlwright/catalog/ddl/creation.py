"""Adding objects with everything PostgreSQL adds along with them: row types, array types."""

from __future__ import annotations

from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.ddl.context import Context, Place
from sqlwright.catalog.ddl.lookup import refuse_schema
from sqlwright.catalog.ddl.naming import array_type_name
from sqlwright.catalog.dependencies import Address, Dependencies
from sqlwright.catalog.identity import is_own
from sqlwright.catalog.lookup import TEMPORARY
from sqlwright.catalog.model import Relation, Type
from sqlwright.catalog.references import type_addresses
from sqlwright.dataclass import replace
from sqlwright.diagnostics import Label

_WITHOUT_ROW_TYPE = ("index", "sequence")


def creation_schema(
    context: Context, names: tuple[str, ...], place: Place, *, temporary: bool = False
) -> str:
    """The schema in which CREATE puts an object of that name."""
    if len(names) == 1:
        return TEMPORARY if temporary else default_schema(context, place)
    schema = names[-2]
    if temporary and not (schema == TEMPORARY or schema.startswith("pg_temp_")):
        context.refuse(
            "invalid-table-definition",
            "cannot create temporary relation in non-temporary schema",
            place,
            sqlstate="42P16",
        )
    check_schema(context, schema, place)
    if schema == "pg_catalog":
        context.refuse(
            "insufficient-privilege",
            f'permission denied to create "{schema}.{names[-1]}"',
            place,
            sqlstate="42501",
            detail="System catalog modifications are currently disallowed.",
        )
    return schema


def default_schema(context: Context, place: Place) -> str:
    """The schema that unqualified names are created in."""
    schema = context.catalog.creation_schema
    if schema is None:
        context.refuse(
            "unknown-schema",
            "no schema has been selected to create in",
            place,
            sqlstate="3F000",
        )
    return schema


def check_schema(context: Context, schema: str, place: Place) -> None:
    """Refuse a schema that does not exist."""
    if not context.catalog.has_schema(schema):
        refuse_schema(context, schema, place)


def check_relation_name(context: Context, schema: str, name: str, place: Place) -> Context:
    """Refuse a relation's name that a relation or a type in the schema has already; an array type
    that PostgreSQL named itself gives way.
    """
    existing = context.catalog.find_relation((schema, name))
    if existing is not None:
        labels = declared_label(existing)
        context.refuse(
            "duplicate-relation",
            f'relation "{name}" already exists',
            place,
            sqlstate="42P07",
            labels=labels,
        )
    moved = move_array_type(context.catalog, schema, name)
    if moved is not None:
        return context.at(moved)
    found = context.catalog.find_type((schema, name))
    if found is not None:
        context.refuse(
            "duplicate-type",
            f'type "{name}" already exists',
            place,
            sqlstate="42710",
            hint="A relation has an associated type of the same name, so you must use a name "
            "that doesn't conflict with any existing type.",
        )
    return context


def check_type_name(context: Context, schema: str, name: str, place: Place) -> Context:
    """Refuse a type's name that a type in the schema has already."""
    moved = move_array_type(context.catalog, schema, name)
    if moved is not None:
        return context.at(moved)
    found = context.catalog.find_type((schema, name))
    if found is not None:
        context.refuse(
            "duplicate-type",
            f'type "{name}" already exists',
            place,
            sqlstate="42710",
            labels=declared_label(found),
        )
    return context


def declared_label(thing: Relation | Type) -> tuple[Label, ...]:
    """Points at where an existing object was declared, if that is known."""
    return (Label(thing.declared, "first declared here"),) if thing.declared else ()


def move_array_type(catalog: Catalog, schema: str, name: str) -> Catalog | None:
    """The catalog with the array type of that name renamed out of the way; None if it is no array
    type or has a name of its own.
    """
    found = catalog.find_type((schema, name))
    if found is None or not found.is_array or is_own(found):
        return None
    element = catalog.get_type(found.element)
    if element is None or element.array != found.oid:
        return None
    return catalog.with_type(replace(found, name=array_type_name(catalog, schema, name)))


def with_new_type(catalog: Catalog, new: Type) -> tuple[Catalog, Type]:
    """With a type and the array type over it; the type's OID is given to it here if it is 0."""
    oid = new.oid or catalog.next_oid
    made = replace(new, oid=oid, array=max(catalog.next_oid, oid + 1))
    return catalog.with_type(made, _array_over(catalog, made)), made


def with_array(catalog: Catalog, element: Type) -> tuple[Catalog, Type]:
    """With the array type over a type, and the type knowing it."""
    made = replace(element, array=catalog.next_oid)
    return catalog.with_type(made, _array_over(catalog, made)), made


def _array_over(catalog: Catalog, element: Type) -> Type:
    return Type(
        oid=element.array,
        schema=element.schema,
        name=array_type_name(catalog, element.schema, element.name),
        kind="base",
        category="A",
        element=element.oid,
        is_array=True,
        subscriptable=True,
        collatable=element.collatable,
        takes_modifier=element.takes_modifier,
        delimiter=element.delimiter,
    )


def with_new_relation(catalog: Catalog, relation: Relation) -> tuple[Catalog, Relation]:
    """With a relation, given an OID here, and unless it is an index or a sequence its row type."""
    oid = catalog.next_oid
    typed = relation.kind not in _WITHOUT_ROW_TYPE
    temporary = relation.temporary or relation.schema == TEMPORARY
    made = replace(
        relation,
        oid=oid,
        last_number=len(relation.columns),
        row_type=oid + 1 if typed else relation.row_type,
        temporary=temporary,
        persistence="temporary" if relation.schema == TEMPORARY else relation.persistence,
    )
    if not typed:
        return catalog.with_relation(made), made
    row = Type(
        oid=oid + 1,
        schema=made.schema,
        name=made.name,
        kind="composite",
        category="C",
        relation=oid,
        array=oid + 2,
        declared=made.declared,
    )
    catalog = catalog.with_type(row, _array_over(catalog, row))
    return catalog.with_relation(made, dependencies=_of_columns(catalog, made)), made


def with_column_dependencies(catalog: Catalog, relation: Relation) -> Catalog:
    """With the dependencies of a relation's columns on user types recorded."""
    return catalog.with_dependencies(_of_columns(catalog, relation))


def _of_columns(catalog: Catalog, relation: Relation) -> Dependencies:
    return catalog.dependencies.add_each(
        (Address("relation", relation.oid, each.number), rested, "normal")
        for each in relation.columns
        if (rested := type_addresses(catalog, each.type))
    )
