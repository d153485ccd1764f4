"""The function of a query: its signature, and a body for each command."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sqlwright.analysis import facts
from sqlwright.analysis.facts import QueryFacts
from sqlwright.codegen import imports as modules
from sqlwright.codegen.codecs import Codec
from sqlwright.codegen.imports import NONE, Imports
from sqlwright.codegen.model import (
    Code,
    Comprehension,
    Conditional,
    Function,
    Group,
    Line,
    Parameter,
    QueryCode,
)
from sqlwright.codegen.names import PARAMETER_NAMES, Taken, identifier, snake_case
from sqlwright.codegen.results import Result, RowResult, ScalarResult
from sqlwright.codegen.statement import statement_text
from sqlwright.codegen.types import TypeMap


@dataclass(frozen=True, slots=True)
class QueryNames:
    """The public names of one query: function, SQL constant, and row and parameter classes."""

    function: str
    constant: str
    row: str
    params: str


@dataclass(frozen=True, slots=True)
class Argument:
    """A parameter in the signature and as it is passed on."""

    parameter: Parameter
    codec: Codec
    sent: Code


@dataclass(frozen=True, slots=True)
class Body:
    """What a command makes of a query: the return annotation, the statements, their imports."""

    returns: str
    lines: tuple[Line, ...]
    imports: Imports = NONE
    is_async: bool = True


def plan_query(
    types: TypeMap, query: QueryFacts, names: QueryNames, result: Result
) -> tuple[QueryCode, Imports]:
    """The code of one query and all it imports."""
    arguments = plan_arguments(types, query)
    call = _Call(types, query, names, result, arguments)
    body = _COMMANDS[query.command](call)
    connection, driver = types.public.imported(modules.DRIVER, "Connection")
    function = Function(
        names.function,
        (Parameter("conn", connection),),
        tuple(argument.parameter for argument in arguments),
        body.returns,
        documentation(query.comment),
        body.lines,
        body.is_async,
    )
    imports = body.imports.union(
        {driver}, result.imports, *(argument.codec.parameter_imports for argument in arguments)
    )
    code = QueryCode(
        names.constant,
        statement_text(query, _casts(types, query, arguments)),
        result.classes,
        result.converters,
        function,
    )
    return code, imports


def plan_arguments(types: TypeMap, query: QueryFacts) -> tuple[Argument, ...]:
    """The parameters in the order of their `$n`."""
    renames = dict(types.options.renames.fields)
    codecs = [types.of_parameter(item) for item in query.parameters]
    used = {codec.encode.function for codec in codecs if codec.encode}
    taken = Taken()
    arguments = []
    for item, codec in zip(query.parameters, codecs, strict=True):
        wanted = renames.get(item.name) or snake_case(item.name)
        name = taken.claim(identifier(wanted, "param_", PARAMETER_NAMES | used))
        default = "None" if item.nullable else ""
        parameter = Parameter(name, codec.parameter.annotation, default)
        arguments.append(Argument(parameter, codec, codec.encoded(name)))
    return tuple(arguments)


def documentation(comment: Sequence[str]) -> tuple[str, ...]:
    """Comment lines as docstring lines: without the space after `--`, or blank ends."""
    lines = [line.expandtabs().rstrip() for line in comment]
    if all(line.startswith(" ") for line in lines if line):
        lines = [line[1:] for line in lines]
    while lines and not lines[0]:
        lines.pop(0)
    while lines and not lines[-1]:
        lines.pop()
    return tuple(lines)


def _casts(types: TypeMap, query: QueryFacts, arguments: Sequence[Argument]) -> dict[int, str]:
    return {
        item.position: f"::{argument.codec.sent_as}::{types.catalog.display_type(item.type)}"
        for item, argument in zip(query.parameters, arguments, strict=True)
        if argument.codec.sent_as
    }


@dataclass(frozen=True, slots=True)
class _Call:
    """What the bodies are made from."""

    types: TypeMap
    query: QueryFacts
    names: QueryNames
    result: Result
    arguments: tuple[Argument, ...]

    def on(self, method: str) -> Group:
        """`conn.method(SQL, arguments)`, awaited."""
        sent = (argument.sent for argument in self.arguments)
        return Group(f"await conn.{method}(", (self.names.constant, *sent), ")")

    def local(self, name: str) -> str:
        """A variable of the function that is none of its parameters."""
        taken = {argument.parameter.name for argument in self.arguments}
        return f"{name}_" if name in taken else name

    def rows(self) -> RowResult:
        """The result of a command that asks for rows, which are more than a bare value."""
        assert isinstance(self.result, RowResult)
        return self.result

    def imported(self, module: str, name: str) -> tuple[str, Imports]:
        local, needed = self.types.public.imported(module, name)
        return local, frozenset({needed})


def _exec(call: _Call) -> Body:
    return Body("None", (Line(call.on("execute")),))


def _execrows(call: _Call) -> Body:
    count, imports = call.imported(modules.DRIVER, "affected_rows")
    status = call.local("status")
    counted = Group(f"{count}(", (status,), ")")
    lines = (Line(call.on("execute"), f"{status} = "), Line(counted, "return "))
    return Body("int", lines, imports)


def _execresult(call: _Call) -> Body:
    return Body("str", (Line(call.on("execute"), "return "),))


def _one(call: _Call) -> Body:
    if isinstance(call.result, ScalarResult):
        return _one_value(call, call.result.codec)
    certain = call.query.rows == "exactly-one"
    row, result = call.local("row"), call.rows()
    fetched = Line(call.on("fetchrow"), f"{row} = ")
    made, annotation = result.made.of(row), result.annotation
    if certain:
        missing, imports = _no_row(call)
        lines: tuple[Line, ...] = (
            fetched,
            Line(f"if {row} is None:"),
            missing,
            Line(made, "return "),
        )
        return Body(annotation, lines, imports)
    lines = (fetched, Line(Conditional(f"{row} is None", made), "return "))
    return Body(f"{annotation} | None", lines)


def _one_value(call: _Call, codec: Codec) -> Body:
    certain = call.query.rows == "exactly-one"
    value = call.local("value")
    fetched = call.on("fetchval")
    optional = codec.result.optional().annotation
    read = Line(fetched, f"{value} = ")
    if codec.decode is None:
        read = Line(fetched, value, annotation=optional)
    if certain and not codec.optional:
        missing, imports = _no_row(call)
        made = codec.decode.apply(value) if codec.decode else value
        lines = (read, Line(f"if {value} is None:"), missing, Line(made, "return "))
        return Body(codec.result.annotation, lines, imports)
    # Whether there was no row or a NULL in it, the server's answer reads as None.
    decoded = replace(codec, optional=True).decoded(value)
    return Body(optional, (read, Line(decoded, "return ")))


def _no_row(call: _Call) -> tuple[Line, Imports]:
    error, imports = call.imported(modules.DRIVER, "NoRowError")
    return Line(Group(f"{error}(", (f'"{call.query.name}"',), ")"), "raise ", 1), imports


def _many(call: _Call) -> Body:
    row, rows = call.local("row"), call.local("rows")
    fetched = Line(call.on("fetch"), f"{rows} = ")
    if isinstance(call.result, ScalarResult):
        element = call.result.codec.decoded(f"{row}[0]")
        annotation = call.result.codec.result.annotation
    else:
        element, annotation = call.rows().made.of(row), call.rows().annotation
    made = Comprehension(element, f"for {row} in {rows}")
    return Body(f"list[{annotation}]", (fetched, Line(made, "return ")))


_COMMANDS: dict[facts.Command, Callable[[_Call], Body]] = {
    "one": _one,
    "many": _many,
    "exec": _exec,
    "execrows": _execrows,
    "execresult": _execresult,
}
