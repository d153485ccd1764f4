"""What of a catalog is left out where it is kept: the built-in objects, which every run has."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from sqlwright.catalog.facts.builtins import Builtins, builtins
from sqlwright.catalog.identity import is_own_oid
from sqlwright.catalog.model import Function, Operator, Relation, Type

Kind = Literal["types", "relations", "functions", "operators"]
KINDS: dict[type[Any], Kind] = {
    Type: "types",
    Relation: "relations",
    Function: "functions",
    Operator: "operators",
}
WHOLE = "builtins"
Name = tuple[str, int]


def builtin_names(major: int) -> dict[type[Any], Callable[[Any], Name | None]]:
    """By class, what gives the built-in objects of a major version their names, and no others."""
    known = builtins(major)

    def names_of(kind: Kind) -> Callable[[Any], Name | None]:
        def name(value: Any) -> Name | None:
            is_builtin = is_own_oid(value.oid) and getattr(known, kind).get(value.oid) is value
            return (kind, value.oid) if is_builtin else None

        return name

    return {
        Builtins: lambda value: (WHOLE, major) if value is known else None,
        **{each: names_of(kind) for each, kind in KINDS.items()},
    }


def builtin_named(name: Name, major: int) -> Any:
    """The built-in object of that name. Raises LookupError if there is none."""
    kind, number = name
    known = builtins(major)
    found = known if kind == WHOLE else getattr(known, kind).get(number)
    if found is None:
        raise LookupError(name)
    return found
