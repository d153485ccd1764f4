"""From one statement and a catalog to the next catalog: the DDL that sqlwright knows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlwright.catalog.analyser import Analyser
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.ddl.blocks import is_builtin_call, run_block
from sqlwright.catalog.ddl.changes.comments import comment
from sqlwright.catalog.ddl.changes.drop import drop_objects
from sqlwright.catalog.ddl.changes.rename import rename
from sqlwright.catalog.ddl.changes.set_schema import set_schema
from sqlwright.catalog.ddl.context import Context, Parts
from sqlwright.catalog.ddl.named import create_named
from sqlwright.catalog.ddl.policies import create_policy
from sqlwright.catalog.ddl.routines.aggregates import create_aggregate
from sqlwright.catalog.ddl.routines.casts import create_cast
from sqlwright.catalog.ddl.routines.functions import alter_function, create_function
from sqlwright.catalog.ddl.routines.operator_classes import (
    change_operator_family,
    create_operator_class,
)
from sqlwright.catalog.ddl.routines.operators import create_operator
from sqlwright.catalog.ddl.rules import create_rule
from sqlwright.catalog.ddl.schemas import create_extension, create_schema, set_variable
from sqlwright.catalog.ddl.tables.alter_table import alter_table
from sqlwright.catalog.ddl.tables.partition_indexes import create_index_and_parts
from sqlwright.catalog.ddl.tables.sequences import alter_sequence, create_sequence
from sqlwright.catalog.ddl.tables.tables import create_table
from sqlwright.catalog.ddl.tables.views import create_table_as, create_view, select_into
from sqlwright.catalog.ddl.triggers import create_trigger
from sqlwright.catalog.ddl.types.domains import alter_domain, create_domain
from sqlwright.catalog.ddl.types.ranges import create_range
from sqlwright.catalog.ddl.types.types import (
    alter_enum,
    create_base_type,
    create_composite,
    create_enum,
)
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
        return run_block(context, statement, _applied)
    handler = _HANDLERS.get(type(statement))
    return handler(context, statement) if handler is not None else context


def _pass_over(context: Context, statement: ddl.PassedOver) -> Context:
    """Statements that define nothing; a call of a function may, and so may CALL and IMPORT."""
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


_HANDLERS: dict[type, Callable[[Context, Any], Context]] = {
    ddl.CreateTable: create_table,
    ddl.AlterTable: alter_table,
    ddl.CreateEnum: create_enum,
    ddl.CreateComposite: create_composite,
    ddl.CreateRange: create_range,
    ddl.CreateBaseType: create_base_type,
    ddl.AlterEnum: alter_enum,
    ddl.CreateDomain: create_domain,
    ddl.AlterDomain: alter_domain,
    ddl.CreateView: create_view,
    nodes.CreateTableAs: create_table_as,
    ddl.SelectInto: select_into,
    ddl.CreateFunction: create_function,
    ddl.AlterFunction: alter_function,
    ddl.CreateAggregate: create_aggregate,
    ddl.CreateOperator: create_operator,
    ddl.CreateOperatorClass: create_operator_class,
    ddl.CreateOperatorFamily: change_operator_family,
    ddl.CreateCast: create_cast,
    ddl.CreateSequence: create_sequence,
    ddl.AlterSequence: alter_sequence,
    ddl.CreateExtension: create_extension,
    ddl.CreateIndex: create_index_and_parts,
    ddl.CreateTrigger: create_trigger,
    ddl.CreateRule: create_rule,
    ddl.CreatePolicy: create_policy,
    ddl.CreateObject: create_named,
    ddl.Drop: drop_objects,
    ddl.PassedOver: _pass_over,
    ddl.Rename: rename,
    ddl.SetSchema: set_schema,
    ddl.Comment: comment,
    ddl.SetVariable: set_variable,
}
