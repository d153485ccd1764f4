"""Triggers: what they make of a write (manual 37)."""

from __future__ import annotations

from functools import partial

from sqlwright.catalog import oids
from sqlwright.catalog.ddl.context import Context
from sqlwright.catalog.ddl.lookup import (
    check_not_system,
    column_of,
    find_relation,
    plural,
    qualified,
    required,
)
from sqlwright.catalog.ddl.parts import do_without, function_part
from sqlwright.catalog.ddl.routines.signatures import exact_function
from sqlwright.catalog.dependencies import Address
from sqlwright.catalog.inheritance import children_of
from sqlwright.catalog.model import Function, Relation, Trigger
from sqlwright.dataclass import replace
from sqlwright.diagnostics import DiagnosticError
from sqlwright.sql import ddl_nodes as ddl

_TABLES = ("table", "partitioned table", "foreign table")
_WITH_ROW = {
    "old": (("delete", "update"), "a DELETE or UPDATE"),
    "new": (("insert", "update"), "an INSERT or UPDATE"),
}
"""The events that have such a row, and how they are called."""


def create_trigger(
    context: Context, statement: ddl.CreateTrigger, *, inherited: bool = False
) -> Context:
    """CREATE [OR REPLACE] [CONSTRAINT] TRIGGER, on the partitions too if it is for each row."""
    table = required(find_relation(context, statement.relation))
    check_not_system(context, table, statement.relation)
    _check_table(context, statement, table)
    _check_form(context, statement, table)
    rests = _rests(context, statement, table)
    function = _function(context, statement)
    existing = _replaced(context, statement, table)
    catalog = context.catalog
    called = (function.schema, function.name) if function else statement.function.parts
    trigger = Trigger(
        name=statement.name.parts[0],
        timing=statement.timing,
        events=statement.events,
        row_level=statement.row_level,
        function=qualified(called),
        oid=existing.oid if existing is not None else catalog.next_oid,
        inherited=inherited,
        constraint=statement.constraint,
    )
    kept = tuple(each for each in table.triggers if each is not existing)
    catalog = catalog.with_relation(replace(table, triggers=(*kept, trigger)))
    address, whole = Address("trigger", trigger.oid), Address("relation", table.oid)
    dependencies = catalog.dependencies.without_dependent(address).add(address, [whole], "auto")
    if function is not None:
        dependencies = dependencies.add(address, [Address("function", function.oid)])
    dependencies = dependencies.add(address, rests - {whole}, "auto" if inherited else "normal")
    next_oid = max(catalog.next_oid, trigger.oid + 1)
    context = context.at(replace(catalog, dependencies=dependencies, next_oid=next_oid))
    if table.kind == "partitioned table" and statement.row_level:
        for child in children_of(context.catalog, table.oid):
            place = replace(statement.relation, name=(child.schema, child.name))
            part = replace(statement, relation=place, replace=True)
            context = create_trigger(context, part, inherited=True)
    return context


def _rests(context: Context, statement: ddl.CreateTrigger, table: Relation) -> set[Address]:
    """What a trigger rests on besides its function: columns of UPDATE OF, and what WHEN reads."""
    rests: set[Address] = set()
    for each in statement.columns:
        number = column_of(context, table, each.parts[0], each).number
        address = Address("relation", table.oid, number)
        if address in rests:
            message = f'column "{each.parts[0]}" specified more than once'
            context.refuse("duplicate-column", message, each, sqlstate="42701")
        rests.add(address)
    if statement.when is not None:
        condition = context.analyse.row_condition(
            context.catalog, context.source, statement, table, statement.when
        )
        rests |= context.known(condition.references)
    return rests


def _replaced(context: Context, statement: ddl.CreateTrigger, table: Relation) -> Trigger | None:
    """The trigger that is replaced, if there is one."""
    name = statement.name.parts[0]
    existing = next((each for each in table.triggers if each.name == name), None)
    if existing is None or (statement.replace and not existing.constraint):
        return existing
    what = "is a constraint trigger" if statement.replace else "already exists"
    message = f'trigger "{name}" for relation "{table.name}" {what}'
    return context.refuse("duplicate-object", message, statement.name, sqlstate="42710")


def _function(context: Context, statement: ddl.CreateTrigger) -> Function | None:
    """The function that is called; None for one that is not there, where the schema only describes:
    rows do not come through as written for that."""
    try:
        function = exact_function(context, statement.function.parts, (), statement.function)
    except DiagnosticError as error:
        do_without(context, error, partial(function_part, context, statement))
        return None
    if function.result != oids.TRIGGER:
        context.refuse(
            "invalid-object-definition",
            f"function {qualified(statement.function.parts)} must return type trigger",
            statement.function,
            sqlstate="42P17",
        )
    return function


def _check_table(context: Context, statement: ddl.CreateTrigger, table: Relation) -> None:
    message = detail = ""
    if table.kind in _TABLES:
        if statement.timing == "instead of":
            message = f'"{table.name}" is a table'
            detail = "Tables cannot have INSTEAD OF triggers."
        elif table.kind == "partitioned table" and statement.row_level and statement.transitions:
            message = f'"{table.name}" is a partitioned table'
            detail = "ROW triggers with transition tables are not supported on partitioned tables."
    elif table.kind == "view":
        if statement.timing != "instead of" and statement.row_level:
            message = f'"{table.name}" is a view'
            detail = "Views cannot have row-level BEFORE or AFTER triggers."
        elif "truncate" in statement.events:
            message = f'"{table.name}" is a view'
            detail = "Views cannot have TRUNCATE triggers."
    else:
        message = f'relation "{table.name}" cannot have triggers'
        detail = f"This operation is not supported for {plural(table.kind)}."
    if message:
        context.refuse(
            "wrong-object-type", message, statement.relation, sqlstate="42809", detail=detail
        )


def _check_form(context: Context, statement: ddl.CreateTrigger, table: Relation) -> None:
    """What goes together in one trigger (manual, CREATE TRIGGER)."""
    message = ""
    if statement.constraint and statement.replace:
        message = "CREATE OR REPLACE CONSTRAINT TRIGGER is not supported"
    elif statement.row_level and "truncate" in statement.events:
        message = "TRUNCATE FOR EACH ROW triggers are not supported"
    elif statement.timing == "instead of":
        if not statement.row_level:
            message = "INSTEAD OF triggers must be FOR EACH ROW"
        elif statement.when is not None:
            message = "INSTEAD OF triggers cannot have WHEN conditions"
        elif statement.columns:
            message = "INSTEAD OF triggers cannot have column lists"
    if message:
        context.refuse("feature-not-supported", message, statement, sqlstate="0A000")
    seen: dict[str, str] = {}
    for each in statement.transitions:
        _check_transition(context, statement, table, each)
        word = each.row.upper()
        repeated = f"{word} TABLE cannot be specified multiple times" if each.row in seen else ""
        if not repeated and each.name in seen.values():
            repeated = "OLD TABLE name and NEW TABLE name cannot be the same"
        if repeated:
            context.refuse("invalid-object-definition", repeated, each, sqlstate="42P17")
        seen[each.row] = each.name


def _check_transition(
    context: Context, statement: ddl.CreateTrigger, table: Relation, item: ddl.Transition
) -> None:
    """Whether a trigger sees the rows of its statement as a table."""
    message = ""
    if not item.table:
        context.refuse(
            "feature-not-supported",
            "ROW variable naming in the REFERENCING clause is not supported",
            item,
            sqlstate="0A000",
            hint="Use OLD TABLE or NEW TABLE for naming transition tables.",
        )
    if table.kind in ("foreign table", "view"):
        context.refuse(
            "wrong-object-type",
            f'"{table.name}" is a {table.kind}',
            statement.relation,
            sqlstate="42809",
            detail=f"Triggers on {table.kind}s cannot have transition tables.",
        )
    if statement.row_level and table.parents:
        kind = "partitions" if table.is_partition else "inheritance children"
        message = f"ROW triggers with transition tables are not supported on {kind}"
    elif statement.timing != "after":
        message = "transition table name can only be specified for an AFTER trigger"
        context.refuse("invalid-object-definition", message, item, sqlstate="42P17")
    elif "truncate" in statement.events:
        message = "TRUNCATE triggers with transition tables are not supported"
    elif len(statement.events) > 1:
        message = "transition tables cannot be specified for triggers with more than one event"
    elif statement.columns:
        message = "transition tables cannot be specified for triggers with column lists"
    if message:
        context.refuse("feature-not-supported", message, item, sqlstate="0A000")
    events, words = _WITH_ROW[item.row]
    if statement.events[0] not in events:
        message = f"{item.row.upper()} TABLE can only be specified for {words} trigger"
        context.refuse("invalid-object-definition", message, item, sqlstate="42P17")
