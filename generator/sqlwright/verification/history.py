"""Rows from before the schema was what it is: stored with what functions gave then, or seen by a
materialized view before a column was NOT NULL."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

import asyncpg

from sqlwright.analysis import tree
from sqlwright.analysis.premises.shown_columns import Origin, column_origin
from sqlwright.analysis.tree.traversal import walk
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
        """Only what the schema files allow: of columns that were not NOT NULL yet as a view was
        made."""
        before, after = ["SET CONSTRAINTS ALL IMMEDIATE"], []
        older = {view.oid: set(_once_nullable(view)) for view in views}
        found = set[Origin]().union(*older.values())
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
                if Origin(relation.oid, column.name) in found
                and column.not_null
                and column.name not in keys
                and column.generated is None
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
        stale = [_refreshed(view) for view in views if older[view.oid]]
        return [*before, *stale, *after, *(_refreshed(v) for v in views if not older[v.oid])]

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


def _once_nullable(view: Relation) -> Iterator[Origin]:
    """The columns that a view shows of which it has not always been certain that they have a
    value."""
    outputs = view.stored.output if isinstance(view.stored, tree.Query) else ()
    for column, target in zip(view.columns, outputs, strict=False):
        if "value" not in (column.lasting or ()):
            for part in walk(target.expr):
                origin = column_origin(part) if isinstance(part, tree.Var) else None
                if origin is not None:
                    yield origin
