"""The arguments of CREATE FUNCTION, as the catalog keeps them."""

from __future__ import annotations

from sqlwright.catalog import oids
from sqlwright.catalog.ddl.context import Context
from sqlwright.catalog.ddl.creation import creation_schema
from sqlwright.catalog.ddl.types.types import with_shell_type
from sqlwright.catalog.model import ArgumentMode
from sqlwright.catalog.similar_names import similar_type
from sqlwright.catalog.types.resolution import (
    look_up_type,
    type_name_text,
    typename_type_id_and_mod,
)
from sqlwright.dataclass import dataclass
from sqlwright.sql import ddl_nodes as ddl
from sqlwright.sql import nodes

_INPUTS = ("in", "inout", "variadic")
_OUTPUTS = ("out", "inout", "table")
SHELL_LANGUAGES = ("c", "internal")


@dataclass(frozen=True, slots=True)
class Parameters:
    """A signature. `types`, `modes` and `names` cover every parameter; `required_result` is what
    the output parameters come to, 0 if there are none.
    """

    inputs: tuple[int, ...]
    types: tuple[int, ...]
    modes: tuple[ArgumentMode, ...]
    names: tuple[str, ...]
    variadic: int
    defaults: int
    required_result: int

    @property
    def has_modes(self) -> bool:
        return any(mode != "in" for mode in self.modes)

    @property
    def has_names(self) -> bool:
        return any(self.names)


def read_parameters(
    context: Context,
    parameters: tuple[ddl.FunctionParameter, ...],
    kind: str,
    language: str | None,
) -> tuple[Context, Parameters]:
    """The signature that these parameters make; shell types of C functions come into being."""
    types: list[int] = []
    modes: list[ArgumentMode] = []
    defaults = 0
    variadic = 0
    for parameter in parameters:
        context, oid = parameter_type(context, parameter, language, kind)
        mode: ArgumentMode = parameter.mode or "in"
        if mode in _INPUTS or kind == "procedure":
            if variadic and mode != "out" and mode != "table":
                _refuse(context, "VARIADIC parameter must be the last input parameter", parameter)
            if variadic and kind == "procedure":
                _refuse(context, "VARIADIC parameter must be the last parameter", parameter)
        if mode == "variadic":
            variadic = _variadic_element(context, oid, parameter)
        _check_name(context, parameter, mode, parameters)
        defaults = _count_default(context, parameter, mode, defaults, kind)
        types.append(oid)
        modes.append(mode)
    output_types = [oid for oid, mode in zip(types, modes, strict=True) if mode in _OUTPUTS]
    return context, Parameters(
        inputs=tuple(oid for oid, mode in zip(types, modes, strict=True) if mode in _INPUTS),
        types=tuple(types),
        modes=tuple(modes),
        names=tuple(each.name or "" for each in parameters),
        variadic=variadic,
        defaults=defaults,
        required_result=_required_result(output_types, kind),
    )


def _required_result(outputs: list[int], kind: str) -> int:
    if kind == "procedure":
        return oids.RECORD if outputs else 0
    if not outputs:
        return 0
    return outputs[0] if len(outputs) == 1 else oids.RECORD


def _refuse(context: Context, message: str, place: nodes.Node) -> None:
    context.refuse("invalid-function-definition", message, place, sqlstate="42P13")


def parameter_type(
    context: Context, parameter: ddl.FunctionParameter, language: str | None, kind: str
) -> tuple[Context, int]:
    """The type of a parameter. A function in C may use a type not made yet: it becomes a shell."""
    type_name = parameter.type_name
    if type_name.setof and parameter.mode != "table":
        noun = {"aggregate": "aggregates", "procedure": "procedures"}.get(kind, "functions")
        _refuse(context, f"{noun} cannot accept set arguments", parameter)
    missing = (
        not type_name.percent_type
        and (len(type_name.names) == 1 or context.catalog.has_schema(type_name.names[-2]))
        and look_up_type(context.catalog, context.source, type_name) is None
    )
    if missing:
        _refuse_type(context, type_name, f"type {type_name_text(type_name)} does not exist")
    return context, function_type(context, type_name, language)


def _refuse_type(context: Context, type_name: nodes.TypeName, message: str) -> None:
    """42704, in the words of the place."""
    advice = similar_type(context.catalog, type_name.names)
    context.refuse(
        "unknown-type",
        message,
        type_name,
        sqlstate="42704",
        help=advice.help,
        labels=advice.labels,
        cause=context.catalog.failure("type", type_name.names[-1]),
    )


def function_type(context: Context, type_name: nodes.TypeName, language: str | None) -> int:
    """The type of a parameter or a result; shells will do for the languages that define types."""
    allow_shell = language in SHELL_LANGUAGES
    oid, _ = typename_type_id_and_mod(
        context.catalog, context.source, type_name, allow_shell=allow_shell
    )
    return oid


def result_type(
    context: Context, type_name: nodes.TypeName, language: str | None
) -> tuple[Context, int]:
    """The type a function returns; one in C may introduce a type by returning it."""
    unknown = (
        not type_name.percent_type
        and look_up_type(context.catalog, context.source, type_name) is None
    )
    if unknown and language in SHELL_LANGUAGES and not type_name.array_bounds:
        schema = creation_schema(context, type_name.names, type_name)
        oid = context.catalog.next_oid
        catalog = with_shell_type(context, schema, type_name.names[-1], type_name)
        return context.at(catalog), oid
    if unknown:
        _refuse_type(context, type_name, f'type "{type_name_text(type_name)}" does not exist')
    return context, function_type(context, type_name, language)


def _variadic_element(context: Context, oid: int, parameter: ddl.FunctionParameter) -> int:
    """The type that the last argument may be repeated as."""
    if oid == oids.ANY:
        return oids.ANY
    if oid == oids.ANYARRAY:
        return oids.ANYELEMENT
    if oid == oids.ANYCOMPATIBLEARRAY:
        return oids.ANYCOMPATIBLE
    element = context.catalog.element_type(oid)
    if not element:
        _refuse(context, "VARIADIC parameter must be an array", parameter)
    return element


def _check_name(
    context: Context,
    parameter: ddl.FunctionParameter,
    mode: ArgumentMode,
    parameters: tuple[ddl.FunctionParameter, ...],
) -> None:
    """Two inputs or two outputs may not share a name."""
    if parameter.name is None:
        return
    for other in parameters:
        if other is parameter:
            return
        other_mode = other.mode or "in"
        pure_in, pure_out = ("in", "variadic"), ("out", "table")
        if other.name != parameter.name:
            continue
        apart = (mode in pure_in and other_mode in pure_out) or (
            mode in pure_out and other_mode in pure_in
        )
        if apart:
            continue
        _refuse(context, f'parameter name "{parameter.name}" used more than once', parameter)


def _count_default(
    context: Context,
    parameter: ddl.FunctionParameter,
    mode: ArgumentMode,
    defaults: int,
    kind: str,
) -> int:
    is_input = mode in _INPUTS
    if parameter.default is None:
        if defaults and is_input:
            _refuse(
                context,
                "input parameters after one with a default value must also have defaults",
                parameter,
            )
        if defaults and kind == "procedure" and mode == "out":
            _refuse(
                context,
                "procedure OUT parameters cannot appear after one with a default value",
                parameter,
            )
        return defaults
    if not is_input:
        _refuse(context, "only input parameters can have default values", parameter)
    return defaults + 1
