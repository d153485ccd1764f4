"""The catalog: an immutable collection of database objects with PostgreSQL's look-up rules.

A `Catalog` is a shared layer of built-in objects (loaded lazily from data files) under persistent
maps of what the schema files add. Every change gives a new `Catalog` that shares the rest.

The look-ups that the analysis relies on:

    catalog.type(oid) -> Type                            KeyError if there is none
    catalog.find_type(names) -> Type | None              qualified or by search path
    catalog.relation(oid) -> Relation
    catalog.find_relation(names) -> Relation | None      qualified or by search path
    catalog.functions_named(names) -> tuple[Function, ...]
                                                         candidates in search-path order; one hidden by an
                                                         identical argument list earlier in the path is left out
    catalog.function(oid) -> Function
    catalog.operators_named(names) -> tuple[Operator, ...]   same rule
    catalog.operator(oid) -> Operator
    catalog.cast(source_oid, target_oid) -> Cast | None
    catalog.equality_operator(type_oid) / ordering_operator(type_oid) -> Operator | None
                                                         default btree/hash operator class of a type
    catalog.has_schema(name) -> bool
    catalog.search_path -> tuple[str, ...]               explicit path; pg_temp and pg_catalog are implied first
    catalog.display_type(oid, modifier=-1) -> str        format_type(): 'integer', 'character varying(3)', 'integer[]'
    catalog.contract_type(oid) -> str                    the name `inspect --format json` shows: 'int4', 'public.mood', 'text[]'
    catalog.schema_names() / catalog.relations() / catalog.types() / catalog.enums()   user objects, for listings

and the changes DDL makes, each returning a new Catalog:

    with_schema, without_schema, with_relation, without_relation, with_type, without_type,
    with_function, without_function, with_operator, with_cast, with_search_path, next_oid, ...
"""
