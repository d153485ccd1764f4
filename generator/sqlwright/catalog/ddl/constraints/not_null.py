"""NOT NULL constraints, which have names and inherit like others (manual 5.5.2)."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.ddl.context import Context, Place
from sqlwright.catalog.ddl.naming import choose_constraint_name
from sqlwright.catalog.dependencies import Address, DependencyKind
from sqlwright.catalog.inheritance import children_of, inherits_from_another
from sqlwright.catalog.model import Column, Constraint, Relation
from sqlwright.dataclass import dataclass, replace


def not_null_constraint(table: Relation, column: str) -> Constraint | None:
    """The NOT NULL constraint on a column."""
    return next(
        (
            each
            for each in table.constraints
            if each.kind == "not null" and each.columns == (column,)
        ),
        None,
    )


def set_not_null(
    context: Context,
    table_oid: int,
    column: str,
    place: Place,
    *,
    name: str | None = None,
    inherited: bool = False,
    no_inherit: bool = False,
    valid: bool = True,
) -> Context:
    """With a NOT NULL constraint on a column, and on that of every child unless NO INHERIT. One
    that is NOT VALID proves nothing of the rows there are, so the column stays nullable.
    """
    catalog = context.catalog
    table = catalog.relation(table_oid)
    if no_inherit:
        _check_no_inherit(context, table, place)
    existing = not_null_constraint(table, column)
    if existing is not None:
        context = context.at(_merged(catalog, table, existing, inherited=inherited, valid=valid))
        if existing.validated or not valid:
            return context
    else:
        context = _add(
            context,
            table,
            column,
            place,
            name,
            inherited=inherited,
            no_inherit=no_inherit,
            valid=valid,
        )
    if no_inherit:
        return context
    made = not_null_constraint(context.catalog.relation(table_oid), column)
    for child in children_of(context.catalog, table_oid):
        context = set_not_null(
            context,
            child.oid,
            column,
            place,
            name=made.name if made else None,
            inherited=True,
            valid=valid,
        )
    return context


def _check_no_inherit(context: Context, table: Relation, place: Place) -> None:
    if table.kind == "partitioned table":
        message = "not-null constraints on partitioned tables cannot be NO INHERIT"
        context.refuse("feature-not-supported", message, place, sqlstate="0A000")


@dataclass(frozen=True, slots=True)
class StatedNotNull:
    """What a column of CREATE TABLE says of NULL: its name, the place, the constraint's name."""

    column: str
    place: Place
    name: str | None
    no_inherit: bool


def set_first_not_nulls(
    context: Context, table_oid: int, stated: Sequence[StatedNotNull]
) -> Context:
    """With NOT NULL constraints on different columns of a table that has none, nor any children."""
    if not stated:
        return context
    table = context.catalog.relation(table_oid)
    names = {each.name for each in table.constraints}
    numbers = {each.name: each.number for each in table.columns}
    constraints = list(table.constraints)
    rests: list[tuple[Address, Sequence[Address], DependencyKind]] = []
    first = context.catalog.next_oid
    for oid, each in enumerate(stated, start=first):
        if each.no_inherit:
            _check_no_inherit(context, table, each.place)
        name = each.name
        if name is None or name in names:
            name = _free_name(context.catalog, table, each.column, names)
        names.add(name)
        constraints.append(
            Constraint(
                name=name,
                kind="not null",
                columns=(each.column,),
                relation=table_oid,
                oid=oid,
                no_inherit=each.no_inherit,
                declared=context.span(each.place),
            )
        )
        on = [Address("relation", table_oid, numbers[each.column])]
        rests.append((Address("constraint", oid), on, "auto"))
    marked = {each.column for each in stated}
    changed = replace(
        table,
        constraints=tuple(constraints),
        columns=tuple(
            replace(each, not_null=True) if each.name in marked else each for each in table.columns
        ),
    )
    dependencies = context.catalog.dependencies.add_each(rests)
    return context.at(
        context.catalog.with_relation(
            changed, dependencies=dependencies, next_oid=first + len(stated)
        )
    )


def _free_name(catalog: Catalog, table: Relation, column: str, others: Collection[str]) -> str:
    return choose_constraint_name(catalog, table.name, column, "not_null", table.schema, others)


def _merged(
    catalog: Catalog, table: Relation, existing: Constraint, *, inherited: bool, valid: bool
) -> Catalog:
    """With an existing constraint serving as this one too."""
    validated = existing.validated or valid
    changed = replace(
        existing,
        validated=validated,
        inherited=existing.inherited or inherited,
        local=existing.local or not inherited,
    )
    constraints = tuple(changed if each is existing else each for each in table.constraints)
    columns = _marked(table.columns, existing.columns[0], not_null=validated)
    if (constraints, columns) == (table.constraints, table.columns):
        return catalog
    return catalog.with_relation(replace(table, constraints=constraints, columns=columns))


def _marked(columns: tuple[Column, ...], name: str, *, not_null: bool) -> tuple[Column, ...]:
    return tuple(
        replace(each, not_null=not_null) if each.name == name else each for each in columns
    )


def _add(
    context: Context,
    table: Relation,
    column: str,
    place: Place,
    name: str | None,
    *,
    inherited: bool,
    no_inherit: bool,
    valid: bool,
) -> Context:
    catalog = context.catalog
    if name is None or any(each.name == name for each in table.constraints):
        name = _free_name(catalog, table, column, [each.name for each in table.constraints])
    constraint = Constraint(
        name=name,
        kind="not null",
        columns=(column,),
        relation=table.oid,
        validated=valid,
        oid=catalog.next_oid,
        inherited=inherited,
        local=not inherited,
        no_inherit=no_inherit,
        declared=context.span(place),
    )
    changed = replace(
        table,
        constraints=(*table.constraints, constraint),
        columns=_marked(table.columns, column, not_null=valid),
    )
    number = next(each.number for each in table.columns if each.name == column)
    dependencies = catalog.dependencies.add(
        Address("constraint", constraint.oid), [Address("relation", table.oid, number)], "auto"
    )
    return context.at(
        catalog.with_relation(changed, dependencies=dependencies, next_oid=constraint.oid + 1)
    )


def drop_not_null(context: Context, table_oid: int, column: str) -> Context:
    """Without the NOT NULL constraint of a column, nor those its children inherit from it."""
    catalog = context.catalog
    table = catalog.relation(table_oid)
    existing = not_null_constraint(table, column)
    changed = replace(
        table,
        constraints=tuple(each for each in table.constraints if each is not existing),
        columns=_marked(table.columns, column, not_null=False),
    )
    catalog = catalog.with_relation(changed)
    if existing is not None:
        address = Address("constraint", existing.oid)
        catalog = catalog.with_dependencies(catalog.dependencies.without(address))
    context = context.at(catalog)
    for child in children_of(catalog, table_oid):
        own = not_null_constraint(child, column)
        if own is None or not own.inherited:
            continue
        kept = inherits_from_another(context.catalog, child, table_oid, own)
        if not own.local and not kept:
            context = drop_not_null(context, child.oid, column)
            continue
        constraints = tuple(
            replace(each, inherited=kept) if each is own else each for each in child.constraints
        )
        context = context.at(context.catalog.with_relation(replace(child, constraints=constraints)))
    return context


def keep_not_null(context: Context, table_oid: int, column: str) -> Context:
    """With the NOT NULL constraints that children had from a table as their own."""
    for child in children_of(context.catalog, table_oid):
        kept = tuple(
            replace(
                each,
                inherited=inherits_from_another(context.catalog, child, table_oid, each),
                local=True,
            )
            if each.kind == "not null" and each.columns == (column,)
            else each
            for each in child.constraints
        )
        context = context.at(context.catalog.with_relation(replace(child, constraints=kept)))
    return context
