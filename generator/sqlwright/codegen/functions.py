"""The function of a query: its signature, documentation and body."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlwright.analysis.facts import QueryFacts
from sqlwright.codegen.arguments import Arguments, plan_arguments
from sqlwright.codegen.body import Body, Call
from sqlwright.codegen.code_words import words, words_of_lines
from sqlwright.codegen.commands import plan_body, with_named_errors
from sqlwright.codegen.imports import Imports, local_name
from sqlwright.codegen.input_rows import plan_row_arguments, row_notes
from sqlwright.codegen.model import (
    Code,
    Field,
    Function,
    Group,
    Line,
    Parameter,
    QueryCode,
    RowClass,
)
from sqlwright.codegen.positions import AFTER, Position, position_of
from sqlwright.codegen.results import Result, ResultNames
from sqlwright.codegen.statement import statement_text
from sqlwright.codegen.types.codec import Codec, Uses
from sqlwright.codegen.types.travel import types_to_know
from sqlwright.codegen.types.type_map import TypeMap
from sqlwright.codegen.variants import sort_type, variants_code
from sqlwright.dataclass import dataclass, replace

SORT = "sort"
"""The parameter of the order, in a function that has several."""


@dataclass(frozen=True, slots=True)
class QueryNames:
    """The public names of one query: function, SQL constant, and classes."""

    function: str
    constant: str
    params: str
    result: ResultNames
    patch: str = ""
    sort: str = ""
    position: str = ""


@dataclass(frozen=True, slots=True)
class PlannedQuery:
    """The code of a query, what its module imports for it, what its signature alone needs, and the
    classes of what it returns and of what is sent to it."""

    code: QueryCode
    imports: Imports
    signature_imports: Imports
    returned: Uses
    sent: Uses


def plan_query(
    types: TypeMap,
    query: QueryFacts,
    names: QueryNames,
    result: Result,
    raises: Sequence[str] | None = None,
) -> PlannedQuery:
    """The code of one query; its errors get their classes if it is said what it `raises`."""
    known = types_to_know(types, query)
    position = position_of(types, query, names.position, result) if names.position else None
    chosen = frozenset(item.name for item in _choices(names, position))
    besides = (*(position.sent if position is not None else ()), *("None" for _ in known))
    arguments = _arguments(types, query, names.params, chosen, besides)
    body = _body(_call(types, query, names, result, arguments), raises)
    if used := _used_beside(types, names, arguments, body, result):
        arguments = _arguments(types, query, names.params, chosen | used, besides)
        body = _body(_call(types, query, names, result, arguments), raises)
    connection, needed = types.public.imported(*body.connection)
    function = Function(
        names.function,
        (Parameter("conn", connection), *arguments.first),
        (*arguments.keyword, *_choices(names, position), *body.keyword),
        body.returns,
        _doc(query, raises),
        body.lines,
    )
    codecs = [types.of_parameter(item, query) for item in query.all_parameters]
    casts = _casts(types, query, codecs)
    fixed = query.command != "copyfrom" and query.variants is None
    code = QueryCode(
        names.constant,
        statement_text(query, casts, known) if fixed else "",
        (*arguments.classes, *result.classes),
        result.converters,
        function,
    )
    signature = arguments.signature_imports | result.annotation_imports | body.annotation_imports
    imports = body.imports | arguments.imports | result.imports | signature | {needed}
    if query.variants is not None:
        texts, beside = variants_code(types, query, arguments.names, casts, known)
        code, further = _with_choices(types, query, names, arguments, replace(code, variants=texts))
        imports |= beside | further
    if position is not None:
        code, imports = replace(code, position=position.made), imports | position.imports
    sent = Uses.of_all([codec.uses for codec in codecs])
    return PlannedQuery(code, imports, signature, result.uses, sent)


def _with_choices(
    types: TypeMap, query: QueryFacts, names: QueryNames, arguments: Arguments, code: QueryCode
) -> tuple[QueryCode, Imports]:
    """The code with the types of what callers choose, and the imports for them."""
    assert query.variants is not None
    imports: Imports = frozenset()
    if names.sort:
        made, needed = sort_type(types, query.variants, names.sort)
        code, imports = replace(code, sort=made), imports | needed
    if names.patch:
        patch, needed = _patch(types, query, names.patch, arguments)
        code, imports = replace(code, patch=patch), imports | needed
    return code, imports


def _doc(query: QueryFacts, raises: Sequence[str] | None) -> tuple[str, ...]:
    doc = row_notes(query, documentation(query.comment))
    notes = tuple(raises or ())
    return (*doc, "", *notes) if doc and notes else (*doc, *notes)


def _body(call: Call, raises: Sequence[str] | None) -> Body:
    body = plan_body(call)
    return body if raises is None else with_named_errors(call, body)


def _choices(names: QueryNames, position: Position | None) -> Iterator[Parameter]:
    """The parameters by which a caller chooses an order and a page."""
    if names.sort:
        yield Parameter(SORT, f"{names.sort} | None", "None")
    if position is not None:
        yield position.keyword


def _arguments(
    types: TypeMap,
    query: QueryFacts,
    class_name: str,
    reserved: frozenset[str],
    further: tuple[Code, ...],
) -> Arguments:
    """What a function takes, under other names than those `reserved`, and sends with what is
    `further` sent."""
    if query.input_rows is not None:
        found = plan_row_arguments(types, query, query.input_rows, class_name, reserved)
    else:
        found = plan_arguments(types, query, class_name, reserved)
    return replace(found, sent=(*found.sent, *further)) if further else found


def _call(
    types: TypeMap, query: QueryFacts, names: QueryNames, result: Result, arguments: Arguments
) -> Call:
    """What the body is made from. Where there are several texts, the one to send is picked together
    with the values that it takes."""
    if query.variants is None:
        return Call(types, query, names.constant, result, arguments)
    key: tuple[Code, ...] = arguments.given
    key += (f"{AFTER} is not None",) if names.position else ()
    key += (SORT,) if names.sort else ()
    given, values = Group("(", key, ")"), Group("(", arguments.sent, ")")
    picked = Group(f"*{names.constant}.pick(", (given, values), ")")
    return Call(types, query, picked, result, replace(arguments, sent=()))


def _patch(
    types: TypeMap, query: QueryFacts, name: str, arguments: Arguments
) -> tuple[RowClass, Imports]:
    """The class of what a caller passes as `**patch`."""
    assert query.variants is not None
    base, needed = types.public.imported("typing", "TypedDict")
    fields = []
    imports = frozenset({needed})
    for item in query.parameters:
        if item.position in query.variants.patch:
            python = types.of_parameter(item, query).parameter
            fields.append(Field(arguments.names[item.position], python.annotation))
            imports |= python.imports
    doc = (f"What {name.removesuffix('Patch')} may change, to be passed as `**patch`.",)
    return RowClass(name, (), f"{base}, total=False", doc, (), tuple(fields)), imports


def _used_beside(
    types: TypeMap, names: QueryNames, arguments: Arguments, body: Body, result: Result
) -> frozenset[str]:
    """Names that the function uses for something else where a parameter has one of them: those of
    the module's imports, constants and functions. A method calls the function of its name."""
    known = {names.constant, *map(local_name, body.imports | result.imports)}
    known |= {made.name for made in result.classes} | {made.name for made in result.converters}
    annotated = [Line("", annotation=line.annotation) for line in body.lines if line.annotation]
    beside = set(words_of_lines(annotated)) if annotated else set()
    if types.options.shape == "class":
        beside.add(names.function)
    if arguments.taken.isdisjoint(known) and arguments.taken.isdisjoint(beside):
        return frozenset()  # as most, whatever the function does
    used = words_of_lines(body.lines)
    for sent in (*arguments.sent, *arguments.given):
        used.subtract(words(sent))
    beside |= {name for name in known if used[name] > 0}
    return frozenset(beside) if beside & arguments.taken else frozenset()


def documentation(comment: Sequence[str]) -> tuple[str, ...]:
    """Comment lines as docstring lines: without the space after `--` and blank ends."""
    lines = [line.expandtabs().rstrip() for line in comment]
    if all(line.startswith(" ") for line in lines if line):
        lines = [line[1:] for line in lines]
    while lines and not lines[0]:
        lines.pop(0)
    while lines and not lines[-1]:
        lines.pop()
    return tuple(lines)


def _casts(types: TypeMap, query: QueryFacts, codecs: Sequence[Codec]) -> dict[int, str]:
    """What stands behind each parameter that travels as another type."""
    return {
        item.position: f"::{codec.sent_as}::{types.catalog.display_type(item.type)}"
        for item, codec in zip(query.all_parameters, codecs, strict=True)
        if codec.sent_as
    }
