"""CREATE and ALTER FUNCTION and PROCEDURE (manual 36.3)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from sqlwright.catalog import oids
from sqlwright.catalog.ddl.context import Context, Handler, Place
from sqlwright.catalog.ddl.creation import creation_schema
from sqlwright.catalog.ddl.parts import body_part, do_without
from sqlwright.catalog.ddl.routines.bodies import check_body
from sqlwright.catalog.ddl.routines.options import check_routine_options
from sqlwright.catalog.ddl.routines.parameters import (
    Parameters,
    read_parameters,
    result_type,
)
from sqlwright.catalog.ddl.routines.procedural import check_procedural_body
from sqlwright.catalog.ddl.routines.signatures import find_routine
from sqlwright.catalog.dependencies import Address
from sqlwright.catalog.model import Function
from sqlwright.catalog.references import type_addresses
from sqlwright.catalog.similar_names import declared_here
from sqlwright.catalog.stored import StoredQuery
from sqlwright.dataclass import replace
from sqlwright.diagnostics import DiagnosticError
from sqlwright.sql import ddl_nodes as ddl
from sqlwright.sql.lexing.keywords import quote_identifier

_POLYMORPHIC = {
    oids.ANYELEMENT: "simple",
    oids.ANYARRAY: "simple",
    oids.ANYNONARRAY: "simple",
    oids.ANYENUM: "simple",
    oids.ANYRANGE: "simple",
    oids.ANYMULTIRANGE: "simple",
    oids.ANYCOMPATIBLE: "compatible",
    oids.ANYCOMPATIBLEARRAY: "compatible",
    oids.ANYCOMPATIBLENONARRAY: "compatible",
    oids.ANYCOMPATIBLERANGE: "compatible",
    oids.ANYCOMPATIBLEMULTIRANGE: "compatible",
}
_RANGE_MAKERS = {
    oids.ANYRANGE: (oids.ANYRANGE, oids.ANYMULTIRANGE),
    oids.ANYMULTIRANGE: (oids.ANYRANGE, oids.ANYMULTIRANGE),
    oids.ANYCOMPATIBLERANGE: (oids.ANYCOMPATIBLERANGE, oids.ANYCOMPATIBLEMULTIRANGE),
    oids.ANYCOMPATIBLEMULTIRANGE: (oids.ANYCOMPATIBLERANGE, oids.ANYCOMPATIBLEMULTIRANGE),
}
_LOADABLE = ("plpython3u", "plperl", "plperlu", "pltcl", "pltclu", "plpython2u", "plpythonu")


def create_function(context: Context, statement: ddl.CreateFunction) -> Context:
    """CREATE [OR REPLACE] FUNCTION or PROCEDURE."""
    schema = creation_schema(context, statement.name.parts, statement.name)
    language = _language(context, statement)
    context, parameters = read_parameters(context, statement.parameters, statement.kind, language)
    context, result, returns_set = _result(context, statement, parameters, language)
    check_polymorphic_result(context, parameters.inputs, result, statement)
    check_routine_options(context, statement.options, returns_set=returns_set)
    rests: frozenset[Address] = frozenset()
    for parameter, oid in zip(statement.parameters, parameters.types, strict=True):
        if parameter.default is not None:
            rests |= context.expression(
                parameter.default,
                "function default",
                None,
                (oid, -1, parameter.name or ""),
            ).references
    dimensions = tuple(len(each.type_name.array_bounds) for each in statement.parameters)
    function = Function(
        oid=context.catalog.next_oid,
        schema=schema,
        name=statement.name.parts[-1],
        kind="window" if statement.window else statement.kind,
        arguments=parameters.inputs,
        result=result,
        returns_set=returns_set,
        strict=statement.strict,
        volatility=statement.volatility,
        variadic=parameters.variadic,
        defaults=parameters.defaults,
        names=parameters.names if parameters.has_names else (),
        modes=parameters.modes if parameters.has_modes else (),
        all_arguments=parameters.types if parameters.has_modes else (),
        dimensions=dimensions if any(each > 1 for each in dimensions) else (),
        result_dimensions=_result_dimensions(statement),
        language=language,
        body=statement.body,
        isolated=statement.isolated or len(statement.sql_body or ()) > 1,
        declared=context.span(statement.name),
    )
    if language == "sql" and (context.catalog.check_bodies or statement.sql_body is not None):
        stored, of_body = _stored_body(context, function, statement)
        function, rests = replace(function, stored=stored), rests | of_body
    if language == "plpgsql" and context.catalog.check_bodies:
        _check_procedural(context, function, statement)
    return add_function(context, function, statement.name, rests, replace_=statement.replace)


def _check_procedural(context: Context, function: Function, statement: ddl.CreateFunction) -> None:
    """Refuse a body in PL/pgSQL, unless it is one that a description has to do without."""
    try:
        check_procedural_body(context, function, statement)
    except DiagnosticError as error:
        do_without(context, error, partial(body_part, context, statement))


def _stored_body(
    context: Context, function: Function, statement: ddl.CreateFunction
) -> tuple[StoredQuery | None, frozenset[Address]]:
    """The last query of a body, and what the body rests on; nothing of one that a description has
    to do without, which a server can be asked not to look at if it is a string."""
    try:
        return check_body(context, function, statement)
    except DiagnosticError as error:
        if statement.sql_body is not None:
            raise
        do_without(context, error, partial(body_part, context, statement))
        return None, frozenset()


def add_function(
    context: Context,
    function: Function,
    place: Place,
    rests: Iterable[Address] = (),
    *,
    replace_: bool,
) -> Context:
    """With a function, in place of the one it replaces; `rests` on more than its types."""
    existing = next(
        (
            each
            for each in context.catalog.functions_named((function.schema, function.name))
            if each.arguments == function.arguments and each.schema == function.schema
        ),
        None,
    )
    if existing is not None:
        if not replace_:
            context.refuse(
                "duplicate-function",
                f'function "{function.name}" already exists with same argument types',
                place,
                sqlstate="42723",
                help="write CREATE OR REPLACE FUNCTION to replace it",
                labels=tuple(
                    replace(each, message="first declared here") for each in declared_here(existing)
                ),
            )
        _check_replaceable(context, existing, function, place)
        function = replace(function, oid=existing.oid, comment=existing.comment, replaced=True)
    catalog = context.catalog.with_function(function)
    address = Address("function", function.oid)
    dependencies = catalog.dependencies.without_dependent(address)
    for oid in (function.result, *(function.all_arguments or function.arguments)):
        dependencies = dependencies.add(address, type_addresses(catalog, oid))
    dependencies = dependencies.add(address, rests)
    return context.at(catalog.with_dependencies(dependencies))


def _language(context: Context, statement: ddl.CreateFunction) -> str:
    language = statement.language
    if language is None:
        if statement.sql_body is not None:
            language = "sql"
        else:
            context.refuse(
                "invalid-function-definition",
                "no language specified",
                statement.name,
                sqlstate="42P13",
                help="add `LANGUAGE sql` or `LANGUAGE plpgsql`",
            )
    if context.catalog.find_named("language", (language,)) is None:
        context.refuse(
            "unknown-object",
            f'language "{language}" does not exist',
            statement.name,
            sqlstate="42704",
            help="Use CREATE EXTENSION to load the language into the database."
            if language in _LOADABLE
            else None,
        )
    if statement.body is None and statement.sql_body is None:
        context.refuse(
            "invalid-function-definition",
            "no function body specified",
            statement.name,
            sqlstate="42P13",
        )
    if statement.link_symbol and language != "c":
        context.refuse(
            "invalid-function-definition",
            f'only one AS item needed for language "{language}"',
            statement.name,
            sqlstate="42P13",
        )
    if statement.sql_body is not None and language != "sql":
        context.refuse(
            "invalid-function-definition",
            "inline SQL function body only valid for language SQL",
            statement.name,
            sqlstate="42P13",
        )
    if statement.body is not None and statement.sql_body is not None:
        context.refuse(
            "invalid-function-definition",
            "duplicate function body specified",
            statement.name,
            sqlstate="42P13",
        )
    return language


def _result(
    context: Context, statement: ddl.CreateFunction, parameters: Parameters, language: str
) -> tuple[Context, int, bool]:
    """The result type, and whether the function returns a set."""
    required = parameters.required_result
    if statement.kind == "procedure":
        return context, required or oids.VOID, False
    if statement.returns_table:
        return context, required, True
    if statement.returns is None:
        if not required:
            context.refuse(
                "invalid-function-definition",
                "function result type must be specified",
                statement.name,
                sqlstate="42P13",
            )
        return context, required, False
    context, result = result_type(context, statement.returns, language)
    if required and required != result:
        context.refuse(
            "invalid-function-definition",
            f"function result type must be {context.catalog.display_type(required)} because of "
            "OUT parameters",
            statement.returns,
            sqlstate="42P13",
        )
    return context, result, statement.returns.setof


def _result_dimensions(statement: ddl.CreateFunction) -> int:
    """Those of the array that the function returns, a single OUT argument's too."""
    if statement.returns is not None:
        return len(statement.returns.array_bounds)
    outputs = [each for each in statement.parameters if each.mode in ("out", "inout", "table")]
    return len(outputs[0].type_name.array_bounds) if len(outputs) == 1 else 0


def check_polymorphic_result(
    context: Context, inputs: tuple[int, ...], result: int, place: ddl.CreateFunction
) -> None:
    """A polymorphic result needs an argument that says what it is."""
    family = _POLYMORPHIC.get(result)
    if family is None:
        return
    makers = _RANGE_MAKERS.get(result)
    if makers is not None:
        fits = any(each in makers for each in inputs)
        names = " or ".join(context.catalog.display_type(each) for each in makers)
        detail = f"A result of type {{}} requires at least one input of type {names}."
    else:
        fits = any(_POLYMORPHIC.get(each) == family for each in inputs)
        listed = [each for each, of in _POLYMORPHIC.items() if of == family]
        shown = [context.catalog.display_type(each) for each in listed]
        text = ", ".join(shown[:-1]) + f", or {shown[-1]}"
        detail = f"A result of type {{}} requires at least one input of type {text}."
    if not fits:
        context.refuse(
            "invalid-function-definition",
            "cannot determine result data type",
            place.returns or place.name,
            sqlstate="42P13",
            detail=detail.format(context.catalog.display_type(result)),
        )


def _check_replaceable(context: Context, old: Function, new: Function, place: Place) -> None:
    """What CREATE OR REPLACE may not change."""
    if old.kind != new.kind:
        noun = {"aggregate": "an aggregate function", "window": "a window function"}.get(
            old.kind, f"a {old.kind}"
        )
        context.refuse(
            "wrong-object-type",
            "cannot change routine kind",
            place,
            sqlstate="42809",
            detail=f'"{old.name}" is {noun}.',
        )
    hint = f"Use DROP {old.kind.upper()} {signature(context, old)} first."
    if (old.result, old.returns_set) != (new.result, new.returns_set):
        message = "cannot change return type of existing function"
        if new.kind == "procedure":
            message = "cannot change whether a procedure has output parameters"
        context.refuse("invalid-function-definition", message, place, sqlstate="42P13", hint=hint)
    if old.result == oids.RECORD and _outputs(old) != _outputs(new):
        context.refuse(
            "invalid-function-definition",
            "cannot change return type of existing function",
            place,
            sqlstate="42P13",
            detail="Row type defined by OUT parameters is different.",
            hint=hint,
        )
    for before, after in zip(_input_names(old), _input_names(new), strict=False):
        if before and before != after:
            context.refuse(
                "invalid-function-definition",
                f'cannot change name of input parameter "{before}"',
                place,
                sqlstate="42P13",
                hint=hint,
            )
    if new.defaults < old.defaults:
        context.refuse(
            "invalid-function-definition",
            "cannot remove parameter defaults from existing function",
            place,
            sqlstate="42P13",
            hint=hint,
        )


def _outputs(function: Function) -> list[tuple[int, str]]:
    return [
        (oid, function.names[index] if function.names else "")
        for index, (oid, mode) in enumerate(
            zip(function.all_arguments, function.modes, strict=True)
        )
        if mode in ("out", "inout", "table")
    ]


def _input_names(function: Function) -> list[str]:
    if not function.names:
        return ["" for _ in function.arguments]
    modes = function.modes or tuple("in" for _ in function.names)
    return [
        name
        for name, mode in zip(function.names, modes, strict=True)
        if mode in ("in", "inout", "variadic")
    ]


def signature(context: Context, function: Function) -> str:
    """`name(type, type)` as PostgreSQL's hints show it."""
    types = ",".join(context.catalog.display_type(each) for each in function.arguments)
    return f"{quote_identifier(function.name)}({types})"


def alter_function(context: Context, statement: ddl.AlterFunction) -> Context:
    """ALTER FUNCTION: volatility and strictness."""
    function = find_routine(context, statement.function)
    if function is None:
        return context
    check_routine_options(context, statement.options, returns_set=function.returns_set)
    changed = function
    if statement.volatility is not None:
        changed = replace(changed, volatility=statement.volatility)
    if statement.strict is not None:
        changed = replace(changed, strict=statement.strict)
    if changed is not function:
        changed = replace(changed, replaced=True)
    return context.at(context.catalog.with_function(changed))


HANDLERS: dict[type, Handler] = {
    ddl.CreateFunction: create_function,
    ddl.AlterFunction: alter_function,
}
