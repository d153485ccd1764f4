"""CHECK constraints of tables (manual 5.5.1)."""

from __future__ import annotations

from collections.abc import Iterator

from sqlwright.catalog.ddl.constraints.keys import check_constraint_name, with_constraint
from sqlwright.catalog.ddl.context import Context
from sqlwright.catalog.ddl.naming import choose_constraint_name
from sqlwright.catalog.dependencies import Address
from sqlwright.catalog.inheritance import children_of
from sqlwright.catalog.model import Constraint, Relation
from sqlwright.dataclass import replace
from sqlwright.source import Span
from sqlwright.sql import ddl_nodes as ddl
from sqlwright.sql import nodes


def add_check(
    context: Context,
    table_oid: int,
    definition: ddl.ConstraintDefinition,
    *,
    inherited: bool = False,
) -> Context:
    """CHECK of a table, and of every child unless NO INHERIT."""
    table = context.catalog.relation(table_oid)
    expr = definition.expr
    if expr is None:
        return context
    analysed = context.expression(expr, "check constraint", table)
    own = [each for each in analysed.references if each.oid == table.oid and each.part]
    if definition.name is not None:
        same = next((each for each in table.constraints if each.name == definition.name), None)
        if inherited and same is not None:
            return _with_inherited(context, table, same)
        check_constraint_name(context, table, definition)
        name = definition.name
    else:
        columns = [each.name for each in table.columns if each.number in {a.part for a in own}]
        name = choose_constraint_name(
            context.catalog,
            table.name,
            columns[0] if len(columns) == 1 else None,
            "check",
            table.schema,
            [each.name for each in table.constraints],
        )
    if definition.no_inherit and table.kind == "partitioned table":
        context.refuse(
            "invalid-table-definition",
            f'cannot add NO INHERIT constraint to partitioned table "{table.name}"',
            definition,
            sqlstate="42P16",
        )
    constraint = Constraint(
        name=name,
        kind="check",
        columns=tuple(each.name for each in table.columns if each.number in {a.part for a in own}),
        relation=table.oid,
        validated=definition.enforced is not False and not definition.not_valid,
        enforced=definition.enforced is not False,
        not_null_columns=tuple(not_null_columns(expr)),
        expression=analysed.stored,
        oid=context.catalog.next_oid,
        inherited=inherited,
        local=not inherited,
        no_inherit=definition.no_inherit,
        declared=Span(context.source, definition.start, definition.end),
    )
    others = [each for each in analysed.references if each not in own]
    address = Address("constraint", constraint.oid)
    dependencies = context.catalog.dependencies.add_each(
        [
            (address, own or [Address("relation", table.oid)], "auto"),
            (address, others, "normal"),
        ]
    )
    context = with_constraint(context, constraint, dependencies)
    if definition.no_inherit:
        return context
    return _check_of_children(context, table, replace(definition, name=name))


def _with_inherited(context: Context, table: Relation, same: Constraint) -> Context:
    constraints = tuple(
        replace(each, inherited=True, local=each.local and not table.is_partition)
        if each is same
        else each
        for each in table.constraints
    )
    return context.at(context.catalog.with_relation(replace(table, constraints=constraints)))


def _check_of_children(
    context: Context, table: Relation, definition: ddl.ConstraintDefinition
) -> Context:
    for child in children_of(context.catalog, table.oid):
        context = add_check(context, child.oid, definition, inherited=True)
    return context


def not_null_columns(expr: nodes.Expr) -> Iterator[str]:
    """The columns that an expression's being true or NULL proves to be there: those that it ands
    together as `column IS NOT NULL`.
    """
    if isinstance(expr, nodes.BoolOperation) and expr.op == "and":
        for operand in expr.operands:
            yield from not_null_columns(operand)
    elif isinstance(expr, nodes.NullTest) and expr.negated:
        operand = expr.operand
        if isinstance(operand, nodes.ColumnRef) and not operand.star:
            yield operand.fields[-1]
