"""FOREIGN KEY constraints (manual 5.5.5)."""

from __future__ import annotations

from typing import Literal, NoReturn

from sqlwright.catalog.ddl.constraints.clone import clone_foreign_key
from sqlwright.catalog.ddl.constraints.index_keys import refuse_virtual
from sqlwright.catalog.ddl.constraints.keys import check_constraint_name, with_constraint
from sqlwright.catalog.ddl.context import Context, Place
from sqlwright.catalog.ddl.lookup import find_relation, refuse_column, required
from sqlwright.catalog.ddl.naming import choose_constraint_name
from sqlwright.catalog.dependencies import Address, Dependencies
from sqlwright.catalog.inheritance import children_of
from sqlwright.catalog.model import Column, Constraint, Relation
from sqlwright.catalog.similar_names import declared_here
from sqlwright.source import Span
from sqlwright.sql import ddl_nodes as ddl
from sqlwright.sql import nodes

_PERSISTENCE_RULES = {
    "permanent": (("permanent",), "permanent tables may reference only permanent tables"),
    "unlogged": (
        ("permanent", "unlogged"),
        "unlogged tables may reference only permanent or unlogged tables",
    ),
    "temporary": (("temporary",), "temporary tables may reference only temporary tables"),
}


def add_foreign_key(
    context: Context,
    table_oid: int,
    definition: ddl.ConstraintDefinition,
    *,
    inherited: bool = False,
) -> Context:
    """FOREIGN KEY of a table and of its partitions."""
    table = context.catalog.relation(table_oid)
    place = definition.referenced
    if place is None:
        return context
    if table.kind == "foreign table":
        message = "foreign key constraints are not supported on foreign tables"
        context.refuse("feature-not-supported", message, definition, sqlstate="0A000")
    referenced = _referenced_table(context, table, place)
    columns = tuple(_column(context, table, each, definition) for each in definition.columns)
    if definition.referenced_period and not definition.period:
        _error_period(context, "referenced", definition)
    unique, referenced_columns = _referenced_columns(context, referenced, place, definition)
    if unique.temporal and not definition.period:
        _error_without_period(context, definition)
    _check_actions(context, columns, definition)
    if len(columns) != len(referenced_columns):
        message = "number of referencing and referenced columns for foreign key disagree"
        context.refuse("invalid-foreign-key", message, definition, sqlstate="42830")
    name = _name(context, table, columns, definition)
    for own, other in zip(columns, referenced_columns, strict=True):
        _check_comparable(context, name, own, other, definition)
    constraint = Constraint(
        name=name,
        kind="foreign key",
        columns=tuple(each.name for each in columns),
        relation=table.oid,
        referenced=referenced.oid,
        referenced_columns=tuple(each.name for each in referenced_columns),
        deferrable=bool(definition.deferrable or definition.initially_deferred),
        deferred=bool(definition.initially_deferred),
        validated=definition.enforced is not False and not definition.not_valid,
        enforced=definition.enforced is not False,
        temporal=unique.temporal,
        match_full=definition.match_full,
        on_delete=definition.on_delete,
        on_update=definition.on_update,
        set_columns=_set_columns(context, table, columns, definition),
        oid=context.catalog.next_oid,
        inherited=inherited,
        declared=Span(context.source, definition.start, definition.end),
    )
    dependencies = _with_references(context, constraint, columns, referenced_columns, unique)
    context = with_constraint(context, constraint, dependencies)
    if table.kind == "partitioned table":
        for child in children_of(context.catalog, table.oid):
            context = clone_foreign_key(context, child.oid, constraint)
    return context


def _name(
    context: Context,
    table: Relation,
    columns: tuple[Column, ...],
    definition: ddl.ConstraintDefinition,
) -> str:
    if definition.name is not None:
        check_constraint_name(context, table, definition)
        return definition.name
    return choose_constraint_name(
        context.catalog,
        table.name,
        "_".join(each.name for each in columns),
        "fkey",
        table.schema,
        [each.name for each in table.constraints],
    )


def _error_without_period(context: Context, definition: ddl.ConstraintDefinition) -> NoReturn:
    """A key WITHOUT OVERLAPS takes a foreign key with a PERIOD alone."""
    if not definition.referenced_columns:
        _error_period(context, "referenced", definition)
    message = "foreign key must use PERIOD when referencing a primary key using WITHOUT OVERLAPS"
    context.refuse("invalid-foreign-key", message, definition, sqlstate="42830")


def _error_period(
    context: Context, side: Literal["referenced", "referencing"], place: Place
) -> NoReturn:
    """PERIOD stands on both sides or on none."""
    other = "referencing" if side == "referenced" else "referenced"
    message = f"foreign key uses PERIOD on the {side} table but not the {other} table"
    context.refuse("invalid-foreign-key", message, place, sqlstate="42830")


def _check_actions(
    context: Context, columns: tuple[Column, ...], definition: ddl.ConstraintDefinition
) -> None:
    """What the foreign key does about a row that goes must be possible for its columns."""
    actions = (("ON UPDATE", definition.on_update), ("ON DELETE", definition.on_delete))
    for column in columns:
        if column.generated is None:
            continue
        for words, action in actions:
            if action.startswith("set") or (action == "cascade" and words == "ON UPDATE"):
                context.refuse(
                    "syntax-error",
                    f"invalid {words} action for foreign key constraint containing generated "
                    "column",
                    definition,
                    sqlstate="42601",
                )
        if column.generated == "virtual":
            refuse_virtual(context, "foreign key constraints on", definition)
    for words, action in actions:
        if definition.period and action != "no action":
            message = f"unsupported {words} action for foreign key constraint using PERIOD"
            context.refuse("feature-not-supported", message, definition, sqlstate="0A000")


def _referenced_table(context: Context, table: Relation, place: nodes.RangeVar) -> Relation:
    referenced = required(find_relation(context, place))
    if referenced.kind not in ("table", "partitioned table"):
        context.refuse(
            "wrong-object-type",
            f'referenced relation "{referenced.name}" is not a table',
            place,
            sqlstate="42809",
        )
    allowed, rule = _PERSISTENCE_RULES[table.persistence]
    if referenced.persistence not in allowed:
        context.refuse(
            "invalid-table-definition", f"constraints on {rule}", place, sqlstate="42P16"
        )
    return referenced


def _column(
    context: Context,
    table: Relation,
    name: ddl.ObjectName,
    definition: ddl.ConstraintDefinition,
) -> Column:
    found = next((each for each in table.columns if each.name == name.parts[0]), None)
    if found is None:
        message = f'column "{name.parts[0]}" referenced in foreign key constraint does not exist'
        refuse_column(context, table, name.parts[0], message, name)
    return found


def _set_columns(
    context: Context,
    table: Relation,
    columns: tuple[Column, ...],
    definition: ddl.ConstraintDefinition,
) -> tuple[str, ...]:
    """The columns of `ON DELETE SET NULL (columns)`, which are columns of the key."""
    for place in definition.set_columns:
        if _column(context, table, place, definition) not in columns:
            name = place.parts[0]
            context.refuse(
                "invalid-foreign-key",
                f'column "{name}" referenced in ON DELETE SET action must be part of foreign key',
                place,
                sqlstate="42P10",
            )
    return tuple(dict.fromkeys(place.parts[0] for place in definition.set_columns))


def _referenced_columns(
    context: Context,
    referenced: Relation,
    place: nodes.RangeVar,
    definition: ddl.ConstraintDefinition,
) -> tuple[Constraint, tuple[Column, ...]]:
    """The referenced columns, and the unique constraint that makes them referable."""
    by_name = {each.name: each for each in referenced.columns}
    if not definition.referenced_columns:
        primary = next(
            (each for each in referenced.constraints if each.kind == "primary key"), None
        )
        if primary is None:
            context.refuse(
                "invalid-foreign-key",
                f'there is no primary key for referenced table "{referenced.name}"',
                place,
                sqlstate="42704",
            )
        _check_not_deferrable(context, primary, referenced, place, "primary key")
        return primary, tuple(by_name[each] for each in primary.columns)
    columns = tuple(
        _column(context, referenced, each, definition) for each in definition.referenced_columns
    )
    if definition.period and not definition.referenced_period:
        _error_period(context, "referencing", definition)
    names = sorted(each.name for each in columns)
    if len(set(names)) != len(names):
        context.refuse(
            "invalid-foreign-key",
            "foreign key referenced-columns list must not contain duplicates",
            definition,
            sqlstate="42830",
        )
    matching = [
        each
        for each in referenced.constraints
        if each.kind in ("primary key", "unique")
        and not each.partial
        and not each.expressions
        and sorted(each.columns) == names
    ]
    usable = next((each for each in matching if not each.deferrable), None)
    if usable is not None:
        return usable, columns
    if matching:
        _check_not_deferrable(context, matching[0], referenced, place, "unique constraint")
    return context.refuse(
        "invalid-foreign-key",
        f"there is no unique constraint matching given keys for referenced table "
        f'"{referenced.name}"',
        definition,
        sqlstate="42830",
        help=f"declare ({', '.join(names)}) of {referenced.name} PRIMARY KEY or UNIQUE",
        labels=declared_here(referenced),
    )


def _check_not_deferrable(
    context: Context, constraint: Constraint, referenced: Relation, place: nodes.RangeVar, noun: str
) -> None:
    if constraint.deferrable:
        context.refuse(
            "object-not-in-prerequisite-state",
            f'cannot use a deferrable {noun} for referenced table "{referenced.name}"',
            place,
            sqlstate="55000",
        )


def _check_comparable(
    context: Context,
    name: str,
    own: Column,
    other: Column,
    place: Place,
) -> None:
    """The referenced column's equality must take a value of the referencing column."""
    catalog = context.catalog
    opclass = catalog.default_operator_class(other.type, "btree")
    if opclass is None:
        return
    own_base = catalog.base_type(own.type)
    if catalog.family_operator(opclass.family, opclass.type, own_base, 3) is not None:
        return
    if catalog.is_binary_coercible(own_base, opclass.type):
        return
    if context.analyse.can_coerce(catalog, own.type, opclass.type):
        return
    left, right = catalog.display_type(own.type), catalog.display_type(other.type)
    context.refuse(
        "type-mismatch",
        f'foreign key constraint "{name}" cannot be implemented',
        place,
        sqlstate="42804",
        detail=f'Key columns "{own.name}" of the referencing table and "{other.name}" of the '
        f"referenced table are of incompatible types: {left} and {right}.",
    )


def check_keys_over(context: Context, table_oid: int, names: set[str], place: Place) -> None:
    """Refuse where columns that have another type now no longer compare to what they refer to, or
    to what refers to them."""
    catalog = context.catalog
    for relation in catalog.relations():
        for key in relation.constraints:
            referenced = catalog.get_relation(key.referenced) if key.referenced else None
            if referenced is None or table_oid not in (relation.oid, referenced.oid):
                continue
            own = {each.name: each for each in relation.columns}
            others = {each.name: each for each in referenced.columns}
            for left, right in zip(key.columns, key.referenced_columns, strict=True):
                changed = (left in names and relation.oid == table_oid) or (
                    right in names and referenced.oid == table_oid
                )
                if changed and left in own and right in others:
                    _check_comparable(context, key.name, own[left], others[right], place)


def _with_references(
    context: Context,
    constraint: Constraint,
    columns: tuple[Column, ...],
    referenced_columns: tuple[Column, ...],
    unique: Constraint,
) -> Dependencies:
    address = Address("constraint", constraint.oid)
    own = [Address("relation", constraint.relation, each.number) for each in columns]
    others = [
        Address("relation", constraint.referenced, each.number) for each in referenced_columns
    ]
    index = [Address("relation", unique.index)] if unique.index else []
    return context.catalog.dependencies.add_each(
        [(address, own, "auto"), (address, [*others, *index], "normal")]
    )
