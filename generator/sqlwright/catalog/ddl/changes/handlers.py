"""Which function changes objects of any kind in which way."""

from __future__ import annotations

from sqlwright.catalog.ddl.changes.drop import drop_objects
from sqlwright.catalog.ddl.changes.rename import rename
from sqlwright.catalog.ddl.changes.set_schema import set_schema
from sqlwright.catalog.ddl.context import Handler
from sqlwright.sql import ddl_nodes as ddl

HANDLERS: dict[type, Handler] = {
    ddl.Drop: drop_objects,
    ddl.Rename: rename,
    ddl.SetSchema: set_schema,
}
