"""INHERIT, NO INHERIT, ATTACH PARTITION and DETACH PARTITION (manual 5.11, 5.12)."""

from __future__ import annotations

from sqlwright.catalog.ddl.constraints.clone import attach_index, clone_from_parent, on_its_own
from sqlwright.catalog.ddl.context import Context
from sqlwright.catalog.ddl.lookup import find_relation, required
from sqlwright.catalog.ddl.tables.merge import check_parent
from sqlwright.catalog.ddl.tables.partitions import check_bound, with_bounds
from sqlwright.catalog.dependencies import Address, DependencyKind
from sqlwright.catalog.inheritance import descendants_of, inherits_from_another
from sqlwright.catalog.model import Column, Constraint, Relation
from sqlwright.dataclass import replace
from sqlwright.sql import ddl_nodes as ddl


def change_parent(context: Context, oid: int, action: ddl.ParentAction) -> Context:
    """Apply one of the four actions."""
    other = required(find_relation(context, action.relation))
    if action.action == "inherit":
        return _inherit(context, oid, other, action)
    if action.action == "no inherit":
        return _no_inherit(context, oid, other, action)
    if action.action == "attach":
        return _attach(context, oid, other, action)
    return _detach(context, oid, other, action)


def _inherit(context: Context, oid: int, parent: Relation, action: ddl.ParentAction) -> Context:
    child = context.catalog.relation(oid)
    if child.is_partition:
        _refuse(context, "cannot change inheritance of a partition", action)
    if child.kind == "partitioned table":
        _refuse(context, "cannot change inheritance of partitioned table", action)
    if child.of_type:
        _refuse(context, "cannot change inheritance of typed table", action)
    check_parent(context, parent, action.relation, temporary=child.temporary)
    if parent.oid in child.parents:
        context.refuse(
            "invalid-table-definition",
            f'relation "{parent.name}" would be inherited from more than once',
            action.relation,
            sqlstate="42P07",
        )
    _check_not_circular(context, child, parent, action)
    return _with_parent(context, child, parent, action, "normal")


def _refuse(context: Context, message: str, action: ddl.ParentAction) -> None:
    context.refuse("wrong-object-type", message, action.relation, sqlstate="42809")


def _check_not_circular(
    context: Context, child: Relation, parent: Relation, action: ddl.ParentAction
) -> None:
    below = {child.oid, *(each.oid for each in descendants_of(context.catalog, child.oid))}
    if parent.oid in below:
        context.refuse(
            "invalid-table-definition",
            "circular inheritance not allowed",
            action.relation,
            sqlstate="42P07",
            detail=f'"{parent.name}" is already a child of "{child.name}".',
        )


def _with_parent(
    context: Context,
    child: Relation,
    parent: Relation,
    action: ddl.ParentAction,
    kind: DependencyKind,
) -> Context:
    """The child with one more parent, whose columns and constraints it must have."""
    columns = _merged_columns(context, child, parent, action)
    constraints = _merged_constraints(context, child, parent, action)
    changed = replace(
        child, columns=columns, constraints=constraints, parents=(*child.parents, parent.oid)
    )
    catalog = context.catalog.with_relation(changed)
    dependencies = catalog.dependencies.add(
        Address("relation", child.oid), [Address("relation", parent.oid)], kind
    )
    return context.at(catalog.with_dependencies(dependencies))


def _merged_columns(
    context: Context, child: Relation, parent: Relation, action: ddl.ParentAction
) -> tuple[Column, ...]:
    merged = {each.name: each for each in child.columns}
    for column in parent.columns:
        own = merged.get(column.name)
        message = ""
        if own is None:
            message = f'child table is missing column "{column.name}"'
        elif (own.type, own.modifier) != (column.type, column.modifier):
            message = f'child table "{child.name}" has different type for column "{column.name}"'
        elif column.not_null and not own.not_null:
            message = (
                f'column "{column.name}" in child table "{child.name}" must be marked NOT NULL'
            )
        elif column.generated and not own.generated:
            message = f'column "{column.name}" in child table must be a generated column'
        elif own.generated and not column.generated:
            message = f'column "{column.name}" in child table must not be a generated column'
        if message or own is None:
            context.refuse("type-mismatch", message, action.relation, sqlstate="42804")
        merged[column.name] = replace(
            own,
            inherited=own.inherited + 1,
            local=own.local and action.action != "attach",
            identity=column.identity if action.action == "attach" else own.identity,
            default=own.default or (action.action == "attach" and column.identity is not None),
        )
    return tuple(merged[each.name] for each in child.columns)


def _merged_constraints(
    context: Context, child: Relation, parent: Relation, action: ddl.ParentAction
) -> tuple[Constraint, ...]:
    merged = list(child.constraints)
    for constraint in parent.constraints:
        if constraint.kind not in ("check", "not null") or constraint.no_inherit:
            continue
        index = next(
            (
                at
                for at, each in enumerate(merged)
                if each.kind == constraint.kind
                and (
                    each.columns == constraint.columns
                    if constraint.kind == "not null"
                    else each.name == constraint.name
                )
            ),
            None,
        )
        if index is None:
            context.refuse(
                "type-mismatch",
                f'child table is missing constraint "{constraint.name}"',
                action.relation,
                sqlstate="42804",
            )
        local = merged[index].local and action.action != "attach"
        merged[index] = replace(merged[index], inherited=True, local=local)
    return tuple(merged)


def _no_inherit(context: Context, oid: int, parent: Relation, action: ddl.ParentAction) -> Context:
    child = context.catalog.relation(oid)
    if child.is_partition:
        _refuse(context, "cannot change inheritance of a partition", action)
    if parent.oid not in child.parents:
        context.refuse(
            "unknown-relation",
            f'relation "{parent.name}" is not a parent of relation "{child.name}"',
            action.relation,
            sqlstate="42P01",
        )
    return _without_parent(context, child, parent)


def _without_parent(context: Context, child: Relation, parent: Relation) -> Context:
    names = {each.name for each in parent.columns}
    columns = tuple(
        replace(each, inherited=max(each.inherited - 1, 0), local=each.local or each.inherited <= 1)
        if each.name in names
        else each
        for each in child.columns
    )
    constraints = tuple(
        replace(each, inherited=False, local=True)
        if each.inherited and not inherits_from_another(context.catalog, child, parent.oid, each)
        else each
        for each in child.constraints
    )
    changed = replace(
        child,
        columns=columns,
        constraints=constraints,
        parents=tuple(each for each in child.parents if each != parent.oid),
        is_partition=False,
        bounds=None,
    )
    indexes = [
        replace(each, parents=())
        for each in context.catalog.relations()
        if each.kind == "index" and each.owner_table == child.oid and each.parents
    ]
    catalog = context.catalog.with_relation(changed, *indexes)
    dependencies = catalog.dependencies.without_dependent_on(
        Address("relation", child.oid), Address("relation", parent.oid)
    )
    return context.at(catalog.with_dependencies(dependencies))


def _attach(context: Context, oid: int, child: Relation, action: ddl.ParentAction) -> Context:
    parent = context.catalog.relation(oid)
    if parent.kind == "index":
        return attach_index(context, parent, child)
    if child.kind not in ("table", "partitioned table", "foreign table"):
        _refuse(
            context,
            f'ALTER action ATTACH PARTITION cannot be performed on relation "{child.name}"',
            action,
        )
    if child.is_partition:
        _refuse(context, f'"{child.name}" is already a partition', action)
    if child.of_type:
        _refuse(context, "cannot attach a typed table as partition", action)
    if child.parents:
        _refuse(context, "cannot attach inheritance child as partition", action)
    if any(child.oid in each.parents for each in context.catalog.relations()) and (
        child.kind != "partitioned table"
    ):
        _refuse(context, "cannot attach inheritance parent as partition", action)
    _check_not_circular(context, child, parent, action)
    names = {each.name for each in parent.columns}
    extra = next((each for each in child.columns if each.name not in names), None)
    if extra is not None:
        context.refuse(
            "type-mismatch",
            f'table "{child.name}" contains column "{extra.name}" not found in parent '
            f'"{parent.name}"',
            action.relation,
            sqlstate="42804",
            detail="The new partition may contain only the columns present in parent.",
        )
    if action.bound is not None:
        check_bound(context, parent, action.bound)
        context = with_bounds(context, parent, child, action.bound)
        child = context.catalog.relation(child.oid)
    context = _with_parent(context, child, parent, action, "auto")
    attached = replace(context.catalog.relation(child.oid), is_partition=True)
    context = context.at(context.catalog.with_relation(attached))
    return clone_from_parent(context, child.oid, parent.oid, action.relation)


def _detach(context: Context, oid: int, child: Relation, action: ddl.ParentAction) -> Context:
    parent = context.catalog.relation(oid)
    if parent.oid not in child.parents:
        context.refuse(
            "unknown-relation",
            f'relation "{child.name}" is not a partition of relation "{parent.name}"',
            action.relation,
            sqlstate="42P01",
        )
    context = _without_parent(context, child, parent)
    detached = context.catalog.relation(child.oid)
    for constraint in detached.constraints:
        if constraint.kind == "foreign key" and constraint.parent:
            context = on_its_own(context, constraint)
    triggers = tuple(each for each in detached.triggers if not each.inherited)
    columns = tuple(
        each if each.identity is None else replace(each, identity=None, default=False)
        for each in detached.columns
    )
    changed = replace(detached, triggers=triggers, columns=columns)
    return context.at(context.catalog.with_relation(changed))
