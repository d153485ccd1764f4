"""CREATE TYPE in its forms, and ALTER TYPE of enums (manual 8.7, 8.16, 8.17)."""

from __future__ import annotations

from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.ddl.context import Context
from sqlwright.catalog.ddl.creation import (
    check_type_name,
    creation_schema,
    with_new_relation,
    with_new_type,
)
from sqlwright.catalog.ddl.lookup import type_named
from sqlwright.catalog.ddl.naming import NAME_BYTES
from sqlwright.catalog.ddl.tables.columns import check_distinct_columns, new_column
from sqlwright.catalog.dependencies import Address
from sqlwright.catalog.model import Relation, Type
from sqlwright.catalog.references import type_addresses
from sqlwright.catalog.similar_names import declared_here, similar_label
from sqlwright.catalog.types.resolution import typename_type_id_and_mod
from sqlwright.dataclass import replace
from sqlwright.source import Span
from sqlwright.sql import ddl_nodes as ddl
from sqlwright.sql import nodes

USER_CATEGORY = "U"


def create_enum(context: Context, statement: ddl.CreateEnum) -> Context:
    """CREATE TYPE ... AS ENUM."""
    schema = creation_schema(context, statement.name.parts, statement.name)
    name = statement.name.parts[-1]
    context = check_type_name(context, schema, name, statement.name)
    labels: dict[str, None] = {}
    for label in statement.labels:
        _check_label(context, label)
        if label.parts[0] in labels:
            context.refuse(
                "duplicate-label",
                'duplicate key value violates unique constraint "pg_enum_typid_label_index"',
                label,
                sqlstate="23505",
                help=f'the label "{label.parts[0]}" is used more than once',
            )
        labels[label.parts[0]] = None
    catalog, _ = with_new_type(
        context.catalog,
        Type(
            oid=0,
            schema=schema,
            name=name,
            kind="enum",
            category="E",
            labels=tuple(labels),
            declared=context.span(statement.name),
        ),
    )
    return context.at(catalog)


def _check_label(context: Context, label: ddl.ObjectName) -> None:
    if len(label.parts[0].encode()) > NAME_BYTES:
        context.refuse(
            "invalid-label",
            f'invalid enum label "{label.parts[0]}"',
            label,
            sqlstate="42602",
            detail=f"Labels must be {NAME_BYTES} bytes or less.",
        )


def alter_enum(context: Context, statement: ddl.AlterEnum) -> Context:
    """ALTER TYPE ... ADD VALUE and RENAME VALUE."""
    found = type_named(context, statement.name.parts, statement.name)
    if found.kind != "enum":
        context.refuse(
            "wrong-object-type",
            f"{context.catalog.display_type(found.oid)} is not an enum",
            statement.name,
            sqlstate="42809",
        )
    _check_label(context, statement.label)
    if statement.old_label is not None:
        changed = _renamed(context, found, statement.old_label, statement.label)
    else:
        changed = replace(found, labels=_added(context, found, statement))
    return context.at(context.catalog.with_type(changed))


def _renamed(context: Context, found: Type, old: ddl.ObjectName, new: ddl.ObjectName) -> Type:
    if old.parts[0] not in found.labels:
        context.refuse(
            "unknown-label",
            f'"{old.parts[0]}" is not an existing enum label',
            old,
            sqlstate="22023",
            help=similar_label(found, old.parts[0]).help,
            labels=declared_here(found),
        )
    if new.parts[0] in found.labels:
        context.refuse(
            "duplicate-label",
            f'enum label "{new.parts[0]}" already exists',
            new,
            sqlstate="42710",
        )
    (before,), (after,) = old.parts, new.parts
    labels = tuple(after if each == before else each for each in found.labels)
    return replace(found, labels=labels, renamed=(*found.renamed, before))


def _added(context: Context, found: Type, statement: ddl.AlterEnum) -> tuple[str, ...]:
    label = statement.label.parts[0]
    if label in found.labels:
        if statement.if_not_exists:
            return found.labels
        context.refuse(
            "duplicate-label",
            f'enum label "{label}" already exists',
            statement.label,
            sqlstate="42710",
        )
    if statement.neighbor is None:
        return (*found.labels, label)
    neighbor = statement.neighbor.parts[0]
    if neighbor not in found.labels:
        context.refuse(
            "unknown-label",
            f'"{neighbor}" is not an existing enum label',
            statement.neighbor,
            sqlstate="22023",
            help=similar_label(found, neighbor).help,
            labels=declared_here(found),
        )
    at = found.labels.index(neighbor) + int(statement.after)
    return (*found.labels[:at], label, *found.labels[at:])


def create_composite(context: Context, statement: ddl.CreateComposite) -> Context:
    """CREATE TYPE ... AS (...)."""
    schema = creation_schema(context, statement.name.parts, statement.name)
    name = statement.name.parts[-1]
    columns = tuple(
        new_column(context, each, name, number, may_be_serial=False, composite=True)
        for number, each in enumerate(statement.columns, start=1)
    )
    check_distinct_columns(context, columns)
    context = check_type_name(context, schema, name, statement.name)
    existing = context.catalog.find_relation((schema, name))
    if existing is not None:
        context.refuse(
            "duplicate-relation",
            f'relation "{name}" already exists',
            statement.name,
            sqlstate="42P07",
        )
    relation = Relation(
        oid=0,
        schema=schema,
        name=name,
        kind="composite type",
        columns=tuple(each.column for each in columns),
        declared=Span(context.source, statement.name.start, statement.name.end),
    )
    catalog, _ = with_new_relation(context.catalog, relation)
    return context.at(catalog)


def create_base_type(context: Context, statement: ddl.CreateBaseType) -> Context:
    """CREATE TYPE name (INPUT = ...), or a shell type without options."""
    schema = creation_schema(context, statement.name.parts, statement.name)
    name = statement.name.parts[-1]
    shell = context.catalog.find_type((schema, name))
    if statement.options is None:
        context = check_type_name(context, schema, name, statement.name)
        return context.at(with_shell_type(context, schema, name, statement.name))
    if shell is None or shell.defined:
        context = check_type_name(context, schema, name, statement.name)
        shell = None
    if shell is None:
        context.refuse(
            "unknown-type",
            f'type "{name}" does not exist',
            statement.name,
            sqlstate="42710",
            hint="Create the type as a shell type, then create its I/O functions, then do a full "
            "CREATE TYPE.",
        )
    return context.at(_defined(context, shell, statement.options))


def with_shell_type(context: Context, schema: str, name: str, place: nodes.Node) -> Catalog:
    """With a type of which only the name is known."""
    return context.catalog.with_type(
        Type(
            oid=context.catalog.next_oid,
            schema=schema,
            name=name,
            kind="pseudo",
            category="P",
            defined=False,
            declared=context.span(place),
        )
    )


def _defined(context: Context, shell: Type, options: tuple[ddl.Option, ...]) -> Catalog:
    """The shell type filled in; LIKE another type copies nothing that shows in a query."""
    category, preferred, element, delimiter = USER_CATEGORY, False, 0, ","
    collatable = takes_modifier = default = subscriptable = False
    for option in options:
        text = option_text(option)
        if option.name == "category":
            category = text
        elif option.name == "preferred":
            preferred = is_true(text)
        elif option.name == "delimiter":
            delimiter = text
        elif option.name == "collatable":
            collatable = is_true(text)
        elif option.name == "typmod_in":
            takes_modifier = True
        elif option.name == "default":
            default = True
        elif option.name == "subscript":
            subscriptable = True
        elif option.name == "element" and isinstance(option.value, nodes.TypeName):
            element, _ = typename_type_id_and_mod(context.catalog, context.source, option.value)
            subscriptable = True
    made = Type(
        oid=shell.oid,
        schema=shell.schema,
        name=shell.name,
        kind="base",
        category=category,
        preferred=preferred,
        element=element,
        subscriptable=subscriptable,
        delimiter=delimiter,
        collatable=collatable,
        takes_modifier=takes_modifier,
        default=default,
        declared=shell.declared,
    )
    catalog, _ = with_new_type(context.catalog, made)
    return catalog


def option_text(option: ddl.Option) -> str:
    """The value of a definition's option as text."""
    value = option.value
    if isinstance(value, nodes.Const):
        return value.value
    if isinstance(value, nodes.TypeName):
        return value.names[-1]
    if isinstance(value, ddl.ObjectName):
        return value.parts[-1]
    return "true"


def is_true(text: str) -> bool:
    """A boolean option's value."""
    return text.lower() in ("true", "on", "1", "yes", "t", "y")


def with_type_references(catalog: Catalog, address: Address, *type_oids: int) -> Catalog:
    """With an object resting on these types."""
    dependencies = catalog.dependencies
    for oid in type_oids:
        dependencies = dependencies.add(address, type_addresses(catalog, oid))
    return catalog.with_dependencies(dependencies)
