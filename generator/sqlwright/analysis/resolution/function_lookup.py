"""Which function a call means, or which cast it is after all (manual 10.3)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from sqlwright.analysis.resolution.coercion_paths import find_coercion_pathway
from sqlwright.analysis.resolution.function_candidates import (
    CallShape,
    FunctionCandidate,
    func_get_candidates,
)
from sqlwright.analysis.resolution.overloads import func_match_argtypes, func_select_candidate
from sqlwright.catalog import oids
from sqlwright.catalog.types.properties import STRING_CATEGORY
from sqlwright.dataclass import dataclass

if TYPE_CHECKING:
    from sqlwright.catalog.catalog import Catalog

Outcome = Literal["found", "coercion", "ambiguous", "not found"]


@dataclass(frozen=True, slots=True)
class FunctionDetail:
    """What a call resolves to: a function with the types of its arguments as the call sees them,
    a cast to `coercion`, or nothing, for want of a best or of any candidate.
    """

    outcome: Outcome
    candidate: FunctionCandidate | None = None
    coercion: int = 0


def func_get_detail(
    catalog: Catalog,
    names: tuple[str, ...],
    inputs: Sequence[int],
    shape: CallShape,
    *,
    literal: bool,
) -> FunctionDetail:
    """Resolve a call by name and argument types. `literal` says that its only argument is an
    unknown literal. Raises `RefusalError` 3F000.

    Step 2: an exact match of all types. Step 3: a type name with one argument is a cast, if that
    converts nothing or goes by the text form. Step 4: the best match.
    """
    wanted = tuple(inputs)
    return catalog.memo.once(
        ("call", names, wanted, shape, literal),
        lambda: _resolved(catalog, names, wanted, shape, literal),
    )


def _resolved(
    catalog: Catalog,
    names: tuple[str, ...],
    wanted: tuple[int, ...],
    shape: CallShape,
    literal: bool,
) -> FunctionDetail:
    candidates = func_get_candidates(catalog, names, shape)
    best = next((each for each in candidates if each.arguments[: shape.count] == wanted), None)
    if best is None:
        if shape.count == 1 and not shape.names:
            target = _coercion_target(catalog, names, wanted[0], literal)
            if target:
                return FunctionDetail("coercion", coercion=target)
        fitting = func_match_argtypes(catalog, wanted, candidates)
        if len(fitting) == 1:
            best = fitting[0]
        elif fitting:
            best = func_select_candidate(catalog, wanted, fitting)
            if best is None:
                return FunctionDetail("ambiguous")
    if best is None:
        return FunctionDetail("not found")
    if best.item.ambiguous:
        return FunctionDetail("ambiguous")
    if _variadic_array_misplaced(best, shape):
        return FunctionDetail("not found")
    return FunctionDetail("found", best)


def _variadic_array_misplaced(best: FunctionCandidate, shape: CallShape) -> bool:
    """VARIADIC in named notation must be on the parameter that was declared variadic."""
    positions = best.item.positions
    return (
        positions is not None
        and not shape.expand_variadic
        and positions[shape.count - 1] != shape.count - 1
    )


def func_name_as_type(catalog: Catalog, names: tuple[str, ...]) -> int:
    """The type of that name, 0 if there is none or it is a row type."""
    found = catalog.find_type(names)
    if found is None or not found.defined or found.relation:
        return 0
    return found.oid


def _coercion_target(catalog: Catalog, names: tuple[str, ...], source: int, literal: bool) -> int:
    """The type that `name(argument)` casts to, 0 where it is no such cast (step 3)."""
    target = func_name_as_type(catalog, names)
    if not target:
        return 0
    if source == oids.UNKNOWN and literal:
        return target
    path = find_coercion_pathway(catalog, target, source, "explicit")
    if path is None or path.kind not in ("relabel", "io"):
        return 0
    row = source == oids.RECORD or catalog.is_composite(source)
    if path.kind == "io" and row and catalog.type_category(target) == STRING_CATEGORY:
        # text(row) would hide a column of that name, so only the written cast converts a row.
        return 0
    return target
