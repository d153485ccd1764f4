"""Objects of which only the name matters: collations, text search, statistics, languages ..."""

from __future__ import annotations

from sqlwright.catalog.ddl.changes.drop import NAMED_KINDS
from sqlwright.catalog.ddl.constraints.index_keys import reads_virtual, refuse_virtual
from sqlwright.catalog.ddl.context import Context
from sqlwright.catalog.ddl.creation import creation_schema
from sqlwright.catalog.ddl.lookup import find_relation, plural, qualified, required
from sqlwright.catalog.ddl.text_search import check_text_search
from sqlwright.catalog.ddl.types.types import is_true, option_text
from sqlwright.catalog.model import NamedThing
from sqlwright.sql import ddl_nodes as ddl
from sqlwright.sql import nodes

_WITHOUT_SCHEMA = ("role", "language", "access method", "foreign data wrapper")
_LENIENT = ("role", "foreign data wrapper")


def create_named(context: Context, statement: ddl.CreateObject) -> Context:
    """CREATE of an object that lends only its name to queries, or nothing at all."""
    if statement.kind == "statistics":
        return _check_statistics(context, statement)
    if statement.kind.startswith("text search "):
        check_text_search(context, statement)
    kind = NAMED_KINDS.get(statement.kind)
    name = statement.name
    if kind is None or name is None:
        return context
    schema = "" if kind in _WITHOUT_SCHEMA else creation_schema(context, name.parts, name)
    thing = NamedThing(kind, schema, name.parts[-1])
    known = context.catalog.find_named(kind, (schema, thing.name) if schema else (thing.name,))
    if known is not None and known.schema == schema:
        if statement.if_not_exists or statement.replace or kind in _LENIENT:
            return context
        suffix = ' for encoding "UTF8"' if kind == "collation" else ""
        context.refuse(
            "duplicate-object",
            f'{kind} "{thing.name}"{suffix} already exists',
            name,
            sqlstate="42710",
        )
    if statement.source is not None and kind == "collation":
        source = statement.source
        if context.catalog.find_collation(source.parts) is None:
            context.refuse(
                "unknown-object",
                f'collation "{qualified(source.parts)}" for encoding "UTF8" does not exist',
                source,
                sqlstate="42704",
            )
    catalog = context.catalog.with_name(thing)
    if kind == "collation" and _is_nondeterministic(context, statement):
        catalog = catalog.with_nondeterministic(thing.name)
    return context.at(catalog)


def _is_nondeterministic(context: Context, statement: ddl.CreateObject) -> bool:
    """Whether a new collation is, or is made FROM one that is (manual, CREATE COLLATION)."""
    if statement.source is not None:
        return statement.source.parts[-1] in context.catalog.nondeterministic
    return any(
        each.name == "deterministic" and not is_true(option_text(each))
        for each in statement.options
    )


_MEASURED = ("table", "partitioned table", "materialized view", "foreign table")


_KINDS = ("ndistinct", "dependencies", "mcv")


def _check_kinds(context: Context, statement: ddl.CreateObject) -> None:
    """What kinds of statistics there are; those of a single expression are of none of them."""
    for each in statement.options:
        if each.name not in _KINDS:
            message = f'unrecognized statistics kind "{each.name}"'
            context.refuse("syntax-error", message, each, sqlstate="42601")
    single = len(statement.expressions) == 1
    if single and statement.options and not isinstance(statement.expressions[0], nodes.ColumnRef):
        context.refuse(
            "feature-not-supported",
            "when building statistics on a single expression, statistics kinds may not be "
            "specified",
            statement,
            sqlstate="0A000",
        )


def _check_statistics(context: Context, statement: ddl.CreateObject) -> Context:
    """CREATE STATISTICS makes nothing that a query sees, but its columns must exist."""
    if statement.relation is None:
        return context
    relation = required(find_relation(context, statement.relation))
    if relation.kind not in _MEASURED:
        context.refuse(
            "wrong-object-type",
            f'cannot define statistics for relation "{relation.name}"',
            statement.relation,
            sqlstate="42809",
            detail=f"This operation is not supported for {plural(relation.kind)}.",
        )
    _check_kinds(context, statement)
    for expr in statement.expressions:
        analysed = context.expression(expr, "statistics expression", relation)
        if reads_virtual(relation, analysed.references):
            refuse_virtual(context, "statistics creation on", statement, "is")
    columns = [each for each in statement.expressions if isinstance(each, nodes.ColumnRef)]
    names = [each.fields for each in columns]
    if len(columns) == 1 and len(statement.expressions) == 1:
        context.refuse(
            "invalid-object-definition",
            "extended statistics require at least 2 columns",
            statement,
            sqlstate="42P17",
        )
    repeated = next((each for each in columns if names.count(each.fields) > 1), None)
    if repeated is not None:
        context.refuse(
            "duplicate-column",
            "duplicate column name in statistics definition",
            repeated,
            sqlstate="42701",
        )
    return context
