"""What each command makes of a query: the statements of its function and what they return."""

from __future__ import annotations

from collections.abc import Callable

from sqlwright.codegen import imports as modules
from sqlwright.codegen.arguments import as_set
from sqlwright.codegen.body import Body, Call
from sqlwright.codegen.copying import copied_columns
from sqlwright.codegen.imports import Imports
from sqlwright.codegen.input_rows import with_rows
from sqlwright.codegen.model import Code, Comprehension, Conditional, Group, Line, Parameter
from sqlwright.codegen.results import ScalarResult
from sqlwright.codegen.types.codec import Codec
from sqlwright.codegen.types.python_type import NO_VALUE, PythonType, list_of
from sqlwright.codegen.types.travel import copies_text
from sqlwright.dataclass import replace
from sqlwright.sql.statements import Command

BATCH_SIZE = "1000"
"""Rows fetched at a time by `:stream`: more hardly go faster, and are held in memory at once."""


def plan_body(call: Call) -> Body:
    """The body for the query's command."""
    plain = _COMMANDS[call.query.command]
    if call.query.input_rows is not None:
        return with_rows(call, call.query.input_rows, plain)
    return plain(call)


def with_named_errors(call: Call, body: Body) -> Body:
    """The body with errors of constraints made those of their classes, where it can raise any: what
    a `try` costs that nothing ends is nothing."""
    if call.query.violable is None:
        return body
    caught, needed = call.imported(modules.CONSTRAINTS, "IntegrityConstraintViolationError")
    naming, beside = call.imported(modules.EXCEPTIONS, "name_violation")
    error = call.variable("error")
    lines = (
        Line("try:"),
        *(replace(line, depth=line.depth + 1) for line in body.lines),
        Line(f"except {caught} as {error}:"),
        Line(Group(f"{naming}(", (error,), ")"), depth=1),
        Line("raise", depth=1),
    )
    return replace(body, lines=lines, imports=body.imports | needed | beside)


def _exec(call: Call) -> Body:
    return Body("None", (Line(call.on("execute")),))


def _execrows(call: Call) -> Body:
    count, imports = call.imported(modules.DRIVER, "affected_rows")
    status = call.variable("status")
    counted = Group(f"{count}(", (status,), ")")
    return Body(
        "int", (Line(call.on("execute"), f"{status} = "), Line(counted, "return ")), imports
    )


def _execresult(call: Call) -> Body:
    return Body("str", (Line(call.on("execute"), "return "),))


def _one(call: Call) -> Body:
    if isinstance(call.result, ScalarResult) and not _needs_row(call, call.result.codec):
        return _one_value(call, call.result.codec)
    row = call.variable("row")
    fetched = Line(call.on("fetchrow"), f"{row} = ")
    made, python = call.made_of(row)
    if call.certain:
        missing, imports = _if_missing(call, row)
        returned = _returned(call, made, python.annotation)
        return Body(python.annotation, (fetched, *missing, *returned), imports)
    lines = (fetched, Line(Conditional(f"{row} is None", made), "return "))
    return Body(python.optional().annotation, lines)


def _needs_row(call: Call, codec: Codec) -> bool:
    """Whether only a row tells that there is one: None can be the value, and must be decoded."""
    return call.certain and codec.decode is not None and codec.decode.takes_none


def _one_value(call: Call, codec: Codec) -> Body:
    value = call.variable("value")
    fetched = call.on("fetchval")
    optional = codec.result.optional().annotation
    read = Line(fetched, f"{value} = ")
    if codec.decode is None:
        read = Line(fetched, value, annotation=optional)
    if call.certain and not codec.optional and codec.result != NO_VALUE:
        missing, imports = _if_missing(call, value)
        made = codec.decode.apply(value) if codec.decode else value
        returned = _returned(call, made, codec.result.annotation)
        return Body(codec.result.annotation, (read, *missing, *returned), imports)
    # Whether there was no row or a NULL in it, the server's answer reads as None.
    decoded = replace(codec, optional=True).decoded(value)
    return Body(optional, (read, *_returned(call, decoded, optional)))


def _returned(call: Call, made: Code, annotation: str) -> tuple[Line, ...]:
    """The return of a value; a variable says its type where its conversion does not."""
    result = call.result
    decode = result.codec.decode if isinstance(result, ScalarResult) else None
    if decode is None or not decode.gives_any or isinstance(made, Conditional):
        return (Line(made, "return "),)
    decoded = call.variable("decoded")
    return Line(made, decoded, annotation=annotation), Line(decoded, "return ")


def _if_missing(call: Call, variable: str) -> tuple[tuple[Line, ...], Imports]:
    given = call.given()
    error, imports = call.imported(modules.DRIVER, "no_row" if given else "NoRowError")
    raised = Line(Group(f"{error}(", (f'"{call.query.name}"', *given), ")"), "raise ", 1)
    return (Line(f"if {variable} is None:"), raised), imports


def _many(call: Call) -> Body:
    row, rows = call.variable("row"), call.variable("rows")
    made, python = call.made_of(row)
    listed = Comprehension(made, f"for {row} in {rows}")
    lines = (Line(call.on("fetch"), f"{rows} = "), Line(listed, "return "))
    return Body(list_of(python).annotation, lines)


def _stream(call: Call) -> Body:
    """A server cursor, read in batches: quicker than row by row, and in constant memory."""
    opening, imports = call.imported(modules.SESSION, "open_cursor")
    generator, needed = call.imported("collections.abc", "AsyncGenerator")
    cursor = call.variable("cursor")
    row, rows, size = call.variable("row"), call.variable("rows"), call.variable("batch_size")
    made, python = call.made_of(row)
    arguments: tuple[Code, ...] = ("conn", call.constant, *call.arguments.sent)
    if not call.query.holdable:
        arguments += ("holdable=False",)
    lines = (
        Line(Group(f"{opening}(", arguments, f") as {cursor}:"), "async with "),
        Line(f"while {rows} := await {cursor}.fetch({size}):", depth=1),
        Line(f"for {row} in {rows}:", depth=2),
        Line(made, "yield ", 3),
    )
    keyword = (Parameter(size, "int", BATCH_SIZE),)
    returns = f"{generator}[{python.annotation}, None]"
    return Body(returns, lines, imports, needed, keyword=keyword)


_BULK = (modules.BULK, "BulkConnection")
_TEXT_COPY = (modules.COPY_TEXT, "TextCopyConnection")


def _copyfrom(call: Call) -> Body:
    """COPY in its binary form, the quickest way to bring in many rows; in its text form where a
    column has no other."""
    if copies_text(call.types, call.query):
        return _copy_texts(call)
    count, imports = call.imported(modules.DRIVER, "affected_rows")
    columns = copied_columns(call.types, call.query, call.arguments)
    lines: list[Line] = []
    if columns.plain:
        taking, needed = call.imported(modules.BULK, "takes_json_text")
        lines.append(Line(Group(f"await {taking}(", ("conn",), ")"), f"{columns.plain} = "))
        imports |= needed | columns.imports
    records, status = call.variable("records"), call.variable("status")
    made = Comprehension(as_set(columns.sent), f"for {call.arguments.each} in rows", "()")
    arguments: list[Code] = [columns.table, Group("columns=[", columns.names, "]")]
    arguments.append(f"records={records}")
    if columns.schema:
        arguments.append(f"schema_name={columns.schema}")
    copied = Group("await conn.copy_records_to_table(", tuple(arguments), ")")
    lines += [
        Line(made, f"{records} = "),
        Line(copied, f"{status} = "),
        Line(Group(f"{count}(", (status,), ")"), "return "),
    ]
    return Body("int", tuple(lines), imports, connection=_BULK)


def _copy_texts(call: Call) -> Body:
    count, imports = call.imported(modules.DRIVER, "affected_rows")
    copying, needed = call.imported(modules.COPY_TEXT, "copy_texts")
    columns = copied_columns(call.types, call.query, call.arguments)
    records, status = call.variable("records"), call.variable("status")
    made = Comprehension(as_set(columns.sent), f"for {call.arguments.each} in rows", "()")
    arguments: list[Code] = ["conn", columns.table, Group("columns=[", columns.names, "]")]
    arguments.append(f"records={records}")
    if columns.schema:
        arguments.append(f"schema_name={columns.schema}")
    lines = (
        Line(made, f"{records} = "),
        Line(Group(f"await {copying}(", tuple(arguments), ")"), f"{status} = "),
        Line(Group(f"{count}(", (status,), ")"), "return "),
    )
    return Body("int", lines, imports | needed, connection=_TEXT_COPY)


def _batchexec(call: Call) -> Body:
    sets = call.variable("args")
    lines = (_sets(call, sets), Line(_with_sets(call, "executemany", sets)))
    return Body("None", lines, connection=_BULK)


def _batchmany(call: Call) -> Body:
    row, rows = call.variable("row"), call.variable("rows")
    made, python = call.made_of(row)
    listed = Comprehension(made, f"for {row} in {rows}")
    return _one_by_one(call, "fetch", rows, listed, list_of(python))


def _batchone(call: Call) -> Body:
    row, rows = call.variable("row"), call.variable("rows")
    made, python = call.made_of(row)
    if not call.certain:
        found = Conditional(f"{row} is None", made)
        return _one_by_one(call, "fetchrow", row, found, python.optional())
    # One row for each set: the server can be sent all sets before its first answer.
    sets = call.variable("args")
    lines = (
        _sets(call, sets),
        Line(_with_sets(call, "fetchmany", sets), f"{rows} = "),
        Line(Comprehension(made, f"for {row} in {rows}"), "return "),
    )
    return Body(list_of(python).annotation, lines, connection=_BULK)


def _sets(call: Call, variable: str) -> Line:
    listed = Comprehension(as_set(call.arguments.sent), f"for {call.arguments.each} in batch")
    return Line(listed, f"{variable} = ")


def _with_sets(call: Call, method: str, variable: str) -> Group:
    return Group(f"await conn.{method}(", (call.constant, variable), ")")


def _one_by_one(call: Call, method: str, variable: str, made: Code, python: PythonType) -> Body:
    """Run the query for each set by itself: only so is it known which rows belong to which."""
    inside, needed = call.imported(modules.SESSION, "in_transaction")
    session, results = call.variable("session"), call.variable("results")
    fetched = call.on(method, session)
    appended = Group(f"{results}.append(", (made,), ")")
    lines = (
        Line("[]", results, annotation=list_of(python).annotation),
        Line(f"async with {inside}(conn) as {session}:"),
        Line(f"for {call.arguments.each} in batch:", depth=1),
        Line(fetched, f"{variable} = ", 2),
        Line(appended, depth=2),
        Line(results, "return "),
    )
    return Body(list_of(python).annotation, lines, needed)


_COMMANDS: dict[Command, Callable[[Call], Body]] = {
    "one": _one,
    "many": _many,
    "exec": _exec,
    "execrows": _execrows,
    "execresult": _execresult,
    "stream": _stream,
    "copyfrom": _copyfrom,
    "batchexec": _batchexec,
    "batchmany": _batchmany,
    "batchone": _batchone,
}
