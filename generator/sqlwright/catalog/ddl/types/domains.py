"""CREATE DOMAIN and ALTER DOMAIN (manual 8.18)."""

from __future__ import annotations

from collections.abc import Callable

from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.ddl.context import Context, Place
from sqlwright.catalog.ddl.creation import check_type_name, creation_schema, with_new_type
from sqlwright.catalog.ddl.lookup import type_named
from sqlwright.catalog.ddl.naming import choose_constraint_name
from sqlwright.catalog.ddl.tables.columns import check_collation, written_collation
from sqlwright.catalog.ddl.types.types import with_type_references
from sqlwright.catalog.dependencies import Address
from sqlwright.catalog.model import Constraint, Type
from sqlwright.catalog.types.resolution import type_name_text, typename_type_id_and_mod
from sqlwright.dataclass import replace
from sqlwright.sql import ddl_nodes as ddl

_BASES = ("base", "composite", "domain", "enum", "range", "multirange")
_NOT_FOR_DOMAINS = {
    "unique": "unique",
    "primary key": "primary key",
    "exclusion": "exclusion",
    "foreign key": "foreign key",
}


def create_domain(context: Context, statement: ddl.CreateDomain) -> Context:
    """CREATE DOMAIN."""
    schema = creation_schema(context, statement.name.parts, statement.name)
    name = statement.name.parts[-1]
    context = check_type_name(context, schema, name, statement.name)
    base_oid, modifier = typename_type_id_and_mod(
        context.catalog, context.source, statement.type_name
    )
    base = context.catalog.type(base_oid)
    if base.kind not in _BASES or statement.type_name.setof:
        context.refuse(
            "type-mismatch",
            f'"{type_name_text(statement.type_name)}" is not a valid base type for a domain',
            statement.type_name,
            sqlstate="42804",
        )
    if statement.collation is not None:
        check_collation(context, statement.collation.parts, statement.collation)
    if statement.collation is not None and not base.collatable:
        context.refuse(
            "type-mismatch",
            f"collations are not supported by type {context.catalog.display_type(base_oid)}",
            statement.type_name,
            sqlstate="42804",
        )
    _check_constraints(context, statement.constraints)
    domain = Type(
        oid=0,
        schema=schema,
        name=name,
        kind="domain",
        category=base.category,
        base=base_oid,
        base_modifier=modifier,
        domain_dimensions=len(statement.type_name.array_bounds),
        element=0,
        delimiter=base.delimiter,
        collatable=base.collatable,
        collation=written_collation(context, statement.collation),
        declared=context.span(statement.name),
    )
    catalog, domain = with_new_type(context.catalog, domain)
    catalog = with_type_references(catalog, Address("type", domain.oid), base_oid)
    context = context.at(catalog)
    for constraint in statement.constraints:
        context = _with_part(context, domain.oid, constraint)
    return context


def _check_constraints(context: Context, constraints: tuple[ddl.ConstraintDefinition, ...]) -> None:
    seen: set[str] = set()
    for each in constraints:
        if each.kind in _NOT_FOR_DOMAINS:
            context.refuse(
                "syntax-error",
                f"{_NOT_FOR_DOMAINS[each.kind]} constraints not possible for domains",
                each,
                sqlstate="42601",
            )
        if each.kind in ("generated", "identity"):
            context.refuse(
                "feature-not-supported",
                "specifying GENERATED not supported for domains",
                each,
                sqlstate="0A000",
            )
        if each.kind == "not null" and "not null" in seen:
            message = "redundant NOT NULL constraint definition"
            context.refuse("invalid-object-definition", message, each, sqlstate="42P17")
        if each.kind == "default" and "default" in seen:
            context.refuse("syntax-error", "multiple default expressions", each, sqlstate="42601")
        opposite = {"null": "not null", "not null": "null"}.get(each.kind)
        if opposite in seen:
            context.refuse(
                "syntax-error", "conflicting NULL/NOT NULL constraints", each, sqlstate="42601"
            )
        seen.add(each.kind)


def _with_part(context: Context, domain_oid: int, definition: ddl.ConstraintDefinition) -> Context:
    """With a default, NOT NULL or CHECK of a domain."""
    domain = context.catalog.type(domain_oid)
    if definition.kind == "default" and definition.expr is not None:
        analysed = context.expression(
            definition.expr,
            "column default",
            None,
            (domain.base, domain.base_modifier, domain.name),
        )
        infinite = domain.infinite or context.speaks_of_infinity(definition)
        catalog = context.catalog.with_type(replace(domain, default=True, infinite=infinite))
        dependencies = catalog.dependencies.add(Address("type", domain_oid), analysed.references)
        return context.at(catalog.with_dependencies(dependencies))
    if definition.kind == "not null":
        return _with_not_null(context, domain, definition)
    if definition.kind == "check":
        return _with_check(context, domain, definition)
    return context


def _with_not_null(context: Context, domain: Type, definition: ddl.ConstraintDefinition) -> Context:
    if domain.not_null:
        return context
    name = _constraint_name(context, domain, definition, "not_null")
    constraint = Constraint(
        name=name,
        kind="not null",
        oid=context.catalog.next_oid,
        declared=context.span(definition),
    )
    return _with_constraint(context, replace(domain, not_null=True), constraint)


def _with_check(context: Context, domain: Type, definition: ddl.ConstraintDefinition) -> Context:
    if definition.no_inherit:
        context.refuse(
            "invalid-object-definition",
            "check constraints for domains cannot be marked NO INHERIT",
            definition,
            sqlstate="42P17",
        )
    if definition.expr is None:
        return context
    analysed = context.expression(
        definition.expr,
        "check constraint",
        None,
        None,
        (domain.base, domain.base_modifier),
    )
    name = _constraint_name(context, domain, definition, "check")
    constraint = Constraint(
        name=name,
        kind="check",
        oid=context.catalog.next_oid,
        validated=not definition.not_valid,
        expression=analysed.stored,
        declared=context.span(definition),
    )
    infinite = domain.infinite or context.speaks_of_infinity(definition)
    context = _with_constraint(context, replace(domain, infinite=infinite), constraint)
    dependencies = context.catalog.dependencies.add(
        Address("constraint", constraint.oid), analysed.references
    )
    return context.at(context.catalog.with_dependencies(dependencies))


def _with_constraint(context: Context, domain: Type, constraint: Constraint) -> Context:
    catalog = context.catalog.with_type(
        replace(domain, constraints=(*domain.constraints, constraint))
    )
    dependencies = catalog.dependencies.add(
        Address("constraint", constraint.oid), [Address("type", domain.oid)], "auto"
    )
    return context.at(replace(catalog, dependencies=dependencies, next_oid=constraint.oid + 1))


def _constraint_name(
    context: Context, domain: Type, definition: ddl.ConstraintDefinition, label: str
) -> str:
    if definition.name is None:
        return choose_constraint_name(
            context.catalog,
            domain.name,
            None,
            label,
            domain.schema,
            [each.name for each in domain.constraints],
        )
    if any(each.name == definition.name for each in domain.constraints):
        context.refuse(
            "duplicate-constraint",
            f'constraint "{definition.name}" for domain "{domain.name}" already exists',
            (definition.name_start, definition.name_end),
            sqlstate="42710",
        )
    return definition.name


def alter_domain(context: Context, statement: ddl.AlterDomain) -> Context:
    """ALTER DOMAIN."""
    domain = type_named(context, statement.name.parts, statement.name)
    if domain.kind != "domain":
        context.refuse(
            "wrong-object-type",
            f"{context.catalog.display_type(domain.oid)} is not a domain",
            statement.name,
            sqlstate="42809",
        )
    if statement.action == "default":
        if statement.expr is None:
            return context.at(context.catalog.with_type(replace(domain, default=False)))
        definition = ddl.ConstraintDefinition(
            start=statement.start, end=statement.end, kind="default", expr=statement.expr
        )
        return _with_part(context, domain.oid, definition)
    if statement.action == "set not null":
        if not domain.not_null:
            _check_not_contained(context, domain, statement.name)
        definition = ddl.ConstraintDefinition(
            start=statement.start, end=statement.end, kind="not null"
        )
        return _with_not_null(context, domain, definition)
    if statement.action == "drop not null":
        return _without(context, domain, lambda each: each.kind == "not null")
    if statement.action == "add constraint" and statement.constraint is not None:
        changed = _with_part(context, domain.oid, statement.constraint)
        if not statement.constraint.not_valid:
            _check_not_contained(context, domain, statement.name)
        return changed
    if statement.constraint_name is not None:
        return _named_constraint(context, domain, statement, statement.constraint_name)
    return context


def _check_not_contained(context: Context, domain: Type, place: Place) -> None:
    """Values of a domain inside arrays, rows and ranges cannot be checked against a new rule."""
    catalog = context.catalog
    containers = _containers(catalog, domain.oid)
    for relation in catalog.relations():
        if relation.kind not in ("table", "partitioned table", "materialized view"):
            continue
        for column in relation.columns:
            if column.type in containers:
                shown = catalog.display_type(domain.oid)
                context.refuse(
                    "feature-not-supported",
                    f'cannot alter type "{shown}" because column '
                    f'"{relation.name}.{column.name}" uses it',
                    place,
                    sqlstate="0A000",
                )


def _containers(catalog: Catalog, oid: int) -> set[int]:
    """The types whose values hold values of a type: arrays, composite types, ranges over it."""
    found: set[int] = set()
    pending = [oid]
    while pending:
        inner = pending.pop()
        for each in catalog.types():
            relation = catalog.get_relation(each.relation) if each.relation else None
            holds = (
                (each.is_array and each.element == inner)
                or (each.kind in ("range", "multirange") and each.subtype == inner)
                or (each.kind == "domain" and each.base == inner)
                or (relation is not None and any(c.type == inner for c in relation.columns))
            )
            if holds and each.oid not in found:
                pending.append(each.oid)
                if each.kind != "domain":
                    found.add(each.oid)
    return found


def _named_constraint(
    context: Context, domain: Type, statement: ddl.AlterDomain, name: ddl.ObjectName
) -> Context:
    found = next((each for each in domain.constraints if each.name == name.parts[0]), None)
    if found is None:
        if statement.if_exists:
            return context
        written = ".".join(statement.name.parts)
        context.refuse(
            "unknown-constraint",
            f'constraint "{name.parts[0]}" of domain "{written}" does not exist',
            name,
            sqlstate="42704",
        )
    if statement.action == "drop constraint":
        return _without(context, domain, lambda each: each is found)
    if found.kind != "check":
        written = ".".join(statement.name.parts)
        context.refuse(
            "wrong-object-type",
            f'constraint "{found.name}" of domain "{written}" is not a check constraint',
            name,
            sqlstate="42809",
        )
    _check_not_contained(context, domain, statement.name)
    validated = tuple(
        replace(each, validated=True) if each is found else each for each in domain.constraints
    )
    return context.at(context.catalog.with_type(replace(domain, constraints=validated)))


def _without(context: Context, domain: Type, dropped: Callable[[Constraint], bool]) -> Context:
    gone = [each for each in domain.constraints if dropped(each)]
    kept = tuple(each for each in domain.constraints if each not in gone)
    not_null = any(each.kind == "not null" for each in kept)
    catalog = context.catalog.with_type(replace(domain, constraints=kept, not_null=not_null))
    dependencies = catalog.dependencies
    for each in gone:
        dependencies = dependencies.without(Address("constraint", each.oid))
    return context.at(catalog.with_dependencies(dependencies))
