"""What is inferred of the parameters of a query."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlwright.analysis.facts import Parameter, Reason, make_parameter
from sqlwright.analysis.inputs.element_uses import element_uses, word_on_elements
from sqlwright.analysis.inputs.null_uses import null_uses
from sqlwright.analysis.inputs.parameter_uses import TELLING, ParameterUse, parameter_uses
from sqlwright.analysis.inputs.words_on_null import OnNull, word_on_null
from sqlwright.analysis.outputs.array_dimensions import given_dimensions
from sqlwright.analysis.state.parameter_types import ParameterSlot, ParameterTypes
from sqlwright.analysis.tree.traversal import Part
from sqlwright.analysis.type_reasons import Reasons
from sqlwright.catalog.catalog import Catalog
from sqlwright.dataclass import dataclass
from sqlwright.source import Span
from sqlwright.sql.statements import Marker, QueryStatement


def inferred_parameters(
    catalog: Catalog,
    statement: QueryStatement,
    types: ParameterTypes,
    every: Sequence[Part],
    reasons: Reasons | None,
) -> tuple[Parameter, ...]:
    """The parameters of a query, of which these are all the parts, as inferred."""
    if not types.slots:
        return ()
    parts = [part for part in every if type(part) in TELLING]
    uses = parameter_uses(parts)
    nulls = null_uses(catalog, every, types.cast)
    arrays = _arrays(catalog, types)
    stored = element_uses(catalog, parts) if arrays else {}
    columns = {
        number: [use.column for use in of if use.column is not None] for number, of in uses.items()
    }
    dimensions = given_dimensions(catalog, parts, columns)
    marked = _by_number(statement.markers)
    names = _Names({marker.name for marker in statement.markers if marker.name})
    parameters = []
    for number in sorted(types.slots):
        markers = marked.get(number, [])
        own = uses.get(number, [])
        given = next((marker.name for marker in markers if marker.name), None)
        name = given or names.inferred(own, number)
        depth = dimensions.get(number, 0)
        slot = types.slots[number]
        null = word_on_null(catalog, statement.source, slot.type, nulls.get(number, ()), markers)
        elements: tuple[bool, Reason | None] = False, None
        if number in arrays:
            elements = word_on_elements(catalog, slot.type, stored.get(number, ()))
        words = _Words(name, depth, null, *elements)
        parameters.append(_parameter(statement, slot, markers, number, own, words, reasons))
    return tuple(parameters)


def _arrays(catalog: Catalog, types: ParameterTypes) -> set[int]:
    """The numbers of the parameters that are arrays."""
    return {number for number, slot in types.slots.items() if catalog.is_array(slot.type)}


def _by_number(markers: Iterable[Marker]) -> dict[int, list[Marker]]:
    found: dict[int, list[Marker]] = {}
    for marker in markers:
        found.setdefault(marker.number, []).append(marker)
    return found


class _Names:
    """Names for parameters that have none: what a use says, a column before a function, with a
    number if that is taken."""

    def __init__(self, taken: set[str]) -> None:
        self._taken = taken
        self._counts: dict[str, int] = {}

    def inferred(self, uses: list[ParameterUse], number: int) -> str:
        columns = (use.name for use in uses if use.column is not None)
        base = next((name for name in (*columns, *(use.name for use in uses)) if name), None)
        base = base or f"param_{number}"
        name, count = base, self._counts.get(base, 1)
        while name in self._taken:
            count += 1
            name = f"{base}_{count}"
        self._counts[base] = count
        self._taken.add(name)
        return name


@dataclass(frozen=True, slots=True)
class _Words:
    """What is said of a parameter besides its type: its name, the dimensions of its arrays, and
    whether it, and elements of it, may be NULL."""

    name: str
    dimensions: int
    null: OnNull
    element_nullable: bool
    element_reason: Reason | None


def _parameter(
    statement: QueryStatement,
    slot: ParameterSlot,
    markers: list[Marker],
    number: int,
    uses: list[ParameterUse],
    words: _Words,
    reasons: Reasons | None,
) -> Parameter:
    named = any(marker.name for marker in markers)
    column = next((use.column for use in uses if use.column is not None), None)
    first = min(markers, key=lambda marker: marker.start, default=None)
    return make_parameter(
        name=words.name,
        position=number,
        type=slot.type,
        nullable=words.null.nullable,
        named=named,
        written=first.written if first is not None else "",
        slice=slot.slice,
        left_out=words.null.left_out,
        element_nullable=words.element_nullable,
        dimensions=words.dimensions,
        column=column,
        stored_in=next((use.column for use in uses if use.assigned), None),
        type_reason=reasons.of_parameter(slot, uses) if reasons else None,
        nullable_reason=words.null.reason,
        element_reason=words.element_reason,
        span=Span(statement.source, first.start, first.end) if first is not None else None,
    )
