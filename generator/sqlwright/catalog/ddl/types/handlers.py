"""Which function defines or changes which kind of type."""

from __future__ import annotations

from sqlwright.catalog.ddl.context import Handler
from sqlwright.catalog.ddl.types.domains import alter_domain, create_domain
from sqlwright.catalog.ddl.types.ranges import create_range
from sqlwright.catalog.ddl.types.types import (
    alter_enum,
    create_base_type,
    create_composite,
    create_enum,
)
from sqlwright.sql import ddl_nodes as ddl

HANDLERS: dict[type, Handler] = {
    ddl.CreateEnum: create_enum,
    ddl.CreateComposite: create_composite,
    ddl.CreateRange: create_range,
    ddl.CreateBaseType: create_base_type,
    ddl.AlterEnum: alter_enum,
    ddl.CreateDomain: create_domain,
    ddl.AlterDomain: alter_domain,
}
