"""Rewrite rules: what runs beside a statement, or in its place (manual 39)."""

from __future__ import annotations

from functools import partial
from typing import NoReturn

from sqlwright.catalog.analyser import AnalysedQuery
from sqlwright.catalog.ddl.context import Context, Place
from sqlwright.catalog.ddl.lookup import check_not_system, find_relation, plural, required
from sqlwright.catalog.ddl.parts import do_without, rule_part
from sqlwright.catalog.dependencies import Address
from sqlwright.catalog.model import Relation, Rule
from sqlwright.dataclass import dataclass, replace
from sqlwright.diagnostics import DiagnosticError
from sqlwright.sql import ddl_nodes as ddl
from sqlwright.sql import nodes

OF_VIEW = "_RETURN"
"""The rule that is a view's query."""


@dataclass(frozen=True, slots=True)
class _Analysed:
    """What a rule rests on, and its statements; none of those that could not be read."""

    references: frozenset[Address] = frozenset()
    actions: tuple[AnalysedQuery, ...] = ()


def create_rule(context: Context, statement: ddl.CreateRule) -> Context:
    """CREATE [OR REPLACE] RULE."""
    table = required(find_relation(context, statement.relation))
    check_not_system(context, table, statement.relation)
    _check_relation(context, statement, table)
    analysed = _analysed(context, statement, table)
    name = statement.name.parts[0]
    if statement.event == "select":
        _check_select_rule(context, statement, table, analysed)
    else:
        _check_returning(context, statement, table, analysed)
        if name == OF_VIEW:
            _error_definition(
                context,
                f'non-view rule for "{table.name}" must not be named "{OF_VIEW}"',
                statement.name,
            )
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
        returning=any(_returns(each) for each in statement.actions),
        kinds=tuple((type(each).__name__.lower(), _returns(each)) for each in statement.actions),
    )
    kept = tuple(each for each in table.rules if each is not existing)
    catalog = catalog.with_relation(replace(table, rules=(*kept, rule)))
    address, whole = Address("rule", rule.oid), Address("relation", table.oid)
    dependencies = catalog.dependencies.without_dependent(address).add(address, [whole], "auto")
    dependencies = dependencies.add(address, analysed.references - {whole})
    next_oid = max(catalog.next_oid, rule.oid + 1)
    return context.at(replace(catalog, dependencies=dependencies, next_oid=next_oid))


def _returns(action: nodes.Statement) -> bool:
    return bool(getattr(action, "returning", None))


def _check_relation(context: Context, statement: ddl.CreateRule, table: Relation) -> None:
    """Whether a relation can have such a rule."""
    message = ""
    if table.kind not in ("table", "partitioned table", "view", "materialized view"):
        message = f'relation "{table.name}" cannot have rules'
    elif table.kind == "materialized view":
        context.refuse(
            "feature-not-supported",
            "rules on materialized views are not supported",
            statement.relation,
            sqlstate="0A000",
        )
    elif statement.event == "select" and table.kind != "view":
        message = f'relation "{table.name}" cannot have ON SELECT rules'
    if message:
        context.refuse(
            "wrong-object-type",
            message,
            statement.relation,
            sqlstate="42809",
            detail=f"This operation is not supported for {plural(table.kind)}.",
        )


def _analysed(context: Context, statement: ddl.CreateRule, table: Relation) -> _Analysed:
    """The condition and the statements of a rule, unless a description has to do without."""
    read = context.catalog, context.source, statement, table
    references: set[Address] = set()
    actions: list[AnalysedQuery] = []
    try:
        if statement.where is not None:
            condition = context.analyse.row_condition(*read, statement.where)
            references |= context.known(condition.references)
        for action in statement.actions:
            if isinstance(action, nodes.Utility):
                _check_utility(context, statement, action)
                continue
            query = context.analyse.rule_action(*read, action)
            references |= context.known(query.references)
            actions.append(query)
    except DiagnosticError as error:
        do_without(context, error, partial(rule_part, context, statement))
        return _Analysed()
    return _Analysed(frozenset(references), tuple(actions))


def _check_utility(context: Context, statement: ddl.CreateRule, action: nodes.Utility) -> None:
    """NOTIFY runs for a statement, whatever rows there are."""
    if statement.where is not None:
        _error_definition(
            context,
            "rules with WHERE conditions can only have SELECT, INSERT, UPDATE, or DELETE actions",
            action,
        )


def _check_select_rule(
    context: Context, statement: ddl.CreateRule, view: Relation, analysed: _Analysed
) -> None:
    """A rule ON SELECT is a view's query, which CREATE VIEW makes."""
    message = ""
    first = statement.actions[0] if statement.actions else None
    if len(statement.actions) > 1:
        message = "multiple actions for rules on SELECT are not implemented"
    elif not statement.instead or not isinstance(first, nodes.Select):
        message = "rules on SELECT must have action INSTEAD SELECT"
    elif statement.where is not None:
        message = "event qualifications are not implemented for rules on SELECT"
    if message:
        context.refuse("feature-not-supported", message, first or statement, sqlstate="0A000")
    if first is not None and analysed.actions:
        _check_columns(context, view, analysed.actions[0], first, of_select=True)
    if not statement.replace:
        context.refuse(
            "object-not-in-prerequisite-state",
            f'"{view.name}" is already a view',
            statement.relation,
            sqlstate="55000",
        )
    if statement.name.parts[0] != OF_VIEW:
        _error_definition(
            context,
            f'view rule for "{view.name}" must be named "{OF_VIEW}"',
            statement.name,
        )


def _check_returning(
    context: Context, statement: ddl.CreateRule, table: Relation, analysed: _Analysed
) -> None:
    """What stands in for RETURNING of the statement: one list, which has the table's columns."""
    lists = [each for each in statement.actions if _returns(each)]
    message = ""
    if len(lists) > 1:
        message = "cannot have multiple RETURNING lists in a rule"
    elif lists and statement.where is not None:
        message = "RETURNING lists are not supported in conditional rules"
    elif lists and not statement.instead:
        message = "RETURNING lists are not supported in non-INSTEAD rules"
    if message:
        context.refuse("feature-not-supported", message, lists[-1], sqlstate="0A000")
    read = [each for each in statement.actions if not isinstance(each, nodes.Utility)]
    # There are none where a description has to do without.
    for action, query in zip(read, analysed.actions, strict=False):
        if _returns(action):
            _check_columns(context, table, query, action, of_select=False)


def _check_columns(
    context: Context, table: Relation, query: AnalysedQuery, place: Place, *, of_select: bool
) -> None:
    """Whether rows of a query are rows of the relation."""
    list_ = "SELECT rule's target list" if of_select else "RETURNING list"
    entry = "SELECT rule's target entry" if of_select else "RETURNING list's entry"
    noun = "SELECT target entry" if of_select else "RETURNING list entry"
    shown = context.catalog.display_type
    pairs = zip(query.columns, table.columns, strict=False)
    for number, (given, column) in enumerate(pairs, 1):
        different = f'{entry} {number} has different %s from column "{column.name}"'
        if of_select and given.name != column.name:
            _error_definition(
                context,
                different % "column name",
                place,
                f'SELECT target entry is named "{given.name}".',
            )
        if given.type != column.type:
            types = f"{shown(given.type)}, but column has type {shown(column.type)}"
            _error_definition(context, different % "type", place, f"{noun} has type {types}.")
        if -1 not in (given.modifier, column.modifier) and given.modifier != column.modifier:
            types = (
                f"{shown(given.type, given.modifier)}, "
                f"but column has type {shown(column.type, column.modifier)}"
            )
            _error_definition(context, different % "size", place, f"{noun} has type {types}.")
    if len(query.columns) != len(table.columns):
        how = "many" if len(query.columns) > len(table.columns) else "few"
        _error_definition(context, f"{list_} has too {how} entries", place)


def _error_definition(
    context: Context, message: str, place: Place, detail: str | None = None
) -> NoReturn:
    context.refuse("invalid-object-definition", message, place, sqlstate="42P17", detail=detail)
