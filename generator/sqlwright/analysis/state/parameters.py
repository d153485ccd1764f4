"""Types of parameters, settled by where they are used.

Each `$n` has a slot: not seen, seen but of unknown type, or typed. The first use that needs a type
settles it; a use analysed before that, and never coerced itself, stays unresolved and is refused,
as PostgreSQL does (PREPARE, manual 10.3-10.5 apply to the uses).

Named parameters are kinder. If a use cannot be resolved where it stands but another use of the
same name settles a type, the query is analysed again with that use taken as `$n::type`, and the
cast is written into the SQL. `settle_parameters` drives this.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from sqlwright.analysis import tree
from sqlwright.analysis.state.parse_state import TextEdit
from sqlwright.analysis.tree.traversal import walk
from sqlwright.catalog import oids
from sqlwright.catalog.types.properties import is_polymorphic
from sqlwright.dataclass import dataclass, field, replace
from sqlwright.diagnostics import DiagnosticError, Label
from sqlwright.source import Span
from sqlwright.sql import nodes

if TYPE_CHECKING:
    from sqlwright.analysis.state.parse_state import ParseState, TextEdit

    Where = nodes.Node | tree.Expr | tuple[int, int] | None

_Outcome = TypeVar("_Outcome")
_Place = tuple[int, int]


@dataclass(slots=True)
class ParameterSlot:
    """What is known of one `$n`. `type` is 0 before any use, then unknown until settled.

    `first` is its first use, `settled_at` the use that gave it its type; `cast_type` the type of an
    explicit cast written on some use.
    """

    type: int = 0
    named: bool = False
    slice: bool = False
    first: _Place | None = None
    settled_at: _Place | None = None
    cast_type: int = 0

    @property
    def settled(self) -> bool:
        return self.type not in (0, oids.UNKNOWN)


@dataclass(frozen=True, slots=True)
class _Use:
    number: int
    place: _Place


@dataclass(frozen=True, slots=True)
class _Setback:
    """A refusal that a type for these uses may avert; `by_cast` if only a written cast can."""

    error: DiagnosticError
    uses: tuple[_Use, ...]
    by_cast: bool = False
    at_end: bool = False


@dataclass(slots=True)
class ParameterTypes:
    """The slots of one analysis of one statement. `seeds` types the use at a source offset from
    the start, as if it were cast there; `cast` has the offsets of uses that a cast is written on.
    """

    seeds: Mapping[int, int] = field(default_factory=dict)
    slots: dict[int, ParameterSlot] = field(default_factory=dict)
    cast: set[int] = field(default_factory=set)
    _open: dict[_Place, _Use] = field(default_factory=dict)
    _coerced: set[_Place] = field(default_factory=set)
    _untyped: set[_Place] = field(default_factory=set)
    _setbacks: list[_Setback] = field(default_factory=list)

    def type_of(self, number: int) -> int:
        """The settled type of `$number`; unknown if there is none."""
        slot = self.slots.get(number)
        return slot.type if slot is not None and slot.settled else oids.UNKNOWN


def _span(state: ParseState, place: _Place) -> Span:
    return Span(state.source, *place)


def transform_param_ref(state: ParseState, ref: nodes.ParamRef) -> tree.Param:
    """A use of a parameter, of the type known by now (variable_paramref_hook)."""
    if ref.number <= 0:
        state.error(
            "unknown-parameter",
            f"there is no parameter ${ref.number}",
            ref,
            sqlstate="42P02",
            help="parameters are numbered from $1",
        )
    types = state.parameters
    slot = types.slots.setdefault(ref.number, ParameterSlot(named=ref.named))
    place = (ref.start, ref.end)
    slot.first = slot.first or place
    slot.slice = slot.slice or ref.slice
    if slot.type == 0 or (slot.type == oids.VOID and state.expr_kind == "call argument"):
        slot.type = oids.UNKNOWN
    seed = types.seeds.get(ref.start)
    if seed is not None and not slot.settled:
        slot.type, slot.settled_at = seed, place
    if seed == slot.type:
        add_edit_once(state, *_cast_edits(state, ref, seed))
    if slot.type == oids.UNKNOWN:
        types._untyped.add(place)
    if ref.named and not slot.settled:
        types._open[place] = _Use(ref.number, place)
    return tree.Param(type=slot.type, number=ref.number, start=ref.start, end=ref.end)


def _cast_edits(state: ParseState, ref: nodes.ParamRef, type_oid: int) -> list[TextEdit]:
    shown = f"::{state.catalog.display_type(type_oid)}"
    following = state.source.text[ref.end : ref.end + 64].lstrip()[:1]
    if following in ("[", "."):
        return [TextEdit(ref.start, ref.start, "("), TextEdit(ref.end, ref.end, f"{shown})")]
    return [TextEdit(ref.end, ref.end, shown)]


def add_edit_once(state: ParseState, *edits: TextEdit) -> None:
    """Record edits; a stretch that is analysed twice (BETWEEN's operand) is edited once."""
    for edit in edits:
        if not any(
            (known.start, known.end, known.text) == (edit.start, edit.end, edit.text)
            for known in state.edits
        ):
            state.edits.append(edit)


def seeded_cast_name(state: ParseState, node: nodes.Expr) -> str | None:
    """The name of an output column that shows a use with a cast put on it: that of the type."""
    while isinstance(node, nodes.Indirection | nodes.Collate):
        if isinstance(node, nodes.Indirection) and not all(
            isinstance(step, nodes.SubscriptStep) for step in node.steps
        ):
            return None
        node = node.operand
    seed = state.parameters.seeds.get(node.start) if isinstance(node, nodes.ParamRef) else None
    if seed is None:
        return None
    catalog = state.catalog
    return catalog.type(catalog.element_type(seed) or seed).name


def awaits_cast(state: ParseState, expr: tree.Expr) -> bool:
    """Whether an expression is a use of a named parameter that another use has settled, so that
    it is to be given that type instead of text.
    """
    if not isinstance(expr, tree.Param) or expr.type != oids.UNKNOWN:
        return False
    slot = state.parameters.slots.get(expr.number)
    return slot is not None and slot.named and slot.settled


def note_cast(state: ParseState, ref: nodes.ParamRef, type_oid: int) -> None:
    """Remember that a use carries an explicit cast: the author said what type it has."""
    state.parameters.cast.add(ref.start)
    slot = state.parameters.slots[ref.number]
    if not slot.cast_type:
        slot.cast_type = type_oid


def coerce_param_hook(
    state: ParseState, param: tree.Param, target: int, modifier: int, where: Where
) -> tree.Expr | None:
    """Settle a use of unknown type as `target` (variable_coerce_param_hook); None for a use that
    has a type and so is coerced like anything else. 42P08 if another use settled another type.
    """
    if param.type != oids.UNKNOWN:
        return None
    types = state.parameters
    slot = types.slots.get(param.number)
    if slot is None:
        state.error(
            "unknown-parameter", f"there is no parameter ${param.number}", param, sqlstate="42P02"
        )
    place = (param.start, param.end)
    if not slot.settled:
        slot.type, slot.settled_at = target, place
    elif slot.type != target:
        _conflict(state, param, slot, target)
    types._open.pop(place, None)
    types._coerced.add(place)
    return replace(param, type=target, modifier=-1)


_CAST_ONE = "cast one of the uses, as in {}::{}, or use two parameters"


def _conflict(state: ParseState, param: tree.Param, slot: ParameterSlot, target: int) -> None:
    before = state.catalog.display_type(slot.type)
    after = state.catalog.display_type(target)
    other = slot.settled_at or slot.first
    try:
        state.error(
            "parameter-type-conflict",
            f"inconsistent types deduced for parameter {shown_parameter(state, param.number)}",
            param,
            sqlstate="42P08",
            detail=f"{before} versus {after}",
            label=f"{after} here",
            labels=(Label(_span(state, other), f"{before} here"),) if other else (),
            help=_CAST_ONE.format(_span(state, (param.start, param.end)).text, after)
            if slot.named
            else None,
        )
    except DiagnosticError as error:
        if not slot.named:
            raise
        use = _Use(param.number, slot.first or (param.start, param.end))
        state.parameters._setbacks.append(_Setback(error, (use,), by_cast=True))


def shown_parameter(state: ParseState, number: int) -> str:
    """A parameter as the user wrote it first: `@name`, or `$1`."""
    slot = state.parameters.slots.get(number)
    if slot is None or not slot.named or slot.first is None:
        return f"${number}"
    return _span(state, slot.first).text


def refuse_conflicting_use(
    state: ParseState, exprs: Sequence[tree.Expr], wanted: Sequence[int]
) -> None:
    """Where a use of a named parameter does not fit because another use has settled its type, say
    so: both places are wrong together, and neither alone. `wanted` has the types that the
    expressions would need.
    """
    for expr, target in zip(exprs, wanted, strict=False):
        slot = state.parameters.slots.get(expr.number) if isinstance(expr, tree.Param) else None
        if not isinstance(expr, tree.Param) or slot is None or not slot.named:
            continue
        place = (expr.start, expr.end)
        settled_here = slot.settled_at in (None, place)
        if settled_here or target in (0, oids.UNKNOWN, slot.type) or is_polymorphic(target):
            continue
        before, after = (state.catalog.display_type(each) for each in (slot.type, target))
        shown = _span(state, place).text
        state.error(
            "parameter-type-conflict",
            f"inconsistent types deduced for parameter {shown}",
            place,
            sqlstate="42P08",
            detail=f"{before} versus {after}",
            label=f"{after} here",
            labels=(Label(_span(state, slot.settled_at or place), f"{before} here"),),
            help=_CAST_ONE.format(shown, after),
        )


def or_stand_in(
    state: ParseState, attempt: Callable[[], tree.Expr], stand_in: tree.Expr
) -> tree.Expr:
    """The outcome of an attempt; `stand_in` if it was refused while uses of named parameters in it
    were still open, so that the rest of the statement can tell their types.
    """
    types = state.parameters
    before = set(types._open)
    try:
        return attempt()
    except DiagnosticError as error:
        uses = tuple(use for place, use in types._open.items() if place not in before)
        if not uses:
            raise
        types._setbacks.append(_Setback(error, uses))
        return stand_in


def check_variable_parameters(state: ParseState, query: tree.Query) -> None:
    """Refuse uses that never got a type: 42P08 where another use of the parameter has one, 42P18
    where none has.
    """
    types = state.parameters
    for part in walk(query) if types._untyped - types._coerced else ():
        # The select list of INSERT ... SELECT keeps a use that the assignment above it has settled.
        if (
            isinstance(part, tree.Param)
            and part.type == oids.UNKNOWN
            and (part.start, part.end) not in types._coerced
        ):
            _check_use(state, part)
    for number in range(1, max(types.slots, default=0) + 1):
        slot = types.slots.get(number, ParameterSlot())
        if not slot.settled:
            _refuse_undetermined(state, number, slot)
        if slot.slice:
            _check_slice(state, number, slot)


def _refuse_undetermined(state: ParseState, number: int, slot: ParameterSlot) -> None:
    place = slot.first
    if place is not None:
        advice = f"say what it is with a cast, as in {_span(state, place).text}::text"
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
        use = _Use(param.number, (param.start, param.end))
        state.parameters._setbacks.append(_Setback(error, (use,), at_end=True))


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


def settle_parameters(analyse: Callable[[ParameterTypes], _Outcome]) -> _Outcome:
    """Run an analysis until every use of a named parameter has a type, or none more can be found.

    `analyse` starts from scratch each time, with the `ParameterTypes` it is given, and ends with
    `check_variable_parameters`.
    """
    seeds: dict[int, int] = {}
    first: _Setback | None = None
    while True:
        types = ParameterTypes(seeds=dict(seeds))
        try:
            outcome = analyse(types)
        except DiagnosticError as error:
            types._setbacks.append(_Setback(error, tuple(types._open.values())))
        else:
            if not types._setbacks:
                return outcome
        found = _new_seeds(types)
        if not found:
            raise _telling(first, types._setbacks[0]).error
        first = first or types._setbacks[0]
        seeds.update(found)


def _telling(first: _Setback | None, last: _Setback) -> _Setback:
    """The refusal to report: the one before any cast was tried, if casts did not avert it."""
    if first is None:
        return last
    before, after = (each.error.diagnostic.labels[:1] for each in (first, last))
    same = before and after and before[0].span.start == after[0].span.start
    return first if same else last


def _new_seeds(types: ParameterTypes) -> dict[int, int]:
    """Types for the uses of the first setback that any can be found for; of all uses left open
    at the end together.
    """
    found: dict[int, int] = {}
    from_end = False
    for setback in types._setbacks:
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
