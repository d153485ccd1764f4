"""TRUNCATE and REFRESH MATERIALIZED VIEW: what they refuse each time that they run, which the
schema tells (manual, SQL commands)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlwright.analysis import tree
from sqlwright.analysis.names.relations import parser_open_table
from sqlwright.analysis.state.dispatch import transforms_statements
from sqlwright.analysis.statements.utility import utility_query
from sqlwright.catalog.foreign_keys import keys_to
from sqlwright.catalog.identity import is_system_catalog
from sqlwright.catalog.inheritance import descendants_of
from sqlwright.sql import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlwright.analysis.state.parse_state import ParseState
    from sqlwright.catalog.catalog import Catalog
    from sqlwright.catalog.model import Relation

_TABLES = ("table", "partitioned table", "foreign table")


@transforms_statements(nodes.Truncate)
def transform_truncate(state: ParseState, statement: nodes.Truncate) -> tree.Query:
    """TRUNCATE of tables, none of which another table refers to that stays as it is."""
    emptied: dict[int, Relation] = {}
    for place in statement.relations:
        relation = _relation(state, place)
        if relation.kind not in _TABLES:
            message = f'"{relation.name}" is not a table'
            state.error("wrong-object-type", message, place, sqlstate="42809")
        if is_system_catalog(relation):
            message = f'permission denied: "{relation.name}" is a system catalog'
            state.error("insufficient-privilege", message, place, sqlstate="42501")
        if place.only and relation.kind == "partitioned table":
            state.error(
                "wrong-object-type",
                "cannot truncate only a partitioned table",
                place,
                sqlstate="42809",
                hint="Do not specify the ONLY keyword, or use TRUNCATE ONLY on the partitions "
                "directly.",
            )
        descendants = () if place.only else descendants_of(state.catalog, relation.oid)
        emptied.update((each.oid, each) for each in (relation, *descendants))
    if not statement.cascade:
        _check_foreign_keys(state, statement, emptied)
    return utility_query(statement, "TRUNCATE TABLE")


def _relation(state: ParseState, place: nodes.RangeVar) -> Relation:
    """The relation of that name, which may be of a kind that no query reads."""
    return state.catalog.find_relation(place.name) or parser_open_table(state, place)


def _check_foreign_keys(
    state: ParseState, statement: nodes.Truncate, emptied: dict[int, Relation]
) -> None:
    for table in emptied.values():
        for holder in _referring(state.catalog, table):
            if holder.oid not in emptied:
                state.error(
                    "feature-not-supported",
                    "cannot truncate a table referenced in a foreign key constraint",
                    statement,
                    sqlstate="0A000",
                    detail=f'Table "{holder.name}" references "{table.name}".',
                    hint=f'Truncate table "{holder.name}" at the same time, or use '
                    "TRUNCATE ... CASCADE.",
                )


def _referring(catalog: Catalog, table: Relation) -> Iterator[Relation]:
    """The tables that refer to one; those that refer to a partitioned table do to its parts."""
    yield from (holder for holder, _ in keys_to(catalog, table.oid))
    if table.is_partition:
        for parent in table.parents:
            yield from _referring(catalog, catalog.relation(parent))


@transforms_statements(nodes.Refresh)
def transform_refresh(state: ParseState, statement: nodes.Refresh) -> tree.Query:
    """REFRESH of a materialized view, CONCURRENTLY by one of its unique indexes."""
    view = _relation(state, statement.relation)
    if view.kind != "materialized view":
        kept = view.kind in ("table", "partitioned table")  # as VACUUM and the like have it
        noun = "materialized view" if kept else "table or materialized view"
        state.error(
            "wrong-object-type",
            f'"{view.name}" is not a {noun}',
            statement.relation,
            sqlstate="0A000" if kept else "42809",
        )
    if not statement.concurrently:
        return utility_query(statement, "REFRESH MATERIALIZED VIEW")
    if not statement.with_data:
        message = "CONCURRENTLY and WITH NO DATA options cannot be used together"
        state.error("syntax-error", message, statement, sqlstate="42601")
    if not any(
        each.kind == "unique" and each.is_index and not each.partial and not each.expressions
        for each in view.constraints
    ):
        state.error(
            "object-not-in-prerequisite-state",
            f'cannot refresh materialized view "{view.schema}.{view.name}" concurrently',
            statement.relation,
            sqlstate="55000",
            hint="Create a unique index with no WHERE clause on one or more columns of the "
            "materialized view.",
        )
    return utility_query(statement, "REFRESH MATERIALIZED VIEW")
