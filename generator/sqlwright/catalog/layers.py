"""What a catalog is made of: the built-in layer and, over it, what the schema files add."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Self

from sqlwright.catalog.dependencies import Dependencies
from sqlwright.catalog.facts.builtins import Builtins, builtins
from sqlwright.catalog.identity import FIRST_USER_OID
from sqlwright.catalog.memo import Memo
from sqlwright.catalog.model import Cast, Extension, Function, NamedThing, Operator, Relation, Type
from sqlwright.catalog.operator_families import (
    OperatorClass,
    OperatorClassMember,
    OperatorFamily,
    SupportFunction,
)
from sqlwright.catalog.persistent import NamedObject, Objects, PersistentMap
from sqlwright.dataclass import dataclass, field, replace
from sqlwright.source import Span

FamilySlot = tuple[int, int, int, int]
"""Family, left type, right type and strategy or support number."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A schema statement that was refused: the place to blame, and what it says."""

    place: Span
    text: str


@dataclass(frozen=True, slots=True)
class Waited:
    """A schema statement that could only be applied after later ones, and its search path."""

    place: Span
    search_path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A part that a schema statement was applied without; `listed` with a comma beside it, and
    with `instead` in its place."""

    place: Span
    listed: bool
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Afterwards:
    """A part that was left out at first as a statement of its own, and its search path."""

    sql: str
    search_path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Loading:
    """How a schema is loaded that no server would load as it stands: the statements that wait, in
    the order found; what statements are to be without; those never applied; what is added when
    all are done; the schemas to begin with; and the functions whose bodies are not looked at."""

    waited: tuple[Waited, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    passed_over: tuple[Span, ...] = ()
    afterwards: tuple[Afterwards, ...] = ()
    schemas: tuple[str, ...] = ()
    unread: tuple[Span, ...] = ()


INITIAL_SCHEMAS = ("pg_catalog", "information_schema", "public")
DEFAULT_PATH = ("public",)


@dataclass(frozen=True, slots=True)
class Layers:
    """The contents of a catalog and the changes DDL makes to them.

    Every change gives a new value. Adding an object whose OID is known replaces it, whatever its
    name was; `next_oid` is free and moves past every OID that is added. Nothing else follows from
    a change: whoever adds a table also adds its row type and the array over that. `materialized`
    are the OIDs of all materialized views that were made. `loading` says how the schema is loaded,
    where its statements were not applied as they stand. `numbers` tells the OIDs from others that
    the same statements might have been given.
    """

    builtin: Builtins = field(default_factory=builtins)
    user_types: Objects[Type] = field(default_factory=Objects)
    user_relations: Objects[Relation] = field(default_factory=Objects)
    user_functions: Objects[Function] = field(default_factory=Objects)
    user_operators: Objects[Operator] = field(default_factory=Objects)
    user_families: Objects[OperatorFamily] = field(default_factory=Objects)
    user_classes: Objects[OperatorClass] = field(default_factory=Objects)
    user_casts: PersistentMap[tuple[int, int], Cast] = field(default_factory=PersistentMap)
    user_members: PersistentMap[FamilySlot, OperatorClassMember] = field(
        default_factory=PersistentMap
    )
    user_support: PersistentMap[FamilySlot, SupportFunction] = field(default_factory=PersistentMap)
    user_names: PersistentMap[NamedThing, NamedThing] = field(default_factory=PersistentMap)
    extensions: PersistentMap[str, Extension] = field(default_factory=PersistentMap)
    schemas: tuple[str, ...] = INITIAL_SCHEMAS
    dependencies: Dependencies = field(default_factory=Dependencies)
    constraint_names: PersistentMap[tuple[str, str], int] = field(default_factory=PersistentMap)
    failures: PersistentMap[tuple[str, str], Failure] = field(default_factory=PersistentMap)
    search_path: tuple[str, ...] = DEFAULT_PATH
    session_path: tuple[str, ...] = DEFAULT_PATH
    check_bodies: bool = True
    nondeterministic: frozenset[str] = frozenset()
    materialized: tuple[int, ...] = ()
    next_oid: int = FIRST_USER_OID
    loading: Loading | None = None
    numbers: str = ""
    memo: Memo = field(default_factory=Memo, init=False, repr=False, compare=False)

    def _oid_after(self, added: Iterable[NamedObject]) -> int:
        free = self.next_oid
        for each in added:
            if each.oid >= free:
                free = each.oid + 1
        return free

    def numbered_from(self, oid: int) -> Self:
        """With no OID below this one for what is added."""
        return replace(self, next_oid=oid) if oid > self.next_oid else self

    # Schemas and the search path

    def with_schema(self, name: str) -> Self:
        """With an empty schema."""
        return self if name in self.schemas else replace(self, schemas=(*self.schemas, name))

    def without_schema(self, name: str) -> Self:
        """Without a schema; its objects are the caller's to remove."""
        return replace(self, schemas=tuple(each for each in self.schemas if each != name))

    def with_search_path(self, *schemas: str) -> Self:
        """With this search path; schemas that do not exist are passed over when it is used."""
        return replace(self, search_path=schemas)

    def with_session_path(self, *schemas: str) -> Self:
        """With this search path for every later session (ALTER DATABASE ... SET search_path)."""
        return replace(self, session_path=schemas)

    def with_dependencies(self, dependencies: Dependencies) -> Self:
        """With this record of what rests on what."""
        if dependencies is self.dependencies:
            return self
        return replace(self, dependencies=dependencies)

    # What is missing because its statement was refused

    def with_failure(self, kind: str, name: str, failure: Failure) -> Self:
        """With a record that a statement would have made (or, for `column`, changed) this."""
        return replace(self, failures=self.failures.set((kind, name), failure))

    def failure(self, kind: str, name: str, word: str = "") -> Span | None:
        """The place of the error without which an object would exist; with `word` only if the
        statement speaks of it."""
        found = self.failures.get((kind, name))
        if found is None or (word and re.search(rf"\b{re.escape(word)}\b", found.text) is None):
            return None
        return found.place

    @property
    def lacks_extension(self) -> bool:
        """Whether the schema makes an extension that is not known, or that was refused."""
        return any(kind == "extension" for kind, _ in self.failures)

    # Objects with OIDs

    def with_type(self, *types: Type) -> Self:
        """With these types."""
        return replace(
            self,
            user_types=self.user_types.add(types),
            constraint_names=self._recounted(
                (self.user_types.get(each.oid), each) for each in types
            ),
            next_oid=self._oid_after(types),
        )

    def without_type(self, oid: int) -> Self:
        """Without a type."""
        return replace(
            self,
            user_types=self.user_types.remove(oid),
            constraint_names=self._recounted([(self.user_types.get(oid), None)]),
        )

    def with_relation(
        self, *relations: Relation, dependencies: Dependencies | None = None, next_oid: int = 0
    ) -> Self:
        """With these relations, and the record of what rests on what if it is another with them;
        no OID below `next_oid` is free afterwards."""
        changes = [(self.user_relations.get(each.oid), each) for each in relations]
        return replace(
            self,
            user_relations=self.user_relations.add(relations),
            constraint_names=self._recounted(changes),
            next_oid=max(self._oid_after(relations), next_oid),
            dependencies=self.dependencies if dependencies is None else dependencies,
        )

    def without_relation(self, oid: int) -> Self:
        """Without a relation."""
        return replace(
            self,
            user_relations=self.user_relations.remove(oid),
            constraint_names=self._recounted([(self.user_relations.get(oid), None)]),
        )

    def _recounted(
        self, changes: Iterable[tuple[Relation | Type | None, Relation | Type | None]]
    ) -> PersistentMap[tuple[str, str], int]:
        """How many constraints have each name, once each first object has become the second."""
        difference: dict[tuple[str, str], int] = {}
        for old, new in changes:
            gone, come = _other_constraints(old, new)
            for key in gone:
                difference[key] = difference.get(key, 0) - 1
            for key in come:
                difference[key] = difference.get(key, 0) + 1
        counts = self.constraint_names
        changed = {
            key: (counts.get(key) or 0) + number for key, number in difference.items() if number
        }
        return counts.update(changed) if changed else counts

    def with_function(self, *functions: Function) -> Self:
        """With these functions, procedures or aggregates."""
        return replace(
            self,
            user_functions=self.user_functions.add(functions),
            next_oid=self._oid_after(functions),
        )

    def without_function(self, oid: int) -> Self:
        """Without a function."""
        return replace(self, user_functions=self.user_functions.remove(oid))

    def with_operator(self, *operators: Operator) -> Self:
        """With these operators."""
        return replace(
            self,
            user_operators=self.user_operators.add(operators),
            next_oid=self._oid_after(operators),
        )

    def without_operator(self, oid: int) -> Self:
        """Without an operator."""
        return replace(self, user_operators=self.user_operators.remove(oid))

    # Casts, operator classes and what hangs on them

    def with_cast(self, *casts: Cast) -> Self:
        """With these casts; there is one at most from a type to another."""
        added = {(each.source, each.target): each for each in casts}
        return replace(self, user_casts=self.user_casts.update(added))

    def without_cast(self, source: int, target: int) -> Self:
        """Without a cast."""
        return replace(self, user_casts=self.user_casts.remove((source, target)))

    def with_operator_family(self, *families: OperatorFamily) -> Self:
        """With these operator families."""
        return replace(
            self,
            user_families=self.user_families.add(families),
            next_oid=self._oid_after(families),
        )

    def without_operator_family(self, oid: int) -> Self:
        """Without an operator family and its members."""
        members, support = self.user_members, self.user_support
        for slot in [slot for slot in members if slot[0] == oid]:
            members = members.remove(slot)
        for slot in [slot for slot in support if slot[0] == oid]:
            support = support.remove(slot)
        return replace(
            self,
            user_families=self.user_families.remove(oid),
            user_members=members,
            user_support=support,
        )

    def with_operator_class(self, *classes: OperatorClass) -> Self:
        """With these operator classes."""
        return replace(
            self, user_classes=self.user_classes.add(classes), next_oid=self._oid_after(classes)
        )

    def without_operator_class(self, oid: int) -> Self:
        """Without an operator class; its family stays."""
        return replace(self, user_classes=self.user_classes.remove(oid))

    def with_family_members(
        self, members: Iterable[OperatorClassMember], support: Iterable[SupportFunction] = ()
    ) -> Self:
        """With these operators and support functions in operator families."""
        operators = {(each.family, each.left, each.right, each.strategy): each for each in members}
        functions = {(each.family, each.left, each.right, each.number): each for each in support}
        return replace(
            self,
            user_members=self.user_members.update(operators),
            user_support=self.user_support.update(functions),
        )

    # Objects of which only the name is known

    def with_name(self, *things: NamedThing) -> Self:
        """With these collations, text search configurations, roles ..."""
        return replace(self, user_names=self.user_names.update({thing: thing for thing in things}))

    def without_name(self, thing: NamedThing) -> Self:
        """Without a collation, text search configuration ..."""
        return replace(self, user_names=self.user_names.remove(thing))

    def with_nondeterministic(self, name: str) -> Self:
        """With a collation of that name, in whatever schema, for which different texts may be the
        same (manual 23.2.2.4)."""
        return replace(self, nondeterministic=self.nondeterministic | {name})

    def with_extension(self, extension: Extension) -> Self:
        """With the record of an extension; its objects are added apart."""
        return replace(self, extensions=self.extensions.set(extension.name, extension))

    def without_extension(self, name: str) -> Self:
        """Without the record of an extension; its objects are removed apart."""
        return replace(self, extensions=self.extensions.remove(name))


def _other_constraints(
    old: Relation | Type | None, new: Relation | Type | None
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Schema and name of the constraints that are gone, and of those that have come; of those at
    the beginning that are the same as before, nothing is said."""
    before = old.constraints if old is not None else ()
    now = new.constraints if new is not None else ()
    same = 0
    if old is not None and new is not None and old.schema == new.schema:
        if before is now:
            return [], []
        for first, second in zip(before, now, strict=False):
            if first is not second:
                break
            same += 1
    return (
        [(old.schema, each.name) for each in before[same:] if not each.is_index] if old else [],
        [(new.schema, each.name) for each in now[same:] if not each.is_index] if new else [],
    )
