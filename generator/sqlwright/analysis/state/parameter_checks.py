"""Parameters at the end of a statement: every use must have got a type."""

from __future__ import annotations

from sqlwright.analysis import tree
from sqlwright.analysis.state.parameter_types import ParameterSlot, Setback, Use
from sqlwright.analysis.state.parameters import shown_parameter, span_at
from sqlwright.analysis.state.parse_state import ParseState
from sqlwright.analysis.tree.traversal import walk
from sqlwright.catalog import oids
from sqlwright.diagnostics import DiagnosticError


def check_variable_parameters(state: ParseState, query: tree.Query) -> None:
    """Refuse uses that never got a type: 42P08 where another use of the parameter has one, 42P18
    where none has.
    """
    types = state.parameters
    for part in walk(query) if types.untyped - types.coerced else ():
        # The select list of INSERT ... SELECT keeps a use that the assignment above it has settled.
        if (
            isinstance(part, tree.Param)
            and part.type == oids.UNKNOWN
            and (part.start, part.end) not in types.coerced
        ):
            _check_use(state, part)
    for number in range(1, max(types.slots, default=0) + 1):
        slot = types.slots.get(number) or ParameterSlot()
        if not slot.settled:
            _refuse_undetermined(state, number, slot)
        if slot.slice:
            _check_slice(state, number, slot)


def _refuse_undetermined(state: ParseState, number: int, slot: ParameterSlot) -> None:
    place = slot.first
    if place is not None:
        advice = f"say what it is with a cast, as in {span_at(state, place).text}::text"
    else:
        later = min(used for used in state.parameters.slots if used > number)
        place = state.parameters.slots[later].first
        advice = f"nothing uses ${number}: number the parameters from $1 on without a gap"
    state.error(
        "indeterminate-type",
        f"could not determine data type of parameter {shown_parameter(state, number)}",
        place,
        sqlstate="42P18",
        help=advice,
    )


def _check_use(state: ParseState, param: tree.Param) -> None:
    slot = state.parameters.slots[param.number]
    if not slot.settled:
        return
    try:
        state.error(
            "indeterminate-type",
            f"could not determine data type of parameter {shown_parameter(state, param.number)}",
            param,
            sqlstate="42P08",
        )
    except DiagnosticError as error:
        if not slot.named:
            raise
        use = Use(param.number, (param.start, param.end))
        state.parameters.setbacks.append(Setback(error.diagnostic, (use,), at_end=True))


def _check_slice(state: ParseState, number: int, slot: ParameterSlot) -> None:
    if not state.catalog.base_element_type(slot.type):
        state.error(
            "slice-not-array",
            f"sqlc.slice stands for an array, but {shown_parameter(state, number)} is of type "
            f"{state.catalog.display_type(slot.type)}",
            slot.settled_at or slot.first,
            sqlstate="42804",
            help="use it as the only item of IN (...), or where an array is expected",
        )
