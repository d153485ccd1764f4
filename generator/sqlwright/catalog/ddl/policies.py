"""Row security policies (manual 5.9)."""

from __future__ import annotations

from functools import partial

from sqlwright.catalog.ddl.context import Context
from sqlwright.catalog.ddl.lookup import check_not_system, find_relation, required
from sqlwright.catalog.ddl.parts import condition_part, do_without
from sqlwright.catalog.dependencies import Address
from sqlwright.catalog.model import Policy, Relation
from sqlwright.dataclass import replace
from sqlwright.diagnostics import DiagnosticError
from sqlwright.sql import ddl_nodes as ddl
from sqlwright.sql import nodes


def _check_clauses(
    context: Context, statement: ddl.CreatePolicy, event: str | None, *, of_reading: str
) -> None:
    """Refuse a condition that a policy for the event has no use for; `of_reading` is what is said
    of a check on rows that are not written."""
    message = ""
    if event in ("select", "delete") and statement.check is not None:
        message = of_reading
    if event == "insert" and statement.using is not None:
        message = "only WITH CHECK expression allowed for INSERT"
    if message:
        context.refuse("syntax-error", message, statement.name, sqlstate="42601")


def create_policy(context: Context, statement: ddl.CreatePolicy) -> Context:
    """CREATE POLICY and ALTER POLICY."""
    forbidden = "WITH CHECK cannot be applied to SELECT or DELETE"
    _check_clauses(context, statement, statement.event, of_reading=forbidden)
    table = required(find_relation(context, statement.relation))
    if table.kind not in ("table", "partitioned table"):
        context.refuse(
            "wrong-object-type",
            f'"{table.name}" is not a table',
            statement.relation,
            sqlstate="42809",
        )
    check_not_system(context, table, statement.relation)
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
    if existing is not None:
        forbidden = "only USING expression allowed for SELECT, DELETE"
        _check_clauses(context, statement, existing.event, of_reading=forbidden)
    catalog = context.catalog
    policy = existing or Policy(name, catalog.next_oid, statement.event or "all")
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
