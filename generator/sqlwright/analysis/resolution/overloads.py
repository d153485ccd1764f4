"""Which of several functions or operators of one name a call means (manual 10.2 and 10.3).

Pure: the catalog, candidates and type OIDs. The numbered steps are those of the manual; where it
summarises, PostgreSQL's own order of tests is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Generic, TypeVar

from sqlwright.analysis.resolution.coercion_paths import CoercionContext, can_coerce_concrete
from sqlwright.analysis.resolution.polymorphic import check_generic_type_consistency
from sqlwright.catalog import oids
from sqlwright.catalog.types import properties as types
from sqlwright.dataclass import dataclass

if TYPE_CHECKING:
    from sqlwright.catalog.catalog import Catalog

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Candidate(Generic[T]):
    """A function or operator that might be meant, with the argument types as this call sees them
    (variadic ones repeated, named ones in the order of the call, defaulted ones at the end).
    """

    arguments: tuple[int, ...]
    item: T


def can_coerce_type(
    catalog: Catalog, sources: Sequence[int], targets: Sequence[int], context: CoercionContext
) -> bool:
    """Whether all arguments convert to the declared types in a context, polymorphic ones together.

    `targets` may be longer; only as many as there are sources are looked at.
    """
    generic = False
    for source, target in zip(sources, targets, strict=False):
        if types.is_polymorphic(target) and source != target:
            generic = True
        elif not can_coerce_concrete(catalog, source, target, context):
            return False
    return not generic or check_generic_type_consistency(catalog, sources, targets[: len(sources)])


def func_match_argtypes(
    catalog: Catalog, inputs: Sequence[int], candidates: Sequence[Candidate[T]]
) -> list[Candidate[T]]:
    """Drop the candidates that the inputs do not reach by implicit conversion (10.3 step 4.a)."""
    return [
        each for each in candidates if can_coerce_type(catalog, inputs, each.arguments, "implicit")
    ]


def func_select_candidate(
    catalog: Catalog, inputs: Sequence[int], candidates: Sequence[Candidate[T]]
) -> Candidate[T] | None:
    """The best of several candidates that all fit, None if no rule prefers one (steps 4.b-4.f).

    Domains among the inputs count as their base types.
    """
    bases = [catalog.base_type(each) for each in inputs]
    known = [at for at, each in enumerate(bases) if each != oids.UNKNOWN]
    unknown = [at for at, each in enumerate(bases) if each == oids.UNKNOWN]
    categories = [catalog.type_category(each) for each in bases]

    def exact(candidate: Candidate[T], at: int) -> bool:
        return candidate.arguments[at] == bases[at]

    def preferred(candidate: Candidate[T], at: int) -> bool:
        return exact(candidate, at) or is_preferred_type(
            catalog, categories[at], candidate.arguments[at]
        )

    best = _most_matches(candidates, known, exact)
    if len(best) == 1:
        return best[0]
    best = _most_matches(best, known, preferred)
    if len(best) == 1:
        return best[0]
    if not unknown:
        return None
    best = _keep_unknown_categories(catalog, unknown, best)
    if len(best) == 1:
        return best[0]
    return _assume_known_type(catalog, bases, known, best)


def is_preferred_type(catalog: Catalog, category: str, oid: int) -> bool:
    """Whether a type is a preferred one of that category (manual 10.1)."""
    offered = catalog.type(oid)
    return offered.preferred and offered.category == category


def _most_matches(
    candidates: Sequence[Candidate[T]],
    positions: Sequence[int],
    matches: Callable[[Candidate[T], int], bool],
) -> list[Candidate[T]]:
    """Steps 4.c and 4.d: keep the candidates with the most matches at the known positions."""
    counts = [sum(matches(each, at) for at in positions) for each in candidates]
    most = max(counts)
    return [each for each, count in zip(candidates, counts, strict=True) if count == most]


@dataclass(frozen=True, slots=True)
class _Slot:
    """What an unknown input is taken for: a category, and within it a preferred type if offered."""

    category: str
    preferred: bool


def _keep_unknown_categories(
    catalog: Catalog, unknown: Sequence[int], candidates: list[Candidate[T]]
) -> list[Candidate[T]]:
    """Step 4.e: guess a category for each unknown input and drop the candidates outside it.

    Nothing is dropped where a category cannot be decided, or where nothing would be left.
    """
    slots: dict[int, _Slot] = {}
    for at in unknown:
        slot = _slot_category(catalog, [each.arguments[at] for each in candidates])
        if slot is None:
            return candidates
        slots[at] = slot

    def fits(candidate: Candidate[T]) -> bool:
        for at, slot in slots.items():
            offered = catalog.type(candidate.arguments[at])
            if offered.category != slot.category or (slot.preferred and not offered.preferred):
                return False
        return True

    return [each for each in candidates if fits(each)] or candidates


def _slot_category(catalog: Catalog, offered: Sequence[int]) -> _Slot | None:
    """String if any candidate takes one there, else the category they share."""
    kinds = [catalog.type(each) for each in offered]
    categories = {each.category for each in kinds}
    if types.STRING_CATEGORY in categories:
        chosen = types.STRING_CATEGORY
    elif len(categories) == 1:
        chosen = categories.pop()
    else:
        return None
    return _Slot(chosen, any(each.preferred for each in kinds if each.category == chosen))


def _assume_known_type(
    catalog: Catalog,
    bases: Sequence[int],
    known: Sequence[int],
    candidates: Sequence[Candidate[T]],
) -> Candidate[T] | None:
    """Step 4.f: if all known inputs are of one type, try that type for the unknown ones too."""
    kinds = {bases[at] for at in known}
    if len(kinds) != 1:
        return None
    assumed = [*kinds] * len(bases)
    fitting = [
        each for each in candidates if can_coerce_type(catalog, assumed, each.arguments, "implicit")
    ]
    return fitting[0] if len(fitting) == 1 else None
