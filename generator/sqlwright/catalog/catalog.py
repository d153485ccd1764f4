"""The catalog: an immutable collection of database objects with PostgreSQL's look-up rules.

A `Catalog` is a shared layer of built-in objects (loaded lazily from data files) under persistent
maps of what the schema files add. Every change gives a new `Catalog` that shares the rest; the
changes themselves (`with_relation`, `without_type` ...) are in `layers`, the look-up by names in
`lookup`.
"""

from __future__ import annotations

from sqlwright.catalog import comparison, inheritance
from sqlwright.catalog.facts.builtins import NEWEST_MAJOR, builtins
from sqlwright.catalog.lookup import SYSTEM, TEMPORARY, Lookup
from sqlwright.catalog.model import Extension, Operator
from sqlwright.catalog.operator_families import OperatorClass, OperatorClassMember, SupportFunction
from sqlwright.catalog.types import names as type_names
from sqlwright.dataclass import dataclass

__all__ = ["SYSTEM", "TEMPORARY", "Catalog", "initial_catalog"]


@dataclass(frozen=True, slots=True)
class Catalog(Lookup):
    """The objects of a database, how names find them, and what follows from several together:
    which operators compare the values of a type, how a type is written."""

    def type_inherits_from(self, subtype: int, supertype: int) -> bool:
        """Whether a row type (or a domain over it) is that of a child table of the other's."""
        return inheritance.type_inherits_from(self, subtype, supertype)

    def equality_operator(self, oid: int) -> Operator | None:
        """The default `=` of a type (btree, else hash); None where its values cannot be compared,
        as an array of json cannot.
        """
        return comparison.equality_operator(self, oid)

    def ordering_operator(self, oid: int) -> Operator | None:
        """The default `<` of a type (btree)."""
        return comparison.ordering_operator(self, oid)

    def descending_operator(self, oid: int) -> Operator | None:
        """The default `>` of a type (btree)."""
        return comparison.descending_operator(self, oid)

    def is_hashable(self, oid: int) -> bool:
        """Whether values of a type can be hashed by its default operator class."""
        return comparison.is_hashable(self, oid)

    def is_binary_coercible(self, source: int, target: int) -> bool:
        """Whether a value of one type is one of the other without any conversion."""
        return comparison.is_binary_coercible(self, source, target)

    def default_operator_class(self, oid: int, method: str) -> OperatorClass | None:
        """The operator class an index of that method uses for a type unless told otherwise."""
        return comparison.default_operator_class(self, oid, method)

    def family_operator(self, family: int, left: int, right: int, strategy: int) -> Operator | None:
        """The operator that plays a strategy for two types in a btree or hash family."""
        return comparison.family_operator(self, family, left, right, strategy)

    def family_members(self, operator: int) -> tuple[OperatorClassMember, ...]:
        """Every part an operator plays in btree and hash families."""
        return comparison.members_of_operator(self, operator)

    def range_offset_types(self, oid: int) -> tuple[SupportFunction, ...]:
        """The in_range functions for a sort column of this type: what RANGE offsets may be."""
        return comparison.in_range_functions(self, oid)

    def display_type(self, oid: int, modifier: int = -1) -> str:
        """A type as PostgreSQL's messages show it: `integer`, `character varying(3)`."""
        return type_names.display_type(self, oid, modifier)

    def contract_type(self, oid: int) -> str:
        """A type as `inspect` shows it: `int4`, `public.mood`, `text[]`."""
        return type_names.contract_type(self, oid)


def initial_catalog(major: int = NEWEST_MAJOR) -> Catalog:
    """The catalog of a fresh database."""
    plpgsql = Extension(name="plpgsql", schema=SYSTEM, version="1.0")
    return Catalog(builtin=builtins(major)).with_extension(plpgsql)
