"""CREATE AGGREGATE (manual 36.12)."""

from __future__ import annotations

from typing import Literal

from sqlwright.catalog import oids
from sqlwright.catalog.ddl.context import Context
from sqlwright.catalog.ddl.creation import creation_schema
from sqlwright.catalog.ddl.routines.functions import add_function
from sqlwright.catalog.ddl.routines.parameters import Parameters, read_parameters
from sqlwright.catalog.ddl.types.types import is_true, option_text
from sqlwright.catalog.model import Aggregate, Function
from sqlwright.catalog.types.properties import is_polymorphic
from sqlwright.catalog.types.resolution import typename_type_id_and_mod
from sqlwright.sql import ddl_nodes as ddl
from sqlwright.sql import nodes

_SYNONYMS = {"sfunc1": "sfunc", "stype1": "stype", "initcond1": "initcond"}


def create_aggregate(context: Context, statement: ddl.CreateAggregate) -> Context:
    """CREATE [OR REPLACE] AGGREGATE."""
    schema = creation_schema(context, statement.name.parts, statement.name)
    options = {_SYNONYMS.get(each.name, each.name): each for each in statement.options}
    context, parameters = _parameters(context, statement, options)
    state_option = options.get("stype")
    transition_option = options.get("sfunc")
    if state_option is None:
        _refuse(context, "aggregate stype must be specified", statement.name)
    if transition_option is None:
        _refuse(context, "aggregate sfunc must be specified", statement.name)
    state = _type_of(context, state_option)
    kind = _kind(statement, options)
    direct = max(statement.direct, 0)
    aggregated = parameters.inputs if kind == "normal" else parameters.inputs[direct:]
    both = kind != "normal" and not aggregated  # one VARIADIC stands for both lists
    arguments = (state, *(parameters.inputs[-1:] if both else aggregated))
    transition, _ = _call(context, transition_option, arguments)
    result = state
    final = options.get("finalfunc")
    if final is not None:
        extra = "finalfunc_extra" in options
        final_arguments: tuple[int, ...] = (state,)
        if kind != "normal":
            final_arguments = (state, *parameters.inputs[:direct])
        if extra:
            final_arguments = (*final_arguments, *aggregated)
        _, result = _call(context, final, final_arguments)
    function = Function(
        oid=context.catalog.next_oid,
        schema=schema,
        name=statement.name.parts[-1],
        kind="aggregate",
        arguments=parameters.inputs,
        result=result,
        variadic=parameters.variadic,
        volatility="immutable",
        names=parameters.names if parameters.has_names else (),
        modes=parameters.modes if parameters.has_modes else (),
        all_arguments=parameters.types if parameters.has_modes else (),
        aggregate=Aggregate(
            kind=kind,
            direct_arguments=direct if kind != "normal" else 0,
            has_initial_value="initcond" in options,
            strict_transition=transition.strict,
            has_final_function=final is not None,
            transition=0 if final is not None or "msfunc" in options else transition.oid,
        ),
        declared=context.span(statement.name),
    )
    return add_function(context, function, statement.name, replace_=statement.replace)


def _refuse(context: Context, message: str, place: nodes.Node) -> None:
    context.refuse("invalid-function-definition", message, place, sqlstate="42P13")


def _kind(
    statement: ddl.CreateAggregate, options: dict[str, ddl.Option]
) -> Literal["normal", "ordered set", "hypothetical set"]:
    if statement.direct < 0:
        return "normal"
    option = options.get("hypothetical")
    return "hypothetical set" if option and is_true(option_text(option)) else "ordered set"


def _parameters(
    context: Context, statement: ddl.CreateAggregate, options: dict[str, ddl.Option]
) -> tuple[Context, Parameters]:
    if statement.parameters is not None:
        return read_parameters(context, statement.parameters, "aggregate", None)
    base = options.get("basetype")
    if base is None:
        _refuse(context, "aggregate input type must be specified", statement.name)
    text = option_text(base).lower() if base is not None else "any"
    if text == "any" or base is None or not isinstance(base.value, nodes.TypeName):
        return read_parameters(context, (), "aggregate", None)
    parameter = ddl.FunctionParameter(
        start=base.start, end=base.end, name=None, type_name=base.value
    )
    return read_parameters(context, (parameter,), "aggregate", None)


def _type_of(context: Context, option: ddl.Option | None) -> int:
    if option is None or not isinstance(option.value, nodes.TypeName):
        return oids.TEXT
    oid, _ = typename_type_id_and_mod(
        context.catalog, context.source, option.value, allow_shell=True
    )
    found = context.catalog.type(oid)
    if found.kind == "pseudo" and not is_polymorphic(oid) and oid != oids.INTERNAL:
        context.refuse(
            "invalid-function-definition",
            f"aggregate transition data type cannot be {context.catalog.display_type(oid)}",
            option,
            sqlstate="42P13",
        )
    return oid


def _call(
    context: Context, option: ddl.Option | None, arguments: tuple[int, ...]
) -> tuple[Function, int]:
    """The support function that these argument types call, and the type it then returns."""
    names: tuple[str, ...] = ()
    place: nodes.Node | None = option
    if option is not None and isinstance(option.value, nodes.TypeName):
        names = option.value.names
    elif option is not None and isinstance(option.value, ddl.ObjectName):
        names = option.value.parts
    elif option is not None and isinstance(option.value, nodes.Const):
        names = (option.value.value,)
    found = context.analyse.call(context.catalog, names, arguments)
    if found is None:
        shown = ", ".join(context.catalog.display_type(each) for each in arguments)
        context.refuse(
            "unknown-function",
            f"function {'.'.join(names)}({shown}) does not exist",
            place or ddl.ObjectName(start=0, end=0, parts=()),
            sqlstate="42883",
        )
    return found
