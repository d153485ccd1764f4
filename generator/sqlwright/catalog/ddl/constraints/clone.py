"""Copies of a table's constraints, indexes and triggers: for children, partitions and LIKE."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from sqlwright.catalog.ddl.constraints.index_keys import IndexKeys
from sqlwright.catalog.ddl.constraints.indexes import check_partition_key, with_index
from sqlwright.catalog.ddl.constraints.keys import with_constraint
from sqlwright.catalog.ddl.constraints.not_null import set_not_null
from sqlwright.catalog.ddl.context import Context, Place
from sqlwright.catalog.ddl.naming import choose_constraint_name, choose_index_name
from sqlwright.catalog.dependencies import Address
from sqlwright.catalog.inheritance import children_of
from sqlwright.catalog.model import Constraint, Relation
from sqlwright.dataclass import replace
from sqlwright.sql import ddl_nodes as ddl

_KEY_LABELS = {"primary key": "pkey", "unique": "key", "exclusion": "excl"}
_NOWHERE = ddl.ObjectName(start=0, end=0, parts=())


def clone_from_parent(context: Context, child_oid: int, parent_oid: int, place: Place) -> Context:
    """With what a child takes from its parent: NOT NULL and CHECK constraints, and if it is a
    partition keys, foreign keys, indexes and row triggers as well.
    """
    parent = context.catalog.relation(parent_oid)
    for constraint in parent.constraints:
        if constraint.kind == "not null" and not constraint.no_inherit:
            context = set_not_null(
                context,
                child_oid,
                constraint.columns[0],
                constraint.declared or _NOWHERE,
                name=constraint.name,
                inherited=True,
                valid=constraint.validated,
            )
        elif constraint.kind == "check" and not constraint.no_inherit:
            context = clone_check(context, child_oid, constraint, inherited=True)
    if context.catalog.relation(child_oid).is_partition:
        context = clone_indexes(context, child_oid, parent, place, inherited=True)
        for constraint in parent.constraints:
            if constraint.kind == "foreign key":
                context = clone_foreign_key(context, child_oid, constraint)
        context = _clone_triggers(context, child_oid, parent)
    return context


def clone_check(
    context: Context, table_oid: int, constraint: Constraint, *, inherited: bool
) -> Context:
    """With a copy of a CHECK constraint, for a child without its comment; an own one of that name
    becomes the inherited one too.
    """
    catalog = context.catalog
    table = catalog.relation(table_oid)
    same = next((each for each in table.constraints if each.name == constraint.name), None)
    if same is not None:
        merged = replace(
            same, inherited=inherited or same.inherited, local=same.local and not table.is_partition
        )
        constraints = tuple(merged if each is same else each for each in table.constraints)
        return context.at(catalog.with_relation(replace(table, constraints=constraints)))
    copy = replace(
        constraint,
        relation=table_oid,
        oid=catalog.next_oid,
        inherited=inherited,
        local=not inherited,
        parent=constraint.oid if inherited else 0,
        comment=None if inherited else constraint.comment,
    )
    return _with_copied(context, copy)


def _with_copied(context: Context, copy: Constraint) -> Context:
    context = with_constraint(context, copy)
    table = context.catalog.relation(copy.relation)
    columns = [
        Address("relation", table.oid, each.number)
        for each in table.columns
        if each.name in copy.columns
    ]
    address = Address("constraint", copy.oid)
    dependencies = context.catalog.dependencies.add(
        address, columns or [Address("relation", table.oid)], "auto"
    )
    return context.at(context.catalog.with_dependencies(dependencies))


def clone_indexes(
    context: Context, table_oid: int, source: Relation, place: Place, *, inherited: bool
) -> Context:
    """With copies of another table's keys and indexes, under names of their own; for a partition
    as parts of them.
    """
    by_index = {each.index: each for each in source.constraints if each.index}
    for index in list(context.catalog.relations()):
        if index.owner_table != source.oid or index.kind != "index":
            continue
        constraint = by_index.get(index.oid)
        if inherited:
            context = _index_part(context, table_oid, index, constraint, place)
        else:
            context, _ = _clone_index(context, table_oid, index, constraint, place, inherited=False)
    return context


def index_partitions(context: Context, index_oid: int, place: Place) -> Context:
    """With an index of a partitioned table on every partition."""
    catalog = context.catalog
    index = catalog.relation(index_oid)
    table = catalog.relation(index.owner_table)
    constraint = next((each for each in table.constraints if each.index == index_oid), None)
    for child in children_of(catalog, table.oid):
        if child.kind != "foreign table":
            context = _index_part(context, child.oid, index, constraint, place)
    return context


def _index_part(
    context: Context,
    table_oid: int,
    index: Relation,
    constraint: Constraint | None,
    place: Place,
) -> Context:
    """With a part of a partitioned index on one partition: an index that is there already and
    serves, else a new one.
    """
    for each in context.catalog.relations():
        if each.owner_table == table_oid and index.oid in each.parents:
            return context
    attached = _attached(context, table_oid, index, constraint)
    if attached is None:
        attached = _clone_index(context, table_oid, index, constraint, place, inherited=True)
    context, own = attached
    return index_partitions(context, own, place)


def _attached(
    context: Context, table_oid: int, index: Relation, constraint: Constraint | None
) -> tuple[Context, int] | None:
    """With an index that the partition has already serving as its part of the parent's, and that
    index; None if there is none like it.
    """
    catalog = context.catalog
    table = catalog.relation(table_oid)
    names = [each.name for each in index.columns]
    own = {each.index: each for each in table.constraints if each.index}
    for candidate in catalog.relations():
        if candidate.owner_table != table_oid or candidate.kind != "index" or candidate.parents:
            continue
        mine = own.get(candidate.oid)
        if [each.name for each in candidate.columns] != names or not _alike(mine, constraint):
            continue
        return attach_index(context, index, candidate), candidate.oid
    return None


def attach_index(context: Context, index: Relation, part: Relation) -> Context:
    """With an index of a partition as the part of a partitioned table's index (ALTER INDEX ...
    ATTACH PARTITION)."""
    catalog = context.catalog
    table = catalog.get_relation(part.owner_table)
    parent = catalog.get_relation(index.owner_table)
    if part.kind != "index" or table is None or parent is None:
        return context
    catalog = catalog.with_relation(replace(part, parents=(index.oid,)))
    own = {each.index: each for each in table.constraints if each.index}
    above = {each.index: each for each in parent.constraints if each.index}
    mine, constraint = own.get(part.oid), above.get(index.oid)
    if mine is not None and constraint is not None:
        attached = replace(mine, inherited=True, local=False, parent=constraint.oid)
        constraints = tuple(attached if each is mine else each for each in table.constraints)
        catalog = catalog.with_relation(replace(table, constraints=constraints))
    return context.at(catalog)


def _alike(mine: Constraint | None, other: Constraint | None) -> bool:
    if mine is None or other is None:
        return mine is other
    return (mine.kind, mine.is_index, mine.partial) == (other.kind, other.is_index, other.partial)


def _clone_index(
    context: Context,
    table_oid: int,
    index: Relation,
    constraint: Constraint | None,
    place: Place,
    *,
    inherited: bool,
) -> tuple[Context, int]:
    table = context.catalog.relation(table_oid)
    if constraint is not None and constraint.kind in ("primary key", "unique"):
        check_partition_key(context, table, constraint.kind.upper(), constraint.columns, place)
    names = tuple(each.name for each in index.columns)
    label = "idx"
    if constraint is not None and not constraint.is_index:
        label = _KEY_LABELS[constraint.kind]
    name = choose_index_name(context.catalog, table.name, table.schema, names, label)
    references = tuple(
        Address("relation", table_oid, each.number) for each in table.columns if each.name in names
    )
    keys = IndexKeys(names, names, references, expressions=False)
    declared, method = index.declared or _NOWHERE, index.access_method
    context, made = with_index(context, table, name, keys, declared, method)
    if inherited:
        made = replace(made, parents=(index.oid,))
        context = context.at(context.catalog.with_relation(made))
    address = Address("relation", made.oid)
    if constraint is None:
        return _depend(context, address, references, table_oid), made.oid
    copy = replace(
        constraint,
        name=name,
        relation=table_oid,
        oid=made.oid if constraint.is_index else context.catalog.next_oid,
        index=made.oid,
        inherited=inherited,
        local=not inherited,
        parent=constraint.oid if inherited else 0,
        comment=None,
    )
    if constraint.is_index:
        context = _depend(with_constraint(context, copy), address, references, table_oid)
        return context, made.oid
    context = _with_copied(context, copy)
    dependencies = context.catalog.dependencies.add(
        address, [Address("constraint", copy.oid)], "internal"
    )
    context = context.at(context.catalog.with_dependencies(dependencies))
    if copy.kind == "primary key":
        for column in copy.columns:
            context = set_not_null(context, table_oid, column, _NOWHERE)
    return context, made.oid


def _depend(
    context: Context, address: Address, references: Iterable[Address], table_oid: int
) -> Context:
    on = tuple(references) or (Address("relation", table_oid),)
    kind: Literal["auto"] = "auto"
    return context.at(
        context.catalog.with_dependencies(context.catalog.dependencies.add(address, on, kind))
    )


def clone_foreign_key(context: Context, table_oid: int, constraint: Constraint) -> Context:
    """With a copy of a foreign key for a partition."""
    table = context.catalog.relation(table_oid)
    for each in table.constraints:
        same = (each.kind, each.columns, each.referenced) == (
            "foreign key",
            constraint.columns,
            constraint.referenced,
        )
        if same and not each.inherited:
            attached = replace(each, inherited=True, local=False, parent=constraint.oid)
            constraints = tuple(attached if own is each else own for own in table.constraints)
            catalog = context.catalog.with_relation(replace(table, constraints=constraints))
            return as_part(context.at(catalog), attached)
    taken = any(each.name == constraint.name for each in table.constraints)
    name = constraint.name
    if taken:
        name = choose_constraint_name(
            context.catalog,
            table.name,
            "_".join(constraint.columns),
            "fkey",
            table.schema,
            [each.name for each in table.constraints],
        )
    copy = replace(
        constraint,
        name=name,
        relation=table_oid,
        oid=context.catalog.next_oid,
        inherited=True,
        local=False,
        parent=constraint.oid,
        comment=None,
    )
    context = as_part(_with_copied(context, copy), copy)
    for child in children_of(context.catalog, table_oid):
        context = clone_foreign_key(context, child.oid, copy)
    return context


def as_part(context: Context, constraint: Constraint) -> Context:
    """With a partition's foreign key going when that of the partitioned table goes."""
    dependencies = context.catalog.dependencies.add(
        Address("constraint", constraint.oid),
        [Address("constraint", constraint.parent)],
        "partition",
    )
    return context.at(context.catalog.with_dependencies(dependencies))


def on_its_own(context: Context, constraint: Constraint) -> Context:
    """With a foreign key that was a part of another resting on what it refers to itself."""
    address = Address("constraint", constraint.oid)
    dependencies = context.catalog.dependencies.without_dependent(address, frozenset({"partition"}))
    referenced = context.catalog.relation(constraint.referenced)
    columns = [
        Address("relation", referenced.oid, each.number)
        for each in referenced.columns
        if each.name in constraint.referenced_columns
    ]
    key = next(
        (
            each
            for each in referenced.constraints
            if each.kind in ("primary key", "unique")
            and set(each.columns) == set(constraint.referenced_columns)
        ),
        None,
    )
    index = [Address("relation", key.index)] if key is not None and key.index else []
    dependencies = dependencies.add(address, [*columns, *index])
    return context.at(context.catalog.with_dependencies(dependencies))


def _clone_triggers(context: Context, table_oid: int, parent: Relation) -> Context:
    catalog = context.catalog
    table = catalog.relation(table_oid)
    names = {each.name for each in table.triggers}
    copies = []
    oid = catalog.next_oid
    for each in parent.triggers:
        if each.row_level and each.name not in names:
            copies.append(replace(each, oid=oid, inherited=True))
            oid += 1
    if not copies:
        return context
    changed = replace(table, triggers=(*table.triggers, *copies))
    return context.at(replace(catalog.with_relation(changed), next_oid=oid))
