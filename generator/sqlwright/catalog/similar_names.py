"""What a name that finds nothing may have meant: advice and places for a report.

Looked for among what the search path shows, then in other schemas, then in extensions that the
schema files do not create, and last among what other databases have.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Protocol

from sqlwright.catalog import foreign_names
from sqlwright.catalog.facts.extensions import extension_file, known_extensions
from sqlwright.catalog.facts.sections import FUNCTIONS, NAMES, TYPES
from sqlwright.catalog.layers import DEFAULT_PATH
from sqlwright.dataclass import dataclass
from sqlwright.diagnostics import Label
from sqlwright.diagnostics.spelling import did_you_mean, nearest
from sqlwright.sql.lexing.keywords import quote_identifier

if TYPE_CHECKING:
    from sqlwright.catalog.catalog import Catalog
    from sqlwright.catalog.model import Function, Relation, Type
    from sqlwright.source import Span

Names = tuple[str, ...]

UNHEARD = "define it in a schema file"
"""How advice begins about a function that nothing has by this or a similar name."""
_FOR_TESTS = ("pgtap",)
"""Extensions that no application needs, whose functions have names that applications use too."""
_MOST_COLUMNS = 16


@dataclass(frozen=True, slots=True)
class Advice:
    """The help of a report, and the places in schema files that go with it."""

    help: str | None = None
    labels: tuple[Label, ...] = ()

    def __bool__(self) -> bool:
        return self.help is not None


class Named(Protocol):
    """Anything with a name."""

    @property
    def name(self) -> str: ...


class Declared(Protocol):
    """An object that may know where a schema file declares it."""

    @property
    def name(self) -> str: ...
    @property
    def declared(self) -> Span | None: ...


def declared_here(thing: Declared, name: str | None = None) -> tuple[Label, ...]:
    """A label at an object's declaration, none for a built-in one."""
    if thing.declared is None:
        return ()
    return (Label(thing.declared, f"{name or thing.name} is declared here"),)


def written(names: Names) -> str:
    """A name as one writes it, quoted where it has to be."""
    return ".".join(quote_identifier(name) for name in names)


# Relations


def similar_relation(catalog: Catalog, names: Names, others: Iterable[str] = ()) -> Advice:
    """For a relation that does not exist; `others` are the names of WITH queries in scope."""
    relations = [each for each in catalog.relations() if each.kind not in ("index", "sequence")]
    if len(names) == 1:
        elsewhere = [each for each in relations if each.name == names[0]]
        if elsewhere:
            return _outside_path(catalog, elsewhere[0])
    known = dict.fromkeys(others)
    found = {name: each for each in relations if (name := _reached(catalog, each, names))}
    near = nearest(names[-1] if len(names) == 1 else ".".join(names), [*known, *found])
    if not near and names[-1].startswith("pg_"):
        near = nearest(names[-1], (name for _, name in catalog.builtin.relations.names()))
    if not near and len(names) > 1 and not catalog.has_schema(names[-2]):
        return missing_schema(catalog, names)
    if not near:
        return Advice()
    relation = found.get(near[0])
    labels = declared_here(relation) if relation is not None else ()
    return Advice(did_you_mean([written(tuple(near[0].split(".")))]), labels)


def _reached(catalog: Catalog, relation: Relation, names: Names) -> str | None:
    """A relation as it would be called by a name with as many parts."""
    if len(names) > 1:
        return f"{relation.schema}.{relation.name}"
    return relation.name if relation.schema in catalog.object_path else None


def _outside_path(catalog: Catalog, thing: Relation | Type | Function) -> Advice:
    name = written((thing.schema, thing.name))
    return Advice(outside_path(catalog, thing.schema, name), declared_here(thing, name))


def outside_path(catalog: Catalog, schema: str, name: str) -> str:
    """For what only its schema keeps from being found, which `name` has, or which is put in the
    path."""
    advice = f"did you mean `{name}`? the schema is not in the search path"
    if schema not in catalog.session_path:
        path = ", ".join(map(quote_identifier, (*catalog.session_path, schema)))
        return (
            f"{advice}; `ALTER DATABASE ... SET search_path TO {path};` in a schema file that is "
            "read first puts it there"
        )
    if schema not in DEFAULT_PATH:
        return f"{advice} here: what ALTER DATABASE says of it counts from the next file on"
    return advice


def columns_of(relation: Named, names: Iterable[str]) -> str:
    """A line that names a relation's columns."""
    shown = list(names)
    more = ", ..." if len(shown) > _MOST_COLUMNS else ""
    what = "the column" if len(shown) == 1 else "the columns"
    return f"{relation.name} has {what} {', '.join(shown[:_MOST_COLUMNS])}{more}"


def similar_column(relation: Relation, name: str) -> Advice:
    """For a column that a relation does not have."""
    known = {column.name: column for column in relation.columns}
    near = nearest(name, known)
    if near:
        column = known[near[0]]
        return Advice(did_you_mean([quote_identifier(near[0])]), declared_here(column))
    return Advice(columns_of(relation, known), declared_here(relation))


# Schemas


def similar_schema(catalog: Catalog, name: str) -> Advice:
    """For a schema that does not exist."""
    near = nearest(name, catalog.schema_names())
    return Advice(did_you_mean([quote_identifier(each) for each in near]))


def missing_schema(catalog: Catalog, names: Names) -> Advice:
    """For what is written to be in a schema that does not exist."""
    schema, name = names[-2], names[-1]
    if (maker := _extension_making(schema)) is not None:
        return Advice(from_extension(f"the schema {schema}", maker))
    if near := similar_schema(catalog, schema):
        return near
    home = quote_identifier(schema)
    advice = (
        f"no schema file creates the schema {schema}: add `CREATE SCHEMA {home};` to them, and "
        "what is used of it"
    )
    for section in (FUNCTIONS.name, TYPES.name):
        if (extension := _extension_with(section, name)) is not None:
            create = f"CREATE EXTENSION {quote_identifier(extension)} WITH SCHEMA {home};"
            advice += f", such as `{create}`, which has {name}"
            break
    return Advice(advice)


# Types


def similar_type(catalog: Catalog, names: Names) -> Advice:
    """For a type that does not exist."""
    name = names[-1]
    own = [each for each in catalog.types() if not each.is_array]
    elsewhere = [each for each in own if each.name == name and len(names) == 1]
    if elsewhere:
        return _outside_path(catalog, elsewhere[0])
    if name in foreign_names.TYPES:
        return Advice(f"PostgreSQL has {foreign_names.TYPES[name]} instead")
    extension = _extension_with(TYPES.name, name)
    if extension is not None:
        return Advice(from_extension(name, extension))
    reached = {each.name: each for each in own if catalog.type_is_visible(each.oid)}
    near = nearest(name, [*reached, *_built_in_types(catalog)])
    if not near:
        return Advice()
    found = reached.get(near[0])
    shown = near[0] if found is None else quote_identifier(near[0])
    return Advice(did_you_mean([shown]), declared_here(found) if found is not None else ())


def _built_in_types(catalog: Catalog) -> Iterator[str]:
    """The names of built-in types that columns can have, in both of PostgreSQL's spellings."""
    for each in catalog.builtin.types:
        if each.kind not in ("pseudo", "composite") and not each.is_array:
            yield each.name
            yield catalog.display_type(each.oid)


def similar_label(found: Type, text: str) -> Advice:
    """For a label that an enum does not have."""
    near = nearest(text, found.labels)
    labels = declared_here(found)
    if near:
        return Advice(f"did you mean '{near[0]}'?", labels)
    shown = ", ".join(f"'{label}'" for label in found.labels[:_MOST_COLUMNS])
    more = ", ..." if len(found.labels) > _MOST_COLUMNS else ""
    return Advice(f"it has the values {shown}{more}" if found.labels else None, labels)


# Functions


def similar_function(catalog: Catalog, names: Names, count: int) -> Advice:
    """For a function whose name nothing has, called with so many arguments."""
    name = names[-1]
    own = [each for each in catalog.functions() if each.name == name]
    if own and len(names) == 1:
        return _outside_path(catalog, own[0])
    if foreign := foreign_function(name):
        return foreign
    extension = _extension_with(FUNCTIONS.name, name)
    if extension is not None:
        return Advice(from_extension(name, extension))
    reached = {
        each.name: each for each in catalog.functions() if each.schema in catalog.callable_path
    }
    built_in = (each for schema, each in catalog.builtin.functions.names())
    near = nearest(name, [*reached, *built_in])
    if not any(_takes(each, count) for found in near for each in catalog.functions_named((found,))):
        return Advice()
    found = reached.get(near[0])
    return Advice(did_you_mean(near), declared_here(found) if found is not None else ())


def _takes(function: Function, count: int) -> bool:
    """Whether a function can be called with so many arguments."""
    most = len(function.arguments)
    return most - function.defaults <= count and (count <= most or bool(function.variadic))


def foreign_function(name: str) -> Advice:
    """For a function that other databases have."""
    found = foreign_names.FUNCTIONS.get(name)
    return Advice(f"PostgreSQL has {found} instead") if found is not None else Advice()


# Extensions


def from_extension(name: str, extension: str) -> str:
    """For what an extension has that the schema files do not create."""
    return (
        f"{name} comes with the extension {extension}: add "
        f"`CREATE EXTENSION {quote_identifier(extension)};` to the schema files"
    )


@cache
def _extension_with(section: str, name: str) -> str | None:
    """The extension that has a function or type of this name, unless that is for tests alone."""
    for extension in known_extensions():
        if extension in _FOR_TESTS:
            continue
        file = extension_file(extension)
        if file is not None and any(
            line.split("\t", 3)[2] == name for line in file.lines.get(section, ())
        ):
            return extension
    return None


@cache
def _extension_making(schema: str) -> str | None:
    """The extension that brings a schema of this name."""
    for extension in known_extensions():
        file = extension_file(extension)
        if file is not None and (
            file.schema == schema or f"schema\t\t{schema}" in file.lines.get(NAMES.name, ())
        ):
            return extension
    return None
