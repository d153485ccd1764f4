"""Types of parameters, settled by where they are used.

Each `$n` has a slot: not seen, seen but of unknown type, or typed. The first use that needs a type
settles it; a use analysed before that, and never coerced itself, stays unresolved and is refused,
as PostgreSQL does (PREPARE, manual 10.3-10.5 apply to the uses).

Named parameters are kinder. If a use cannot be resolved where it stands but another use of the
same name settles a type, the query is analysed again with that use taken as `$n::type`, and the
cast is written into the SQL. `parameter_settling` drives this.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlwright.analysis import tree
from sqlwright.analysis.state.parameter_types import ParameterSlot, Place, Setback, Use
from sqlwright.analysis.state.parse_state import ParseState, TextEdit
from sqlwright.analysis.tree import making
from sqlwright.catalog import oids
from sqlwright.catalog.types.properties import is_polymorphic
from sqlwright.diagnostics import DiagnosticError, Label
from sqlwright.source import Span
from sqlwright.sql import nodes

Where = nodes.Node | tree.Expr | tuple[int, int] | None

_NOWHERE: frozenset[Place] = frozenset()


def span_at(state: ParseState, place: Place) -> Span:
    """The place of a use in the source."""
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
    slot = types.slots.get(ref.number)
    if slot is None:
        slot = types.slots[ref.number] = ParameterSlot(named=ref.named)
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
        types.untyped.add(place)
    if ref.named and not slot.settled:
        types.open[place] = Use(ref.number, place)
    return making.Param(type=slot.type, number=ref.number, start=ref.start, end=ref.end)


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
    seeds = state.parameters.seeds
    if not seeds:
        return None
    while isinstance(node, nodes.Indirection | nodes.Collate):
        if isinstance(node, nodes.Indirection) and not all(
            isinstance(step, nodes.SubscriptStep) for step in node.steps
        ):
            return None
        node = node.operand
    seed = seeds.get(node.start) if isinstance(node, nodes.ParamRef) else None
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
    types.open.pop(place, None)
    types.coerced.add(place)
    return making.Param(
        type=target,
        dimensions=param.dimensions,
        start=param.start,
        end=param.end,
        number=param.number,
    )


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
            labels=(Label(span_at(state, other), f"{before} here"),) if other else (),
            help=_CAST_ONE.format(span_at(state, (param.start, param.end)).text, after)
            if slot.named
            else None,
        )
    except DiagnosticError as error:
        if not slot.named:
            raise
        use = Use(param.number, slot.first or (param.start, param.end))
        state.parameters.setbacks.append(Setback(error.diagnostic, (use,), by_cast=True))


def shown_parameter(state: ParseState, number: int) -> str:
    """A parameter as the user wrote it first: `@name`, or `$1`."""
    slot = state.parameters.slots.get(number)
    if slot is None or not slot.named or slot.first is None:
        return f"${number}"
    return span_at(state, slot.first).text


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
        shown = span_at(state, place).text
        state.error(
            "parameter-type-conflict",
            f"inconsistent types deduced for parameter {shown}",
            place,
            sqlstate="42P08",
            detail=f"{before} versus {after}",
            label=f"{after} here",
            labels=(Label(span_at(state, slot.settled_at or place), f"{before} here"),),
            help=_CAST_ONE.format(shown, after),
        )


def open_places(state: ParseState) -> frozenset[Place]:
    """Where the uses of named parameters stand that are open as something is attempted."""
    found = state.parameters.open
    return frozenset(found) if found else _NOWHERE


def put_off(state: ParseState, error: DiagnosticError, before: frozenset[Place]) -> bool:
    """Take note of a refused attempt that left uses of named parameters open, besides those of
    `before`: something may stand in for its outcome, so that the rest of the statement can tell
    their types. False where there are none.
    """
    types = state.parameters
    uses = tuple(use for place, use in types.open.items() if place not in before)
    if uses:
        types.setbacks.append(Setback(error.diagnostic, uses))
    return bool(uses)
