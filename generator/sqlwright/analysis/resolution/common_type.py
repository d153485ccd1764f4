"""The type that several values agree on, for CASE, COALESCE, arrays, UNION and the like.

Pure: the catalog and type OIDs. Manual 10.5 gives the rule; the steps below are its numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from sqlwright.analysis.resolution.coercion_paths import can_coerce_concrete
from sqlwright.analysis.state.refusal import RefusalError
from sqlwright.catalog import oids
from sqlwright.dataclass import dataclass

if TYPE_CHECKING:
    from sqlwright.catalog.catalog import Catalog


@dataclass(frozen=True, slots=True)
class CommonType:
    """The chosen type, and the index of the first input that has it (0 where none is known)."""

    type: int
    index: int


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Two inputs of different categories: what had been chosen, and the input that broke it."""

    chosen: int
    other: int
    index: int


def common_type(catalog: Catalog, inputs: Sequence[int]) -> CommonType | Mismatch:
    """Choose a common type, in the order given.

    Step 1: inputs that are all of one type, not unknown, keep it, a domain too. Step 2: domains
    count as their base types. Step 3: all unknown resolves as text. Steps 4-6: otherwise the first
    known type is the candidate; one of another category is a mismatch; a later type replaces the
    candidate if that is not preferred and converts to the later one, but not the reverse.
    """
    first = inputs[0]
    if first != oids.UNKNOWN and all(each == first for each in inputs):
        return CommonType(first, 0)
    chosen, index = catalog.base_type(first), 0
    for at, each in enumerate(inputs[1:], 1):
        other = catalog.base_type(each)
        if other in (oids.UNKNOWN, chosen):
            continue
        if chosen == oids.UNKNOWN:
            chosen, index = other, at
        elif catalog.type_category(other) != catalog.type_category(chosen):
            return Mismatch(chosen, other, at)
        elif _widens(catalog, chosen, other):
            chosen, index = other, at
    return CommonType(oids.TEXT if chosen == oids.UNKNOWN else chosen, index)


def _widens(catalog: Catalog, chosen: int, other: int) -> bool:
    """Step 6: whether a candidate gives way to a later type of its category."""
    return (
        not catalog.type(chosen).preferred
        and can_coerce_concrete(catalog, chosen, other, "implicit")
        and not can_coerce_concrete(catalog, other, chosen, "implicit")
    )


def select_common_type_from_oids(catalog: Catalog, inputs: Sequence[int]) -> int:
    """The common type of the arguments of an anycompatible call; `RefusalError` 42804 if none."""
    found = common_type(catalog, inputs)
    if isinstance(found, Mismatch):
        chosen, other = catalog.display_type(found.chosen), catalog.display_type(found.other)
        raise RefusalError(
            "type-mismatch",
            f"argument types {chosen} and {other} cannot be matched",
            sqlstate="42804",
        )
    return found.type


def verify_common_type(catalog: Catalog, chosen: int, inputs: Iterable[int]) -> bool:
    """Whether every input converts implicitly to the chosen type (step 7)."""
    return all(can_coerce_concrete(catalog, each, chosen, "implicit") for each in inputs)
