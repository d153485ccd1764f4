"""Schemas, the search path and extensions."""

from __future__ import annotations

from sqlwright.catalog.ddl.context import Assumed, Context, Handler, Place
from sqlwright.catalog.ddl.creation import check_schema, default_schema
from sqlwright.catalog.dependencies import Address
from sqlwright.catalog.facts.extensions import (
    ExtensionFile,
    apply_extension,
    extension_file,
    known_extensions,
)
from sqlwright.catalog.layers import DEFAULT_PATH, Failure
from sqlwright.catalog.persistent import NamedObject
from sqlwright.catalog.similar_names import similar_schema
from sqlwright.dataclass import replace
from sqlwright.diagnostics.spelling import did_you_mean, nearest
from sqlwright.sql import ddl_nodes as ddl


def create_schema(context: Context, statement: ddl.CreateSchema) -> Context:
    """CREATE SCHEMA itself; the statements inside are the caller's."""
    name = statement.name.parts[0]
    if context.catalog.has_schema(name):
        if statement.if_not_exists or _is_fresh_public(context, name):
            return context
        context.refuse(
            "duplicate-schema", f'schema "{name}" already exists', statement.name, sqlstate="42P06"
        )
    check_not_reserved(context, name, statement.name)
    return context.at(context.catalog.with_schema(name))


def check_not_reserved(context: Context, name: str, place: Place) -> None:
    """Refuse a name that only PostgreSQL's own schemas may have."""
    if name.startswith("pg_"):
        context.refuse(
            "reserved-name",
            f'unacceptable schema name "{name}"',
            place,
            sqlstate="42939",
            detail='The prefix "pg_" is reserved for system schemas.',
        )


def _is_fresh_public(context: Context, name: str) -> bool:
    """Dumps make the schema public although every database begins with it, still empty."""
    catalog = context.catalog
    made: tuple[NamedObject, ...] = (
        *catalog.relations(),
        *catalog.types(),
        *catalog.functions(),
    )
    return name == "public" and all(each.schema != name for each in made)


def set_variable(context: Context, statement: ddl.SetVariable) -> Context:
    """SET and RESET; only the search path is kept, and role and database settings for later."""
    if statement.name == "check_function_bodies" and statement.scope in ("local", "session"):
        checked = statement.values != ("off",) and statement.values != ("false",)
        return context.at(replace(context.catalog, check_bodies=checked))
    if statement.name != "search_path":
        return context
    path = statement.values
    if path is None:
        path = context.catalog.session_path
    named = tuple(each for each in path if each not in ("$user", ""))
    if statement.scope in ("database", "role"):
        values = DEFAULT_PATH if statement.values is None else named
        return context.at(context.catalog.with_session_path(*values))
    return context.at(context.catalog.with_search_path(*named))


def create_extension(context: Context, statement: ddl.CreateExtension) -> Context:
    """CREATE EXTENSION; one that is not shipped gives a warning."""
    name = statement.name.parts[0]
    if context.catalog.extensions.get(name) is not None:
        if statement.if_not_exists:
            return context
        context.refuse(
            "duplicate-object",
            f'extension "{name}" already exists',
            statement.name,
            sqlstate="42710",
        )
    found = extension_file(name)
    if found is None:
        _warn_unknown(context, name, statement.name)
        failure = Failure(context.span(statement.name), name)
        return context.at(context.catalog.with_failure("extension", name, failure))
    context, schema = _extension_schema(context, statement, found)
    for required in found.requires:
        if context.catalog.extensions.get(required) is not None:
            continue
        needed = extension_file(required)
        if needed is None or not statement.cascade:
            context.refuse(
                "unknown-extension",
                f'required extension "{required}" is not installed',
                statement.name,
                sqlstate="42704",
                hint="Use CREATE EXTENSION ... CASCADE to install required extensions too.",
            )
        context = _installed(context, needed, schema)
    return _installed(context, found, schema)


def _extension_schema(
    context: Context, statement: ddl.CreateExtension, found: ExtensionFile
) -> tuple[Context, str]:
    """The schema that an extension goes to, which is there afterwards."""
    if statement.schema is not None:
        schema = statement.schema.parts[0]
        if found.schema and found.schema != schema:
            context.refuse(
                "feature-not-supported",
                f'extension "{found.name}" must be installed in schema "{found.schema}"',
                statement.schema,
                sqlstate="0A000",
            )
        return _with_named_schema(context, schema, statement.schema), schema
    return context, found.schema or default_schema(context, statement.name)


def _with_named_schema(context: Context, schema: str, place: ddl.ObjectName) -> Context:
    """With the schema that an extension is to go to. A description takes one to be there that it
    does not make: what the extension adds can be in no other."""
    catalog, parts = context.catalog, context.parts
    if parts is None or not parts.last_resort or similar_schema(catalog, schema):
        check_schema(context, schema, place)
    elif not catalog.has_schema(schema):
        parts.assumed.append(Assumed(schema, context.span(place)))
    return context.at(catalog.with_schema(schema))


def _installed(context: Context, found: ExtensionFile, schema: str) -> Context:
    catalog = apply_extension(context.catalog, found, schema)
    dependencies = catalog.dependencies
    address = Address("extension", key=(found.name,))
    dependencies = dependencies.add(
        address, [Address("extension", key=(each,)) for each in found.requires]
    )
    return context.at(catalog.with_dependencies(dependencies))


def _warn_unknown(context: Context, name: str, place: Place) -> None:
    context.warn(
        "unknown-extension",
        f'extension "{name}" is not known; what it would add is missing',
        place,
        help=did_you_mean(nearest(name, known_extensions()))
        or "describe the types and functions that queries use in a schema file of their own",
    )


HANDLERS: dict[type, Handler] = {
    ddl.CreateExtension: create_extension,
    ddl.SetVariable: set_variable,
}
