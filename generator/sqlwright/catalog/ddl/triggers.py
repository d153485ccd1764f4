"""Triggers, rules and row security policies: what they make of a write (manual 37, 39, 5.9)."""

from __future__ import annotations

from functools import partial

from sqlwright.catalog import oids
from sqlwright.catalog.ddl.context import Context
from sqlwright.catalog.ddl.lookup import column_of, find_relation, plural, qualified, required
from sqlwright.catalog.ddl.parts import condition_part, do_without, function_part
from sqlwright.catalog.ddl.routines.signatures import exact_function
from sqlwright.catalog.dependencies import Address
from sqlwright.catalog.inheritance import children_of
from sqlwright.catalog.model import Function, Policy, Relation, Rule, Trigger
from sqlwright.dataclass import replace
from sqlwright.diagnostics import DiagnosticError
from sqlwright.sql import ddl_nodes as ddl
from sqlwright.sql import nodes
from sqlwright.sql.traversal import walk

_TABLES = ("table", "partitioned table", "foreign table")


def create_trigger(
    context: Context, statement: ddl.CreateTrigger, *, inherited: bool = False
) -> Context:
    """CREATE [OR REPLACE] [CONSTRAINT] TRIGGER, on the partitions too if it is for each row."""
    table = required(find_relation(context, statement.relation))
    _check_table(context, statement, table)
    rests = {
        Address("relation", table.oid, column_of(context, table, each.parts[0], each).number)
        for each in statement.columns
    }
    function = _function(context, statement)
    if function is not None and function.result != oids.TRIGGER:
        context.refuse(
            "invalid-object-definition",
            f"function {qualified(statement.function.parts)} must return type trigger",
            statement.function,
            sqlstate="42P17",
        )
    name = statement.name.parts[0]
    existing = next((each for each in table.triggers if each.name == name), None)
    if existing is not None and not statement.replace:
        context.refuse(
            "duplicate-object",
            f'trigger "{name}" for relation "{table.name}" already exists',
            statement.name,
            sqlstate="42710",
        )
    if statement.when is not None:
        rests |= _checked_condition(context, statement, table, statement.when)
    catalog = context.catalog
    trigger = Trigger(
        name=name,
        timing=statement.timing,
        events=statement.events,
        row_level=statement.row_level,
        function=qualified(
            (function.schema, function.name) if function else statement.function.parts
        ),
        oid=existing.oid if existing is not None else catalog.next_oid,
        inherited=inherited,
    )
    kept = tuple(each for each in table.triggers if each is not existing)
    catalog = catalog.with_relation(replace(table, triggers=(*kept, trigger)))
    address = Address("trigger", trigger.oid)
    dependencies = catalog.dependencies.without_dependent(address)
    dependencies = dependencies.add(address, [Address("relation", table.oid)], "auto")
    if function is not None:
        dependencies = dependencies.add(address, [Address("function", function.oid)])
    rests.discard(Address("relation", table.oid))
    dependencies = dependencies.add(address, rests, "auto" if inherited else "normal")
    next_oid = max(catalog.next_oid, trigger.oid + 1)
    context = context.at(replace(catalog, dependencies=dependencies, next_oid=next_oid))
    if table.kind == "partitioned table" and statement.row_level:
        for child in children_of(context.catalog, table.oid):
            place = replace(statement.relation, name=(child.schema, child.name))
            part = replace(statement, relation=place, replace=True)
            context = create_trigger(context, part, inherited=True)
    return context


def _function(context: Context, statement: ddl.CreateTrigger) -> Function | None:
    """The function that is called; None for one that is not there, where the schema only describes:
    rows do not come through as written for that."""
    try:
        return exact_function(context, statement.function.parts, (), statement.function)
    except DiagnosticError as error:
        do_without(context, error, partial(function_part, context, statement))
        return None


def _checked_condition(
    context: Context, statement: ddl.CreateTrigger, table: Relation, when: nodes.Expr
) -> frozenset[Address]:
    """What WHEN rests on, which may look at the old and the new row where there are such rows."""
    rests = context.expression(when, "trigger when", table).references
    if not statement.row_level:
        rows = [name for name in ("old", "new") if _mentions(when, name)]
        if rows:
            context.refuse(
                "invalid-object-definition",
                "statement trigger's WHEN condition cannot reference column values",
                when,
                sqlstate="42P17",
            )
        return rests
    for name, event, word in (("old", "insert", "INSERT"), ("new", "delete", "DELETE")):
        if event in statement.events and _mentions(when, name):
            context.refuse(
                "invalid-object-definition",
                f"{word} trigger's WHEN condition cannot reference {name.upper()} values",
                when,
                sqlstate="42P17",
            )
    return rests


def _mentions(part: nodes.Expr | nodes.Statement, name: str) -> bool:
    """Whether a part of a statement refers to the old or the new row."""
    return any(
        isinstance(each, nodes.ColumnRef) and each.fields[:1] == (name,) for each in walk(part)
    )


def _check_table(context: Context, statement: ddl.CreateTrigger, table: Relation) -> None:
    message = detail = ""
    if table.kind in _TABLES:
        if statement.timing == "instead of":
            message = f'"{table.name}" is a table'
            detail = "Tables cannot have INSTEAD OF triggers."
        elif (
            table.kind == "partitioned table" and statement.row_level and statement.transition_names
        ):
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


def create_rule(context: Context, statement: ddl.CreateRule) -> Context:
    """CREATE [OR REPLACE] RULE."""
    table = required(find_relation(context, statement.relation))
    if table.kind not in ("table", "partitioned table", "view", "materialized view"):
        context.refuse(
            "wrong-object-type",
            f'relation "{table.name}" cannot have rules',
            statement.relation,
            sqlstate="42809",
            detail=f"This operation is not supported for {plural(table.kind)}.",
        )
    if table.kind == "materialized view":
        context.refuse(
            "feature-not-supported",
            "rules on materialized views are not supported",
            statement.relation,
            sqlstate="0A000",
        )
    if statement.event == "select" and table.kind != "view":
        context.refuse(
            "wrong-object-type",
            f'relation "{table.name}" cannot have ON SELECT rules',
            statement.relation,
            sqlstate="42809",
            detail=f"This operation is not supported for {plural(table.kind)}.",
        )
    if statement.where is not None:
        _check_absent_row(context, statement)
        context.expression(statement.where, "rule where", table)
    _check_actions(context, statement)
    name = statement.name.parts[0]
    existing = next((each for each in table.rules if each.name == name), None)
    if existing is not None and not statement.replace:
        context.refuse(
            "duplicate-object",
            f'rule "{name}" for relation "{table.name}" already exists',
            statement.name,
            sqlstate="42710",
        )
    catalog = context.catalog
    rule = Rule(
        name,
        statement.event,
        statement.instead,
        existing.oid if existing is not None else catalog.next_oid,
        conditional=statement.where is not None,
        actions=len(statement.actions),
        returning=any(getattr(each, "returning", None) for each in statement.actions),
        kinds=tuple(
            (type(each).__name__.lower(), bool(getattr(each, "returning", None)))
            for each in statement.actions
        ),
    )
    kept = tuple(each for each in table.rules if each is not existing)
    catalog = catalog.with_relation(replace(table, rules=(*kept, rule)))
    dependencies = catalog.dependencies.add(
        Address("rule", rule.oid), [Address("relation", table.oid)], "auto"
    )
    next_oid = max(catalog.next_oid, rule.oid + 1)
    return context.at(replace(catalog, dependencies=dependencies, next_oid=next_oid))


_ABSENT = {"insert": "old", "delete": "new"}
"""The row that there is none of, by what a rule is for."""


def _check_absent_row(context: Context, statement: ddl.CreateRule) -> None:
    absent = _ABSENT.get(statement.event)
    if statement.where is not None and absent is not None and _mentions(statement.where, absent):
        context.refuse(
            "unknown-relation",
            f'invalid reference to FROM-clause entry for table "{absent}"',
            statement.where,
            sqlstate="42P01",
            detail=f'There is an entry for table "{absent}", but it cannot be referenced from this '
            "part of the query.",
        )


def _check_actions(context: Context, statement: ddl.CreateRule) -> None:
    """What the actions may refer to (manual, CREATE RULE)."""
    absent = _ABSENT.get(statement.event)
    for action in statement.actions:
        own = {each.name for each in walk(action) if isinstance(each, nodes.Alias)}
        if absent is not None and absent not in own and _mentions(action, absent):
            context.refuse(
                "invalid-object-definition",
                f"ON {statement.event.upper()} rule cannot use {absent.upper()}",
                action,
                sqlstate="42P17",
            )


def _check_policy_clauses(context: Context, statement: ddl.CreatePolicy) -> None:
    message = ""
    if statement.event in ("select", "delete") and statement.check is not None:
        message = "WITH CHECK cannot be applied to SELECT or DELETE"
    if statement.event == "insert" and statement.using is not None:
        message = "only WITH CHECK expression allowed for INSERT"
    if message:
        context.refuse("syntax-error", message, statement.name, sqlstate="42601")


def create_policy(context: Context, statement: ddl.CreatePolicy) -> Context:
    """CREATE POLICY and ALTER POLICY."""
    _check_policy_clauses(context, statement)
    table = required(find_relation(context, statement.relation))
    if table.kind not in ("table", "partitioned table"):
        context.refuse(
            "wrong-object-type",
            f'"{table.name}" is not a table',
            statement.relation,
            sqlstate="42809",
        )
    name = statement.name.parts[0]
    existing = next((each for each in table.policies if each.name == name), None)
    if existing is not None and not statement.alter:
        context.refuse(
            "duplicate-object",
            f'policy "{name}" for table "{table.name}" already exists',
            statement.name,
            sqlstate="42710",
        )
    if existing is None and statement.alter:
        context.refuse(
            "unknown-object",
            f'policy "{name}" for table "{table.name}" does not exist',
            statement.name,
            sqlstate="42704",
        )
    catalog = context.catalog
    policy = existing or Policy(name, catalog.next_oid)
    if statement.using is not None:
        rests = _condition_references(context, statement, table, statement.using)
        policy = replace(policy, using=rests)
    if statement.check is not None:
        rests = _condition_references(context, statement, table, statement.check)
        policy = replace(policy, check=rests)
    others = tuple(policy if each is existing else each for each in table.policies)
    policies = others if existing is not None else (*others, policy)
    catalog = catalog.with_relation(replace(table, policies=policies))
    address, whole = Address("policy", policy.oid), Address("relation", table.oid)
    dependencies = catalog.dependencies.without_dependent(address).add(address, [whole], "auto")
    dependencies = dependencies.add(address, (policy.using | policy.check) - {whole})
    next_oid = max(catalog.next_oid, policy.oid + 1)
    return context.at(replace(catalog, dependencies=dependencies, next_oid=next_oid))


def _condition_references(
    context: Context, statement: ddl.CreatePolicy, table: Relation, condition: nodes.Expr
) -> frozenset[Address]:
    """The objects that a condition rests on; none of one that a description has to do without."""
    try:
        return context.expression(condition, "policy", table).references
    except DiagnosticError as error:
        do_without(context, error, partial(condition_part, context, statement, condition))
        return frozenset()
