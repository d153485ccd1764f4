"""The functions a call might mean, before types decide (manual 10.3 steps 1 and 2, 4.3, 36.5.6).

Pure: the catalog, a name and how the call is written. Variadic arguments are repeated, named ones
put in the order of the call, missing ones filled by defaults.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sqlwright.analysis.resolution.overloads import Candidate
from sqlwright.analysis.state.refusal import RefusalError
from sqlwright.catalog.qualified_names import misqualified
from sqlwright.catalog.similar_names import missing_schema
from sqlwright.dataclass import dataclass, replace

if TYPE_CHECKING:
    from sqlwright.catalog.catalog import Catalog
    from sqlwright.catalog.model import Function


@dataclass(frozen=True, slots=True)
class CallShape:
    """How a call is written: how many arguments, the names of the trailing ones that have names.

    `expand_variadic` is off where VARIADIC is written, and so an array is passed as it is.
    `include_out` is how CALL passes the OUT arguments of a procedure too.
    """

    count: int
    names: tuple[str, ...] = ()
    expand_variadic: bool = True
    include_out: bool = False


@dataclass(frozen=True, slots=True)
class FunctionMatch:
    """A function matched to a call. `repeated` counts the arguments gathered into VARIADIC,
    `defaulted` those left out. `positions` has the declared position of each argument of the call,
    then of the defaulted ones (None in positional notation). `rank` is the place of its schema in
    the search path; `ambiguous` where another function matches in just the same way.
    """

    function: Function
    repeated: int = 0
    defaulted: int = 0
    positions: tuple[int, ...] | None = None
    rank: int = 0
    ambiguous: bool = False


FunctionCandidate = Candidate[FunctionMatch]


def func_get_candidates(
    catalog: Catalog, names: tuple[str, ...], shape: CallShape
) -> list[FunctionCandidate]:
    """All functions that the call could mean by name and number of arguments.

    Of several with the same arguments, the one earlier in the search path is kept, then one that
    is not variadic; failing that the first is marked ambiguous. Raises 3F000 for a schema that does
    not exist.
    """
    found: dict[tuple[int, ...], FunctionCandidate] = {}
    for rank, function in _visible_functions(catalog, names):
        candidate = _match(function, shape, rank)
        if candidate is None:
            continue
        passed = candidate.arguments[: len(candidate.arguments) - candidate.item.defaulted]
        before = found.get(passed)
        found[passed] = candidate if before is None else _preferred(before, candidate)
    return list(found.values())


def _visible_functions(catalog: Catalog, names: tuple[str, ...]) -> Iterator[tuple[int, Function]]:
    if len(names) == 1:
        for rank, schema in enumerate(catalog.callable_path):
            for function in catalog.functions_named((schema, names[0])):
                yield rank, function
        return
    if (wrong := misqualified(names)) is not None:
        code, message, sqlstate = wrong
        raise RefusalError(code, message, sqlstate=sqlstate)
    if not catalog.has_schema(names[-2]):
        raise RefusalError(
            "unknown-schema",
            f'schema "{names[-2]}" does not exist',
            sqlstate="3F000",
            help=missing_schema(catalog, names).help,
        )
    for function in catalog.functions_named(names[-2:]):
        yield 0, function


def _preferred(before: FunctionCandidate, after: FunctionCandidate) -> FunctionCandidate:
    old, new = before.item, after.item
    if old.rank != new.rank:
        return before if old.rank < new.rank else after
    if bool(old.repeated) != bool(new.repeated):
        return after if old.repeated else before
    return replace(before, item=replace(old, ambiguous=True))


def _match(function: Function, shape: CallShape, rank: int) -> FunctionCandidate | None:
    declared = function.arguments
    if shape.include_out and function.all_arguments:
        declared = function.all_arguments
    missing = len(declared) - shape.count
    if missing > function.defaults:
        return None
    defaulted = max(missing, 0)
    if shape.names:
        return _match_named(function, declared, shape, defaulted, rank)
    variadic = bool(function.variadic) and shape.expand_variadic and missing <= 0
    if missing < 0 and not variadic:
        return None
    repeated = 1 - missing if variadic else 0
    if variadic:
        declared = (*declared[:-1], *[function.variadic] * repeated)
    return Candidate(
        declared, FunctionMatch(function, repeated=repeated, defaulted=defaulted, rank=rank)
    )


def _match_named(
    function: Function, declared: tuple[int, ...], shape: CallShape, defaulted: int, rank: int
) -> FunctionCandidate | None:
    """Named or mixed notation; it cannot reach the nameless arguments of an expanded VARIADIC."""
    if (function.variadic and shape.expand_variadic) or shape.count > len(declared):
        return None
    positions = _named_positions(function, len(declared), shape)
    if positions is None:
        return None
    return Candidate(
        tuple(declared[at] for at in positions),
        FunctionMatch(function, defaulted=defaulted, positions=positions, rank=rank),
    )


def _named_positions(function: Function, count: int, shape: CallShape) -> tuple[int, ...] | None:
    """The declared position of each argument of the call, then of the defaulted ones."""
    parameters = parameter_names(function, shape.include_out)
    given = list(range(shape.count - len(shape.names)))
    for name in shape.names:
        if name not in parameters:
            return None
        at = parameters.index(name)
        if at in given:
            return None
        given.append(at)
    left_out = [at for at in range(count) if at not in given]
    if any(at < count - function.defaults for at in left_out):
        return None
    return (*given, *left_out)


def parameter_names(function: Function, include_out: bool) -> list[str]:
    """Names of the parameters that a call passes, in order; empty strings where there is none."""
    if not function.names:
        return [""] * len(function.arguments)
    modes = function.modes or ("in",) * len(function.names)
    return [
        name
        for name, mode in zip(function.names, modes, strict=False)
        if include_out or mode in ("in", "inout", "variadic")
    ]
