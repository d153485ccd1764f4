"""Analysis once more, with a cast on those uses of named parameters whose type other uses tell.

If a use cannot be resolved where it stands but another use of the same name settles a type, the
query is analysed again with that use taken as `$n::type`, and the cast is written into the SQL.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from sqlwright.analysis.state.parameter_types import ParameterTypes, Setback
from sqlwright.diagnostics import DiagnosticError

_Outcome = TypeVar("_Outcome")


def settle_parameters(
    analyse: Callable[[ParameterTypes], _Outcome], known: Mapping[int, int] | None = None
) -> _Outcome:
    """Run an analysis until every use of a named parameter has a type, or none more can be found.

    `analyse` starts from scratch each time, with the `ParameterTypes` it is given, and ends with
    `check_variable_parameters`. Uses in `known` have casts from the start.
    """
    seeds: dict[int, int] = dict(known or {})
    first: Setback | None = None
    while True:
        types = ParameterTypes(seeds=dict(seeds))
        try:
            outcome = analyse(types)
        except DiagnosticError as error:
            types.setbacks.append(Setback(error.diagnostic, tuple(types.open.values())))
        else:
            if not types.setbacks:
                return outcome
        found = _new_seeds(types)
        if not found:
            raise DiagnosticError(_telling(first, types.setbacks[0]).refusal)
        first = first or types.setbacks[0]
        seeds.update(found)


def _telling(first: Setback | None, last: Setback) -> Setback:
    """The refusal to report: the one before any cast was tried, if casts did not avert it."""
    if first is None:
        return last
    before, after = (each.refusal.labels[:1] for each in (first, last))
    same = before and after and before[0].span.start == after[0].span.start
    return first if same else last


def _new_seeds(types: ParameterTypes) -> dict[int, int]:
    """Types for the uses of the first setback that any can be found for; of all uses left open
    at the end together.
    """
    found: dict[int, int] = {}
    from_end = False
    for setback in types.setbacks:
        if found and not from_end:
            break
        from_end = setback.at_end
        seeded: set[int] = set()
        for use in setback.uses:
            slot = types.slots[use.number]
            settled = slot.type if slot.settled and not setback.by_cast else 0
            type_oid = slot.cast_type or settled
            start = use.place[0]
            if type_oid and use.number not in seeded and start not in types.seeds:
                found.setdefault(start, type_oid)
                seeded.add(use.number)
    return found
