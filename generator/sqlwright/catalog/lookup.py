"""How names find objects: PostgreSQL's look-up rules.

A name is given as a tuple of its parts, ("author",) or ("public", "author"); of a name with a
database in front only the last two parts count.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, TypeVar

from sqlwright.catalog.layers import Layers
from sqlwright.catalog.model import Cast, Function, NamedThing, NameKind, Operator, Relation, Type
from sqlwright.catalog.operator_families import OperatorClass, OperatorFamily
from sqlwright.catalog.persistent import Obj, ObjectSource
from sqlwright.dataclass import dataclass

TEMPORARY = "pg_temp"
SYSTEM = "pg_catalog"

Callable = TypeVar("Callable", Function, Operator)


@dataclass(frozen=True, slots=True)
class Lookup(Layers):
    """The objects of a database, by OID and by the names that find them (manual 5.10, 10)."""

    # Schemas

    def has_schema(self, name: str) -> bool:
        """Whether a schema exists; pg_temp always does."""
        return name in self.schemas or name == TEMPORARY

    def schema_names(self) -> tuple[str, ...]:
        """All schemas, the built-in ones first."""
        return self.schemas

    @property
    def object_path(self) -> tuple[str, ...]:
        """The schemas in which an unqualified type or relation is looked up, in that order."""
        path = self.search_path
        if SYSTEM not in path:
            path = (SYSTEM, *path)
        return path if TEMPORARY in path else (TEMPORARY, *path)

    @property
    def callable_path(self) -> tuple[str, ...]:
        """The same for functions and operators, which are never looked up in pg_temp."""
        return tuple(schema for schema in self.object_path if schema != TEMPORARY)

    @property
    def creation_schema(self) -> str | None:
        """The schema an unqualified CREATE goes to: the first of the path that exists."""
        return next((name for name in self.search_path if self.has_schema(name)), None)

    # Types

    def type(self, oid: int) -> Type:
        """The type of that OID. Raises KeyError if there is none."""
        return _known(self.get_type(oid), "type", oid)

    def get_type(self, oid: int) -> Type | None:
        """The type of that OID, None if there is none."""
        # The most frequent of all questions. PostgreSQL's own types cannot be changed, so that
        # nothing that a schema says can alter what comes of them.
        return self.builtin.types.get(oid) or self.user_types.get(oid)

    def find_type(self, names: tuple[str, ...]) -> Type | None:
        """The type of that name, by search path unless it is qualified."""
        return self.memo.once(
            ("type", names), self._first, self.user_types, self.builtin.types, names
        )

    def type_is_visible(self, oid: int) -> bool:
        """Whether the bare name of a type finds it."""
        found = self.find_type((self.type(oid).name,))
        return found is not None and found.oid == oid

    def element_type(self, oid: int) -> int:
        """The element type of a true array, 0 of anything else (also of a domain over one)."""
        found = self.get_type(oid)
        return found.element if found is not None and found.is_array else 0

    def array_type(self, oid: int) -> int:
        """The array type over a type, 0 if it has none."""
        found = self.get_type(oid)
        return found.array if found is not None else 0

    def base_element_type(self, oid: int) -> int:
        """The element type of an array or of a domain over one, else 0."""
        return self.element_type(self.base_type(oid))

    def promote_to_array(self, oid: int) -> int:
        """The type that ARRAY[] of such values has: arrays stay what they are; 0 if none."""
        found = self.get_type(oid)
        return oid if found is not None and found.is_array else self.array_type(oid)

    def base_type(self, oid: int) -> int:
        """The type below all domains."""
        while (found := self.get_type(oid)) is not None and found.kind == "domain":
            oid = found.base
        return oid

    def type_below_domains(self, oid: int) -> Type | None:
        """The type itself, or that below all domains; None if there is none."""
        found = self.get_type(oid)
        while found is not None and found.kind == "domain":
            found = self.get_type(found.base)
        return found

    def is_array(self, oid: int) -> bool:
        """Whether a type, or that below a domain, is one of arrays."""
        found = self.type_below_domains(oid)
        return found is not None and found.is_array

    def base_type_and_modifier(self, oid: int, modifier: int = -1) -> tuple[int, int]:
        """The type below all domains, and the modifier that the innermost domain gives it."""
        while (found := self.get_type(oid)) is not None and found.kind == "domain":
            oid, modifier = found.base, found.base_modifier
        return oid, modifier

    def has_default(self, oid: int) -> bool:
        """Whether a type is a domain that has a default, or rests on one."""
        while (found := self.get_type(oid)) is not None and found.kind == "domain":
            if found.default:
                return True
            oid = found.base
        return False

    def forbids_null(self, oid: int) -> bool:
        """Whether a type is a domain that is NOT NULL, or rests on one."""
        while (found := self.get_type(oid)) is not None and found.kind == "domain":
            if found.not_null:
                return True
            oid = found.base
        return False

    def type_category(self, oid: int) -> str:
        """typcategory: N numbers, S strings, B booleans, A arrays ..., X unknown."""
        return self.type(oid).category

    def range_subtype(self, oid: int) -> int:
        """The type of a range's bounds, 0 if this is no range."""
        found = self.get_type(oid)
        return found.subtype if found is not None and found.kind == "range" else 0

    def range_multirange(self, oid: int) -> int:
        """The multirange type over a range type, else 0."""
        found = self.get_type(oid)
        return found.multirange if found is not None and found.kind == "range" else 0

    def range_of(self, oid: int) -> int:
        """The range type of a multirange type, else 0."""
        found = self.get_type(oid)
        return found.range if found is not None and found.kind == "multirange" else 0

    # Relations and row types

    def relation(self, oid: int) -> Relation:
        """The relation of that OID. Raises KeyError if there is none."""
        return _known(self.get_relation(oid), "relation", oid)

    def get_relation(self, oid: int) -> Relation | None:
        """The relation of that OID, None if there is none."""
        return self.user_relations.get(oid) or self.builtin.relations.get(oid)

    def find_relation(self, names: tuple[str, ...]) -> Relation | None:
        """The relation of that name, of any kind, by search path unless it is qualified."""
        return self.memo.once(
            ("relation", names), self._first, self.user_relations, self.builtin.relations, names
        )

    def relation_of_type(self, oid: int) -> Relation | None:
        """The relation behind a composite type or a domain over one, None for anything else."""
        found = self.type_below_domains(oid)
        if found is None or found.kind != "composite":
            return None
        return self.get_relation(found.relation)

    def is_composite(self, oid: int) -> bool:
        """Whether a type is a named composite type or a domain over one; record is not."""
        found = self.type_below_domains(oid)
        return found is not None and found.kind == "composite"

    # Functions and operators

    def function(self, oid: int) -> Function:
        """The function of that OID. Raises KeyError if there is none."""
        return _known(self.get_function(oid), "function", oid)

    def get_function(self, oid: int) -> Function | None:
        """The function of that OID, None if there is none."""
        return self.user_functions.get(oid) or self.builtin.functions.get(oid)

    def functions_named(self, names: tuple[str, ...]) -> tuple[Function, ...]:
        """Everything callable of that name, in search-path order.

        One whose argument types are those of another earlier in the path is hidden by it.
        """
        layers = self.user_functions, self.builtin.functions
        return self.memo.once(("function", names), self._callable, "function", *layers, names)

    def find_function(self, names: tuple[str, ...], arguments: tuple[int, ...]) -> Function | None:
        """The function of exactly these input argument types."""
        candidates = self.functions_named(names)
        return next((each for each in candidates if each.arguments == arguments), None)

    def operator(self, oid: int) -> Operator:
        """The operator of that OID. Raises KeyError if there is none."""
        return _known(self.get_operator(oid), "operator", oid)

    def get_operator(self, oid: int) -> Operator | None:
        """The operator of that OID, None if there is none."""
        return self.user_operators.get(oid) or self.builtin.operators.get(oid)

    def operators_named(self, names: tuple[str, ...]) -> tuple[Operator, ...]:
        """The operators of that name, prefix ones too, with the rules of `functions_named`."""
        layers = self.user_operators, self.builtin.operators
        return self.memo.once(("operator", names), self._callable, "operator", *layers, names)

    def find_operator(self, names: tuple[str, ...], left: int, right: int) -> Operator | None:
        """The operator of exactly these operand types; `left` is 0 for a prefix operator."""
        candidates = self.operators_named(names)
        return next(
            (each for each in candidates if each.left == left and each.right == right), None
        )

    def cast(self, source: int, target: int) -> Cast | None:
        """The cast between exactly these two types."""
        return self.user_casts.get((source, target)) or self.builtin.casts.get((source, target))

    # Operator classes and families

    def operator_classes(self, method: str) -> Iterator[OperatorClass]:
        """All operator classes of an index method."""
        return (each for each in self._all_classes() if each.method == method)

    def default_operator_classes(self, method: str) -> list[OperatorClass]:
        """The operator classes of an index method that are a type's default."""
        of_users = (each for each in self.user_classes if each.method == method and each.default)
        return [*self.builtin.default_classes.get(method, ()), *of_users]

    def default_operator_classes_of(self, method: str, oid: int) -> list[OperatorClass]:
        """Those of them that are made for exactly this type."""
        of_users = (
            each
            for each in self.user_classes
            if each.type == oid and each.method == method and each.default
        )
        return [*self.builtin.default_classes_of.get((method, oid), ()), *of_users]

    def _all_classes(self) -> Iterator[OperatorClass]:
        yield from self.builtin.classes
        yield from self.user_classes

    def find_operator_class(self, names: tuple[str, ...], method: str) -> OperatorClass | None:
        """The operator class of that name for an index method."""
        for schema in self._schemas_of(names, self.callable_path):
            found = self._named(self.user_classes, self.builtin.classes, schema, names[-1])
            for each in found:
                if each.method == method:
                    return each
        return None

    def operator_family(self, oid: int) -> OperatorFamily:
        """The operator family of that OID. Raises KeyError if there is none."""
        found = self.user_families.get(oid) or self.builtin.families.get(oid)
        return _known(found, "operator family", oid)

    # What is known by name alone

    def find_named(self, kind: NameKind, names: tuple[str, ...]) -> NamedThing | None:
        """A collation, text search configuration, role, setting ... of that name."""
        known = self.builtin.names(kind)
        for schema in ("", *self._schemas_of(names, self.object_path)):
            thing = NamedThing(kind, schema, names[-1])
            found = self.user_names.get(thing) or known.get((schema, names[-1]))
            if found is not None:
                return found
        return None

    def find_collation(self, names: tuple[str, ...]) -> NamedThing | None:
        """A collation by name; the usual ones of the system's libraries count as there."""
        return self.find_named("collation", names)

    def names_of_kind(self, kind: NameKind) -> tuple[str, ...]:
        """All bare names of a kind, for suggestions."""
        added = [each.name for each in self.user_names.values() if each.kind == kind]
        return (*(name for _, name in self.builtin.names(kind)), *added)

    # User objects, for listings

    def relations(self) -> Iterator[Relation]:
        """The relations the schema files made, oldest first."""
        return iter(self.user_relations)

    def types(self) -> Iterator[Type]:
        """The types the schema files made, row and array types too."""
        return iter(self.user_types)

    def enums(self) -> Iterator[Type]:
        """The enums the schema files made."""
        return (each for each in self.user_types if each.kind == "enum")

    def functions(self) -> Iterator[Function]:
        """The functions the schema files made."""
        return iter(self.user_functions)

    # Look-up by name

    @staticmethod
    def _schemas_of(names: tuple[str, ...], path: tuple[str, ...]) -> tuple[str, ...]:
        return path if len(names) == 1 else (names[-2],)

    @staticmethod
    def _named(
        user: ObjectSource[Obj], builtin: ObjectSource[Obj], schema: str, name: str
    ) -> tuple[Obj, ...]:
        return (*builtin.named(schema, name), *user.named(schema, name))

    def _first(
        self, user: ObjectSource[Obj], builtin: ObjectSource[Obj], names: tuple[str, ...]
    ) -> Obj | None:
        name = names[-1]
        for schema in self._schemas_of(names, self.object_path):
            found = builtin.named(schema, name) or user.named(schema, name)
            if found:
                return found[0]
        return None

    def _callable(
        self,
        kind: Literal["function", "operator"],
        user: ObjectSource[Callable],
        builtin: ObjectSource[Callable],
        names: tuple[str, ...],
    ) -> tuple[Callable, ...]:
        name = names[-1]
        schemas = self._schemas_of(names, self.callable_path)
        added = [user.named(schema, name) for schema in schemas]
        if not any(added):  # as in every database with this search path
            memo = self.builtin.memo
            return memo.once((kind, schemas, name), _callable_of, [builtin], schemas, name)
        return _callable_of([builtin, user], schemas, name)


def _known(found: Obj | None, kind: str, oid: int) -> Obj:
    if found is None:
        raise KeyError(f"no {kind} has OID {oid}")
    return found


def _callable_of(
    layers: Sequence[ObjectSource[Callable]], schemas: tuple[str, ...], name: str
) -> tuple[Callable, ...]:
    return _unhidden(
        [found for layer in layers for found in layer.named(schema, name)] for schema in schemas
    )


def _unhidden(groups: Iterable[list[Callable]]) -> tuple[Callable, ...]:
    seen: set[tuple[int, ...]] = set()
    found: list[Callable] = []
    for group in groups:
        shown = [each for each in group if _signature(each) not in seen]
        seen.update(_signature(each) for each in shown)
        found.extend(shown)
    return tuple(found)


def _signature(each: Function | Operator) -> tuple[int, ...]:
    return each.arguments if isinstance(each, Function) else (each.left, each.right)
