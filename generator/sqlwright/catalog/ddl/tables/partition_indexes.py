"""CREATE INDEX, which on a partitioned table makes an index on every partition too."""

from __future__ import annotations

from sqlwright.catalog.ddl.constraints.clone import index_partitions
from sqlwright.catalog.ddl.constraints.indexes import create_index
from sqlwright.catalog.ddl.context import Context
from sqlwright.catalog.ddl.lookup import find_relation, required
from sqlwright.sql import ddl_nodes as ddl


def create_index_and_parts(context: Context, statement: ddl.CreateIndex) -> Context:
    """CREATE INDEX; with ONLY not on the partitions."""
    first = context.catalog.next_oid
    context = create_index(context, statement)
    table = required(find_relation(context, statement.relation))
    if table.kind != "partitioned table" or statement.relation.only:
        return context
    for oid in range(first, context.catalog.next_oid):
        made = context.catalog.get_relation(oid)
        if made is not None and made.kind == "index":
            context = index_partitions(context, oid, statement)
    return context
