"""The bodies of SQL functions, checked when they are created (manual 36.5)."""

from __future__ import annotations

from sqlwright.catalog import oids
from sqlwright.catalog.analyser import AnalysedQuery
from sqlwright.catalog.ddl.context import Context, Place
from sqlwright.catalog.dependencies import Address
from sqlwright.catalog.model import Column, Function, Type
from sqlwright.catalog.stored import StoredQuery
from sqlwright.source import SourceFile
from sqlwright.sql import ddl_nodes as ddl
from sqlwright.sql import nodes
from sqlwright.sql.blocks import body_source, body_tokens
from sqlwright.sql.grammar.parser import parse_statement
from sqlwright.sql.lexing.splitting import split_statements

_OPTIMISABLE = (nodes.Select, nodes.Insert, nodes.Update, nodes.Delete, nodes.Merge)
_SCALARS = ("base", "enum", "range", "multirange")


def check_body(
    context: Context, function: Function, statement: ddl.CreateFunction
) -> tuple[StoredQuery | None, frozenset[Address]]:
    """Analyse the body of a function in SQL and compare what it returns with what it declares.

    Gives the last query, and what the function rests on: a body in quotes is nothing but a string
    to the server. A function with polymorphic arguments is only read, since its types are
    known when it is called. Raises 42P13, and whatever its statements are refused for.
    """
    _check_declared_types(context, function, statement)
    if statement.sql_body is not None and any(map(is_polymorphic, function.arguments)):
        context.refuse(
            "invalid-function-definition",
            "SQL function with unquoted function body cannot have polymorphic arguments",
            statement.name,
            sqlstate="42P13",
        )
    read = _statements(context, statement)
    if any(is_polymorphic(each) for each in function.arguments):
        return None, frozenset()
    itself = context.catalog.with_function(function)  # it may call itself
    rests: frozenset[Address] = frozenset()
    last: AnalysedQuery | None = None
    last_statement: nodes.Statement | None = None
    for source, each in read:
        last_statement = each
        if isinstance(each, _OPTIMISABLE):
            last = context.analyse.body(
                itself,
                source,
                each,
                _input_names(function),
                function.arguments,
                function.name,
            )
            rests |= last.references if statement.sql_body is not None else frozenset()
    if last_statement is not None and not isinstance(last_statement, _OPTIMISABLE):
        last = None
    place = statement.name
    _check_result(context, function, last, place)
    return last.stored if last is not None else None, rests


def is_polymorphic(oid: int) -> bool:
    """Whether a pseudo-type stands for the type that a call gives it."""
    return oid in _POLYMORPHIC


_POLYMORPHIC = frozenset(
    (
        oids.ANYELEMENT,
        oids.ANYARRAY,
        oids.ANYNONARRAY,
        oids.ANYENUM,
        oids.ANYRANGE,
        oids.ANYMULTIRANGE,
        oids.ANYCOMPATIBLE,
        oids.ANYCOMPATIBLEARRAY,
        oids.ANYCOMPATIBLENONARRAY,
        oids.ANYCOMPATIBLERANGE,
        oids.ANYCOMPATIBLEMULTIRANGE,
    )
)


def _check_declared_types(
    context: Context, function: Function, statement: ddl.CreateFunction
) -> None:
    catalog = context.catalog
    result = catalog.type(function.result)
    allowed = (oids.VOID, oids.RECORD)
    if result.kind == "pseudo" and result.oid not in allowed and not is_polymorphic(result.oid):
        context.refuse(
            "invalid-function-definition",
            f"SQL functions cannot return type {catalog.display_type(result.oid)}",
            statement.returns or statement.name,
            sqlstate="42P13",
        )
    for oid in function.arguments:
        if catalog.type(oid).kind == "pseudo" and not is_polymorphic(oid):
            context.refuse(
                "invalid-function-definition",
                f"SQL functions cannot have arguments of type {catalog.display_type(oid)}",
                statement.name,
                sqlstate="42P13",
            )


def _statements(
    context: Context, statement: ddl.CreateFunction
) -> list[tuple[SourceFile, nodes.Statement]]:
    """The statements of the body, each with the text that its offsets are of."""
    if statement.sql_body is not None:
        return [(context.source, each) for each in statement.sql_body]
    body = statement.body or ""
    source = body_source(context.source, body, statement.body_start, statement.name.start)
    found: list[tuple[SourceFile, nodes.Statement]] = []
    for stretch in split_statements(body_tokens(source, body), 0, len(source.text)):
        if stretch.tokens:
            text = context.source if statement.body_start >= 0 else source
            found.append((text, parse_statement(text, stretch.tokens)))
    return found


def _input_names(function: Function) -> tuple[str, ...]:
    if not function.names:
        return tuple("" for _ in function.arguments)
    modes = function.modes or tuple("in" for _ in function.names)
    return tuple(
        name
        for name, mode in zip(function.names, modes, strict=True)
        if mode in ("in", "inout", "variadic")
    )


# What the body returns


def _check_result(
    context: Context, function: Function, last: AnalysedQuery | None, place: Place
) -> None:
    """The last statement must give what the function returns (check_sql_fn_retval)."""
    if function.result == oids.VOID:
        return
    if last is None or not last.columns:
        _mismatch(
            context,
            function,
            "Function's final statement must be SELECT or INSERT/UPDATE/DELETE/MERGE RETURNING.",
            place,
        )
        return
    catalog = context.catalog
    result = catalog.type(catalog.base_type(function.result))
    if result.kind in _SCALARS:
        if len(last.columns) != 1:
            _mismatch(context, function, "Final statement must return exactly one column.", place)
        _check_column(context, function, last.columns[0].type, function.result, place)
        return
    if len(last.columns) == 1 and _fits(context, last.columns[0].type, function.result):
        return
    expected = _expected(context, function, result)
    if expected is not None:
        _check_columns(context, function, last.columns, expected, place)


def _mismatch(context: Context, function: Function, detail: str, place: Place) -> None:
    shown = context.catalog.display_type(function.result)
    context.refuse(
        "invalid-function-definition",
        f"return type mismatch in function declared to return {shown}",
        place,
        sqlstate="42P13",
        detail=detail,
    )


def _fits(context: Context, given: int, wanted: int) -> bool:
    if given == wanted:
        return True
    composite = context.catalog.is_composite(given)
    return composite and context.analyse.can_assign(context.catalog, given, wanted)


def _check_column(
    context: Context, function: Function, given: int, wanted: int, place: Place
) -> None:
    catalog = context.catalog
    if not context.analyse.can_assign(catalog, given, wanted):
        shown = catalog.display_type(given)
        _mismatch(context, function, f"Actual return type is {shown}.", place)


def _expected(context: Context, function: Function, result: Type) -> list[int] | None:
    """The types of the columns to return; None for a record of unknown columns."""
    if function.result == oids.RECORD:
        if not function.all_arguments:
            return None
        return [
            oid
            for oid, mode in zip(function.all_arguments, function.modes, strict=True)
            if mode in ("out", "inout", "table")
        ]
    relation = context.catalog.get_relation(result.relation) if result.relation else None
    return [each.type for each in relation.columns] if relation is not None else None


def _check_columns(
    context: Context,
    function: Function,
    columns: tuple[Column, ...],
    expected: list[int],
    place: Place,
) -> None:
    catalog = context.catalog
    if len(columns) > len(expected):
        _mismatch(context, function, "Final statement returns too many columns.", place)
    for number, (column, wanted) in enumerate(zip(columns, expected, strict=False), start=1):
        if not context.analyse.can_assign(catalog, column.type, wanted):
            given, shown = catalog.display_type(column.type), catalog.display_type(wanted)
            _mismatch(
                context,
                function,
                f"Final statement returns {given} instead of {shown} at column {number}.",
                place,
            )
    if len(columns) < len(expected):
        _mismatch(context, function, "Final statement returns too few columns.", place)
