"""Rows from before the schema was what it is: stored with what functions gave then, or seen by a
materialized view before a column was NOT NULL."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any

import asyncpg

from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.model import Relation
from sqlwright.dataclass import dataclass, field
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
        if views:
            await self._tried(self._stale(tables, views))
        if not await self._tried(self._replaced):
            await self.connection.execute("ROLLBACK TO SAVEPOINT history")
        self._replaced = []

    def _stale(self, tables: Sequence[Relation], views: Sequence[Relation]) -> list[str]:
        before, after = ["SET CONSTRAINTS ALL IMMEDIATE"], []
        for relation in tables:
            keys = {
                name
                for item in relation.constraints
                if item.kind in ("primary key", "foreign key")
                for name in item.columns
            }
            free = [
                column.name
                for column in relation.columns
                if column.not_null and column.name not in keys and column.generated is None
            ]
            if not free or relation.kind != "table":
                continue
            name = identifier(self.random.choice(free))
            alter = f"ALTER TABLE {qualified(relation)} ALTER {name}"
            first = f"SELECT ctid FROM {only(relation)} ORDER BY ctid LIMIT 1"
            before.append(f"{alter} DROP NOT NULL")
            before.append(f"UPDATE {only(relation)} SET {name} = NULL WHERE ctid = ({first})")
            after.append(f"DELETE FROM {only(relation)} WHERE {name} IS NULL")
            after.append(f"{alter} SET NOT NULL")
        refreshed = [f"REFRESH MATERIALIZED VIEW {qualified(view)}" for view in views]
        return [*before, *refreshed, *after]

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
