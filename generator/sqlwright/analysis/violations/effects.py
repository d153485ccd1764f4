"""What a statement does to tables, and what follows: partitions and children, rows that move, and
what foreign keys do about the rows that refer to those (manual 5.5.5, 5.12.2).

What triggers, rules and functions do besides is not to be known. A BEFORE trigger may assign any
column of the row that it is given, which is reckoned with.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from sqlwright.analysis.violations.constraints import KEYS, declared, with_generated
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.foreign_keys import keys_to
from sqlwright.catalog.inheritance import descendants_of
from sqlwright.catalog.model import Constraint, Relation
from sqlwright.dataclass import dataclass, replace
from sqlwright.sql.ddl_nodes import KeyAction

Event = Literal["insert", "update", "delete", "move"]
"""A row that moves comes to another partition, whose own constraints it has not met yet."""

NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Effect:
    """What happens to rows of a table. `changed` are the columns that an update assigns, `there`
    those that are surely written a value, `absent` those that surely are NULL in a new row;
    `handled` are constraints of the table that cannot be violated, because ON CONFLICT looks at
    them first or by what is assigned; with `handles_all` all keys. `defaulted` are columns that may
    get their default. `only` leaves tables that inherit alone, though not partitions.
    """

    relation: int
    event: Event
    changed: frozenset[str] = NOTHING
    there: frozenset[str] = NOTHING
    absent: frozenset[str] = NOTHING
    handled: frozenset[str] = NOTHING
    handles_all: bool = False
    defaulted: frozenset[str] = NOTHING
    only: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """A foreign key that keeps a row of another table from going or changing."""

    table: Relation
    constraint: Constraint
    deferred: bool


@dataclass(frozen=True, slots=True)
class Consequences:
    """Everything that happens, each table and event once, and the foreign keys that refuse it."""

    effects: tuple[Effect, ...]
    refusals: tuple[Refusal, ...]


def consequences(catalog: Catalog, effects: Iterable[Effect]) -> Consequences:
    """What follows from the effects of a statement, those included."""
    found: dict[tuple[int, Event], Effect] = {}
    refusals: dict[tuple[int, bool], Refusal] = {}
    waiting = [each for effect in effects for each in _on_tables(catalog, effect)]
    while waiting:
        effect = waiting.pop(0)
        slot = effect.relation, effect.event
        known = found.get(slot)
        merged = effect if known is None else _either(known, effect)
        if merged == known:
            continue
        found[slot] = merged
        for follows in _of_keys(catalog, merged):
            if isinstance(follows, Refusal):
                refusals[follows.constraint.oid, follows.deferred] = follows
            else:
                waiting += _on_tables(catalog, follows)
    return Consequences(tuple(found.values()), tuple(refusals.values()))


def _either(first: Effect, second: Effect) -> Effect:
    """One of the two happens, or both."""
    return replace(
        first,
        changed=first.changed | second.changed,
        there=first.there & second.there,
        absent=first.absent & second.absent,
        handled=first.handled & second.handled,
        defaulted=first.defaulted | second.defaulted,
    )


def _on_tables(catalog: Catalog, effect: Effect) -> Iterator[Effect]:
    """The effect on each table that has rows of the one named. PostgreSQL holds a foreign table to
    none of its constraints."""
    root = catalog.get_relation(effect.relation)
    if root is None:
        return
    tables = [root]
    partitioned = root.kind == "partitioned table"
    if partitioned or (effect.event in ("update", "delete") and not effect.only):
        tables += descendants_of(catalog, root.oid)
    intercepted = any(_intercepts(table, effect.event) for table in tables)
    for table in tables:
        if table.kind not in ("table", "partitioned table"):
            continue
        own = replace(effect, relation=table.oid, handled=_handled(catalog, table, root, effect))
        own = replace(own, handles_all=False, only=False)
        if intercepted:
            own = replace(own, there=NOTHING, absent=NOTHING)
        if effect.event == "update":
            assigned = _all_of(table) if intercepted else effect.changed
            own = replace(own, changed=with_generated(catalog, table, assigned))
            if intercepted:  # another value than the one by which a constraint is satisfied
                own = replace(own, handled=NOTHING)
            if table.kind == "partitioned table" and _moves_rows(table, own.changed):
                yield from _moving(catalog, table)
        yield own


def _all_of(table: Relation) -> frozenset[str]:
    return frozenset(column.name for column in table.columns)


def _intercepts(table: Relation, event: Event) -> bool:
    """Whether a trigger may change the row before it is written."""
    written = "insert" if event == "move" else event
    return any(
        each.row_level and each.timing == "before" and written in each.events
        for each in table.triggers
    )


def _handled(catalog: Catalog, table: Relation, root: Relation, effect: Effect) -> frozenset[str]:
    """The constraints of a table that something is done about."""
    if effect.handles_all:
        keys = (each for each in table.constraints if each.kind in KEYS)
        return frozenset(each.name for each in keys if not each.deferrable)
    found = set()
    for each in table.constraints if effect.handled else ():
        above, constraint = declared(catalog, table, each)
        if above.oid == root.oid and constraint.name in effect.handled:
            found.add(each.name)
    return frozenset(found)


def _moves_rows(table: Relation, changed: frozenset[str]) -> bool:
    return "" in table.partition_key or not changed.isdisjoint(table.partition_key)


def _moving(catalog: Catalog, table: Relation) -> Iterator[Effect]:
    for partition in descendants_of(catalog, table.oid):
        yield Effect(partition.oid, "move", only=True)
        if catalog.builtin.major < 15:  # where a key sees a row that moves as one that goes
            yield Effect(partition.oid, "delete", only=True)


def _of_keys(catalog: Catalog, effect: Effect) -> Iterator[Effect | Refusal]:
    """What foreign keys do about the rows that refer to those of a table."""
    if effect.event not in ("update", "delete"):
        return
    for table, key in _referring(catalog, effect.relation):
        if effect.event == "delete":
            action, assigned = key.on_delete, key.set_columns or key.columns
        elif effect.changed.isdisjoint(key.referenced_columns):
            continue
        else:
            action, assigned = key.on_update, key.columns
        yield from _acts(table, key, action, effect.event, assigned)


def _acts(
    table: Relation, key: Constraint, action: KeyAction, event: Event, assigned: tuple[str, ...]
) -> Iterator[Effect | Refusal]:
    if action in ("no action", "restrict"):
        yield Refusal(table, key, key.deferred and action == "no action")
    elif action == "cascade" and event == "delete":
        yield Effect(table.oid, "delete", only=True)
    else:
        changed = frozenset(assigned)
        defaulted = changed if action == "set default" else NOTHING
        kept = frozenset({key.name}) if _satisfies(key, action, changed) else NOTHING
        yield Effect(table.oid, "update", changed, handled=kept, defaulted=defaulted, only=True)
    if action == "set default":  # which must refer to a row, too
        yield Refusal(table, key, deferred=False)


def _satisfies(key: Constraint, action: KeyAction, changed: frozenset[str]) -> bool:
    """Whether what a foreign key assigns satisfies it: the new key and NULL do, though of some
    columns alone not where all of them have to be NULL."""
    if action == "set null" and key.match_full:
        return changed >= set(key.columns)
    return action != "set default"


def _referring(catalog: Catalog, oid: int) -> list[tuple[Relation, Constraint]]:
    """The foreign keys that refer to a table, or to one that it is a partition of. What a partition
    has of its table's key acts as a part of it."""
    found = [
        (holder, key) for holder, key in keys_to(catalog, oid) if key.enforced and not key.inherited
    ]
    table = catalog.get_relation(oid)
    if table is not None and table.is_partition:
        for parent in table.parents:
            found += _referring(catalog, parent)
    return found
