"""Why each candidate of a name does not fit a call, for the notes of a diagnostic."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from sqlwright.analysis import tree
from sqlwright.analysis.resolution.coercion_paths import can_coerce_concrete, find_coercion_pathway
from sqlwright.analysis.resolution.overloads import Candidate
from sqlwright.analysis.resolution.polymorphic import check_generic_type_consistency
from sqlwright.catalog import oids
from sqlwright.catalog.model import Function, Operator
from sqlwright.catalog.similar_names import declared_here
from sqlwright.catalog.types.properties import is_polymorphic
from sqlwright.diagnostics import Label

if TYPE_CHECKING:
    from sqlwright.analysis.state.parse_state import ParseState
    from sqlwright.catalog.catalog import Catalog

Item = TypeVar("Item", Function, Operator)

_MOST = 4


def candidate_notes(
    catalog: Catalog,
    inputs: Sequence[int],
    candidates: Sequence[Candidate[Item]],
    reason: Callable[[Item], str | None] = lambda item: None,
) -> tuple[str, ...]:
    """The candidates that come nearest to the inputs, each with what stands against it, which may
    be a `reason` other than the types."""
    ranked = sorted(
        candidates,
        key=lambda each: (
            abs(len(inputs) - len(each.arguments)),
            _misfits(catalog, inputs, each.arguments),
            _hopeless(catalog, inputs, each.arguments),
            _farness(inputs, each),
        ),
    )
    notes = [
        f"{shown_candidate(catalog, each.item, each.arguments)}: "
        f"{reason(each.item) or _reason(catalog, inputs, each)}"
        for each in ranked[:_MOST]
    ]
    if len(ranked) > _MOST:
        notes.append(f"and {len(ranked) - _MOST} more of that name")
    return tuple(notes)


_MOST_OPERATORS = 3


def relevant_candidates(
    inputs: Sequence[int], candidates: Sequence[Candidate[Operator]]
) -> list[Candidate[Operator]]:
    """Of the operators of a name, the few that take one of the operands as it is."""
    chosen: list[Candidate[Operator]] = []
    for at, given in enumerate(inputs):
        shared = [each for each in candidates if each.arguments[at] == given]
        alike = [each for each in shared if len(set(each.arguments)) == 1]
        compares = any(each.item.result == oids.BOOL for each in alike)
        chosen += alike if compares else [*shared, *alike][:2]
    return list(dict.fromkeys(chosen))[:_MOST_OPERATORS]


def operand_labels(state: ParseState, operands: Sequence[tree.Expr]) -> tuple[Label, ...]:
    """The type of each operand, and where a column that is one is declared."""
    labels: list[Label] = []
    for each in operands:
        if each.start >= 0 and each.type != oids.UNKNOWN:
            shown = state.catalog.display_type(each.type)
            labels.append(Label(state.span(each), f"this is {shown}"))
    for each in operands:
        if isinstance(each, tree.Var) and 0 < each.number <= len(each.entry.columns):
            source = each.entry.columns[each.number - 1].source
            labels += declared_here(source) if source is not None else ()
    return tuple(labels)


def shown_candidate(catalog: Catalog, item: Function | Operator, arguments: Sequence[int]) -> str:
    """A candidate with its argument types, as one would call it, or with those too that a call
    leaves to defaults."""
    if isinstance(item, Function) and len(item.arguments) > len(arguments):
        arguments = item.arguments
    shown = [catalog.display_type(each) for each in arguments]
    if isinstance(item, Function):
        return f"{item.name}({', '.join(shown)})"
    return " ".join([*shown[:-1], item.name, shown[-1]])


def _fits(catalog: Catalog, given: int, wanted: int) -> bool:
    if is_polymorphic(wanted):
        return check_generic_type_consistency(catalog, (given,), (wanted,))
    return can_coerce_concrete(catalog, given, wanted, "implicit")


def _misfits(catalog: Catalog, inputs: Sequence[int], arguments: Sequence[int]) -> int:
    return sum(
        not _fits(catalog, given, wanted) for given, wanted in zip(inputs, arguments, strict=False)
    )


def _hopeless(catalog: Catalog, inputs: Sequence[int], arguments: Sequence[int]) -> int:
    return sum(
        not _fits(catalog, given, wanted)
        and find_coercion_pathway(catalog, wanted, given, "explicit") is None
        for given, wanted in zip(inputs, arguments, strict=False)
    )


def _farness(inputs: Sequence[int], candidate: Candidate[Item]) -> int:
    return sum(given != wanted for given, wanted in zip(inputs, candidate.arguments, strict=False))


def _counted(count: int) -> str:
    if not count:
        return "no arguments"
    return "1 argument" if count == 1 else f"{count} arguments"


def _taken(item: Function | Operator, most: int) -> str:
    """How many arguments a candidate takes, with those that may be left out or repeated."""
    if isinstance(item, Function) and item.variadic:
        return f"{_counted(most - 1 if most > 1 else most)} or more"
    if isinstance(item, Function) and item.defaults:
        return f"{most - item.defaults} to {_counted(most)}"
    return _counted(most)


def _reason(catalog: Catalog, inputs: Sequence[int], candidate: Candidate[Item]) -> str:
    arguments = candidate.arguments
    if len(arguments) != len(inputs):
        return f"it takes {_taken(candidate.item, len(arguments))}"
    for at, (given, wanted) in enumerate(zip(inputs, arguments, strict=False), 1):
        if _fits(catalog, given, wanted):
            continue
        source, target = catalog.display_type(given), catalog.display_type(wanted)
        what = f"argument {at}"
        if isinstance(candidate.item, Operator) and len(inputs) > 1:
            what = "the left side" if at == 1 else "the right side"
        if is_polymorphic(wanted):
            return f"{what} is {source}, which is no {target}"
        if find_coercion_pathway(catalog, wanted, given, "explicit") is not None:
            return f"{what} is {source}, which becomes {target} only by an explicit cast"
        return f"{what} is {source}, which cannot become {target}"
    if any(is_polymorphic(each) for each in arguments):
        return "the arguments do not agree on one type"
    return "it fits, but no better than another"
