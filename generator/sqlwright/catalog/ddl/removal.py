"""Taking objects out of the catalog, with or without all that rests on them (manual 5.15)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.ddl.context import Context, Place
from sqlwright.catalog.dependencies import Address, DependencyKind, ObjectClass
from sqlwright.catalog.descriptions import describe
from sqlwright.catalog.model import NamedThing, NameKind, Relation
from sqlwright.catalog.persistent import NamedObject
from sqlwright.dataclass import dataclass, field, replace

FIRST_UNPINNED_OID = 12000
_OWNED: frozenset[DependencyKind] = frozenset(("internal", "extension"))


@dataclass(slots=True)
class _Found:
    """What is to go, first what rests on others; and for those that may only go with CASCADE the
    object they rest on.
    """

    addresses: list[Address] = field(default_factory=list)
    reasons: dict[Address, Address] = field(default_factory=dict)
    seen: set[Address] = field(default_factory=set)


def drop(context: Context, targets: Iterable[Address], place: Place, *, cascade: bool) -> Context:
    """Without the targets and what goes along with them.

    Raises 2BP01 if other objects rest on them and `cascade` is not set, or if a target is part of
    another object.
    """
    wanted = list(dict.fromkeys(targets))
    for target in wanted:
        _check_not_pinned(context, target, place)
        _check_not_owned(context, target, wanted, place)
    found = _Found()
    for target in wanted:
        if target not in found.seen:
            _collect(context.catalog, target, found)
    reasons = [
        (each, found.reasons[each])
        for each in reversed(found.addresses)
        if each in found.reasons
        and each not in wanted
        and not _goes_silently(context.catalog, each, found)
    ]
    if reasons and not cascade:
        _refuse(context, wanted, reasons, place)
    catalog = context.catalog
    for address in found.addresses:
        catalog = remove(catalog, address)
    return context.at(catalog)


def _goes_silently(catalog: Catalog, dependent: Address, found: _Found) -> bool:
    """Whether an object also rests, as a part of it, on something that goes anyway."""
    going = found.addresses
    return any(
        kind != "normal" and (referenced in going or referenced.whole() in going)
        for referenced, kind in catalog.dependencies.on(dependent)
    )


def _check_not_pinned(context: Context, target: Address, place: Place) -> None:
    """PostgreSQL's own objects stay."""
    if target.oid and target.oid < FIRST_UNPINNED_OID:
        thing = describe(context.catalog, target)
        context.refuse(
            "dependent-objects",
            f"cannot drop {thing} because it is required by the database system",
            place,
            sqlstate="2BP01",
        )


def _check_not_owned(
    context: Context, target: Address, wanted: list[Address], place: Place
) -> None:
    for owner in _owners(context.catalog, target):
        if owner in wanted or owner.whole() in wanted:
            continue
        thing = describe(context.catalog, target)
        other = describe(context.catalog, owner)
        context.refuse(
            "dependent-objects",
            f"cannot drop {thing} because {other} requires it",
            place,
            sqlstate="2BP01",
            hint=f"You can drop {other} instead.",
        )


def _owners(catalog: Catalog, target: Address) -> Iterator[Address]:
    """What an object is part of: an index of a partition that of the whole table before all."""
    relation = catalog.user_relations.get(target.oid) if target.kind == "relation" else None
    if relation is not None and relation.kind == "index" and not target.part:
        yield from (Address("relation", each) for each in relation.parents)
    for owner, kind in catalog.dependencies.on(target):
        if kind in _OWNED:
            yield owner


def _refuse(
    context: Context,
    wanted: list[Address],
    reasons: list[tuple[Address, Address]],
    place: Place,
) -> None:
    catalog = context.catalog
    lines = dict.fromkeys(
        f"{describe(catalog, dependent)} depends on {describe(catalog, referenced)}"
        for dependent, referenced in reasons
    )
    single = len(wanted) == 1
    subject = describe(catalog, wanted[0]) if single else "desired object(s)"
    pronoun = "it" if single else "them"
    context.refuse(
        "dependent-objects",
        f"cannot drop {subject} because other objects depend on {pronoun}",
        place,
        sqlstate="2BP01",
        detail="\n".join(lines),
        hint="Use DROP ... CASCADE to drop the dependent objects too.",
    )


def _collect(catalog: Catalog, target: Address, found: _Found) -> None:
    """Add everything that rests on a target, newest first, and then the target."""
    found.seen.add(target)
    resting = sorted(dependents(catalog, target), key=lambda each: -each[0].oid)
    for dependent, kind in resting:
        dependent = _owner(catalog, dependent, target) or dependent
        if dependent in found.seen or dependent.whole() in found.seen:
            continue
        if kind == "normal":
            found.reasons[dependent] = target
        _collect(catalog, dependent, found)
    found.addresses.append(target)


def _owner(catalog: Catalog, dependent: Address, target: Address) -> Address | None:
    """The object that a dependent is part of and that must go in its place."""
    for owner, kind in catalog.dependencies.on(dependent):
        if kind in _OWNED and target not in (owner, owner.whole()) and owner.kind != "extension":
            return owner
    return None


def dependents(catalog: Catalog, address: Address) -> Iterator[tuple[Address, DependencyKind]]:
    """What rests on an object or a part of it, and how."""
    for part in _parts(catalog, address):
        for edge in catalog.dependencies.of(part):
            if edge.dependent.whole() != address.whole() or edge.dependent.part:
                yield edge.dependent, edge.kind
    yield from ((each, "internal") for each in _made_with(catalog, address))
    yield from ((each, "partition") for each in _index_parts(catalog, address))
    if address.kind == "schema":
        for member in _members(catalog, address.key[0]):
            yield member, "normal"
    elif address.kind == "extension":
        for member in _extension_members(catalog, address.key[0]):
            yield member, "internal"


def _made_with(catalog: Catalog, address: Address) -> Iterator[Address]:
    """The types that PostgreSQL makes along with a relation or a type."""
    if address.kind == "relation" and not address.part:
        relation = catalog.user_relations.get(address.oid)
        if relation is not None and relation.row_type:
            yield Address("type", relation.row_type)
    elif address.kind == "type":
        found = catalog.user_types.get(address.oid)
        for oid in (found.array, found.multirange) if found is not None else ():
            if oid:
                yield Address("type", oid)


def _index_parts(catalog: Catalog, address: Address) -> Iterator[Address]:
    """The indexes of partitions that are parts of an index."""
    index = catalog.user_relations.get(address.oid) if address.kind == "relation" else None
    if index is None or index.kind != "index" or address.part:
        return
    table = catalog.user_relations.get(index.owner_table)
    if table is not None and table.kind == "partitioned table":
        for each in catalog.relations():
            if each.kind == "index" and index.oid in each.parents:
                yield Address("relation", each.oid)


def _parts(catalog: Catalog, address: Address) -> Iterator[Address]:
    yield address
    if address.kind == "relation" and not address.part:
        relation = catalog.get_relation(address.oid)
        for column in relation.columns if relation is not None else ():
            yield Address("relation", address.oid, column.number)


def _members(catalog: Catalog, schema: str) -> Iterator[Address]:
    """The objects of a schema that stand for themselves."""
    for each in catalog.types():
        own = each.kind in ("base", "domain", "enum", "range") and not each.is_array
        if each.schema == schema and own:
            yield Address("type", each.oid)
    groups: tuple[tuple[ObjectClass, Iterable[NamedObject]], ...] = (
        ("relation", catalog.relations()),
        ("function", catalog.functions()),
        ("operator", catalog.user_operators),
        ("operator family", catalog.user_families),
        ("operator class", catalog.user_classes),
    )
    for kind, members in groups:
        for member in members:
            if member.schema == schema:
                yield Address(kind, member.oid)
    for thing in catalog.user_names.values():
        if thing.schema == schema:
            yield Address("named", key=(thing.kind, thing.schema, thing.name))


def _extension_members(catalog: Catalog, name: str) -> Iterator[Address]:
    extension = catalog.extensions.get(name)
    if extension is None:
        return
    for oid in extension.relations:
        yield Address("relation", oid)
    for oid in extension.types:
        found = catalog.get_type(oid)
        if found is not None and not found.is_array and found.kind != "composite":
            yield Address("type", oid)
    for oid in extension.functions:
        yield Address("function", oid)
    for oid in extension.operators:
        yield Address("operator", oid)
    for source, target in extension.casts:
        yield Address("cast", key=(str(source), str(target)))
    for oid in extension.families:
        yield Address("operator family", oid)
    for oid in extension.classes:
        yield Address("operator class", oid)
    for thing in extension.names:
        yield Address("named", key=(thing.kind, thing.schema, thing.name))


# Removing one object


def remove(catalog: Catalog, address: Address) -> Catalog:
    """Without one object; what rests on it is gone already."""
    remover = _REMOVERS.get(address.kind)
    if remover is not None:
        catalog = remover(catalog, address)
    dependencies = catalog.dependencies
    for part in _parts(catalog, address):
        dependencies = dependencies.without(part)
    return catalog.with_dependencies(dependencies)


def _remove_relation(catalog: Catalog, address: Address) -> Catalog:
    relation = catalog.user_relations.get(address.oid)
    if relation is None:
        return catalog
    if address.part:
        return _remove_column(catalog, relation, address.part)
    dependencies = catalog.dependencies
    for part in _parts(catalog, address):
        dependencies = dependencies.without(part)
    for column in relation.columns:
        dependencies = dependencies.without(Address("default", relation.oid, column.number))
    catalog = catalog.with_dependencies(dependencies)
    if relation.kind == "index":
        catalog = _forget_index(catalog, relation)
    return catalog.without_relation(relation.oid)


def _forget_index(catalog: Catalog, index: Relation) -> Catalog:
    table = catalog.user_relations.get(index.owner_table)
    if table is None:
        return catalog
    kept = tuple(
        each for each in table.constraints if not (each.is_index and each.index == index.oid)
    )
    return (
        catalog
        if kept == table.constraints
        else catalog.with_relation(replace(table, constraints=kept))
    )


def _remove_column(catalog: Catalog, relation: Relation, number: int) -> Catalog:
    columns = tuple(each for each in relation.columns if each.number != number)
    address = Address("default", relation.oid, number)
    last = max(relation.last_number, *(each.number for each in relation.columns), 0)
    catalog = catalog.with_relation(replace(relation, columns=columns, last_number=last))
    dependencies = catalog.dependencies.without(address)
    return catalog.with_dependencies(
        dependencies.without(Address("relation", relation.oid, number))
    )


def _remove_default(catalog: Catalog, address: Address) -> Catalog:
    relation = catalog.user_relations.get(address.oid)
    if relation is None:
        return catalog
    columns = tuple(
        replace(each, default=False) if each.number == address.part and not each.generated else each
        for each in relation.columns
    )
    generated = any(each.number == address.part and each.generated for each in relation.columns)
    if generated:  # a generated column goes with its expression
        return _remove_column(catalog, relation, address.part)
    return catalog.with_relation(replace(relation, columns=columns))


def _holders(catalog: Catalog, address: Address) -> Iterator[Relation]:
    """The relations that may have a constraint, trigger, rule or policy: those that it rests on,
    since its table is nearly always one, then all."""
    for each, _ in catalog.dependencies.on(address):
        found = catalog.user_relations.get(each.oid) if each.kind == "relation" else None
        if found is not None:
            yield found
    yield from catalog.relations()


def _remove_constraint(catalog: Catalog, address: Address) -> Catalog:
    for relation in _holders(catalog, address):
        gone = next((each for each in relation.constraints if each.oid == address.oid), None)
        if gone is None or gone.is_index:
            continue
        kept = tuple(each for each in relation.constraints if each is not gone)
        columns = relation.columns
        if gone.kind == "not null":
            columns = tuple(
                replace(each, not_null=False) if each.name in gone.columns else each
                for each in columns
            )
        return catalog.with_relation(replace(relation, constraints=kept, columns=columns))
    for found in catalog.types():
        if any(each.oid == address.oid for each in found.constraints):
            constraints = tuple(each for each in found.constraints if each.oid != address.oid)
            not_null = any(each.kind == "not null" for each in constraints)
            return catalog.with_type(replace(found, constraints=constraints, not_null=not_null))
    return catalog


def _remove_trigger(catalog: Catalog, address: Address) -> Catalog:
    for relation in _holders(catalog, address):
        kept = tuple(each for each in relation.triggers if each.oid != address.oid)
        if len(kept) != len(relation.triggers):
            return catalog.with_relation(replace(relation, triggers=kept))
    return catalog


def _remove_rule(catalog: Catalog, address: Address) -> Catalog:
    for relation in _holders(catalog, address):
        kept = tuple(each for each in relation.rules if each.oid != address.oid)
        if len(kept) != len(relation.rules):
            return catalog.with_relation(replace(relation, rules=kept))
    return catalog


def _remove_policy(catalog: Catalog, address: Address) -> Catalog:
    for relation in _holders(catalog, address):
        kept = tuple(each for each in relation.policies if each.oid != address.oid)
        if len(kept) != len(relation.policies):
            return catalog.with_relation(replace(relation, policies=kept))
    return catalog


def _remove_cast(catalog: Catalog, address: Address) -> Catalog:
    source, target = (int(each) for each in address.key)
    return catalog.without_cast(source, target)


def named_thing(address: Address) -> NamedThing:
    """The object of which only the name is known."""
    kind: NameKind = address.key[0]  # type: ignore[assignment]  # such addresses are made of one
    return NamedThing(kind, address.key[1], address.key[2])


_REMOVERS: dict[str, Callable[[Catalog, Address], Catalog]] = {
    "relation": _remove_relation,
    "type": lambda catalog, address: catalog.without_type(address.oid),
    "function": lambda catalog, address: catalog.without_function(address.oid),
    "operator": lambda catalog, address: catalog.without_operator(address.oid),
    "operator family": lambda catalog, address: catalog.without_operator_family(address.oid),
    "operator class": lambda catalog, address: catalog.without_operator_class(address.oid),
    "cast": _remove_cast,
    "constraint": _remove_constraint,
    "default": _remove_default,
    "trigger": _remove_trigger,
    "rule": _remove_rule,
    "policy": _remove_policy,
    "schema": lambda catalog, address: catalog.without_schema(address.key[0]),
    "extension": lambda catalog, address: catalog.without_extension(address.key[0]),
    "named": lambda catalog, address: catalog.without_name(named_thing(address)),
}
