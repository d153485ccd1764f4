"""RENAME of columns, attributes and constraints."""

from __future__ import annotations

from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.ddl.changes.rename_targets import (
    check_own_type,
    relation_named,
    rename_relation,
)
from sqlwright.catalog.ddl.context import Context
from sqlwright.catalog.ddl.lookup import refuse_column, type_named
from sqlwright.catalog.ddl.tables.column_actions import check_typed_tables
from sqlwright.catalog.ddl.tables.columns import (
    SYSTEM_COLUMNS,
    check_column_name,
    has_system_columns,
)
from sqlwright.catalog.inheritance import children_of, descendants_of
from sqlwright.catalog.model import Relation, Type
from sqlwright.dataclass import replace
from sqlwright.sql import ddl_nodes as ddl


def rename_part(context: Context, statement: ddl.Rename, part: ddl.ObjectName) -> Context:
    if statement.object.kind in ("type", "domain"):
        found = type_named(context, statement.object.name, statement.object)
        if found.kind == "domain":
            return _rename_domain_constraint(context, found, statement, part)
        check_own_type(context, found, statement.object, "ALTER TABLE")
        relation = context.catalog.get_relation(found.relation) if found.relation else None
        if relation is None:
            context.refuse(
                "wrong-object-type",
                f'"{found.name}" is not a composite type',
                statement.object,
                sqlstate="42809",
            )
    else:
        relation = relation_named(context, statement.object, statement.if_exists)
    if relation is None:
        return context
    if statement.part_kind == "constraint":
        return _rename_constraint(context, relation, statement, part)
    return _rename_column(context, relation, statement, part)


def _rename_column(
    context: Context, relation: Relation, statement: ddl.Rename, part: ddl.ObjectName
) -> Context:
    old, new = part.parts[0], statement.new_name.parts[0]
    if relation.of_type and relation.kind != "composite type":
        context.refuse(
            "wrong-object-type", "cannot rename column of typed table", part, sqlstate="42809"
        )
    if statement.object.only and children_of(context.catalog, relation.oid):
        context.refuse(
            "invalid-table-definition",
            f'inherited column "{old}" must be renamed in child tables too',
            part,
            sqlstate="42P16",
        )
    column = next((each for each in relation.columns if each.name == old), None)
    if column is None and old in SYSTEM_COLUMNS and has_system_columns(relation):
        message = f'cannot rename system column "{old}"'
        context.refuse("feature-not-supported", message, part, sqlstate="0A000")
    if column is None:
        refuse_column(context, relation, old, f'column "{old}" does not exist', part)
    if column.inherited and any(
        each.name == old
        for parent in relation.parents
        for each in context.catalog.relation(parent).columns
    ):
        context.refuse(
            "invalid-table-definition",
            f'cannot rename inherited column "{old}"',
            part,
            sqlstate="42P16",
        )
    if has_system_columns(relation):
        check_column_name(context, new, (statement.new_name.start, statement.new_name.end))
    typed = check_typed_tables(context, relation, part, cascade=statement.cascade)
    for each in (relation, *descendants_of(context.catalog, relation.oid), *typed):
        if any(known.name == new for known in each.columns):
            context.refuse(
                "duplicate-column",
                f'column "{new}" of relation "{each.name}" already exists',
                statement.new_name,
                sqlstate="42701",
            )
        context = context.at(_with_renamed_column(context.catalog, each, old, new))
    return context


def _with_renamed_column(catalog: Catalog, relation: Relation, old: str, new: str) -> Catalog:
    """With a column under another name, wherever constraints, keys and views name it."""
    relation = catalog.relation(relation.oid)
    if all(each.name != old for each in relation.columns):
        return catalog

    def changed(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(new if each == old else each for each in names)

    columns = tuple(
        replace(each, name=new) if each.name == old else each for each in relation.columns
    )
    constraints = tuple(
        replace(
            each,
            columns=changed(each.columns),
            not_null_columns=changed(each.not_null_columns),
            referenced_columns=changed(each.referenced_columns)
            if each.referenced == relation.oid
            else each.referenced_columns,
        )
        for each in relation.constraints
    )
    catalog = catalog.with_relation(
        replace(
            relation,
            columns=columns,
            constraints=constraints,
            partition_key=changed(relation.partition_key),
        )
    )
    for other in catalog.relations():
        if any(
            each.referenced == relation.oid and old in each.referenced_columns
            for each in other.constraints
        ):
            catalog = catalog.with_relation(
                replace(
                    other,
                    constraints=tuple(
                        replace(each, referenced_columns=changed(each.referenced_columns))
                        if each.referenced == relation.oid
                        else each
                        for each in other.constraints
                    ),
                )
            )
    return catalog


def _rename_constraint(
    context: Context, relation: Relation, statement: ddl.Rename, part: ddl.ObjectName
) -> Context:
    old, new = part.parts[0], statement.new_name.parts[0]
    found = next(
        (each for each in relation.constraints if each.name == old and not each.is_index), None
    )
    if found is None:
        context.refuse(
            "unknown-constraint",
            f'constraint "{old}" for table "{relation.name}" does not exist',
            part,
            sqlstate="42704",
        )
    if found.inherited:
        context.refuse(
            "invalid-table-definition",
            f'cannot rename inherited constraint "{old}"',
            part,
            sqlstate="42P16",
        )
    if found.index:
        index = context.catalog.relation(found.index)
        return rename_relation(context, index, new, statement.new_name)
    if any(each.name == new for each in relation.constraints):
        context.refuse(
            "duplicate-constraint",
            f'constraint "{new}" for relation "{relation.name}" already exists',
            statement.new_name,
            sqlstate="42710",
        )
    constraints = tuple(
        replace(each, name=new) if each is found else each for each in relation.constraints
    )
    catalog = context.catalog.with_relation(replace(relation, constraints=constraints))
    context = context.at(catalog)
    if found.kind in ("check", "not null"):
        for child in children_of(catalog, relation.oid):
            own = next(
                (each for each in child.constraints if each.name == old and each.inherited), None
            )
            if own is not None:
                renamed = tuple(
                    replace(each, name=new) if each is own else each for each in child.constraints
                )
                context = context.at(
                    context.catalog.with_relation(replace(child, constraints=renamed))
                )
    return context


def _rename_domain_constraint(
    context: Context, domain: Type, statement: ddl.Rename, part: ddl.ObjectName
) -> Context:
    old, new = part.parts[0], statement.new_name.parts[0]
    shown = context.catalog.display_type(domain.oid)
    if all(each.name != old for each in domain.constraints):
        context.refuse(
            "unknown-constraint",
            f'constraint "{old}" for domain {shown} does not exist',
            part,
            sqlstate="42704",
        )
    if any(each.name == new for each in domain.constraints):
        context.refuse(
            "duplicate-constraint",
            f'constraint "{new}" for domain {shown} already exists',
            statement.new_name,
            sqlstate="42710",
        )
    constraints = tuple(
        replace(each, name=new) if each.name == old else each for each in domain.constraints
    )
    return context.at(context.catalog.with_type(replace(domain, constraints=constraints)))
