"""What indexes of PostgreSQL's own access methods can be (manual 11.2)."""

from __future__ import annotations

from functools import cache
from typing import Literal

from sqlwright.resources import resource

Capability = Literal["order", "unique", "multi_col", "exclude", "include"]
"""As the function pg_indexam_has_property calls them, behind `can_`."""


@cache
def _capabilities() -> dict[str, frozenset[str]]:
    text = resource("catalog", "data", "access_methods.txt").read_text(encoding="utf-8")
    lines = (line.split() for line in text.splitlines())
    return {name: frozenset(words) for name, *words in lines}


def can(method: str, capability: Capability) -> bool:
    """Whether indexes of a method have a capability. Those of extensions do, as far as is known,
    but that none of them keeps rows apart."""
    known = _capabilities().get(method)
    return capability != "unique" if known is None else capability in known
