"""Which collations exist: PostgreSQL's own, those of the schema, and those of the system.

What initdb imports from the operating system and from ICU differs from machine to machine, so every
name that has the form of a locale's is taken to exist.
"""

from __future__ import annotations

import re

from sqlwright.catalog.catalog import Catalog

_LOCALE = re.compile(
    r"(?:[a-z]{2,3}(?:[-_][A-Za-z0-9]+)*(?:\.[A-Za-z0-9-]+)?(?:@[A-Za-z0-9]+)?|.*-x-icu)\Z"
)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_.@]|\Z)")


def collation_exists(catalog: Catalog, names: tuple[str, ...]) -> bool:
    """Whether a name after COLLATE means a collation, as far as that can be known."""
    if catalog.find_collation(names) is not None:
        return True
    name = names[-1]
    if len(names) > 1 and names[-2] != "pg_catalog":
        return False
    return _LOCALE.match(name) is not None and _LANGUAGE.match(name) is not None
