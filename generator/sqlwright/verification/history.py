"""Rows from before the schema was what it is: stored with what functions gave then, or seen by a
materialized view before a column was NOT NULL."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any

import asyncpg

from sqlwright.analysis import tree
from sqlwright.analysis.nullability.judge import CatalogJudge
from sqlwright.analysis.premises.shown_columns import Origin, column_origin
from sqlwright.analysis.tree.traversal import walk
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.model import Relation
from sqlwright.dataclass import dataclass, field, replace
from sqlwright.verification.contents import only
from sqlwright.verification.quoting import identifier, qualified

_FUNCTIONS = """
    SELECT pg_get_functiondef(p.oid), format_type(p.prorettype, NULL)
    FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
    WHERE p.prokind = 'f' AND NOT p.proretset AND l.lanname IN ('sql', 'plpgsql')
    AND p.pronamespace NOT IN (
        SELECT oid FROM pg_namespace WHERE nspname IN ('pg_catalog', 'information_schema')
    )
    AND p.prorettype NOT IN (
        'trigger'::regtype, 'event_trigger'::regtype, 'void'::regtype, 'record'::regtype
    )
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
    ORDER BY p.oid
"""
_REPLACED = 0.7


@dataclass(slots=True)
class History:
    """Calls CREATE OR REPLACE FUNCTION with the same signature, and back; takes NOT NULL from
    columns, and gives it back. Everything happens in the transaction that is open."""

    connection: Any
    catalog: Catalog
    random: Random
    _replaced: list[str] = field(default_factory=list)

    async def begin(self) -> None:
        """Replace some functions by ones that give NULL."""
        await self.connection.execute("SAVEPOINT history")
        for definition, returned in await self.connection.fetch(_FUNCTIONS):
            head, language, _ = definition.partition("\n LANGUAGE ")
            if language and self.random.random() < _REPLACED:
                body = f"{head} LANGUAGE sql IMMUTABLE AS 'SELECT NULL::{returned}'"
                if await self._tried([body]):
                    self._replaced.append(definition)

    async def end(self, tables: Sequence[Relation]) -> None:
        """Let materialized views see NULLs that are then gone, and put the functions back."""
        views = [item for item in self.catalog.relations() if item.kind == "materialized view"]
        for view in views:
            if not await self._tried(self._stale(view, tables)):
                await self._tried([_refreshed(view)])
        if not await self._tried(self._replaced):
            await self.connection.execute("ROLLBACK TO SAVEPOINT history")
        self._replaced = []

    def _stale(self, view: Relation, tables: Sequence[Relation]) -> list[str]:
        """Only what the schema files allow: a NULL in a column that may not have been NOT NULL yet
        as the view was filled. One column at a time: less may hold of the view without two of them
        than without either."""
        there = {item.oid: item for item in tables if item.kind == "table"}
        free = [item for item in once_nullable(self.catalog, view) if item.relation in there]
        if not free:
            return [_refreshed(view)]
        origin = self.random.choice(free)
        relation, name = there[origin.relation], identifier(origin.column)
        alter = f"ALTER TABLE {qualified(relation)} ALTER {name}"
        first = f"SELECT ctid FROM {only(relation)} ORDER BY ctid LIMIT 1"
        return [
            "SET CONSTRAINTS ALL IMMEDIATE",
            f"{alter} DROP NOT NULL",
            f"UPDATE {only(relation)} SET {name} = NULL WHERE ctid = ({first})",
            _refreshed(view),
            f"DELETE FROM {only(relation)} WHERE {name} IS NULL",
            f"{alter} SET NOT NULL",
        ]

    async def _tried(self, statements: Sequence[str]) -> bool:
        savepoint = self.connection.transaction()
        await savepoint.start()
        try:
            for statement in statements:
                await self.connection.execute(statement)
        except (asyncpg.PostgresError, asyncpg.InterfaceError):
            await savepoint.rollback()
            return False
        await savepoint.commit()
        return True


def _refreshed(view: Relation) -> str:
    return f"REFRESH MATERIALIZED VIEW {qualified(view)}"


def once_nullable(catalog: Catalog, view: Relation) -> list[Origin]:
    """The columns of tables that may have held NULL as a materialized view was filled: without
    whose NOT NULL less can be proved of it, but all that has held ever since it was made."""
    query = view.stored
    if not isinstance(query, tree.Query):
        return []
    always = {at for at, each in enumerate(view.columns) if "value" in (each.lasting or ())}
    now = _certain(catalog, query)
    variables = {
        column_origin(part)
        for at in now - always
        for part in walk(query.output[at].expr)
        if isinstance(part, tree.Var)
    }
    found = []
    for origin in sorted(filter(None, variables), key=lambda item: (item.relation, item.column)):
        without = _without_not_null(catalog, origin)
        certain = _certain(without, query) if without is not None else now
        if always <= certain < now:
            found.append(origin)
    return found


def _certain(catalog: Catalog, query: tree.Query) -> set[int]:
    """The output columns of a view's query that cannot be NULL."""
    verdicts = CatalogJudge(catalog, ()).outputs.of_view_query(query)
    return {at for at, verdict in enumerate(verdicts) if not verdict.nullable}


def _without_not_null(catalog: Catalog, origin: Origin) -> Catalog | None:
    """The catalog without the NOT NULL of a column; None where a key needs it."""
    relation = catalog.relation(origin.relation)
    keys = [item for item in relation.constraints if item.kind in ("primary key", "foreign key")]
    if any(origin.column in item.columns for item in keys):
        return None
    columns = [
        replace(each, not_null=each.not_null and each.name != origin.column)
        for each in relation.columns
    ]
    return catalog.with_relation(replace(relation, columns=tuple(columns)))
