"""Functions that take rows: `-- @rows` turns the arrays of an unnest into one iterable."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from sqlwright.analysis.facts import InputRows, Parameter, QueryFacts
from sqlwright.codegen import imports as modules
from sqlwright.codegen.arguments import Arguments, input_arguments, plan_keywords, value_of_row
from sqlwright.codegen.body import Body, Call
from sqlwright.codegen.imports import NONE, PARAMETER_NAMES
from sqlwright.codegen.model import Code, Comprehension, Conditional, Group, Import, Line, RowClass
from sqlwright.codegen.model import Parameter as Keyword
from sqlwright.codegen.model_kinds import model_kind
from sqlwright.codegen.rows import RowColumn, field_names, row_class
from sqlwright.codegen.types.codec import Codec
from sqlwright.codegen.types.python_type import list_of
from sqlwright.codegen.types.type_map import TypeMap
from sqlwright.dataclass import replace

_IN_PARTS = frozenset({"exec", "execrows", "many"})
_OWN_NAMES = frozenset({"rows", "chunk", "items", "part", "item"})
_NOTHING = {"many": "return []", "exec": "return", "execrows": "return 0", "stream": "return"}
_NOTHING |= {"one": "return None"}


def goes_in_parts(query: QueryFacts) -> bool:
    """Whether the rows may be sent by several statements."""
    return query.input_rows is not None and query.input_rows.row_wise and query.command in _IN_PARTS


def plan_row_arguments(
    types: TypeMap,
    query: QueryFacts,
    coming: InputRows,
    class_name: str,
    reserved: frozenset[str],
) -> Arguments:
    """The rows as objects of a class of the package's kind, all other parameters by keyword."""
    columns = [item for item in query.parameters if item.position in coming.numbers]
    others = tuple(item for item in query.parameters if item.position not in coming.numbers)
    keywords = plan_keywords(types, query, others, PARAMETER_NAMES | _OWN_NAMES | reserved)
    iterable, needed = types.public.imported("collections.abc", "Iterable")
    codecs = [_element(types, query, item) for item in columns]
    parts = [
        RowColumn(_written(types, item), replace(codec, result=codec.parameter))
        for item, codec in zip(columns, codecs, strict=True)
    ]
    made, imports = row_class(class_name, parts, (), types.options, types.public)
    fields = field_names(parts, types.options)
    classes: tuple[RowClass, ...] = (made,)
    signature = keywords.signature_imports | {needed}
    if query.params_class is not None:
        fields, classes = [each.name for each in input_arguments(types, query)], ()
        imports = frozenset({Import(modules.MODELS, class_name)})
        signature |= imports
    source = "part" if goes_in_parts(query) else "items"
    by_position: dict[int, Code] = dict(
        zip((item.position for item in others), keywords.sent, strict=True)
    )
    read: Callable[[str], str] = (
        (lambda name: f'item["{name}"]')
        if model_kind(types.options).by_key and query.params_class is None
        else (lambda name: f"item.{name}")
    )
    for item, codec, field in zip(columns, codecs, fields, strict=True):
        value = codec.encoded(read(field))
        by_position[item.position] = Comprehension(value, f"for item in {source}")
        imports |= codec.encode.imports if codec.encode else NONE
    return Arguments(
        (Keyword("rows", f"{iterable}[{class_name}]"),),
        keywords.keyword,
        tuple(by_position[item.position] for item in query.parameters),
        classes,
        keywords.imports | imports | {needed},
        signature,
        keywords.taken | _OWN_NAMES,
        "item",
    )


def _element(types: TypeMap, query: QueryFacts, item: Parameter) -> Codec:
    """How one value of an array looks."""
    return types.of_parameter(value_of_row(types, item), query)


def _written(types: TypeMap, item: Parameter) -> str:
    renamed = item.name in dict(types.options.renames.fields)
    return item.name if renamed or not item.written else item.written


def with_rows(call: Call, coming: InputRows, plain: Callable[[Call], Body]) -> Body:
    """The body of a function that takes rows; `plain` is what makes that of other functions."""
    command = call.query.command
    if goes_in_parts(call.query):
        body = _in_parts(call)
    elif command == "many":
        body = _many(call, coming)
    else:
        body = plain(call)
    listed = [Line(Group("list(", ("rows",), ")"), "items = ")]
    if coming.idle_without and command in _NOTHING:
        listed += [Line("if not items:"), Line(_NOTHING[command], depth=1)]
    return replace(body, lines=(*listed, *body.lines))


def _many(call: Call, coming: InputRows) -> Body:
    row, found = call.variable("row"), call.variable("found")
    made, python = call.made_of(row)
    fetched = Line(call.on("fetch"), f"{found} = ")
    if coming.count_column is None:
        listed = Comprehension(made, f"for {row} in {found}")
        return Body(list_of(python).annotation, (fetched, Line(listed, "return ")))
    named = (f'"{call.query.name}"',) if coming.each_returns else ()
    aligning = "all_aligned" if coming.each_returns else "aligned"
    name, imports = call.imported(modules.ROWS, aligning)
    ordered = Group(f"{name}(", (*named, found, "items", f"{coming.count_column}"), ")")
    result = made if coming.each_returns else Conditional(f"{row} is None", made)
    python = python if coming.each_returns else python.optional()
    listed = Comprehension(result, f"for {row} in {found}")
    lines = (fetched, Line(ordered, f"{found} = "), Line(listed, "return "))
    return Body(list_of(python).annotation, lines, imports)


def _in_parts(call: Call) -> Body:
    """One statement after the other in a transaction; without `chunk` there is one, and none."""
    parts, imports = call.imported(modules.ROWS, "in_parts")
    session, several = call.variable("session"), call.variable("parts")
    opened = Group(f"{parts}(", ("conn", "items", "chunk"), f") as ({session}, {several}):")
    start = (Line(opened, "async with "), Line(f"for part in {several}:", depth=1))
    body = _PARTS[call.query.command](call, start, session)
    keyword = (Keyword("chunk", "int | None", "None"),)
    return replace(body, imports=body.imports | imports, keyword=keyword)


_Lines = tuple[Line, ...]


def _exec_parts(call: Call, start: _Lines, session: str) -> Body:
    return Body("None", (*start, Line(call.on("execute", session), depth=2)))


def _execrows_parts(call: Call, start: _Lines, session: str) -> Body:
    counting, needed = call.imported(modules.DRIVER, "affected_rows")
    status, count = call.variable("status"), call.variable("count")
    lines = (
        Line("0", f"{count} = "),
        *start,
        Line(call.on("execute", session), f"{status} = ", 2),
        Line(Group(f"{counting}(", (status,), ")"), f"{count} += ", 2),
        Line(count, "return "),
    )
    return Body("int", lines, needed)


def _many_parts(call: Call, start: _Lines, session: str) -> Body:
    kind, needed = call.imported(modules.DRIVER, "Row")
    row, found = call.variable("row"), call.variable("found")
    made, python = call.made_of(row)
    lines = (
        Line("[]", found, annotation=f"list[{kind}]"),
        *start,
        Line(call.on("fetch", session), f"{found} += ", 2),
        Line(Comprehension(made, f"for {row} in {found}"), "return "),
    )
    return Body(list_of(python).annotation, lines, needed)


_PARTS: dict[str, Callable[[Call, _Lines, str], Body]] = {
    "exec": _exec_parts,
    "execrows": _execrows_parts,
    "many": _many_parts,
}


def row_notes(query: QueryFacts, comment: Sequence[str]) -> tuple[str, ...]:
    """The docstring of a function that takes rows: what the query's comment says, and what its
    signature does not."""
    notes = list(_notes(query))
    if comment and notes:
        return (*comment, "", *notes)
    return (*comment, *notes)


def _notes(query: QueryFacts) -> Iterator[str]:
    coming = query.input_rows
    if coming is None:
        return
    if query.command == "many" and coming.count_column is not None:
        if coming.each_returns:
            yield "The list has a result for each of the rows, in their order."
        else:
            yield "The list has a result for each of the rows, in their order, or None."
    elif query.command in ("many", "stream") and not query.ordered:
        yield "PostgreSQL promises no order for what it returns."
    if goes_in_parts(query):
        yield "With `chunk`, that many rows are sent at a time, in one transaction."
