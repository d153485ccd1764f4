"""From one statement and a catalog to the next catalog: the DDL that sqlwright knows."""

from __future__ import annotations

from sqlwright.catalog.analyser import Analyser
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.ddl.context import Context, Handler, Parts
from sqlwright.catalog.ddl.tables.partition_indexes import create_index_and_parts
from sqlwright.catalog.ddl.tables.sequences import alter_sequence, create_sequence
from sqlwright.catalog.ddl.tables.tables import create_table
from sqlwright.catalog.versions import check_version
from sqlwright.diagnostics import Diagnostic
from sqlwright.source import SourceFile
from sqlwright.sql import ddl_nodes as ddl
from sqlwright.sql import nodes


def apply(
    catalog: Catalog,
    statement: ddl.DdlStatement,
    source: SourceFile,
    analyse: Analyser,
    warnings: list[Diagnostic],
    parts: Parts | None = None,
) -> Catalog:
    """The catalog after a statement; the same catalog if the statement defines nothing. With
    `parts`, those that cannot be resolved are left out and noted there.

    Raises DiagnosticError where PostgreSQL would refuse, with its SQLSTATE, wording and hint; what
    cannot be followed without being wrong is added to `warnings`.
    """
    check_version(catalog, source, statement)
    context = Context(catalog, source, analyse, warnings, parts)
    return _applied(context, statement).catalog


def _applied(context: Context, statement: ddl.DdlStatement) -> Context:
    if isinstance(statement, ddl.CreateSchema):
        return _create_schema(context, statement)
    if isinstance(statement, ddl.DoBlock):
        from sqlwright.catalog.ddl.blocks import run_block

        return run_block(context, statement, _applied)
    handler = _HANDLERS.get(type(statement))
    return handler(context, statement) if handler is not None else context


def _pass_over(context: Context, statement: ddl.PassedOver) -> Context:
    """Statements that define nothing; a call of a function may, and so may CALL and IMPORT."""
    if not statement.calls and statement.keyword not in ("CALL", "IMPORT"):
        return context
    from sqlwright.catalog.ddl.blocks import is_builtin_call

    what = ""
    for call in statement.calls:
        if not is_builtin_call(context, call.name):
            what = f"function {'.'.join(call.name)}"
    if statement.keyword == "CALL":
        what = "this procedure"
    elif statement.keyword == "IMPORT":
        what = "IMPORT FOREIGN SCHEMA"
    if what:
        context.warn(
            "dynamic-definition",
            f"{what} may change the schema in ways that cannot be followed",
            statement,
            help="write the definitions it makes as plain statements in a schema file",
        )
    return context


def _create_schema(context: Context, statement: ddl.CreateSchema) -> Context:
    """CREATE SCHEMA and the statements inside it, whose unqualified names are of that schema."""
    from sqlwright.catalog.ddl.schemas import create_schema

    known = context.catalog.has_schema(statement.name.parts[0])
    context = create_schema(context, statement)
    if not statement.elements or known:
        return context
    path = context.catalog.search_path
    context = context.at(context.catalog.with_search_path(statement.name.parts[0], *path))
    for element in sorted(statement.elements, key=_element_order):
        context = _applied(context, element)
    return context.at(context.catalog.with_search_path(*path))


def _element_order(element: ddl.DdlStatement) -> int:
    """Inside CREATE SCHEMA what others rest on is made first, wherever it stands."""
    order: tuple[type, ...] = (
        ddl.CreateSequence,
        ddl.CreateTable,
        ddl.CreateView,
        ddl.CreateIndex,
        ddl.CreateTrigger,
    )
    return order.index(type(element)) if type(element) in order else len(order)


def _comment(context: Context, statement: ddl.Comment) -> Context:
    from sqlwright.catalog.ddl.changes.comments import comment

    return comment(context, statement)


def _alter_table(context: Context, statement: ddl.AlterTable) -> Context:
    from sqlwright.catalog.ddl.tables.alter_table import alter_table

    return alter_table(context, statement)


def _view(context: Context, statement: ddl.DdlStatement) -> Context:
    from sqlwright.catalog.ddl.tables.views import HANDLERS

    return HANDLERS[type(statement)](context, statement)


def _type(context: Context, statement: ddl.DdlStatement) -> Context:
    from sqlwright.catalog.ddl.types.handlers import HANDLERS

    return HANDLERS[type(statement)](context, statement)


def _function(context: Context, statement: ddl.DdlStatement) -> Context:
    from sqlwright.catalog.ddl.routines.functions import HANDLERS

    return HANDLERS[type(statement)](context, statement)


def _routine(context: Context, statement: ddl.DdlStatement) -> Context:
    from sqlwright.catalog.ddl.routines.handlers import HANDLERS

    return HANDLERS[type(statement)](context, statement)


def _on_table(context: Context, statement: ddl.DdlStatement) -> Context:
    from sqlwright.catalog.ddl.attached import HANDLERS

    return HANDLERS[type(statement)](context, statement)


def _change(context: Context, statement: ddl.DdlStatement) -> Context:
    from sqlwright.catalog.ddl.changes.handlers import HANDLERS

    return HANDLERS[type(statement)](context, statement)


def _setting(context: Context, statement: ddl.DdlStatement) -> Context:
    from sqlwright.catalog.ddl.schemas import HANDLERS

    return HANDLERS[type(statement)](context, statement)


def _named(context: Context, statement: ddl.CreateObject) -> Context:
    from sqlwright.catalog.ddl.named import create_named

    return create_named(context, statement)


_HANDLERS: dict[type, Handler] = {
    ddl.CreateTable: create_table,
    ddl.CreateIndex: create_index_and_parts,
    ddl.CreateSequence: create_sequence,
    ddl.AlterSequence: alter_sequence,
    ddl.PassedOver: _pass_over,
    ddl.Comment: _comment,
    ddl.AlterTable: _alter_table,
    ddl.CreateView: _view,
    nodes.CreateTableAs: _view,
    ddl.SelectInto: _view,
    ddl.CreateEnum: _type,
    ddl.CreateComposite: _type,
    ddl.CreateRange: _type,
    ddl.CreateBaseType: _type,
    ddl.AlterEnum: _type,
    ddl.CreateDomain: _type,
    ddl.AlterDomain: _type,
    ddl.CreateFunction: _function,
    ddl.AlterFunction: _function,
    ddl.CreateAggregate: _routine,
    ddl.CreateOperator: _routine,
    ddl.CreateOperatorClass: _routine,
    ddl.CreateOperatorFamily: _routine,
    ddl.CreateCast: _routine,
    ddl.CreateTrigger: _on_table,
    ddl.CreateRule: _on_table,
    ddl.CreatePolicy: _on_table,
    ddl.Drop: _change,
    ddl.Rename: _change,
    ddl.SetSchema: _change,
    ddl.CreateExtension: _setting,
    ddl.SetVariable: _setting,
    ddl.CreateObject: _named,
}
"""What most schemas are without is imported for those that have it."""
