"""DROP of everything."""

from __future__ import annotations

from collections.abc import Callable

from sqlwright.catalog.ddl.context import Context
from sqlwright.catalog.ddl.lookup import find_relation, qualified
from sqlwright.catalog.ddl.removal import drop
from sqlwright.catalog.ddl.routines.signatures import argument_oids, find_operator, find_routine
from sqlwright.catalog.dependencies import Address
from sqlwright.catalog.identity import is_own
from sqlwright.catalog.model import NameKind, Relation
from sqlwright.sql import ddl_nodes as ddl
from sqlwright.sql import nodes

_RELATION_KINDS: dict[str, tuple[str, ...]] = {
    "table": ("table", "partitioned table"),
    "view": ("view",),
    "materialized view": ("materialized view",),
    "sequence": ("sequence",),
    "index": ("index",),
    "foreign table": ("foreign table",),
}
_ARTICLES = {
    "table": "a table",
    "view": "a view",
    "materialized view": "a materialized view",
    "sequence": "a sequence",
    "index": "an index",
    "foreign table": "a foreign table",
}
_HINTS = {
    "table": "Use DROP TABLE to remove a table.",
    "partitioned table": "Use DROP TABLE to remove a table.",
    "view": "Use DROP VIEW to remove a view.",
    "materialized view": "Use DROP MATERIALIZED VIEW to remove a materialized view.",
    "sequence": "Use DROP SEQUENCE to remove a sequence.",
    "index": "Use DROP INDEX to remove an index.",
    "foreign table": "Use DROP FOREIGN TABLE to remove a foreign table.",
    "composite type": "Use DROP TYPE to remove a type.",
}
NAMED_KINDS: dict[str, NameKind] = {
    "collation": "collation",
    "text search parser": "text search parser",
    "text search dictionary": "text search dictionary",
    "text search template": "text search template",
    "text search configuration": "text search configuration",
    "role": "role",
    "language": "language",
    "access method": "access method",
    "foreign-data wrapper": "foreign data wrapper",
}


def drop_objects(context: Context, statement: ddl.Drop) -> Context:
    """DROP: all the objects named go at once, so that they may depend on each other."""
    targets: list[Address] = []
    for reference in statement.objects:
        address = _address(context, statement, reference)
        if address is not None:
            targets.append(address)
    if not targets:
        return context
    return drop(context, targets, statement.objects[0], cascade=statement.cascade)


def _address(
    context: Context, statement: ddl.Drop, reference: ddl.ObjectReference
) -> Address | None:
    if statement.kind in _RELATION_KINDS:
        return _relation(context, statement, reference)
    finder = _FINDERS.get(statement.kind)
    if finder is not None:
        return finder(context, reference, statement.if_exists)
    kind = NAMED_KINDS.get(statement.kind)
    if kind is not None:
        return _named(context, reference, kind, statement.if_exists)
    return None


def _relation(
    context: Context, statement: ddl.Drop, reference: ddl.ObjectReference
) -> Address | None:
    found = context.catalog.find_relation(reference.name)
    if found is None:
        return _missing_relation(context, statement, reference)
    if found.kind not in _RELATION_KINDS[statement.kind]:
        context.refuse(
            "wrong-object-type",
            f'"{found.name}" is not {_ARTICLES[statement.kind]}',
            reference,
            sqlstate="42809",
            hint=_HINTS[found.kind],
        )
    _check_not_system(context, found, reference)
    return Address("relation", found.oid)


def _missing_relation(
    context: Context, statement: ddl.Drop, reference: ddl.ObjectReference
) -> Address | None:
    if statement.if_exists:
        return None
    names = reference.name
    _check_schema(context, reference)
    kind = statement.kind
    is_index = kind == "index"
    return context.refuse(
        "unknown-relation",
        f'{kind} "{qualified(names)}" does not exist',
        reference,
        sqlstate="42704" if is_index else "42P01",
    )


def _check_schema(context: Context, reference: ddl.ObjectReference) -> None:
    names = reference.name
    if len(names) > 1 and not context.catalog.has_schema(names[-2]):
        context.refuse(
            "unknown-schema", f'schema "{names[-2]}" does not exist', reference, sqlstate="3F000"
        )


def _check_not_system(context: Context, found: Relation, reference: ddl.ObjectReference) -> None:
    if is_own(found) and found.schema == "pg_catalog":
        context.refuse(
            "insufficient-privilege",
            f'permission denied: "{found.name}" is a system catalog',
            reference,
            sqlstate="42501",
        )


def _type(context: Context, reference: ddl.ObjectReference, missing_ok: bool) -> Address | None:
    found = context.catalog.find_type(reference.name)
    if found is None:
        if missing_ok:
            return None
        _check_schema(context, reference)
        context.refuse(
            "unknown-type",
            f'type "{qualified(reference.name)}" does not exist',
            reference,
            sqlstate="42704",
        )
    shown = context.catalog.display_type(found.oid)
    if reference.kind == "domain" and found.kind != "domain":
        context.refuse(
            "wrong-object-type",
            f'"{qualified(reference.name)}" is not a domain',
            reference,
            sqlstate="42809",
        )
    if found.is_array and found.element:
        element = context.catalog.display_type(found.element)
        context.refuse(
            "dependent-objects",
            f"cannot drop type {shown} because type {element} requires it",
            reference,
            sqlstate="2BP01",
            hint=f"You can drop type {element} instead.",
        )
    if found.kind == "composite" and found.relation:
        relation = context.catalog.relation(found.relation)
        if relation.kind != "composite type":
            noun = relation.kind.removeprefix("partitioned ")
            context.refuse(
                "dependent-objects",
                f"cannot drop type {shown} because {noun} {shown} requires it",
                reference,
                sqlstate="2BP01",
                hint=f"You can drop {noun} {shown} instead.",
            )
        return Address("relation", found.relation)
    if found.kind == "multirange":
        owner = context.catalog.display_type(found.range)
        context.refuse(
            "dependent-objects",
            f"cannot drop type {shown} because type {owner} requires it",
            reference,
            sqlstate="2BP01",
            hint=f"You can drop type {owner} instead.",
        )
    return Address("type", found.oid)


def _routine(context: Context, reference: ddl.ObjectReference, missing_ok: bool) -> Address | None:
    found = find_routine(context, reference, missing_ok=missing_ok)
    return None if found is None else Address("function", found.oid)


def _operator(context: Context, reference: ddl.ObjectReference, missing_ok: bool) -> Address | None:
    found = find_operator(context, reference, missing_ok=missing_ok)
    return None if found is None else Address("operator", found.oid)


def _schema(context: Context, reference: ddl.ObjectReference, missing_ok: bool) -> Address | None:
    name = reference.name[-1]
    if not context.catalog.has_schema(name):
        if missing_ok:
            return None
        context.refuse(
            "unknown-schema", f'schema "{name}" does not exist', reference, sqlstate="3F000"
        )
    return Address("schema", key=(name,))


def _extension(
    context: Context, reference: ddl.ObjectReference, missing_ok: bool
) -> Address | None:
    name = reference.name[-1]
    if context.catalog.extensions.get(name) is None:
        if missing_ok:
            return None
        context.refuse(
            "unknown-extension",
            f'extension "{name}" does not exist',
            reference,
            sqlstate="42704",
        )
    return Address("extension", key=(name,))


def _cast(context: Context, reference: ddl.ObjectReference, missing_ok: bool) -> Address | None:
    types = argument_oids(context, reference.types, missing_ok=missing_ok)
    if types is None:
        return None
    source, target = types
    if context.catalog.cast(source, target) is None:
        if missing_ok:
            return None
        catalog = context.catalog
        context.refuse(
            "unknown-object",
            f"cast from type {catalog.display_type(source)} to type "
            f"{catalog.display_type(target)} does not exist",
            reference,
            sqlstate="42704",
        )
    return Address("cast", key=(str(source), str(target)))


def part_of_table(
    context: Context, reference: ddl.ObjectReference, *, missing_ok: bool
) -> Address | None:
    """The trigger, rule, policy or constraint of a table."""
    place = reference.relation or nodes.RangeVar(start=0, end=0, name=())
    table = find_relation(context, place, missing_ok=missing_ok)
    if table is None:
        return None
    name = reference.name[-1]
    kind = reference.kind
    if kind == "trigger":
        oid = next((each.oid for each in table.triggers if each.name == name), None)
    elif kind == "rule":
        oid = next((each.oid for each in table.rules if each.name == name), None)
    elif kind == "policy":
        oid = next((each.oid for each in table.policies if each.name == name), None)
    else:
        oid = next(
            (each.oid for each in table.constraints if each.name == name and not each.is_index),
            None,
        )
    if oid is None:
        if missing_ok:
            return None
        preposition = "for relation" if kind == "rule" else "for table"
        context.refuse(
            "unknown-object",
            f'{kind} "{name}" {preposition} "{table.name}" does not exist',
            reference,
            sqlstate="42704",
        )
    classes = {"trigger": "trigger", "rule": "rule", "policy": "policy"}
    if kind == "trigger":
        return Address("trigger", oid)
    if kind in classes:
        return Address("rule" if kind == "rule" else "policy", oid)
    return Address("constraint", oid)


def _table_part(
    context: Context, reference: ddl.ObjectReference, missing_ok: bool
) -> Address | None:
    return part_of_table(context, reference, missing_ok=missing_ok)


def _operator_class(
    context: Context, reference: ddl.ObjectReference, missing_ok: bool
) -> Address | None:
    method = reference.access_method or ""
    found = context.catalog.find_operator_class(reference.name, method)
    if found is None:
        if missing_ok:
            return None
        context.refuse(
            "unknown-operator-class",
            f'operator class "{qualified(reference.name)}" does not exist for access method '
            f'"{method}"',
            reference,
            sqlstate="42704",
        )
    return Address("operator class", found.oid)


def _operator_family(
    context: Context, reference: ddl.ObjectReference, missing_ok: bool
) -> Address | None:
    method = reference.access_method or ""
    found = next(
        (
            each
            for each in context.catalog.user_families
            if each.name == reference.name[-1] and each.method == method
        ),
        None,
    )
    if found is None:
        if missing_ok:
            return None
        context.refuse(
            "unknown-object",
            f'operator family "{qualified(reference.name)}" does not exist for access method '
            f'"{method}"',
            reference,
            sqlstate="42704",
        )
    return Address("operator family", found.oid)


def _named(
    context: Context, reference: ddl.ObjectReference, kind: NameKind, missing_ok: bool
) -> Address | None:
    found = context.catalog.find_named(kind, reference.name)
    if found is None:
        if missing_ok or kind == "role":
            return None
        _check_schema(context, reference)
        noun = f'{kind} "{qualified(reference.name)}"'
        suffix = ' for encoding "UTF8"' if kind == "collation" else ""
        context.refuse(
            "unknown-object",
            f"{noun}{suffix} does not exist",
            reference,
            sqlstate="42704",
        )
    return Address("named", key=(found.kind, found.schema, found.name))


_FINDERS: dict[str, Callable[[Context, ddl.ObjectReference, bool], Address | None]] = {
    "type": _type,
    "domain": _type,
    "function": _routine,
    "procedure": _routine,
    "routine": _routine,
    "aggregate": _routine,
    "operator": _operator,
    "operator class": _operator_class,
    "operator family": _operator_family,
    "schema": _schema,
    "extension": _extension,
    "cast": _cast,
    "trigger": _table_part,
    "rule": _table_part,
    "policy": _table_part,
}
