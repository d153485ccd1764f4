"""Finding functions, aggregates and operators by the signatures that statements give."""

from __future__ import annotations

from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.ddl.context import Context, Place
from sqlwright.catalog.ddl.lookup import qualified
from sqlwright.catalog.model import Function, Operator
from sqlwright.catalog.types.resolution import look_up_type, typename_type_id_and_mod
from sqlwright.sql import ddl_nodes as ddl
from sqlwright.sql import nodes

_NOUNS = {
    "function": "function",
    "procedure": "procedure",
    "routine": "routine",
    "aggregate": "aggregate",
}
_ALLOWED = {
    "function": ("function", "window"),
    "procedure": ("procedure",),
    "routine": ("function", "window", "procedure", "aggregate"),
    "aggregate": ("aggregate",),
}


def argument_oids(
    context: Context, types: tuple[nodes.TypeName | None, ...], *, missing_ok: bool = False
) -> tuple[int, ...] | None:
    """The types of an argument list, 0 for NONE; None if one is missing and may be."""
    found: list[int] = []
    for each in types:
        if each is None:
            found.append(0)
            continue
        if missing_ok and _is_missing(context, each):
            return None
        oid, _ = typename_type_id_and_mod(context.catalog, context.source, each, allow_shell=True)
        found.append(oid)
    return tuple(found)


def _is_missing(context: Context, type_name: nodes.TypeName) -> bool:
    names = type_name.names
    if len(names) > 1 and not context.catalog.has_schema(names[-2]):
        return True
    if type_name.percent_type:
        return False
    return look_up_type(context.catalog, context.source, type_name) is None


def find_routine(
    context: Context, reference: ddl.ObjectReference, *, missing_ok: bool = False
) -> Function | None:
    """The function, procedure or aggregate that a statement names (LookupFuncWithArgs).

    Without an argument list the name must be unique (42725). A procedure is found by its input
    arguments or, as the standard has it, by all of them.
    """
    candidates = _candidates(context, reference.name)
    noun = _NOUNS[reference.kind]
    if reference.args is None:
        return _by_name(context, reference, candidates, missing_ok=missing_ok)
    inputs = _input_types(reference)
    given = argument_oids(context, inputs, missing_ok=missing_ok)
    every = argument_oids(context, reference.args, missing_ok=missing_ok)
    if given is None or every is None:
        return None
    found = next((each for each in candidates if each.arguments == given), None)
    if found is None and reference.kind in ("procedure", "routine"):
        procedures = [each for each in candidates if each.kind == "procedure"]
        found = next(
            (each for each in procedures if (each.all_arguments or each.arguments) == every), None
        )
    if found is None:
        if missing_ok:
            return None
        types = ", ".join(context.catalog.display_type(each) for each in given)
        shown = "*" if reference.star else types
        context.refuse(
            "unknown-function",
            f"{noun} {qualified(reference.name)}({shown}) does not exist",
            reference,
            sqlstate="42883",
        )
    _check_kind(context, reference, found)
    return found


def _candidates(context: Context, names: tuple[str, ...]) -> tuple[Function, ...]:
    return context.catalog.functions_named(names)


def _input_types(reference: ddl.ObjectReference) -> tuple[nodes.TypeName | None, ...]:
    args = reference.args or ()
    if not reference.modes:
        return args
    return tuple(
        each
        for each, mode in zip(args, reference.modes, strict=True)
        if mode not in ("out", "table")
    )


def _by_name(
    context: Context,
    reference: ddl.ObjectReference,
    candidates: tuple[Function, ...],
    *,
    missing_ok: bool,
) -> Function | None:
    allowed = _ALLOWED[reference.kind]
    fitting = [each for each in candidates if each.kind in allowed]
    noun = _NOUNS[reference.kind]
    if len(fitting) == 1:
        return fitting[0]
    if not fitting and candidates and len(candidates) == 1:
        _check_kind(context, reference, candidates[0])
    if len(fitting) > 1:
        context.refuse(
            "ambiguous-function",
            f'{noun} name "{qualified(reference.name)}" is not unique',
            reference,
            sqlstate="42725",
            hint=f"Specify the argument list to select the {noun} unambiguously.",
        )
    if missing_ok:
        return None
    return context.refuse(
        "unknown-function",
        f'could not find a {noun} named "{qualified(reference.name)}"',
        reference,
        sqlstate="42883",
    )


def _check_kind(context: Context, reference: ddl.ObjectReference, found: Function) -> None:
    if found.kind in _ALLOWED[reference.kind]:
        return
    types = ", ".join(context.catalog.display_type(each) for each in found.arguments)
    noun = {"aggregate": "an aggregate", "procedure": "a procedure"}.get(
        reference.kind, f"a {reference.kind}"
    )
    message = f"{qualified(reference.name)}({types}) is not {noun}"
    if reference.kind == "aggregate":
        message = f"function {qualified(reference.name)}({types}) is not an aggregate"
    context.refuse("wrong-object-type", message, reference, sqlstate="42809")


def find_operator(
    context: Context, reference: ddl.ObjectReference, *, missing_ok: bool = False
) -> Operator | None:
    """The operator of exactly these operand types."""
    types = argument_oids(context, reference.args or (), missing_ok=missing_ok)
    if types is None:
        return None
    left, right = types
    found = context.catalog.find_operator(reference.name, left, right)
    if found is None and not missing_ok:
        context.refuse(
            "unknown-operator",
            f"operator does not exist: {operator_text(context.catalog, reference.name, types)}",
            reference,
            sqlstate="42883",
        )
    return found


def operator_text(catalog: Catalog, names: tuple[str, ...], types: tuple[int, ...]) -> str:
    """`left + right` or `+ right`, with types for operands, as messages show an operator."""
    left, right = types
    shown = f"{qualified(names)} {catalog.display_type(right)}"
    return f"{catalog.display_type(left)} {shown}" if left else shown


def exact_function(
    context: Context, names: tuple[str, ...], types: tuple[int, ...], place: Place
) -> Function:
    """The function of exactly these argument types, 42883 if there is none."""
    found = context.catalog.find_function(names, types)
    if found is None:
        shown = ", ".join(context.catalog.display_type(each) for each in types)
        context.refuse(
            "unknown-function",
            f"function {qualified(names)}({shown}) does not exist",
            place,
            sqlstate="42883",
        )
    return found
