"""Which collations exist: PostgreSQL's own, those of the schema, and those of the system.

What initdb imports from the operating system and from ICU differs from machine to machine, so every
name that has the form of a locale's is taken to exist.
"""

from __future__ import annotations

from sqlwright.catalog import oids
from sqlwright.catalog.catalog import Catalog
from sqlwright.patterns import pattern

DEFAULT = "pg_catalog.default"
"""The collation of the database, which tells all texts apart."""

_C = "pg_catalog.C"
_LOCALE = pattern(
    r"(?:[a-z]{2,3}(?:[-_][A-Za-z0-9]+)*(?:\.[A-Za-z0-9-]+)?(?:@[A-Za-z0-9]+)?|.*-x-icu)\Z"
)
_LANGUAGE = pattern(r"[a-z]{2,3}(?:[-_.@]|\Z)")


def collation_exists(catalog: Catalog, names: tuple[str, ...]) -> bool:
    """Whether a name after COLLATE means a collation, as far as that can be known."""
    if catalog.find_collation(names) is not None:
        return True
    name = names[-1]
    if len(names) > 1 and names[-2] != "pg_catalog":
        return False
    return _LOCALE.match(name) is not None and _LANGUAGE.match(name) is not None


def collation_name(catalog: Catalog, names: tuple[str, ...]) -> str:
    """The collation that a name after COLLATE means, with its schema."""
    found = catalog.find_collation(names)
    return f"pg_catalog.{names[-1]}" if found is None else f"{found.schema}.{found.name}"


def type_collation(catalog: Catalog, oid: int) -> str:
    """The collation that values of a type have by themselves, "" if they have none."""
    found = catalog.get_type(oid)
    if found is None or not found.collatable:
        return ""
    if found.is_array:
        return type_collation(catalog, found.element)
    if found.kind == "domain":
        return found.collation or type_collation(catalog, found.base)
    return _C if oid == oids.NAME else DEFAULT
