"""COMMENT ON everything; those on relations, columns, constraints, types and functions are
kept."""

from __future__ import annotations

from sqlwright.catalog.ddl.changes.drop import part_of_table
from sqlwright.catalog.ddl.context import Context
from sqlwright.catalog.ddl.creation import check_schema
from sqlwright.catalog.ddl.lookup import find_relation, qualified, required, type_named
from sqlwright.catalog.ddl.routines.signatures import find_operator, find_routine
from sqlwright.catalog.model import Constraint, Relation
from sqlwright.dataclass import replace
from sqlwright.sql import ddl_nodes as ddl
from sqlwright.sql import nodes

_RELATION_KINDS: dict[str, tuple[tuple[str, ...], str]] = {
    "table": (("table", "partitioned table"), "a table"),
    "view": (("view",), "a view"),
    "materialized view": (("materialized view",), "a materialized view"),
    "sequence": (("sequence",), "a sequence"),
    "index": (("index",), "an index"),
    "foreign table": (("foreign table",), "a foreign table"),
}


def comment(context: Context, statement: ddl.Comment) -> Context:
    """COMMENT ON ... IS ..."""
    reference = statement.object
    kind = reference.kind
    if kind in _RELATION_KINDS:
        return _on_relation(context, statement)
    if kind == "column":
        return _on_column(context, statement)
    if kind in ("type", "domain"):
        found = type_named(context, reference.name, reference)
        return context.at(context.catalog.with_type(replace(found, comment=statement.text)))
    if kind in ("function", "procedure", "routine", "aggregate"):
        function = find_routine(context, reference)
        if function is not None:
            changed = replace(function, comment=statement.text)
            return context.at(context.catalog.with_function(changed))
    elif kind == "constraint":
        return _on_constraint(context, statement)
    elif kind == "domain constraint":
        return _on_domain_constraint(context, statement)
    elif kind in ("trigger", "rule", "policy"):
        part_of_table(context, reference, missing_ok=False)
    elif kind == "operator":
        find_operator(context, reference)
    elif kind == "schema":
        check_schema(context, reference.name[0], reference)
    return context


def _on_relation(context: Context, statement: ddl.Comment) -> Context:
    reference = statement.object
    place = nodes.RangeVar(start=reference.start, end=reference.end, name=reference.name)
    found = required(find_relation(context, place))
    allowed, noun = _RELATION_KINDS[reference.kind]
    if found.kind not in allowed:
        context.refuse(
            "wrong-object-type", f'"{found.name}" is not {noun}', reference, sqlstate="42809"
        )
    return context.at(context.catalog.with_relation(replace(found, comment=statement.text)))


def _on_column(context: Context, statement: ddl.Comment) -> Context:
    reference = statement.object
    if reference.relation is None or not reference.relation.name:
        context.refuse("syntax-error", "column name must be qualified", reference, sqlstate="42601")
    found = required(find_relation(context, reference.relation))
    column = next((each for each in found.columns if each.name == reference.name[0]), None)
    if column is None:
        context.refuse(
            "unknown-column",
            f'column "{reference.name[0]}" of relation "{qualified(reference.relation.name)}" '
            "does not exist",
            reference,
            sqlstate="42703",
        )
    return context.at(
        context.catalog.with_relation(_with_comment(found, column.number, statement.text))
    )


def _on_constraint(context: Context, statement: ddl.Comment) -> Context:
    reference = statement.object
    address = part_of_table(context, reference, missing_ok=False)
    if address is None or reference.relation is None:
        return context
    table = required(find_relation(context, reference.relation))
    constraints = _commented(table.constraints, address.oid, statement.text)
    return context.at(context.catalog.with_relation(replace(table, constraints=constraints)))


def _on_domain_constraint(context: Context, statement: ddl.Comment) -> Context:
    reference = statement.object
    if reference.type_name is None:
        return context
    domain = type_named(context, reference.type_name.names, reference.type_name)
    name = reference.name[0]
    found = next((each for each in domain.constraints if each.name == name), None)
    if found is None:
        shown = context.catalog.display_type(domain.oid)
        context.refuse(
            "unknown-constraint",
            f'constraint "{name}" for domain {shown} does not exist',
            reference,
            sqlstate="42704",
        )
    constraints = _commented(domain.constraints, found.oid, statement.text)
    return context.at(context.catalog.with_type(replace(domain, constraints=constraints)))


def _commented(
    constraints: tuple[Constraint, ...], oid: int, text: str | None
) -> tuple[Constraint, ...]:
    return tuple(replace(each, comment=text) if each.oid == oid else each for each in constraints)


def _with_comment(relation: Relation, number: int, text: str | None) -> Relation:
    columns = tuple(
        replace(each, comment=text) if each.number == number else each for each in relation.columns
    )
    return replace(relation, columns=columns)
