"""Refusals of operators: none that takes the operands, or several that do."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, NoReturn

from sqlwright.analysis import tree
from sqlwright.analysis.operators.advice import (
    best_to_cast,
    marker_advice,
    operator_advice,
)
from sqlwright.analysis.operators.elsewhere import operator_elsewhere
from sqlwright.analysis.resolution.cast_advice import (
    is_out_of_json,
    literal_cast_help,
    undecided_parameter,
    written_cast,
)
from sqlwright.analysis.resolution.overloads import Candidate, func_match_argtypes
from sqlwright.analysis.resolution.rejections import (
    candidate_notes,
    operand_labels,
    relevant_candidates,
)
from sqlwright.analysis.state.parameters import refuse_conflicting_use
from sqlwright.catalog import oids
from sqlwright.catalog.qualified_names import misqualified
from sqlwright.catalog.similar_names import missing_schema
from sqlwright.catalog.types.properties import is_polymorphic
from sqlwright.sql import nodes

if TYPE_CHECKING:
    from sqlwright.analysis.state.parse_state import ParseState
    from sqlwright.catalog.catalog import Catalog
    from sqlwright.catalog.model import Operator

    Where = nodes.Node | tree.Expr | tuple[int, int] | None

Names = tuple[str, ...]

_FEW = 4
"""So many operators of a name can be shown though none takes an operand as it is."""

_BINARY_HINT = (
    "No operator matches the given name and argument types. You might need to add explicit type"
    " casts."
)
_PREFIX_HINT = (
    "No operator matches the given name and argument type. You might need to add an explicit type"
    " cast."
)


def no_operator_hint(operands: int) -> str:
    """What PostgreSQL says where no operator takes one operand, or two, of such types."""
    return _BINARY_HINT if operands == 2 else _PREFIX_HINT


def operator_signature(catalog: Catalog, names: Names, inputs: Sequence[int]) -> str:
    shown = [catalog.display_type(each) for each in inputs]
    return " ".join([*shown[:-1], ".".join(names), shown[-1]])


def no_operator(
    state: ParseState,
    names: Names,
    inputs: Sequence[int],
    ambiguous: bool,
    operands: Sequence[tree.Expr],
    where: Where,
    advice: str | None = None,
    shown_operands: Sequence[tree.Expr] = (),
) -> NoReturn:
    """42883 where no operator fits, 42725 where several do. `advice` is help known already,
    `shown_operands` are operands whose types are worth showing but which no cast would help.
    """
    catalog = state.catalog
    if (wrong := misqualified(names)) is not None:
        code, message, sqlstate = wrong
        state.error(code, message, where, sqlstate=sqlstate)
    if len(names) > 1 and not catalog.has_schema(names[-2]):
        state.error(
            "unknown-schema",
            f'schema "{names[-2]}" does not exist',
            where,
            sqlstate="3F000",
            help=missing_schema(catalog, names).help,
        )
    candidates = _candidates(catalog, names, len(inputs))
    if candidates and len(inputs) == 2 and not ambiguous:
        refuse_conflicting_use(state, operands, tuple(reversed(inputs)))
    if ambiguous:
        _not_unique(state, names, inputs, candidates, operands, where)
    state.error(
        "unknown-operator",
        f"operator does not exist: {operator_signature(catalog, names, inputs)}",
        where,
        sqlstate="42883",
        hint=no_operator_hint(len(inputs)),
        notes=candidate_notes(catalog, inputs, _worth_showing(inputs, candidates)),
        help=_marker_help(state, names, operands)
        or (operator_advice(catalog, names, inputs) if not _adds_json(names, operands) else None)
        or advice
        or operator_elsewhere(catalog, names, inputs)
        or _operand_help(state, names, operands, candidates),
        labels=operand_labels(state, operands or shown_operands) if candidates else (),
    )


def _not_unique(
    state: ParseState,
    names: Names,
    inputs: Sequence[int],
    candidates: Sequence[Candidate[Operator]],
    operands: Sequence[tree.Expr],
    where: Where,
) -> NoReturn:
    fitting = func_match_argtypes(state.catalog, inputs, candidates)
    state.error(
        "ambiguous-operator",
        f"operator is not unique: {operator_signature(state.catalog, names, inputs)}",
        where,
        sqlstate="42725",
        hint="Could not choose a best candidate operator. You might need to add explicit type"
        " casts.",
        notes=candidate_notes(state.catalog, inputs, candidates),
        help=literal_cast_help(state, operands, [each.arguments for each in fitting]),
    )


def _worth_showing(
    inputs: Sequence[int], candidates: Sequence[Candidate[Operator]]
) -> Sequence[Candidate[Operator]]:
    """All of them where they are few, or those that take one of the operands."""
    few = candidates if len(candidates) <= _FEW else ()
    return relevant_candidates(inputs, candidates) or few


def _marker_help(state: ParseState, names: Names, operands: Sequence[tree.Expr]) -> str | None:
    if len(operands) != 1 or operands[0].start < 0:
        return None
    return marker_advice(names[-1], state.source.text[operands[0].start : operands[0].end])


def _operand_help(
    state: ParseState,
    names: Names,
    operands: Sequence[tree.Expr],
    candidates: Sequence[Candidate[Operator]],
) -> str | None:
    """A change of one operand with which some candidate would fit."""
    plain = _undecided_operand(state, operands) or _number_as_text(state, operands)
    if plain is not None:
        return plain
    inputs = [each.type for each in operands]
    for at in best_to_cast(state, names, operands):
        others = [*inputs[:at], *inputs[at + 1 :]]
        for candidate in sorted(candidates, key=partial(_strangeness, at, others)):
            kept = [*candidate.arguments[:at], *candidate.arguments[at + 1 :]]
            target = candidate.arguments[at]
            if not _agree(kept, others) or is_polymorphic(target):
                continue
            cast = written_cast(state, operands[at], target)
            if cast is not None:
                return f"write an explicit cast: {cast}"
    return None


def _adds_json(names: Names, operands: Sequence[tree.Expr]) -> bool:
    """Whether something taken out of JSON is added up, which may be a number in spite of its
    type."""
    return names[-1] == "+" and any(is_out_of_json(each) for each in operands)


def _undecided_operand(state: ParseState, operands: Sequence[tree.Expr]) -> str | None:
    """A cast within the operand that has no type but for want of a better one."""
    if len(operands) != 2:
        return None
    left, right = operands
    for operand, other in ((right, left), (left, right)):
        target = state.catalog.base_type(other.type)
        if other.type != oids.UNKNOWN and undecided_parameter(state, operand, target) is not None:
            cast = written_cast(state, operand, target)
            return None if cast is None else f"write an explicit cast: {cast}"
    return None


def _number_as_text(state: ParseState, operands: Sequence[tree.Expr]) -> str | None:
    """For a column of text that is asked whether it equals a number: that number in quotes."""
    if len(operands) != 2:
        return None
    left, right = operands
    text = state.source.text
    if text[left.end : right.start].strip() not in ("=", "<>", "!="):
        return None
    for column, number in ((left, right), (right, left)):
        if not isinstance(column, tree.Var) or column.type not in (oids.TEXT, oids.VARCHAR):
            continue
        if isinstance(number, tree.Const) and number.type in (oids.INT4, oids.INT8):
            return f"write it as text: `'{text[number.start : number.end]}'`"
    return None


def _strangeness(at: int, others: Sequence[int], each: Candidate[Operator]) -> tuple[bool, bool]:
    """The type to cast to is best that of the other operand, else text."""
    target = each.arguments[at]
    return target not in others, target != oids.TEXT


def _agree(wanted: Sequence[int], given: Sequence[int]) -> bool:
    """Whether operands are as wanted; a literal or parameter of unknown type may be a text."""
    return all(
        one == other or (other == oids.UNKNOWN and one == oids.TEXT)
        for one, other in zip(wanted, given, strict=True)
    )


def _candidates(catalog: Catalog, names: Names, operands: int) -> list[Candidate[Operator]]:
    return [
        Candidate((each.left, each.right)[-operands:], each)
        for each in catalog.operators_named(names)
        if (each.left == 0) == (operands == 1)
    ]
