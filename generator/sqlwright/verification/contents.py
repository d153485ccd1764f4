"""The rows of tables as the INSERTs that bring them."""

from __future__ import annotations

from typing import Any

from sqlwright.catalog.model import Relation
from sqlwright.verification.quoting import identifier, qualified
from sqlwright.verification.rows import insert_of


async def inserts_of(connection: Any, relation: Relation) -> list[str]:
    """An INSERT for each row of the table itself, not of those that inherit from it."""
    columns = [column for column in relation.columns if column.generated is None]
    if not columns:
        return []
    listed = ", ".join(f"{identifier(column.name)}::text" for column in columns)
    rows = await connection.fetch(f"SELECT {listed} FROM {only(relation)} ORDER BY tableoid, ctid")
    return [
        insert_of(
            relation,
            {
                column.name: value
                for column, value in zip(columns, row, strict=True)
                if value is not None or column.default
            },
        )
        for row in rows
    ]


def only(relation: Relation) -> str:
    """A table without those that inherit from it; a partitioned one has all rows in partitions."""
    name = qualified(relation)
    return name if relation.kind == "partitioned table" else f"ONLY {name}"
